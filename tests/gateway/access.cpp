// Who may do what, and what a caller gets to know of what goes wrong.
#include "running_server.hpp"

#include <gmock/gmock.h>

namespace gateway::testing {

namespace {

std::string as(std::string_view token, std::string_view line, std::string_view fields = {}) {
    return fmt::format("{} HTTP/1.1\r\nHost: gw.test\r\nX-Token: {}\r\n{}\r\n", line, token, fields);
}

TEST(Access, TellsAStrangerNothingAboutWhatExists) {
    RunningServer server;
    for (auto const *line : {"GET /api/things", "GET /api/nonsense", "DELETE /api/things", "GET /api"})
        EXPECT_EQ(server.ask(as("mallory", line)).status, 401u) << line;
    EXPECT_EQ(server.store().count(), 0u);
}

TEST(Access, TellsACallerWhatIsNotOffered) {
    RunningServer server;
    EXPECT_EQ(server.ask(as("ann", "GET /api/nonsense")).status, 404u);
    EXPECT_EQ(server.ask(as("ann", "DELETE /api/things")).status, 405u);
}

TEST(Access, IsOpenWhereTheDialectSaysSo) {
    RunningServer server;
    EXPECT_EQ(server.ask("GET /api/open HTTP/1.1\r\nHost: a\r\n\r\n").body, "open");
}

TEST(Access, ToReadDoesNotLetWrite) {
    RunningServer server;
    EXPECT_EQ(server.ask(as("bob", "GET /api/things")).status, 200u);
    auto const answer = server.ask(as("bob", "POST /api/things"));
    EXPECT_EQ(answer.status, 403u);
    EXPECT_EQ(answer.field("X-Dialect"), "fake");
    EXPECT_EQ(server.store().count(), 1u);
}

TEST(Access, ToReadIsCheckedForEachQuestion) {
    RunningServer server;
    EXPECT_EQ(server.ask(as("ann", "GET /api/sneaky")).status, 200u);
    EXPECT_EQ(server.ask(as("bob", "GET /api/sneaky")).status, 403u);
    auto const asked = server.store().questions();
    ASSERT_EQ(asked.size(), 3u); // ann's two, and bob's first
    EXPECT_EQ(asked[2].verb, canonical::Verb::get);
}

TEST(Access, DoesNotChangeWithFieldsThatConnectionNames) {
    RunningServer server;
    EXPECT_EQ(server.ask(as("mallory", "GET /api/things", "Connection: X-Token\r\n")).status, 401u);
    EXPECT_EQ(server.ask(as("ann", "GET /api/things", "Connection: X-Token, Host\r\n")).status, 200u);
}

TEST(Access, DoesNotComeWithFieldsThatLookAlike) {
    RunningServer server;
    for (auto const *field :
         {"X_Token: ann", "X.Token: ann", "X-Token_: ann", "X-Forwarded-User: ann", "Remote-User: ann"})
        EXPECT_EQ(server.ask(fmt::format("GET /api/things HTTP/1.1\r\nHost: a\r\n{}\r\n\r\n", field)).status, 401u)
            << field;
}

TEST(HeaderFields, OfProxiesAndOfTheConnectionDoNotReachADialect) {
    RunningServer server;
    auto const seen = [&](std::string_view name) {
        return server.ask(get(fmt::format("/api/echo?name={}", name), fmt::format("{}: here\r\n", name))).body;
    };
    EXPECT_EQ(seen("X-Note"), "here");
    EXPECT_EQ(seen("x-note"), "here");
    EXPECT_EQ(seen("X-Forwarded-For"), "absent");
    EXPECT_EQ(seen("Forwarded"), "absent");
    EXPECT_EQ(seen("X_Note"), "absent");
    EXPECT_EQ(seen("Keep-Alive"), "absent");
}

TEST(Questions, AreCompletedWithWhatTheGatewayKnows) {
    RunningServer server;
    auto const before = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    EXPECT_EQ(server.ask(as("ann", "POST /api/things")).status, 200u);
    auto const asked = server.store().questions();
    ASSERT_EQ(asked.size(), 1u);
    EXPECT_EQ(asked[0].dialect, "fake");
    EXPECT_EQ(asked[0].actor.email, "ann@example.com");
    EXPECT_GE(asked[0].now, before);
}

TEST(Questions, AreAskedInTheWordsOfTheBackend) {
    auto config = RunningServer::config();
    config.routes.front().mapping = "house";
    canonical::Mapping house;
    house.people["ann@example.com"] = "ann@house.example";
    house.defaults["project.workflow"] = "906";
    config.mappings.emplace_back("house", house);
    RunningServer server(config);
    EXPECT_EQ(server.ask(as("ann", "POST /api/things")).status, 200u);
    auto asked = server.store().questions();
    ASSERT_EQ(asked.size(), 1u);
    EXPECT_EQ(asked[0].actor.email, "ann@house.example");
    EXPECT_EQ(asked[0].of<canonical::Project>().workflow->id, "906");
}

TEST(Backends, ThatAreNotAvailableAreSaidToBeSo) {
    auto config = RunningServer::config();
    config.routes.front().backend = "elsewhere";
    RunningServer server(config);
    auto const answer = server.ask(as("ann", "GET /api/things"));
    EXPECT_EQ(answer.status, 503u);
    EXPECT_EQ(answer.body, "fake refuses: unavailable");
    EXPECT_EQ(server.ask(as("mallory", "GET /api/things")).status, 401u);
}

TEST(Bugs, AreAnsweredInTheDialectAndLoggedWithTheRequestsId) {
    RunningServer server;
    auto client = server.connect();
    for (auto const *target : {"/api/throws", "/api/things/broken"}) {
        client.send(get(target));
        auto const answer = client.read();
        EXPECT_EQ(answer.status, 500u);
        EXPECT_EQ(answer.body, "fake refuses: internal");
    }
    client.send(get("/api/things"));
    EXPECT_EQ(client.read().status, 200u); // it goes on
    auto const messages = server.messages();
    EXPECT_THAT(messages, ::testing::ContainsRegex("request [0-9a-f]{16} failed: a bug"));
    EXPECT_THAT(messages, ::testing::HasSubstr("the disk is on fire"));
}

TEST(Bugs, InARefusalAreAnsweredPlainly) {
    static FakeDialect const broken({.name = "broken", .broken_refusals = true});
    auto config = RunningServer::config();
    config.routes = {route_to(broken, "/api")};
    RunningServer server(config);
    auto const answer = server.ask(as("mallory", "GET /api/things"));
    EXPECT_EQ(answer.status, 500u);
    EXPECT_EQ(answer.body, R"({"error":"internal error"})");
    EXPECT_EQ(server.ask("GET /api HTTP/1.1\r\n\r\n").status, 400u);
}

TEST(Options, AreAnsweredWhereTheDialectOffersIt) {
    RunningServer server;
    auto const answer = server.ask("OPTIONS /api/things HTTP/1.1\r\nHost: a\r\nOrigin: https://app.test\r\n\r\n");
    EXPECT_EQ(answer.status, 204u);
    EXPECT_EQ(answer.field("Access-Control-Allow-Origin"), "*");
}

TEST(Options, AreAnyOtherMethodWhereItDoesNot) {
    static FakeDialect const silent({.name = "silent", .ignore_case = true});
    auto config = RunningServer::config();
    config.routes = {route_to(silent, "/api")};
    config.callers = {caller_of(silent, "ann")};
    RunningServer server(config);
    EXPECT_EQ(server.ask(as("ann", "OPTIONS /api/things")).status, 405u);
    EXPECT_EQ(server.ask("OPTIONS /api/things HTTP/1.1\r\nHost: a\r\n\r\n").status, 401u);
}

TEST(Options, GoWhereTheMethodGoesThatTheyAskAbout) {
    auto config = RunningServer::config();
    config.routes.front().methods = {"PUT"};
    RunningServer server(config);
    auto const about = [&](std::string_view method) {
        return server.ask(fmt::format(
            "OPTIONS /api/things HTTP/1.1\r\nHost: a\r\nAccess-Control-Request-Method: {}\r\n\r\n", method));
    };
    EXPECT_EQ(about("PUT").status, 204u);
    EXPECT_EQ(about("POST").status, 404u);
}

TEST(Text, OfARequestStaysWhatItIs) {
    RunningServer server;
    EXPECT_EQ(server.ask(post("/api/echo", "${HOME} {env.HOME} %s {}")).body, "${HOME} {env.HOME} %s {}");
    EXPECT_EQ(server.ask(get("/api/things/%24%7BHOME%7D")).body, "thing.get ${HOME} for ann");
}

} // namespace

} // namespace gateway::testing
