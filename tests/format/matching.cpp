#include "tests/support/matching.hpp"
#include "tests/support/fragments.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

using namespace std::string_literals;
using support::Differences, support::Memory;
using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not;

namespace {

Memory memory() {
    return {.clock = {.zone = "Europe/Oslo", .format = "%Y-%m-%dT%H:%M:%S.%L%Ez"},
            .now = *support::parse_instant("2026-03-02T08:15:00.120Z"),
            .names = {},
            .ids = {"42"}};
}

Differences differences(std::string_view expected, std::string_view actual) {
    auto m = memory();
    return support::compare(boost::json::parse(expected), boost::json::parse(actual), m);
}

Differences xml_differences(std::string_view expected, std::string_view actual) {
    auto m = memory();
    return support::compare_xml(expected, actual, m);
}

} // namespace

TEST(Clock, WritesAnInstantInTheFormOfTheTool) {
    EXPECT_EQ(memory().clock.text(memory().now), "2026-03-02T09:15:00.120+01:00");
    support::ClockForm const minutes{.zone = "UTC", .format = "%Y-%m-%d %H:%M"};
    EXPECT_EQ(minutes.text(memory().now), "2026-03-02 08:15");
}

TEST(Clock, KnowsItsFormFromOthers) {
    auto const clock = memory().clock;
    EXPECT_TRUE(clock.fits("1999-12-31T23:59:59.000+01:00"));
    EXPECT_TRUE(clock.fits("1999-12-31T23:59:59.000Z"));
    EXPECT_FALSE(clock.fits("1999-12-31T23:59:59+01:00"));
    EXPECT_FALSE(clock.fits("1999-12-31T23:59:59.000+0100"));
    EXPECT_FALSE(clock.fits("1999-12-31T23:59:59.000+01:00Z"));
    EXPECT_FALSE(clock.fits(""));
}

TEST(Clock, ReadsInstantsOfTheFilesAndNothingElse) {
    EXPECT_TRUE(support::parse_instant("2026-03-02T08:15:00Z"));
    EXPECT_FALSE(support::parse_instant("2026-03-02"));
    EXPECT_FALSE(support::parse_instant("2026-03-02T08:15:00Z and more"));
}

TEST(Json, MembersMayComeInAnyOrder) {
    EXPECT_THAT(differences(R"({"a":1,"b":[2]})", R"({"b":[2],"a":1})"), IsEmpty());
}

TEST(Json, ADifferenceIsToldWithItsPath) {
    EXPECT_THAT(differences(R"({"a":[{"b":1}]})", R"({"a":[{"b":2}]})"), ElementsAre("$.a[0].b: expected 1, got 2"));
    EXPECT_THAT(differences(R"({"a":"x"})", R"({"a":1})"), ElementsAre("$.a: expected \"x\", got 1"));
}

TEST(Json, MissingAndUnexpectedMembersAreTold) {
    EXPECT_THAT(differences(R"({"a":1})", R"({"b":2})"),
                ElementsAre("$.a: missing, expected 1", "$.b: not expected, got 2"));
}

TEST(Json, TheLengthAndTheOrderOfListsCount) {
    EXPECT_THAT(differences("[1,2]", "[1]"), ElementsAre(HasSubstr("expected 2 items, got 1")));
    EXPECT_THAT(differences("[1,2]", "[1,2,3]"), ElementsAre(HasSubstr("expected 2 items, got 3")));
    EXPECT_THAT(differences("[1,2]", "[2,1]"), Not(IsEmpty()));
}

TEST(Json, AnUnorderedListMayComeInAnyOrderButWhole) {
    EXPECT_THAT(differences(R"(["<unordered>",1,2])", "[2,1]"), IsEmpty());
    EXPECT_THAT(differences(R"(["<unordered>",1,1])", "[2,1]"), ElementsAre("$: none of the items is 1"));
    EXPECT_THAT(differences(R"(["<unordered>",1])", "[1,2]"), Not(IsEmpty()));
}

TEST(Json, ADoubleIsNoInteger) {
    EXPECT_THAT(differences("60", "60.0"), Not(IsEmpty()));
    EXPECT_THAT(differences("0.25", "0.25"), IsEmpty());
    EXPECT_THAT(differences("null", "0"), Not(IsEmpty()));
    EXPECT_THAT(differences("false", "0"), Not(IsEmpty()));
}

TEST(Json, AnIdIsANewNumberAsNumberOrText) {
    EXPECT_THAT(differences(R"("<id>")", "7"), IsEmpty());
    EXPECT_THAT(differences(R"("<id>")", R"("7")"), IsEmpty());
    EXPECT_THAT(differences(R"("<id>")", "42"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"("<id>")", R"("42")"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"("<id>")", "-7"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"("<id>")", R"("x7")"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"(["<id>","<id>"])", "[7,7]"), Not(IsEmpty()));
}

TEST(Json, PlaceholdersTakeWhatTheyStandForOnly) {
    EXPECT_THAT(differences(R"("<int>")", "-3"), IsEmpty());
    EXPECT_THAT(differences(R"("<int>")", R"("3")"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"("<text>")", R"("")"), IsEmpty());
    EXPECT_THAT(differences(R"("<text>")", "null"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"("<any>")", "null"), IsEmpty());
    EXPECT_THAT(differences(R"("<now>")", R"("2026-03-02T09:15:00.120+01:00")"), IsEmpty());
    EXPECT_THAT(differences(R"("<now>")", R"("2026-03-02T09:15:01.120+01:00")"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"("<instant>")", R"("2020-01-01T00:00:00.000Z")"), IsEmpty());
    EXPECT_THAT(differences(R"("<instant>")", R"("2020-01-01")"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"("<guid>")", R"("4c65a238-ca50-4374-b904-0d51d4c1822b")"), IsEmpty());
    EXPECT_THAT(differences(R"("<guid>")", R"("4C65A238-ca50-4374-b904-0d51d4c1822b")"), Not(IsEmpty()));
}

TEST(Json, PlaceholdersMayStandInsideALongerText) {
    EXPECT_THAT(differences(R"("/status/<id>/x")", R"("/status/17/x")"), IsEmpty());
    EXPECT_THAT(differences(R"("/status/<id>/x")", R"("/status/42/x")"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"("<text> and <text>")", R"("a and b and c")"), IsEmpty());
    EXPECT_THAT(differences(R"("<request>")", R"("<request>")"), IsEmpty());
}

TEST(Json, MoreLetsThereBeOtherMembers) {
    EXPECT_THAT(differences(R"({"a":1,"<more>":"<any>"})", R"({"a":1,"b":2})"), IsEmpty());
    EXPECT_THAT(differences(R"({"a":1,"<more>":"<any>"})", R"({"b":2})"), Not(IsEmpty()));
}

TEST(Json, MarkedMembersAreNotLookedInto) {
    EXPECT_THAT(differences(R"({"~a":{}})", R"({"a":{"b":1}})"), IsEmpty());
    EXPECT_THAT(differences(R"({"~a":{}})", "{}"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"({"?a":1})", "{}"), IsEmpty());
    EXPECT_THAT(differences(R"({"?a":1})", R"({"a":1})"), IsEmpty());
    EXPECT_THAT(differences(R"({"?a":1})", R"({"a":2})"), Not(IsEmpty()));
    EXPECT_THAT(differences(R"({"a":"<absent>"})", "{}"), IsEmpty());
    EXPECT_THAT(differences(R"({"a":"<absent>"})", R"({"a":null})"), Not(IsEmpty()));
}

TEST(Json, WhatWasRememberedStandsForItself) {
    auto m = memory();
    EXPECT_THAT(support::compare(boost::json::parse(R"({"id":"<id:NEW>"})"), boost::json::parse(R"({"id":17})"), m),
                IsEmpty());
    EXPECT_EQ(m.fill_in("/status/{NEW}?a={\"b\":1}"), "/status/17?a={\"b\":1}");
    EXPECT_THAT(
        support::compare(boost::json::parse(R"(["{NEW}","no {NEW}"])"), boost::json::parse(R"([17,"no 17"])"), m),
        IsEmpty());
    EXPECT_THAT(support::compare(boost::json::parse(R"("{NEW}")"), boost::json::parse("18"), m), Not(IsEmpty()));
    EXPECT_THAT(support::compare(boost::json::parse(R"("<id>")"), boost::json::parse("17"), m), Not(IsEmpty()));
    EXPECT_THROW(m.fill_in("{OLD}"), support::Unreadable);
}

TEST(Json, NothingIsRememberedOfAnAnswerThatDiffers) {
    auto m = memory();
    EXPECT_THAT(
        support::compare(boost::json::parse(R"({"id":"<id:NEW>","a":1})"), boost::json::parse(R"({"id":17,"a":2})"), m),
        Not(IsEmpty()));
    EXPECT_THROW(m.fill_in("{NEW}"), support::Unreadable);
}

TEST(Json, NumbersAreWrittenPlainly) {
    EXPECT_EQ(support::find_odd_number(R"({"a":60,"b":0.25,"c":-1,"d":"6E1 1.0"})"), "");
    EXPECT_EQ(support::find_odd_number(R"({"a":6E1})"), "6E1");
    EXPECT_EQ(support::find_odd_number(R"(["\"",2.5e-1])"), "2.5e-1");
    EXPECT_EQ(support::find_odd_number("[60.50]"), "60.50");
}

TEST(Text, IsComparedWithItsPlaceholders) {
    auto m = memory();
    EXPECT_THAT(support::compare_text("auth=<text:KEY>; path=/", "auth=abc; path=/", "Set-Cookie", m), IsEmpty());
    EXPECT_EQ(m.fill_in("{KEY}"), "abc");
    EXPECT_THAT(support::compare_text("a", "b", "Location", m), ElementsAre("Location: expected \"a\", got \"b\""));
}

TEST(Xml, ElementsOfOneNameStayInTheirOrderAndOthersMayMove) {
    EXPECT_THAT(xml_differences("<r><a>1</a><b/><a>2</a></r>", "<r><b></b><a>1</a><a>2</a></r>"), IsEmpty());
    EXPECT_THAT(xml_differences("<r><a>1</a><a>2</a></r>", "<r><a>2</a><a>1</a></r>"), Not(IsEmpty()));
}

TEST(Xml, MissingAndUnexpectedElementsAreTold) {
    EXPECT_THAT(xml_differences("<r><a/></r>", "<r><b/></r>"),
                ElementsAre("/r/a[0]: missing", "/r/b[0]: not expected"));
    EXPECT_THAT(xml_differences("<r><a/><more/></r>", "<r><a/><b/></r>"), IsEmpty());
    EXPECT_THAT(xml_differences("<r/>", "<s/>"), ElementsAre("expected <r>, got <s>"));
    EXPECT_THAT(xml_differences("<r x='1'/>", "<r y='1'/>"), ElementsAre("/r/@x: missing", "/r/@y: not expected"));
    EXPECT_THAT(xml_differences("<r/>", "{}"), ElementsAre(HasSubstr("no XML")));
}

TEST(Xml, TextMayHoldPlaceholders) {
    EXPECT_THAT(xml_differences("<r>&lt;id&gt;</r>", "<r>7</r>"), IsEmpty());
    EXPECT_THAT(xml_differences("<r>&lt;id&gt;</r>", "<r>x</r>"), Not(IsEmpty()));
}
