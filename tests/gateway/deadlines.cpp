// Clients that take their time. Each is cut off when its own time is over, and nobody else waits for it.
#include "running_server.hpp"

#include <gmock/gmock.h>
#include <thread>

namespace gateway::testing {

namespace {

using Clock = std::chrono::steady_clock;

// Sends a byte every 20 ms until the server takes no more or the text ends; returns how long that was.
std::chrono::milliseconds drip(RawClient &client, std::string_view text) {
    auto const start = Clock::now();
    for (char const byte : text) {
        if (!client.send({&byte, 1}) || Clock::now() - start > 2s) break;
        std::this_thread::sleep_for(20ms);
    }
    return std::chrono::floor<std::chrono::milliseconds>(Clock::now() - start);
}

TEST(Deadlines, EndAConnectionThatSaysNothing) {
    RunningServer server;
    auto client = server.connect();
    EXPECT_TRUE(client.is_silent_for(100ms));
    EXPECT_TRUE(client.is_closed());
}

TEST(Deadlines, EndAHeadThatComesByteByByte) {
    RunningServer server;
    auto client = server.connect();
    EXPECT_LT(drip(client, "GET /api/things HTTP/1.1\r\nX-Slow: " + std::string(200, 'y')), 1s);
    auto const answer = client.read();
    EXPECT_EQ(answer.status, 408u);
    EXPECT_EQ(answer.field("X-Dialect"), "fake");
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Deadlines, EndABodyThatStops) {
    RunningServer server;
    auto client = server.connect();
    client.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
    auto const answer = client.read();
    EXPECT_EQ(answer.status, 408u);
    EXPECT_EQ(answer.field("X-Dialect"), "fake");
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Deadlines, EndABodyThatComesByteByByte) {
    RunningServer server; // at least 500 bytes a second, once 200 ms are over
    auto client = server.connect();
    client.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    EXPECT_LT(drip(client, std::string(1000, 'x')), 1s);
    EXPECT_EQ(client.read().status, 408u);
}

TEST(Deadlines, EndChunksThatComeByteByByte) {
    RunningServer server;
    auto client = server.connect();
    client.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    EXPECT_LT(drip(client, std::string(1000, '0')), 1s);
    EXPECT_EQ(client.read().status, 408u);
}

TEST(Deadlines, LetABodyTakeItsTimeThatKeepsTheRate) {
    RunningServer server;
    auto client = server.connect();
    std::string const body(50'000, 'x');
    client.send(
        fmt::format("POST /api/echo HTTP/1.1\r\nHost: a\r\nX-Token: ann\r\nContent-Length: {}\r\n\r\n", body.size()));
    for (std::size_t at = 0; at < body.size(); at += 5'000) {
        client.send(std::string_view(body).substr(at, 5'000));
        std::this_thread::sleep_for(50ms); // half a second in all
    }
    EXPECT_EQ(client.read().body, body);
}

TEST(Deadlines, EndAnIdleConnectionAfterARequest) {
    RunningServer server;
    auto client = server.connect();
    client.send(get("/api/things"));
    EXPECT_EQ(client.read().status, 200u);
    EXPECT_TRUE(client.is_silent_for(150ms));
    client.send(get("/api/things"));
    EXPECT_EQ(client.read().status, 200u);
    EXPECT_TRUE(client.is_closed());
}

TEST(Deadlines, EndAClientThatNeverReads) {
    RunningServer server;
    auto client = server.connect();
    client.shrink_receive_buffer();
    client.send(get("/api/big?bytes=30000000"));
    std::this_thread::sleep_for(100ms);
    EXPECT_EQ(server.server().connections(), 1u);
    for (int i = 0; i < 100 && server.server().connections() > 0; ++i) std::this_thread::sleep_for(20ms);
    EXPECT_EQ(server.server().connections(), 0u);
    EXPECT_THAT(server.access_log(), ::testing::HasSubstr("the client left before the end of the answer"));
}

TEST(Deadlines, LetAReaderTakeItsTimeThatKeepsTheRate) {
    RunningServer server;
    auto client = server.connect();
    client.shrink_receive_buffer();
    client.send(get("/api/big?bytes=4000000"));
    std::this_thread::sleep_for(100ms); // a pause, but no long one
    EXPECT_EQ(client.read().body.size(), 4'000'000u);
}

TEST(Deadlines, DoNotCountWhileTheBackendIsAsked) {
    RunningServer server;
    server.store().slow = 400ms; // longer than any of them
    EXPECT_EQ(server.ask(get("/api/things/slow")).status, 200u);
}

TEST(Deadlines, OfOthersMakeNobodyWait) {
    RunningServer server;
    std::vector<RawClient> slow;
    for (int i = 0; i < 200; ++i) {
        slow.push_back(server.connect());
        slow.back().send("GET /api/things HTTP/1.1\r\nX-Slow: ");
    }
    std::vector<std::chrono::microseconds> times;
    auto client = server.connect();
    for (int i = 0; i < 100; ++i) {
        auto const start = Clock::now();
        client.send(get("/api/things"));
        ASSERT_EQ(client.read().status, 200u);
        times.push_back(std::chrono::floor<std::chrono::microseconds>(Clock::now() - start));
    }
    std::ranges::sort(times);
    EXPECT_LT(times[98], 100ms);
}

} // namespace

} // namespace gateway::testing
