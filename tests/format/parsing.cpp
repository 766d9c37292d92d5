#include "tests/support/answers.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/world.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

using support::Answer, support::Direction, support::Unreadable;
using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not, testing::ThrowsMessage;

namespace {

// A folder "toy" with what the files of the tests include.
class Toy : public testing::Test {
protected:
    Toy() {
        std::filesystem::create_directory(folder_.path() / "toy");
        folder_.write("toy/world.yaml", "next_id: 17\npeople:\n  - { id: 501, name: Ann }\n");
        folder_.write("toy/common.inc", "# What all of them share.\n"
                                        "@now 2026-03-02T08:15:00Z\n"
                                        "@clock UTC %Y-%m-%dT%H:%M:%SZ\n"
                                        "@caller name: ann, person: ann@example.com\n"
                                        "@route /api/\n"
                                        "@set zone: UTC\n"
                                        "@define S11 {\"id\": 11,\n"
                                        "  \"name\": \"Active\"\n"
                                        "}\n"
                                        "@request-header Host: gw.test\n"
                                        "@request-header Content-Type: application/json\n"
                                        "@answer-header Content-Type: application/json\n"
                                        "@answer-header X-Limit: <int>\n");
    }

    support::Exchange parse(std::string const &text) const {
        return support::parse_exchange("# Source: documented.\n@include common.inc\n" + text,
                                       folder_.path() / "toy" / "a_case.http");
    }
    support::Pair pair(std::string const &text) const { return parse("### it\n" + text).pairs.at(0); }

private:
    support::TemporaryFolder folder_;
};

std::vector<std::string> lines_of(std::vector<support::Header> const &headers) {
    std::vector<std::string> lines;
    for (auto const &[name, value] : headers) lines.push_back(name + ": " + value);
    return lines;
}

} // namespace

TEST_F(Toy, KnowsItsDialectAndItsNameByItsPlace) {
    auto const exchange = parse("### it\nGET /a\n--- 204\n");
    EXPECT_EQ(exchange.dialect, "toy");
    EXPECT_EQ(exchange.name, "a_case");
    EXPECT_THAT(exchange.callers, ElementsAre("name: ann, person: ann@example.com"));
    EXPECT_THAT(exchange.routes, ElementsAre("path: /api/, zone: UTC"));
}

TEST_F(Toy, ALaterSettingTakesThePlaceOfAnEarlierOne) {
    EXPECT_THAT(parse("@set zone: Europe/Oslo\n@set organization: \"7\"\n### it\nGET /a\n--- 204\n").routes,
                ElementsAre("path: /api/, zone: Europe/Oslo, organization: \"7\""));
}

TEST_F(Toy, AQuestionHasTheSharedHeadersAndItsOwn) {
    auto const p = pair("POST /api/statuses\nX-One: 1\n\n{\"name\":\n \"x\"}\n\n--- 201 Created\n");
    EXPECT_EQ(p.title, "it");
    EXPECT_EQ(p.question.method, "POST");
    EXPECT_EQ(p.question.target, "/api/statuses");
    EXPECT_THAT(lines_of(p.question.headers),
                ElementsAre("Host: gw.test", "Content-Type: application/json", "X-One: 1"));
    EXPECT_EQ(p.question.body, "{\"name\":\n \"x\"}");
    EXPECT_EQ(p.answer.status, 201u);
}

TEST_F(Toy, SharedHeadersCanBeReplacedAndLeftOut) {
    auto const p = pair("GET /a\nhost: other.test\n\nbody\n--- 200\n");
    EXPECT_THAT(lines_of(p.question.headers), ElementsAre("host: other.test", "Content-Type: application/json"));
    EXPECT_THAT(lines_of(pair("GET /a\n-Host\n--- 204\n").question.headers), IsEmpty());
}

TEST_F(Toy, WithoutABodyThereIsNoSharedContentType) {
    auto const p = pair("GET /a\n--- 204\n");
    EXPECT_THAT(lines_of(p.question.headers), ElementsAre("Host: gw.test"));
    EXPECT_THAT(lines_of(p.answer.headers), ElementsAre("X-Limit: <int>"));
    EXPECT_THAT(lines_of(pair("GET /a\nContent-Type: text/xml\n--- 204\n").question.headers),
                ElementsAre("Host: gw.test", "Content-Type: text/xml"));
}

TEST_F(Toy, AnAnswerIsJsonUnlessItSaysOtherwise) {
    EXPECT_EQ(pair("GET /a\n--- 200\n\n{\"a\":1}\n").answer.document, boost::json::parse(R"({"a":1})"));
    EXPECT_EQ(pair("GET /a\n--- 200\n@text\n\n{\"status\":\"ok\"}\n").answer.text, "{\"status\":\"ok\"}");
    EXPECT_EQ(pair("GET /a\n--- 200\n@xml\n\n<r/>\n").answer.form, Answer::Form::xml);
    EXPECT_EQ(pair("GET /a\n--- 200\n@any\n").answer.form, Answer::Form::any);
    EXPECT_EQ(pair("GET /a\n--- 200\n").answer.form, Answer::Form::none);
}

TEST_F(Toy, HeadersOfAnAnswerMustOrMustNotBeThere) {
    auto const answer = pair("GET /a\n--- 201\nLocation: /a/1\n!ETag\n-X-Limit\n").answer;
    EXPECT_THAT(lines_of(answer.headers), ElementsAre("Location: /a/1"));
    EXPECT_THAT(answer.forbidden, ElementsAre("ETag"));
}

TEST_F(Toy, FragmentsAreFilledIntoAnswers) {
    auto const answer = pair("GET /a\n--- 200\n\n[\"@S11\",{\"@\":\"S11\",\"id\":12}]\n").answer;
    EXPECT_EQ(boost::json::serialize(answer.document), R"([{"id":11,"name":"Active"},{"id":12,"name":"Active"}])");
}

TEST_F(Toy, FragmentsAreFilledIntoBodiesThatAskForIt) {
    EXPECT_EQ(pair("@json\nPUT /a\n\n{\"@\": \"S11\", \"id\": 12}\n--- 204\n").question.body,
              R"({"id":12,"name":"Active"})");
    EXPECT_EQ(pair("PUT /a\n\n{\"@\": \"S11\"}\n--- 204\n").question.body, R"({"@": "S11"})");
}

TEST_F(Toy, BodiesMayHaveNetworkLineEnds) {
    EXPECT_EQ(pair("@crlf\nPOST /a\n\n--b1\n\nx\n--b1--\n--- 204\n").question.body, "--b1\r\n\r\nx\r\n--b1--\r\n");
}

TEST_F(Toy, TheClockCanBeSetForTheRestOfTheFile) {
    auto const exchange = parse("### a\nGET /a\n--- 204\n### b\n@now 2026-03-02T08:16:00Z\nGET /a\n--- 204\n"
                                "### c\nGET /a\n--- 204\n");
    auto const &pairs = exchange.pairs;
    ASSERT_EQ(pairs.size(), 3u);
    EXPECT_EQ(pairs[0].now, *support::parse_instant("2026-03-02T08:15:00Z"));
    EXPECT_EQ(pairs[1].now, *support::parse_instant("2026-03-02T08:16:00Z"));
    EXPECT_EQ(pairs[2].now, pairs[1].now);
}

TEST_F(Toy, DirectionsCanBeLeftOut) {
    EXPECT_TRUE(pair("GET /a\n--- 204\n").directions.has(Direction::tables));
    auto const p = pair("# The token is made up.\n@only service socket\nGET /a\n--- 204\n");
    EXPECT_TRUE(p.directions.has(Direction::socket));
    EXPECT_FALSE(p.directions.has(Direction::tables));
}

TEST_F(Toy, FurtherRecordsJoinTheWorkspace) {
    auto const world = parse("@records\n  next_id: 20\n  people:\n    - { id: 502, name: Ben }\n  tags:\n"
                             "    - { id: 5, name: x }\n### it\nGET /a\n--- 204\n")
                           .world;
    EXPECT_THAT(support::ids_of_world(world), ElementsAre("5", "501", "502"));
    EXPECT_THAT(world, HasSubstr("next_id: 20"));
    EXPECT_THAT(world, Not(HasSubstr("next_id: 17")));
}

TEST_F(Toy, WhatIsWrongIsToldWithItsPlace) {
    auto const fails = [&](std::string const &text, char const *message) {
        EXPECT_THAT([&] { (void)parse(text); }, ThrowsMessage<Unreadable>(HasSubstr(message))) << text;
    };
    fails("### it\nGET /a\n", "'--- <status>' is expected");
    fails("### it\nGET\n--- 204\n", "a_case.http:4");
    fails("### it\nGET /a HTTP/1.1\n--- 204\n", "'METHOD /target' is expected");
    fails("@colour red\n### it\nGET /a\n--- 204\n", "there is no '@colour'");
    fails("@now today\n### it\nGET /a\n--- 204\n", "no time");
    fails("stray\n### it\nGET /a\n--- 204\n", "neither");
    fails("### it\nGET /a\n--- 200\n\n{oops\n", "no JSON");
    fails("### it\nGET /a\n--- 200\n\n\"@S99\"\n", "S99");
    fails("@define s11 {}\n### it\nGET /a\n--- 204\n", "no name");
    fails("@define S11 {}\n### it\nGET /a\n--- 204\n", "twice");
    fails("@only sockets\n### it\nGET /a\n--- 204\n", "no direction");
    fails("", "no '### title'");
}

TEST(File, MustSayWhereItKnowsItFrom) {
    EXPECT_THAT([] { (void)support::parse_exchange("### it\nGET /a\n--- 204\n", "/nowhere/toy/a.http"); },
                ThrowsMessage<Unreadable>(HasSubstr("# Source:")));
}

TEST(Fragments, ReplaceMembersWholeAndMergeThoseThatAskForIt) {
    support::Fragments fragments;
    fragments.define("P", boost::json::parse(R"({"id":1,"a":{"x":1,"y":{"z":2}},"l":[1]})"));
    auto const expanded = [&](char const *source) {
        return boost::json::serialize(fragments.expand(boost::json::parse(source)));
    };
    EXPECT_EQ(expanded(R"({"@":"P","a":{"x":2}})"), R"({"id":1,"a":{"x":2},"l":[1]})");
    EXPECT_EQ(expanded(R"({"@":"P","+a":{"x":2,"+y":{"w":3}}})"), R"({"id":1,"a":{"x":2,"y":{"z":2,"w":3}},"l":[1]})");
    EXPECT_EQ(expanded(R"({"d":"@P","e":"@nobody","n":5})"),
              R"({"d":{"id":1,"a":{"x":1,"y":{"z":2}},"l":[1]},"e":"@nobody","n":5})");
    EXPECT_THROW(fragments.expand(boost::json::parse(R"({"@":"P","+l":{}})")), Unreadable);
    EXPECT_THROW(fragments.expand(boost::json::parse(R"({"@":"Q"})")), Unreadable);
}

TEST(Answers, AreComparedWhole) {
    Answer expected;
    expected.status = 201;
    expected.headers = {{"Location", "/a/{NEW}"}, {"Content-Type", "application/json; charset=utf-8"}};
    expected.forbidden = {"ETag"};
    expected.form = Answer::Form::json;
    expected.document = boost::json::parse(R"({"id":"<id:NEW>"})");
    wire::Response actual{.status = 201, .reason = {}, .headers = {}, .body = R"({"id":17})"};
    actual.headers.set("Location", "/a/17");
    actual.headers.set("Content-Type", "application/json;charset=UTF-8");
    support::Memory memory;
    EXPECT_THAT(support::compare(expected, actual, memory), IsEmpty());

    support::Memory fresh;
    actual.status = 200;
    actual.headers.set("ETag", "1");
    EXPECT_THAT(support::compare(expected, actual, fresh),
                ElementsAre("status: expected 201, got 200", "ETag: must not be there, got \"1\"",
                            "the answer was 200 {\"id\":17}"));
}

TEST(Answers, NoBodyMeansNone) {
    Answer expected;
    expected.status = 204;
    wire::Response const actual{.status = 204, .reason = {}, .headers = {}, .body = "{}"};
    support::Memory memory;
    EXPECT_THAT(support::compare(expected, actual, memory), Not(IsEmpty()));
}
