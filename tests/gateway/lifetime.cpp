// How a server ends, and how it goes on with another config.
#include "running_server.hpp"

#include <gmock/gmock.h>
#include <thread>

namespace gateway::testing {

namespace {

using Clock = std::chrono::steady_clock;

bool refuses_connections(std::uint16_t port) {
    try {
        RawClient const client(port);
        return false;
    } catch (std::system_error const &) {
        return true;
    }
}

// Each worker closes its own listening socket.
bool comes_to_refuse_connections(std::uint16_t port) {
    for (int i = 0; i < 100 && !refuses_connections(port); ++i) std::this_thread::sleep_for(10ms);
    return refuses_connections(port);
}

TEST(Drain, AnswersWhatIsUnderWayAndClosesWhatIsIdle) {
    RunningServer server;
    auto const port = server.port();
    auto busy = server.connect(), idle = server.connect();
    idle.send(get("/api/things"));
    EXPECT_EQ(idle.read().status, 200u);
    busy.send(get("/api/things/slow"));
    std::this_thread::sleep_for(50ms);

    server.server().stop();
    EXPECT_TRUE(idle.is_closed());
    EXPECT_TRUE(comes_to_refuse_connections(port));
    auto const answer = busy.read();
    EXPECT_EQ(answer.status, 200u);
    EXPECT_EQ(answer.field("Connection"), "close");
    EXPECT_TRUE(busy.is_closed());
    server.server().wait();
}

TEST(Drain, AnswersARequestOfWhichThereIsHalf) {
    RunningServer server;
    auto client = server.connect();
    client.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nX-Token: ann\r\nContent-Length: 5\r\n\r\nhel");
    std::this_thread::sleep_for(50ms);
    server.server().stop();
    std::this_thread::sleep_for(50ms);
    client.send("lo");
    EXPECT_EQ(client.read().body, "hello");
    server.server().wait();
}

TEST(Drain, AnswersConnectionsThatWereWaitingToBeAccepted) {
    auto config = RunningServer::config();
    config.workers = 1;
    RunningServer server(config);
    std::vector<RawClient> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(server.connect());
        clients.back().send(get("/api/things"));
    }
    server.server().stop();
    for (auto &client : clients) EXPECT_EQ(client.read().status, 200u);
}

TEST(Drain, EndsWithTheGracePeriod) {
    auto config = RunningServer::config();
    config.limits.grace_period = 100ms;
    config.limits.header_timeout = 5s;
    RunningServer server(config);
    auto client = server.connect();
    client.send("GET /api/thi");
    std::this_thread::sleep_for(50ms);
    auto const start = Clock::now();
    server.server().stop();
    server.server().wait();
    EXPECT_GT(Clock::now() - start, 90ms);
    EXPECT_LT(Clock::now() - start, 1s);
    EXPECT_TRUE(client.is_closed());
}

TEST(Abort, ClosesEverything) {
    RunningServer server;
    auto client = server.connect();
    client.send("GET /api/thi");
    std::this_thread::sleep_for(50ms);
    server.server().abort();
    server.server().wait();
    EXPECT_TRUE(client.is_closed());
}

TEST(Reload, ServesAnotherConfigOverTheSameConnection) {
    RunningServer server;
    auto client = server.connect();
    client.send(get("/api/things"));
    EXPECT_EQ(client.read().status, 200u);

    auto config = RunningServer::config();
    config.routes = {route_to(fake_dialect(), "/other")};
    EXPECT_FALSE(server.server().reload(server.site(config)));
    std::this_thread::sleep_for(50ms);
    client.send(get("/api/things") + get("/other/things"));
    EXPECT_EQ(client.read().status, 404u);
    EXPECT_EQ(client.read().status, 200u);
}

TEST(Reload, LetsRequestsUnderWayEndAsTheyBegan) {
    RunningServer server;
    auto client = server.connect();
    client.send(get("/api/things/slow"));
    std::this_thread::sleep_for(50ms);
    auto config = RunningServer::config();
    config.routes.clear();
    EXPECT_FALSE(server.server().reload(server.site(config)));
    EXPECT_EQ(client.read().body, "thing.get slow for ann");
}

TEST(Reload, AppliesNewLimits) {
    RunningServer server;
    auto config = RunningServer::config();
    config.limits.body_bytes = 3;
    EXPECT_FALSE(server.server().reload(server.site(config)));
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(server.ask(post("/api/echo", "hello")).status, 413u);
}

class UnusableStore final : public backends::Store {
    std::unique_ptr<backends::Backend> backend_for(asio::any_io_executor) override {
        throw std::runtime_error("locked");
    }
};

TEST(Reload, KeepsTheSiteWhereTheNewOneCannotBeServed) {
    RunningServer server;
    std::map<std::string, std::shared_ptr<backends::Store>, std::less<>> stores;
    stores["store"] = std::make_shared<UnusableStore>();
    auto const failure = server.server().reload(std::make_shared<FakeSite>(RunningServer::config(), std::move(stores)));
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->what, "locked");
    EXPECT_EQ(server.ask(get("/api/things")).status, 200u);
}

TEST(Server, SaysWhichAddressItCannotHave) {
    RunningServer const server;
    auto config = RunningServer::config();
    config.listen.front().port = server.port();
    try {
        RunningServer const other(config);
        FAIL() << "two servers share a port";
    } catch (std::runtime_error const &error) {
        EXPECT_EQ(error.what(),
                  fmt::format("cannot listen on 127.0.0.1 port {}: Address already in use", server.port()));
    }
}

TEST(Server, ListensAtSeveralAddresses) {
    auto config = RunningServer::config();
    config.listen.push_back(config.listen.front());
    RunningServer server(config);
    ASSERT_EQ(server.server().endpoints().size(), 2u);
    EXPECT_NE(server.server().endpoints()[0].port(), server.server().endpoints()[1].port());
    for (auto const &endpoint : server.server().endpoints()) {
        RawClient client(endpoint.port());
        client.send(get("/api/things"));
        EXPECT_EQ(client.read().status, 200u);
    }
}

} // namespace

} // namespace gateway::testing
