#include "gateway/front_end/fields.hpp"
#include "gateway/front_end/framing.hpp"
#include "gateway/front_end/host.hpp"
#include "gateway/front_end/pace.hpp"
#include "gateway/front_end/request_line.hpp"

#include <gtest/gtest.h>

namespace gateway::front_end {

namespace {

using namespace std::chrono_literals;

TEST(Framing, LetsARequestWithoutBodyPass) {
    EXPECT_FALSE(Framing().check(11));
    EXPECT_FALSE(Framing().has_body());
}

TEST(Framing, KnowsThatALengthOfZeroIsNoBody) {
    Framing framing;
    framing.content_length("0");
    EXPECT_FALSE(framing.check(10));
    EXPECT_FALSE(framing.has_body());
}

TEST(Framing, KnowsABodyByEitherField) {
    Framing sized, chunked;
    sized.content_length("5");
    chunked.transfer_encoding("Chunked");
    EXPECT_FALSE(sized.check(10));
    EXPECT_FALSE(chunked.check(11));
    EXPECT_TRUE(sized.has_body());
    EXPECT_TRUE(chunked.has_body());
}

TEST(Framing, RefusesBothFieldsInEitherOrder) {
    Framing one, other;
    one.content_length("5");
    one.transfer_encoding("chunked");
    other.transfer_encoding("chunked");
    other.content_length("5");
    EXPECT_EQ(one.check(11)->status, 400u);
    EXPECT_EQ(other.check(11)->status, 400u);
}

TEST(Host, IsANameOrAnAddressWithAPortPerhaps) {
    for (auto const *good :
         {"a", "gw.example", "GW.Example:8080", "my_host", "127.0.0.1:1", "[::1]", "[2001:db8::1]:65535"})
        EXPECT_TRUE(is_authority(good)) << good;
    for (auto const *bad : {"",     ":80", "a:",        "a:x",     "a:0",      "a:65536", "a b",  "a,b", "u@a",
                            "a/b",  "a?b", "a#b",       "a%2e",    ".a",       "a.",      "a..b", "[",   "[]",
                            "[::1", "::1", "[1.2.3.4]", "[::1]80", "[::1%lo]", "a\\b",    "[::]"})
        EXPECT_FALSE(is_authority(bad)) << bad;
}

TEST(Host, StandsBeforeThePort) {
    EXPECT_EQ(host_of("gw.example:8080"), "gw.example");
    EXPECT_EQ(host_of("gw.example"), "gw.example");
    EXPECT_EQ(host_of("[::1]:8080"), "[::1]");
}

TEST(Host, IsTheSameWithTheUsualPortAndInOtherLetters) {
    EXPECT_TRUE(same_authority("gw.example", "GW.example:80", "80"));
    EXPECT_TRUE(same_authority("gw.example:8080", "gw.example:8080", "80"));
    EXPECT_FALSE(same_authority("gw.example", "gw.example:443", "80"));
    EXPECT_FALSE(same_authority("gw.example", "gw.exampl", "80"));
}

TEST(RequestTarget, InAbsoluteFormIsBroughtIntoOriginForm) {
    auto const target = read_target("https://gw.example/a?b");
    EXPECT_EQ(target->path, "/a?b");
    EXPECT_EQ(target->authority, "gw.example");
    EXPECT_EQ(target->port, "443");
    EXPECT_EQ(read_target("http://gw.example")->path, "/");
    EXPECT_EQ(read_target("/a?b")->path, "/a?b");
    EXPECT_TRUE(read_target("/a?b")->authority.empty());
}

TEST(RequestTarget, InOtherFormsIsNone) {
    for (auto const *other : {"*", "a", "gw.example:80", "ftp://a/b", "http:/a", "http:"})
        EXPECT_FALSE(read_target(other)) << other;
}

TEST(HeaderFields, OfTheConnectionStayHere) {
    for (auto const *name : {"Connection", "connection", "Content-Length", "Transfer-Encoding", "Trailer", "Expect",
                             "TE", "Upgrade", "Keep-Alive", "Proxy-Connection", "HTTP2-Settings"})
        EXPECT_EQ(use_of(name), Use::connection) << name;
}

TEST(HeaderFields, ThatProxiesVouchWithAreDropped) {
    for (auto const *name :
         {"X-Forwarded-For", "x-forwarded-host", "X-Forwarded-", "Forwarded", "X-Real-IP", "Remote-User"})
        EXPECT_EQ(use_of(name), Use::dropped) << name;
}

TEST(HeaderFields, ThatCouldBeTakenForOthersAreDropped) {
    for (auto const *name : {"X_Token", "X.Token", "Remote.User", "Authorization~", "X-T|oken", "Authorization'"})
        EXPECT_EQ(use_of(name), Use::dropped) << name;
}

TEST(HeaderFields, OfToolsReachTheDialect) {
    for (auto const *name : {"Authorization", "X-Auth-Token", "X-Organization-Id", "SO-AppToken", "Content-Type",
                             "Accept", "X-Forwarded", "If-Unmodified-Since", "Host", "Cookie"})
        EXPECT_EQ(use_of(name), Use::passed) << name;
}

TEST(Pace, AllowsAPause) {
    Clock::time_point const start;
    Pace const pace({.pause = 100ms, .bytes_per_second = 1000}, start);
    EXPECT_EQ(pace.deadline(start, 0), start + 100ms);
}

TEST(Pace, EndsWhatIsTooSlowOverItsWholeLength) {
    Clock::time_point const start;
    Pace const pace({.pause = 100ms, .bytes_per_second = 1000}, start);
    EXPECT_EQ(pace.deadline(start + 90ms, 1), start + 101ms);
    EXPECT_LT(pace.deadline(start + 500ms, 5), start + 500ms);
}

TEST(Pace, NeverAllowsALongerPauseForFormerSpeed) {
    Clock::time_point const start;
    Pace const pace({.pause = 100ms, .bytes_per_second = 1000}, start);
    EXPECT_EQ(pace.deadline(start + 10ms, 1'000'000), start + 110ms);
}

TEST(Pace, WithoutARateIsAboutPausesAlone) {
    Clock::time_point const start;
    Pace const pace({.pause = 100ms, .bytes_per_second = 0}, start);
    EXPECT_EQ(pace.deadline(start + 1h, 1), start + 1h + 100ms);
}

} // namespace

} // namespace gateway::front_end
