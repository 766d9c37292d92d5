// The same work done in any of the five dialects, or in all of them by turns, leaves the same projects behind: in the
// store, and in a real service that stands behind the gateway.
#include "tests/support/gateway/live.hpp"
#include "tests/together/day.hpp"
#include "tests/together/doors.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace {

using together::Act, together::Day, together::demo, together::Speaker;

std::vector<std::string> done_in(Speaker const &speaker, std::vector<Act> const &acts) {
    support::SiteInAFolder const folder(demo());
    Day day(folder.site(), folder.site());
    return together::outcome_by(acts, day, [&](std::size_t) -> Speaker const & { return speaker; });
}

class TheSameWork : public testing::TestWithParam<unsigned> {
protected:
    std::vector<Act> acts_ = together::script(GetParam());
    std::span<Speaker const> all_ = together::speakers();
};
INSTANTIATE_TEST_SUITE_P(Seeds, TheSameWork, testing::Range(1u, 6u));

TEST_P(TheSameWork, LeavesTheSameProjectsInWhateverDialectItIsDone) {
    auto const expected = done_in(all_[0], acts_);
    ASSERT_THAT(expected, testing::SizeIs(testing::Gt(1u)));
    for (auto const &speaker : all_.subspan(1)) EXPECT_EQ(done_in(speaker, acts_), expected) << speaker.dialect;
}

TEST_P(TheSameWork, CanBeDoneInAllDialectsByTurns) {
    auto const expected = done_in(all_[0], acts_);
    for (std::size_t turn = 0; turn < all_.size(); ++turn) {
        support::SiteInAFolder const folder(demo());
        Day day(folder.site(), folder.site());
        auto const by_turns = [&](std::size_t i) -> Speaker const & { return all_[(i + turn) % all_.size()]; };
        EXPECT_EQ(together::outcome_by(acts_, day, by_turns), expected) << "from " << all_[turn].dialect;
    }
}

// What the demo's service of that dialect is to a gateway in front of it.
struct Backend {
    std::string_view dialect, path, credential;
};
constexpr Backend services[]{
    {"paymo", "/api", "{ api_key: 0123456789abcdef0123456789abcdef }"},
};

// The demo's config with its store somewhere else.
std::string in_front_of(Backend const &service, std::uint16_t port) {
    std::ifstream in(DRAGOMAN_SOURCE_DIR "/config/dragoman.yaml");
    std::ostringstream text;
    text << in.rdbuf();
    auto whole = text.str();
    auto const from = whole.find("backends:"), to = whole.find("callers:");
    auto const backend = fmt::format(
        "backends:\n  store: {{ type: {}, url: \"http://127.0.0.1:{}{}\", credential: {}, zone: Europe/Zagreb }}\n\n",
        service.dialect, port, service.path, service.credential);
    return whole.replace(from, to - from, backend);
}

TEST_P(TheSameWork, LeavesTheSameProjectsInAServiceBehind) {
    auto const expected = done_in(all_[0], acts_);
    for (auto const &service : services)
        for (auto const &speaker : all_) {
            support::SiteInAFolder const folder(demo());
            support::LiveSite live(folder.site());
            support::TemporaryFolder front;
            front.write("config.yaml", in_front_of(service, live.port()));
            auto const site = support::build_site(front.path() / "config.yaml", front.path());
            Day day(site, folder.site());
            auto const outcome =
                together::outcome_by(acts_, day, [&](std::size_t) -> Speaker const & { return speaker; });
            EXPECT_EQ(outcome, expected) << speaker.dialect << " in front of " << service.dialect;
        }
}

} // namespace
