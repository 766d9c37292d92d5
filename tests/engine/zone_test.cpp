#include "dialects/engine/zone.hpp"

#include <gtest/gtest.h>

namespace dialects {
namespace {

using namespace std::chrono_literals;
using canonical::Instant;
using std::chrono::local_days, std::chrono::milliseconds, std::chrono::sys_days, std::chrono::year;

using Wall = std::chrono::local_time<milliseconds>;

TEST(Zone, IsUtcWhereNothingIsSaid) {
    Zone const zone;
    EXPECT_EQ(zone.name(), "UTC");
    EXPECT_EQ(zone.offset_at(Instant(sys_days(year(2026) / 7 / 1))), 0min);
    EXPECT_EQ(zone.instant_of(Wall(local_days(year(2026) / 7 / 1)) + 5h), Instant(sys_days(year(2026) / 7 / 1)) + 5h);
}

TEST(Zone, IsFoundByItsNameAlone) {
    EXPECT_EQ(Zone::find("Europe/Berlin")->name(), "Europe/Berlin");
    EXPECT_TRUE(Zone::find("UTC"));
    for (auto const name : {"", "Europe", "Europe/Nowhere", "europe/berlin", "../../etc/passwd", "CEST+1"})
        EXPECT_FALSE(Zone::find(name)) << name;
}

TEST(Zone, KnowsSummerAndWinter) {
    auto const berlin = Zone::find("Europe/Berlin").value();
    EXPECT_EQ(berlin.offset_at(Instant(sys_days(year(2026) / 1 / 15))), 60min);
    EXPECT_EQ(berlin.offset_at(Instant(sys_days(year(2026) / 7 / 15))), 120min);
    EXPECT_EQ(Zone::find("America/New_York")->offset_at(Instant(sys_days(year(2026) / 1 / 15))), -300min);
    EXPECT_EQ(Zone::find("Asia/Kolkata")->offset_at(Instant(sys_days(year(2026) / 1 / 15))), 330min);
}

TEST(Zone, ChangesItsOffsetAtTheInstantOfTheChange) {
    auto const berlin = Zone::find("Europe/Berlin").value();
    auto const change = Instant(sys_days(year(2026) / 3 / 29)) + 1h;
    EXPECT_EQ(berlin.offset_at(change - 1ms), 60min);
    EXPECT_EQ(berlin.offset_at(change), 120min);
}

TEST(Zone, TurnsWallClocksIntoInstants) {
    auto const berlin = Zone::find("Europe/Berlin").value();
    auto const noon = Wall(local_days(year(2026) / 7 / 15)) + 12h + 345ms;
    EXPECT_EQ(berlin.instant_of(noon), Instant(sys_days(year(2026) / 7 / 15)) + 10h + 345ms);
}

TEST(Zone, TakesTheEarlierOfTwoInstants) {
    auto const berlin = Zone::find("Europe/Berlin").value();
    auto const twice = Wall(local_days(year(2026) / 10 / 25)) + 2h + 30min;
    EXPECT_EQ(berlin.instant_of(twice), Instant(sys_days(year(2026) / 10 / 25)) + 30min);
}

TEST(Zone, TakesTheEndOfAGap) {
    auto const berlin = Zone::find("Europe/Berlin").value();
    auto const never = Wall(local_days(year(2026) / 3 / 29)) + 2h + 30min;
    EXPECT_EQ(berlin.instant_of(never), Instant(sys_days(year(2026) / 3 / 29)) + 1h);
}

} // namespace
} // namespace dialects
