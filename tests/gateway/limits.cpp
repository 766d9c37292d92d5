// Sizes and counts, up to which everything works and beyond which nothing does.
#include "gateway/admission.hpp"
#include "running_server.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <thread>

namespace gateway::testing {

namespace {

TEST(Limits, OfABodyHoldForLengthsAndForChunks) {
    auto config = RunningServer::config();
    config.limits.body_bytes = 10;
    RunningServer server(config);
    EXPECT_EQ(server.ask(post("/api/echo", "0123456789")).status, 200u);
    EXPECT_EQ(server.ask(post("/api/echo", "0123456789a")).status, 413u);
    auto const chunks = [](std::string_view text) {
        return fmt::format("POST /api/echo HTTP/1.1\r\nHost: a\r\nX-Token: ann\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                           text);
    };
    EXPECT_EQ(server.ask(chunks("5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n")).status, 200u);
    EXPECT_EQ(server.ask(chunks("5\r\n01234\r\n5\r\n56789\r\n1\r\na\r\n0\r\n\r\n")).status, 413u);
}

TEST(Limits, OfTheHeaderCountAllThatComesInPieces) {
    auto config = RunningServer::config();
    config.limits.header_bytes = 1000;
    RunningServer server(config);
    auto client = server.connect();
    client.send("GET /api/things HTTP/1.1\r\nHost: a\r\nX-Token: ann\r\n");
    for (int i = 0; i < 20; ++i) {
        client.send(fmt::format("X-{}: {}\r\n", i, std::string(50, 'y')));
        std::this_thread::sleep_for(2ms);
    }
    client.send("\r\n");
    EXPECT_EQ(client.read().status, 431u);
}

TEST(Limits, OfTheHeaderHoldForAWholeOneToo) {
    auto config = RunningServer::config();
    config.limits.header_bytes = 1000;
    RunningServer server(config);
    EXPECT_EQ(server.ask(get("/api/things", "X-Note: " + std::string(800, 'y') + "\r\n")).status, 200u);
    EXPECT_EQ(server.ask(get("/api/things", "X-Note: " + std::string(1000, 'y') + "\r\n")).status, 431u);
}

TEST(Limits, OfTheHeaderHoldForTrailersToo) {
    auto config = RunningServer::config();
    config.limits.header_bytes = 1000;
    RunningServer server(config);
    auto const with_trailer = [](std::size_t size) {
        return fmt::format("POST /api/echo HTTP/1.1\r\nHost: a\r\nX-Token: ann\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "0\r\nX-Note: {}\r\n\r\n",
                           std::string(size, 'y'));
    };
    EXPECT_EQ(server.ask(with_trailer(500)).status, 200u);
    EXPECT_EQ(server.ask(with_trailer(950)).status, 431u);
}

TEST(Limits, OfConnectionsOfOneClientTurnTheNextAway) {
    auto config = RunningServer::config();
    config.limits.connections_per_client = 3;
    config.limits.header_timeout = 2s;
    RunningServer server(config);
    std::vector<RawClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(server.connect());
        clients.back().send(get("/api/things"));
        ASSERT_EQ(clients.back().read().status, 200u);
    }
    auto const turned_away = server.connect().read();
    EXPECT_EQ(turned_away.status, 503u);
    EXPECT_EQ(turned_away.body, R"({"error":"too many connections"})");

    clients.pop_back();
    for (int i = 0; i < 100 && server.server().connections() > 2; ++i) std::this_thread::sleep_for(5ms);
    EXPECT_EQ(server.ask(get("/api/things")).status, 200u);
    EXPECT_THAT(server.messages(), ::testing::HasSubstr("1 connections were turned away"));
}

TEST(Limits, OfAllConnectionsTurnTheNextAway) {
    auto config = RunningServer::config();
    config.limits.connections = 2;
    RunningServer server(config);
    auto first = server.connect(), second = server.connect();
    for (int i = 0; i < 100 && server.server().connections() < 2; ++i) std::this_thread::sleep_for(5ms);
    EXPECT_EQ(server.connect().read().status, 503u);
}

TEST(Limits, OfBodiesInFlightAreForAllRequestsTogether) {
    auto config = RunningServer::config();
    config.limits.bodies_in_flight_bytes = 100'000;
    config.limits.body_idle_timeout = 2s;
    RunningServer server(config);
    auto holder = server.connect();
    holder.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nX-Token: ann\r\nContent-Length: 90001\r\n\r\n" +
                std::string(90'000, 'x'));
    std::this_thread::sleep_for(200ms);
    auto const answer = server.ask(post("/api/echo", std::string(20'000, 'y')));
    EXPECT_EQ(answer.status, 503u);
    EXPECT_EQ(answer.body, "fake refuses: overloaded: too many bytes of other requests are under way");
    EXPECT_EQ(server.ask(post("/api/echo", "small")).status, 200u);

    holder.send("x");
    EXPECT_EQ(holder.read().status, 200u);
    EXPECT_EQ(server.ask(post("/api/echo", std::string(20'000, 'y'))).status, 200u) << "the room is free again";
}

#ifdef DRAGOMAN_SANITIZED
constexpr std::size_t most_per_connection = 64'000; // sanitizers keep what was given back
#else
constexpr std::size_t most_per_connection = 8'000; // for both ends
#endif

TEST(Limits, AreNotReachedByThousandIdleConnections) {
    auto config = RunningServer::config();
    config.limits.connections_per_client = 2'000;
    config.limits.header_timeout = config.limits.keep_alive_timeout = 10s;
    RunningServer server(config);
    auto const resident = [] {
        std::ifstream status("/proc/self/statm");
        std::size_t whole = 0, pages = 0;
        status >> whole >> pages;
        return pages * 4096;
    };
    std::vector<RawClient> clients;
    clients.reserve(1'000);
    auto const before = resident();
    for (int i = 0; i < 1'000; ++i) {
        clients.push_back(server.connect());
        clients.back().send(get("/api/things"));
        ASSERT_EQ(clients.back().read().status, 200u);
    }
    EXPECT_EQ(server.server().connections(), 1'000u);
    EXPECT_LT(resident() - before, 1'000 * most_per_connection);
    EXPECT_EQ(server.ask(get("/api/things")).status, 200u);
}

using boost::asio::ip::make_address;

TEST(Admission, CountsTheNetworkOfAnIpv6Client) {
    Admission admission;
    config::Limits limits;
    limits.connections_per_client = 2;
    auto const one = admission.admit(make_address("2001:db8:1:2::1"), limits);
    auto const two = admission.admit(make_address("2001:db8:1:2:ffff::9"), limits);
    EXPECT_TRUE(one && two);
    EXPECT_FALSE(admission.admit(make_address("2001:db8:1:2::3"), limits));
    EXPECT_TRUE(admission.admit(make_address("2001:db8:1:3::3"), limits));
    EXPECT_TRUE(admission.admit(make_address("127.0.0.1"), limits));
}

TEST(Admission, ForgetsConnectionsThatHaveEnded) {
    Admission admission;
    config::Limits limits;
    limits.connections_per_client = 1;
    for (int i = 0; i < 10; ++i) {
        auto const ticket = admission.admit(make_address("127.0.0.1"), limits);
        EXPECT_TRUE(ticket);
        EXPECT_EQ(admission.connections(), 1u);
    }
    EXPECT_EQ(admission.connections(), 0u);
}

TEST(BodyBudget, IsGivenBackWithTheShare) {
    BodyBudget budget;
    {
        BodyBudget::Share share(budget), other(budget);
        EXPECT_TRUE(share.grow_to(60, 100));
        EXPECT_TRUE(share.grow_to(50, 100)); // it never shrinks
        EXPECT_FALSE(other.grow_to(41, 100));
    }
    EXPECT_EQ(budget.used(), 0u);
}

} // namespace

} // namespace gateway::testing
