// What the log says of a request, and what it must not.
#include "gateway/escape.hpp"
#include "running_server.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace gateway::testing {

namespace {

using ::testing::HasSubstr, ::testing::Not;

std::vector<std::string> lines_of(std::string const &text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

// The one line of the log after that request.
std::string line_of(std::string_view request, LogFormat format = LogFormat::json) {
    RunningServer server(RunningServer::config(), format);
    auto client = server.connect();
    client.send(request);
    client.read();
    auto const lines = lines_of(server.access_log());
    EXPECT_EQ(lines.size(), 1u);
    return lines.empty() ? std::string() : lines.front();
}

TEST(AccessLog, SaysWhatWasAskedAndWhatCameOfIt) {
    auto const line = boost::json::parse(line_of(get("/api/things/7?x=y")));
    EXPECT_EQ(line.at("method"), "GET");
    EXPECT_EQ(line.at("path"), "/api/things/7");
    EXPECT_EQ(line.at("dialect"), "fake");
    EXPECT_EQ(line.at("operation"), "thing.get");
    EXPECT_EQ(line.at("status"), 200);
    EXPECT_EQ(line.at("bytes"), std::int64_t(std::string_view("thing.get 7 for ann").size()));
    EXPECT_EQ(line.at("client"), "127.0.0.1");
    EXPECT_TRUE(line.at("us").is_int64());
    EXPECT_EQ(line.at("id").as_string().size(), 16u);
    EXPECT_THAT(std::string(line.at("time").as_string()), ::testing::MatchesRegex("20..-..-..T..:..:......Z"));
}

TEST(AccessLog, SaysTheSameInText) {
    EXPECT_THAT(line_of(get("/api/things/7?x=y"), LogFormat::text),
                ::testing::MatchesRegex("20..-..-..T..:..:......Z [0-9a-f]+ 127.0.0.1 GET /api/things/7 fake thing.get "
                                        "200 19B [0-9]+us"));
}

TEST(AccessLog, SaysWhyARequestWasRefused) {
    auto const line = boost::json::parse(line_of("GET /api/things HTTP/1.1\r\n\r\n"));
    EXPECT_EQ(line.at("status"), 400);
    EXPECT_EQ(line.at("note"), "no Host");
    EXPECT_EQ(line.at("dialect"), "fake");
    EXPECT_EQ(line.at("operation"), "-");
}

TEST(AccessLog, HasNeitherCredentialsNorQueriesNorBodies) {
    for (auto const format : {LogFormat::json, LogFormat::text}) {
        auto const line =
            line_of("POST /api/echo?hash=s3cret1&action=s3cret2 HTTP/1.1\r\nHost: a\r\nX-Token: ann\r\n"
                    "Authorization: Bearer s3cret3\r\nCookie: s3cret4\r\nContent-Length: 7\r\n\r\ns3cret5",
                    format);
        EXPECT_THAT(line, Not(HasSubstr("s3cret")));
        EXPECT_THAT(line, Not(HasSubstr("hash")));
    }
}

TEST(AccessLog, KeepsForeignTextOnOneLine) {
    auto const line = line_of("GET /api/\xe2\x80\xa8\x1b[31m\"\\ HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(boost::json::parse(line).is_object());
    EXPECT_THAT(line, Not(HasSubstr("\x1b")));
    EXPECT_THAT(line, Not(HasSubstr("\xe2")));
    EXPECT_THAT(line_of(get("/api/things/%0a%0dfake")), HasSubstr("/api/things/%0a%0dfake"));
}

TEST(AccessLog, CutsLongPathsAndMethods) {
    auto const line = boost::json::parse(line_of(get("/api/things/" + std::string(5'000, 'a'))));
    EXPECT_EQ(line.at("path").as_string().size(), 515u);
    EXPECT_TRUE(line.at("path").as_string().ends_with("..."));
    auto const odd = boost::json::parse(line_of(std::string(5'000, 'M') + " /api HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_LT(odd.at("method").as_string().size(), 20u);
}

TEST(AccessLog, HasOneLineForEachRequestWithAnIdOfItsOwn) {
    RunningServer server;
    auto client = server.connect();
    client.send(get("/api/things") + get("/api/things/2") + "nonsense\r\n\r\n");
    for (int i = 0; i < 3; ++i) client.read();
    auto const lines = lines_of(server.access_log());
    ASSERT_EQ(lines.size(), 3u);
    auto const id = [&](std::size_t i) { return boost::json::parse(lines[i]).at("id").as_string(); };
    EXPECT_NE(id(0), id(1));
    EXPECT_NE(id(1), id(2));
}

TEST(Messages, AreOneLineEachInBothFormats) {
    std::ostringstream json, text;
    auto const sink = [](std::ostringstream &out) { return std::make_shared<spdlog::sinks::ostream_sink_mt>(out); };
    log_to(sink(json), sink(json), LogFormat::json).messages->warn("a\n\"b\"\x1b");
    log_to(sink(text), sink(text), LogFormat::text).messages->warn("a\n\"b\"\x1b");
    auto const line = boost::json::parse(json.str());
    EXPECT_EQ(line.at("level"), "warning");
    EXPECT_EQ(line.at("message"), "a\n\"b\"\x1b"); // as JSON reads it
    EXPECT_EQ(lines_of(json.str()).size(), 1u);
    EXPECT_EQ(lines_of(text.str()).size(), 1u);
    EXPECT_THAT(text.str(), HasSubstr("warning: a\\u000a\\\"b\\\"\\u001b"));
}

TEST(Escape, LeavesPlainTextAndMarksTheRest) {
    std::string out;
    append_escaped(out, "a b\t\"\\\x7f\xff", 100);
    EXPECT_EQ(out, R"(a b\u0009\"\\\u007f\u00ff)");
    out.clear();
    append_escaped(out, "abcdef", 3);
    EXPECT_EQ(out, "abc...");
}

} // namespace

} // namespace gateway::testing
