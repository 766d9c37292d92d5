// Which route a request takes, and that nothing a client can write into a target or a Host makes two parts of the
// gateway see two different requests.
#include "gateway/router.hpp"
#include "running_server.hpp"

#include <gmock/gmock.h>

namespace gateway::testing {

namespace {

FakeDialect const &careless_dialect() {
    static FakeDialect const dialect({.name = "careless", .ignore_case = true});
    return dialect;
}

// The place of the route that a request takes; -1: none.
int route_of(std::vector<config::Route> const &routes, std::string_view path, std::string_view host = "gw.test",
             std::string_view method = "GET") {
    auto const target = wire::split_target(path);
    auto const match = Router(routes).find({.host = host, .method = method, .segments = target.value().segments});
    return match ? int(match->route) : -1;
}

TEST(Router, TakesTheFirstThatFits) {
    std::vector const routes = {route_to(fake_dialect(), "/api/2.0"), route_to(fake_dialect(), "/api"),
                                route_to(fake_dialect(), "/api/never")};
    EXPECT_EQ(route_of(routes, "/api/2.0/project"), 0);
    EXPECT_EQ(route_of(routes, "/api/2.0"), 0);
    EXPECT_EQ(route_of(routes, "/api/never"), 1);
    EXPECT_EQ(route_of(routes, "/"), -1);
}

TEST(Router, ComparesWholeSegments) {
    std::vector const routes = {route_to(fake_dialect(), "/api/v1")};
    EXPECT_EQ(route_of(routes, "/api/v1"), 0);
    EXPECT_EQ(route_of(routes, "/api/v1/"), 0);
    EXPECT_EQ(route_of(routes, "//api//v1//x"), 0);
    EXPECT_EQ(route_of(routes, "/api/v10"), -1);
    EXPECT_EQ(route_of(routes, "/api/v1.0"), -1);
    EXPECT_EQ(route_of(routes, "/api"), -1);
    EXPECT_EQ(route_of(routes, "/x/api/v1"), -1);
}

TEST(Router, DoesNotCareForASlashAtTheEndOfAPrefix) {
    EXPECT_EQ(route_of({route_to(fake_dialect(), "/api/")}, "/api"), 0);
    EXPECT_EQ(route_of({route_to(fake_dialect(), "")}, "/anything"), 0);
    EXPECT_EQ(route_of({route_to(fake_dialect(), "/")}, "/"), 0);
}

TEST(Router, CaresForCaseUnlessTheDialectDoesNot) {
    EXPECT_EQ(route_of({route_to(fake_dialect(), "/api")}, "/API"), -1);
    EXPECT_EQ(route_of({route_to(careless_dialect(), "/api/v1")}, "/API/V1/x"), 0);
}

TEST(Router, LooksAtHostAndMethod) {
    auto by_host = route_to(fake_dialect(), "/api"), by_method = by_host;
    by_host.host = "one.test";
    by_method.methods = {"GET", "PUT"};
    std::vector const routes = {by_host, by_method};
    EXPECT_EQ(route_of(routes, "/api", "ONE.test"), 0);
    EXPECT_EQ(route_of(routes, "/api", "two.test"), 1);
    EXPECT_EQ(route_of(routes, "/api", "two.test", "PUT"), 1);
    EXPECT_EQ(route_of(routes, "/api", "two.test", "POST"), -1);
    EXPECT_EQ(route_of(routes, "/api", "one.test.evil"), 1);
}

TEST(Routing, AnswersPlainlyWhereNoRouteLeads) {
    RunningServer server;
    auto client = server.connect();
    client.send(get("/elsewhere") + get("/api/things"));
    auto const answer = client.read();
    EXPECT_EQ(answer.status, 404u);
    EXPECT_EQ(answer.body, R"({"error":"no route leads there"})");
    EXPECT_EQ(client.read().status, 200u); // it is no reason to close
}

struct Confusion {
    std::string name, target;
    unsigned status;
    std::string body = {};
};

class PathConfusion : public ::testing::TestWithParam<Confusion> {
protected:
    static void SetUpTestSuite() {
        auto config = RunningServer::config();
        config.routes = {route_to(fake_dialect(), "/api/inner"), route_to(fake_dialect(), "/api")};
        server_ = std::make_unique<RunningServer>(config);
    }
    static void TearDownTestSuite() { server_.reset(); }
    static std::unique_ptr<RunningServer> server_;
};
std::unique_ptr<RunningServer> PathConfusion::server_;

// The route, the operation and the id all come from the same segments, decoded once.
TEST_P(PathConfusion, IsRefusedOrReadInOneWay) {
    auto const answer = server_->ask(get(GetParam().target));
    EXPECT_EQ(answer.status, GetParam().status) << answer.body;
    if (!GetParam().body.empty()) {
        EXPECT_EQ(answer.body, GetParam().body);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Targets, PathConfusion,
    ::testing::Values(Confusion{"DotDot", "/api/inner/../things", 400},                                          //
                      Confusion{"Dot", "/api/./things", 400}, Confusion{"DotDotAtTheEnd", "/api/inner/..", 400}, //
                      Confusion{"EncodedDots", "/api/inner/%2e%2e/things", 400},
                      Confusion{"HalfEncodedDots", "/api/inner/.%2E/things", 400}, //
                      Confusion{"DotsWithParameter", "/api/inner/..;x/things", 400},
                      Confusion{"EncodedDotsAndSemicolon", "/api/inner/%2e%2e%3bx/things", 400},
                      Confusion{"EncodedSlash", "/api%2Fthings", 400}, //
                      Confusion{"EncodedSlashInId", "/api/things/a%2fb", 400},
                      Confusion{"EncodedBackslash", "/api/things/a%5cb", 400}, //
                      Confusion{"EncodedNul", "/api/things/a%00", 400},
                      Confusion{"EncodedLineFeed", "/api/things/a%0a", 400}, //
                      Confusion{"BrokenEscape", "/api/things/%2", 400},
                      Confusion{"NoEscape", "/api/things/%zz", 400}, //
                      Confusion{"OverlongSlash", "/api/things/a%c0%afb", 400},
                      Confusion{"BrokenEscapeInQuery", "/api/things?x=%z", 400},
                      Confusion{"DoubleEncodedDots", "/api/things/%252e%252e", 200, "thing.get %2e%2e for ann"},
                      Confusion{"DoubleEncodedSlash", "/api/things/a%252fb", 200, "thing.get a%2fb for ann"},
                      Confusion{"EncodedPercent", "/api/things/100%25", 200, "thing.get 100% for ann"},
                      Confusion{"EncodedLetters", "/%61pi/thing%73", 200, "thing.list  for ann"},
                      Confusion{"Parameter", "/api/things/7;x=y", 200, "thing.get 7;x=y for ann"},
                      Confusion{"ParameterOfPrefix", "/api;x/things", 404}, //
                      Confusion{"OtherCase", "/API/things", 404},
                      Confusion{"DoubledSlash", "/api//inner///things", 200, "thing.list  for ann"},
                      Confusion{"PathInQuery", "/api/things?/../../inner", 200, "thing.list  for ann"},
                      Confusion{"PrefixAsPrefix", "/apis/things", 404}, //
                      Confusion{"ThreeDots", "/api/things/...", 200, "thing.get ... for ann"},
                      Confusion{"FullWidthDots", "/api/things/%ef%bc%8e%ef%bc%8e", 200}),
    [](auto const &confusion) { return confusion.param.name; });

TEST(PathConfusions, AreAnsweredInTheDialectWhosePrefixCanBeRead) {
    RunningServer server;
    EXPECT_EQ(server.ask(get("/api/things/%2e%2e")).field("X-Dialect"), "fake");
    EXPECT_EQ(server.ask(get("/api/things?x=%z")).field("X-Dialect"), "fake");
    EXPECT_EQ(server.ask(get("/%2e%2e/api/things")).field("X-Dialect"), "");
}

class HostRouting : public ::testing::Test {
protected:
    static config::Config config() {
        auto one = route_to(fake_dialect(), "/api", "one"), two = route_to(careless_dialect(), "/api", "two");
        one.host = "one.test";
        two.host = "two.test";
        auto all = RunningServer::config();
        all.routes = {one, two};
        all.callers = {caller_of(fake_dialect(), "ann"), caller_of(careless_dialect(), "zoe")};
        return all;
    }
    HostRouting() {
        std::map<std::string, std::shared_ptr<backends::Store>, std::less<>> stores = {{"one", one_}, {"two", two_}};
        auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(log_);
        auto started = Server::start(std::make_shared<FakeSite>(config(), stores), log_to(sink, sink, LogFormat::text));
        server_ = std::move(std::get<0>(started));
    }
    Answer ask(std::string_view target, std::string_view host, std::string_view token) {
        RawClient client(server_->endpoints().front().port());
        client.send(fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nX-Token: {}\r\n\r\n", target, host, token));
        return client.read();
    }

    std::shared_ptr<FakeStore> one_ = std::make_shared<FakeStore>(), two_ = std::make_shared<FakeStore>();
    std::ostringstream log_;
    std::unique_ptr<Server> server_;
};

TEST_F(HostRouting, AsksTheStoreOfTheHostThatWasChecked) {
    EXPECT_EQ(ask("/api/things", "one.test", "ann").status, 200u);
    EXPECT_EQ(ask("/api/things", "ONE.TEST:8080", "ann").status, 200u);
    EXPECT_EQ(ask("http://one.test/api/things", "one.test", "ann").status, 200u);
    EXPECT_EQ(one_->count(), 3u);
    EXPECT_EQ(two_->count(), 0u);
    EXPECT_EQ(ask("/api/things", "two.test", "zoe").status, 200u);
    EXPECT_EQ(one_->count(), 3u);
    EXPECT_EQ(two_->count(), 1u);
}

TEST_F(HostRouting, TakesNoCallerOfAnotherDialect) {
    EXPECT_EQ(ask("/api/things", "two.test", "ann").status, 401u);
    EXPECT_EQ(ask("/api/things", "one.test", "zoe").status, 401u);
}

TEST_F(HostRouting, LetsNoTrickInTheHostReachAnother) {
    for (auto const *host :
         {"one.test/?", "one.test#two.test", "two.test@one.test", "one.test, two.test", "one.test\\two.test"})
        EXPECT_EQ(ask("/api/things", host, "ann").status, 400u) << host;
    for (auto const *host : {"three.test", "xone.test", "one.test.evil", "two.test.one.test.evil"})
        EXPECT_EQ(ask("/api/things", host, "ann").status, 404u) << host;
    EXPECT_EQ(ask("http://two.test/api/things", "one.test", "ann").status, 400u);
    EXPECT_EQ(two_->count(), 0u);
}

} // namespace

} // namespace gateway::testing
