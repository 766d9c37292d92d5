// The parts of SuperOffice that stand alone: times, zones, languages, custom fields, patches.
#include "dialects/superoffice/countries.hpp"
#include "dialects/superoffice/custom_fields.hpp"
#include "dialects/superoffice/language.hpp"
#include "dialects/superoffice/patch.hpp"
#include "dialects/superoffice/times.hpp"
#include "dialects/superoffice/zones.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace dialects::superoffice {
namespace {

namespace chrono = std::chrono;
using namespace std::chrono_literals;

Zone zone(std::string_view name) { return *Zone::find(name); }

std::optional<Instant> time_of(std::string_view text) {
    std::optional<Instant> time;
    EXPECT_TRUE(read_time(json::value(text), time, zone("Europe/Oslo"))) << text;
    return time;
}

std::string written(std::optional<Instant> time, Clock clock, Context const &context) {
    std::string out;
    {
        Text text(out, context);
        write_time(time, clock, text);
    }
    return out;
}

Instant const summer = chrono::sys_days(2026y / 8 / 7) + 12h + 52min;

TEST(SuperOfficeTimes, HaveNoSuffixInTheZoneOfTheWorkspace) {
    Context const context{.zone = zone("Europe/Oslo"), .home = zone("Europe/Oslo"), .now = summer};
    EXPECT_EQ(written(summer, Clock::planned, context), R"("2026-08-07T14:52:00")");
    EXPECT_EQ(written(summer, Clock::recorded, context), R"("2026-08-07T14:52:00")");
    EXPECT_EQ(written({}, Clock::planned, context), R"("0001-01-01T00:00:00")");
    EXPECT_EQ(written(end_of_time, Clock::planned, context), R"("9999-12-31T23:59:59")");
}

TEST(SuperOfficeTimes, HaveOffsetsWhereTheyAreAskedFor) {
    auto const oslo = zone("Europe/Oslo"), new_york = zone("America/New_York");
    Context const norway{.zone = oslo, .home = oslo, .times = Times::with_offset, .now = summer};
    EXPECT_EQ(written(summer, Clock::planned, norway), R"("2026-08-07T14:52:00+02:00")");
    EXPECT_EQ(written(summer, Clock::recorded, norway), R"("2026-08-07T12:52:00Z")");
    EXPECT_EQ(written({}, Clock::planned, norway), R"("0001-01-01T01:00:00+01:00")");
    EXPECT_EQ(written({}, Clock::recorded, norway), R"("0001-01-01T00:00:00Z")");
    Context const america{.zone = new_york, .home = oslo, .times = Times::with_offset, .now = summer};
    EXPECT_EQ(written(summer, Clock::planned, america), R"("2026-08-07T08:52:00-04:00")");
    EXPECT_EQ(written({}, Clock::planned, america), R"("0001-01-01T00:00:00-05:00")");
    Context const universal{.home = oslo, .times = Times::with_offset, .now = summer};
    EXPECT_EQ(written(summer, Clock::planned, universal), R"("2026-08-07T12:52:00Z")");
}

TEST(SuperOfficeTimes, MoveToTheCallersZoneButForWhatWasRecorded) {
    Context const context{.zone = zone("America/New_York"), .home = zone("Europe/Oslo"), .now = summer};
    EXPECT_EQ(written(summer, Clock::planned, context), R"("2026-08-07T08:52:00")");
    EXPECT_EQ(written(summer, Clock::recorded, context), R"("2026-08-07T14:52:00")");
}

TEST(SuperOfficeTimes, ReadWhatClientsMakeOfNoTimeAndOfTheEnd) {
    for (auto const text : {"", "0001-01-01T00:00:00", "0001-01-01T04:56:02.000Z", "0000-12-31T23:06:32.000Z",
                            "-000001-12-31T23:06:32.000Z", "0001-01-01T01:00:00+01:00"})
        EXPECT_EQ(time_of(text), std::nullopt) << text;
    for (auto const text : {"9999-12-31T23:59:59", "9999-12-31T23:59:59.9999999", "+010000-01-01T04:59:59.999Z"})
        EXPECT_EQ(time_of(text), end_of_time) << text;
    EXPECT_EQ(time_of("2026-08-07T14:52:00"), summer);
    EXPECT_EQ(time_of("2026-08-07T12:52:00Z"), summer);
    EXPECT_EQ(time_of("+002026-08-07T12:52:00.0000000Z"), summer);
}

TEST(SuperOfficeTimes, RefuseWhatIsNone) {
    std::optional<Instant> time;
    for (auto const text : {"soon", "2026", "2026-13-01", "20-01-01", "0001-99-01", "9999-12-31T25:00:00", "-1"})
        EXPECT_FALSE(read_time(json::value(text), time, {})) << text;
    EXPECT_FALSE(read_time(json::value(7), time, {}));
}

TEST(SuperOfficeZones, AreKnownByCodeNumberAndName) {
    for (auto const header : {"NO", "no", "261", "Europe/Oslo", " NO "}) {
        auto const wanted = read_zone(header, {});
        ASSERT_TRUE(wanted) << header;
        EXPECT_EQ(wanted->zone.offset_at(summer), 2h) << header;
        EXPECT_EQ(wanted->times, Times::plain) << header;
    }
    EXPECT_EQ(read_zone("US-NY", {})->zone.offset_at(summer), -4h);
    EXPECT_EQ(read_zone("433", {})->zone.offset_at(summer), -10h);
    EXPECT_EQ(read_zone("AU-ACT", {})->zone.offset_at(summer), 10h);
}

TEST(SuperOfficeZones, ComeWithOffsetsAfterAComma) {
    for (auto const header : {"utc,includeTZOffset", "UTC, includetzoffset"}) {
        auto const wanted = read_zone(header, zone("Europe/Oslo"));
        ASSERT_TRUE(wanted);
        EXPECT_EQ(wanted->times, Times::with_offset);
        EXPECT_EQ(wanted->zone.name(), "UTC");
    }
    EXPECT_EQ(read_zone("includeTZOffset", zone("Europe/Oslo"))->zone.offset_at(summer), 2h);
    EXPECT_EQ(read_zone("", zone("Europe/Oslo"))->zone.offset_at(summer), 2h);
}

TEST(SuperOfficeZones, ThatNobodyKnowsAreRefused) {
    EXPECT_EQ(read_zone("XX", {}).error().detail, "XX");
    EXPECT_FALSE(read_zone("Europe/Atlantis", {}));
    EXPECT_FALSE(read_zone("999", {}));
}

TEST(SuperOfficeCountries, HaveTheirIsoNumbers) {
    EXPECT_EQ(country_number("NO"), "578");
    EXPECT_EQ(country_number("af"), "4");
    EXPECT_EQ(country_number("ZW"), "716");
    EXPECT_EQ(country_number("XX"), "");
    EXPECT_EQ(country_number(""), "");
}

TEST(SuperOfficeLanguage, IsTheFirstOfTheHeaderAndOwnHeadersWin) {
    wire::Headers headers;
    EXPECT_EQ(tongue_of(headers).language, "");
    headers.set("Accept-Language", "en-us, en;q=0.5");
    EXPECT_EQ(tongue_of(headers).language, "en");
    headers.set("SO-Language", "nb-no");
    EXPECT_EQ(tongue_of(headers).language, "nb");
    EXPECT_EQ(tongue_of(headers).culture, "nb");
    headers.set("SO-Culture", "sv");
    EXPECT_EQ(tongue_of(headers).culture, "sv");
    for (auto const raw : {"*", "x", "-"}) {
        headers.set("SO-Language", raw);
        EXPECT_EQ(tongue_of(headers).language, "") << raw;
    }
}

TEST(SuperOfficeLanguage, PicksOnePartOfATextInSeveral) {
    constexpr std::string_view text = R"(US:"Vendor";NO:"Leverandør";GE:"Ein "guter" Lieferant";)";
    EXPECT_EQ(localized(text, ""), text);
    EXPECT_EQ(localized(text, "en"), "Vendor");
    EXPECT_EQ(localized(text, "nb"), "Leverandør");
    EXPECT_EQ(localized(text, "de"), R"(Ein "guter" Lieferant)");
    EXPECT_EQ(localized(text, "fi"), "Vendor");
    for (auto const plain : {"Planned", "", R"(US:"Vendor)", R"(see US:"x")", "Q1: done"})
        EXPECT_EQ(localized(plain, "en"), plain);
}

TEST(SuperOfficeCustomFields, KeepTheirTypeOnTheirWay) {
    EXPECT_EQ(json_of("[I:23]"), "23");
    EXPECT_EQ(json_of("[F:123.4]"), "123.4");
    EXPECT_EQ(json_of("[A:3,4,5]"), "[3,4,5]");
    EXPECT_EQ(json_of("[D:06/01/2026]"), R"("[D:06/01/2026]")");
    EXPECT_EQ(json_of("23"), R"("23")");
    EXPECT_EQ(literal_of("true"), "[I:1]");
    EXPECT_EQ(literal_of(R"({"a":60.5})"), R"({"a":60.5})");
    for (auto const literal : {"[I:8]", "[I:008]", "[F:0.50]", "[F:5]", "[M:1.5]", "[A:]", "[A:1,x]", "[I:]", "", "[x",
                               "plain", "[F:123456789012345.123456]", "[I:99999999999999999999]", "[TS:500]"})
        EXPECT_EQ(literal_of(json_of(literal)), literal);
}

TEST(SuperOfficeCustomFields, ChangeWhereADictionaryDiffersFromWhatIsThere) {
    std::vector<CustomValue> const present{{"a", "8"}, {"b", R"("x")"}, {"b:DisplayText", R"("X")"}};
    EXPECT_TRUE(custom_changes({{"a", "8"}, {"b", R"("x")"}}, present).empty());
    // The older dictionary says something new, the newer one repeats what is there.
    auto const changes = custom_changes({{"a", "9"}, {"b", R"("y")"}, {"a", "8"}, {"c", R"("z")"}}, present);
    ASSERT_EQ(changes.size(), 4u);
    EXPECT_EQ(changes[0], (CustomValue{"a", "9"}));
    EXPECT_EQ(changes[1], (CustomValue{"b", R"("y")"}));
    EXPECT_EQ(changes[2], (CustomValue{"b:DisplayText", "null"})) << "it spoke of the value that was";
    EXPECT_EQ(changes[3], (CustomValue{"c", R"("z")"}));
}

TEST(SuperOfficeCustomFields, TakeTheTypeOfThePresentValueForPlainTexts) {
    std::vector<CustomValue> const present{
        {"n", "8"}, {"day", R"("[D:06/01/2026]")"}, {"yes", "true"}, {"text", R"("t")"}};
    auto const changes = custom_changes(
        {{"n", R"("9")"}, {"day", R"("2026-11-30")"}, {"yes", R"("False")"}, {"text", R"("9")"}}, present);
    ASSERT_EQ(changes.size(), 4u);
    EXPECT_EQ(changes[0].json, "9");
    EXPECT_EQ(changes[1].json, R"("[D:11/30/2026]")");
    EXPECT_EQ(changes[2].json, "false");
    EXPECT_EQ(changes[3].json, R"("9")");
}

json::object const document =
    json::parse(R"({"Name":"Harbour","Urls":[{"Value":"a"}],"ProjectStatus":{"Id":2,"Value":"x"},
    "Associate":null,"CustomFields":{"SuperOffice:1":"[I:8]","Other":"o"},"Description":"d"})")
        .get_object();

std::string patch(std::string_view text) {
    auto const result = patched(document, json::parse(text));
    if (result) return json::serialize(*result);
    return "refused: " + result.error().field + ": " + result.error().detail;
}

TEST(SuperOfficePatch, ChangesMembersByPathsInAnyLetters) {
    EXPECT_EQ(
        patch(R"([{"op":"replace","path":"/Name","value":"B"},{"op":"add","path":"projectstatus/id","value":3}])"),
        R"({"Name":"B","ProjectStatus":{"Id":3,"Value":"x"}})");
    EXPECT_EQ(patch(R"([{"Op":"Remove","Path":"description"}])"), R"({"Description":null})");
    EXPECT_EQ(patch(R"([{"op":"replace","path":"/Associate/AssociateId","value":7}])"),
              R"({"Associate":{"AssociateId":7}})");
}

TEST(SuperOfficePatch, ChangesItemsOfLists) {
    EXPECT_EQ(patch(R"([{"op":"add","path":"/Urls/-","value":{"Value":"b"}}])"),
              R"({"Urls":[{"Value":"a"},{"Value":"b"}]})");
    EXPECT_EQ(patch(R"([{"op":"add","path":"/Urls/0","value":{"Value":"b"}}])"),
              R"({"Urls":[{"Value":"b"},{"Value":"a"}]})");
    EXPECT_EQ(patch(R"([{"op":"replace","path":"/Urls/0/value","value":"c"}])"), R"({"Urls":[{"Value":"c"}]})");
    EXPECT_EQ(patch(R"([{"op":"remove","path":"/Urls/0"}])"), R"({"Urls":[]})");
    EXPECT_EQ(patch(R"([{"op":"replace","path":"/Urls/1","value":{}}])"), "refused: Urls/1: no such item");
}

TEST(SuperOfficePatch, SetsNamedKeysOfADictionary) {
    EXPECT_EQ(patch(R"([{"op":"replace","path":"/CustomFields","value":{"SuperOffice:1":"9"}}])"),
              R"({"CustomFields":{"SuperOffice:1":"9","Other":"o"}})");
    EXPECT_EQ(patch(R"([{"op":"remove","path":"/CustomFields/SuperOffice:1"}])"),
              R"({"CustomFields":{"SuperOffice:1":null,"Other":"o"}})");
    EXPECT_EQ(patch(R"([{"op":"add","path":"/CustomFields/a~1b","value":"x"}])"),
              R"({"CustomFields":{"SuperOffice:1":"[I:8]","Other":"o","a/b":"x"}})");
    EXPECT_EQ(patch(R"({"customFields":null})"), R"({"CustomFields":{"SuperOffice:1":null,"Other":null}})");
}

TEST(SuperOfficePatch, StopsAtATestThatFails) {
    EXPECT_EQ(patch(R"([{"op":"test","path":"/Name","value":"Other"},{"op":"replace","path":"/Name","value":"Q"}])"),
              "refused: Name: test");
    EXPECT_EQ(patch(R"([{"op":"test","path":"/ProjectStatus","value":{"id":"2"}}])"), "{}");
    EXPECT_EQ(patch(R"([{"op":"test","path":"/CustomFields/None","value":"x"}])"), "refused: CustomFields/None: test");
}

TEST(SuperOfficePatch, RefusesWhatItDoesNotKnow) {
    EXPECT_EQ(patch(R"([{"op":"move","from":"/Name","path":"/Description"}])"), "refused: op: move");
    EXPECT_EQ(patch(R"([{"op":"replace","path":"/Budget","value":1}])"), "refused: Budget: no such property");
    EXPECT_EQ(patch(R"([{"op":"replace","path":"/Name"}])"), "refused: Name: no value");
    EXPECT_EQ(patch(R"([7])"), "refused: patch: an operation needs op and path");
    EXPECT_EQ(patched(document, json::value(7)).error().code, Code::malformed);
}

TEST(SuperOfficePatch, TakesNoMoreOperationsThanAnybodyWrites) {
    json::array const steps(1'001, json::parse(R"({"op":"test","path":"/Name","value":"Harbour"})"));
    EXPECT_EQ(patched(document, steps).error().code, Code::too_large);
}

TEST(SuperOfficePatch, MergesAnObject) {
    EXPECT_EQ(patch(R"({"name":"B","urls":{"Value":"b"},"projectStatus":{"id":"3"},"nonsense":1})"),
              R"({"Name":"B","Urls":[{"Value":"a"},{"Value":"b"}],"ProjectStatus":{"Id":"3","Value":"x"}})");
    EXPECT_EQ(patch(R"({"Urls":[]})"), R"({"Urls":[]})");
    EXPECT_EQ(patch(R"({"Description":null})"), R"({"Description":null})");
    EXPECT_EQ(patch(R"({"Associate":{"AssociateId":7}})"), R"({"Associate":{"AssociateId":7}})");
}

} // namespace
} // namespace dialects::superoffice
