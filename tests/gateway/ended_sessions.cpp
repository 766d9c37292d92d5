#include "gateway/ended_sessions.hpp"

#include "tests/support/folder.hpp"

#include <gmock/gmock.h>
#include <sstream>
#include <thread>

namespace gateway {
namespace {

using namespace std::chrono_literals;

canonical::Instant in(std::chrono::seconds time) {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + time;
}

class Ended : public testing::Test {
protected:
    std::string content() const {
        std::ostringstream text;
        text << std::ifstream(file_).rdbuf();
        return text.str();
    }

    support::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "ended-sessions";
};

TEST_F(Ended, SessionsAreThoseThatWereAdded) {
    EndedSessions sessions(file_);
    EXPECT_FALSE(std::filesystem::exists(file_)) << "nothing was ended yet";
    ASSERT_TRUE(sessions.add("YW5u.1.2.x", in(1h)));
    EXPECT_TRUE(sessions.has("YW5u.1.2.x"));
    EXPECT_FALSE(sessions.has("YW5u.1.2.y"));
}

TEST_F(Ended, SessionsStayEndedWhenTheProgramStartsAgain) {
    for (auto const *const token : {"one", "two"}) {
        EndedSessions sessions(file_);
        ASSERT_TRUE(sessions.add(token, in(1h)));
    }
    EndedSessions const sessions(file_);
    EXPECT_TRUE(sessions.has("one"));
    EXPECT_TRUE(sessions.has("two"));
}

TEST_F(Ended, SessionsAreForgottenAfterTheirTime) {
    {
        EndedSessions sessions(file_);
        ASSERT_TRUE(sessions.add("old", in(-1s)));
        ASSERT_TRUE(sessions.add("new", in(1h)));
    }
    EndedSessions const sessions(file_);
    EXPECT_FALSE(sessions.has("old"));
    EXPECT_TRUE(sessions.has("new"));
    EXPECT_THAT(content(), testing::EndsWith(" new\n"));
    EXPECT_THAT(content(), testing::Not(testing::HasSubstr("old")));
}

TEST_F(Ended, SessionsAreOnlyThoseThatCouldBeKept) {
    folder_.write("file", "");
    EndedSessions sessions(folder_.path() / "file" / "ended-sessions");
    auto const answer = sessions.add("one", in(1h));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, canonical::Code::unavailable);
    EXPECT_FALSE(sessions.has("one"));
}

TEST_F(Ended, SessionsAreSeenByAllThreads) {
    EndedSessions sessions(file_);
    constexpr int each = 200;
    auto const end_some = [&](std::string const &who) {
        for (int i = 0; i < each; ++i) {
            auto const token = who + std::to_string(i);
            if (!sessions.add(token, in(1h)) || !sessions.has(token)) ADD_FAILURE() << token;
        }
    };
    { std::jthread const one(end_some, "a"), another(end_some, "b"); }
    for (int i = 0; i < each; ++i)
        EXPECT_TRUE(sessions.has("a" + std::to_string(i)) && sessions.has("b" + std::to_string(i)));
}

} // namespace
} // namespace gateway
