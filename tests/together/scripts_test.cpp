// The same work done in any of the five dialects, or in all of them by turns, leaves the same projects behind: in the
// store, and in a real service that stands behind the gateway.
#include "tests/support/gateway/live.hpp"
#include "tests/together/day.hpp"
#include "tests/together/services.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

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

// One dialect in front of a service that speaks another one, or the same.
class Pair : public testing::TestWithParam<std::tuple<std::size_t, std::size_t>> {};
std::string name_of_pair(testing::TestParamInfo<Pair::ParamType> const &pair) {
    return fmt::format("{}_in_front_of_{}", together::speakers()[std::get<0>(pair.param)].dialect,
                       together::services()[std::get<1>(pair.param)].dialect);
}
INSTANTIATE_TEST_SUITE_P(OfDialects, Pair,
                         testing::Combine(testing::Range(std::size_t(0), std::size_t(5)),
                                          testing::Range(std::size_t(0), together::services().size())),
                         name_of_pair);

TEST_P(Pair, LeavesTheSameProjectsInTheServiceBehind) {
    auto const acts = together::script(1);
    auto const &speaker = together::speakers()[std::get<0>(GetParam())];
    auto const &service = together::services()[std::get<1>(GetParam())];
    auto const expected = done_in(together::speakers()[0], acts);
    support::SiteInAFolder const folder(demo());
    support::LiveSite live(folder.site());
    support::TemporaryFolder front;
    front.write("config.yaml", together::in_front_of(service, live.port()));
    auto const site = support::build_site(front.path() / "config.yaml", front.path());
    Day day(site, folder.site());
    EXPECT_EQ(together::outcome_by(acts, day, [&](std::size_t) -> Speaker const & { return speaker; }), expected);
}

} // namespace
