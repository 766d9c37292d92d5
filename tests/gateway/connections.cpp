// One connection, many requests: order, keep-alive, interim answers, the end.
#include "running_server.hpp"

#include <gmock/gmock.h>
#include <thread>

namespace gateway::testing {

namespace {

TEST(Connections, AnswerPipelinedRequestsInOrder) {
    RunningServer server;
    auto client = server.connect();
    client.send(get("/api/things/slow") + post("/api/echo", "second") + get("/api/things/third"));
    EXPECT_EQ(client.read().body, "thing.get slow for ann");
    EXPECT_EQ(client.read().body, "second");
    EXPECT_EQ(client.read().body, "thing.get third for ann");
}

TEST(Connections, AnswerThousandPipelinedRequests) {
    RunningServer server;
    auto client = server.connect();
    std::string all;
    for (int i = 0; i < 1'000; ++i) all += get(fmt::format("/api/things/{}", i));
    std::thread sending([&] { client.send(all); });
    for (int i = 0; i < 1'000; ++i) ASSERT_EQ(client.read().body, fmt::format("thing.get {} for ann", i));
    sending.join();
}

TEST(Connections, StayOpenUnlessEitherSideSaysClose) {
    RunningServer server;
    auto client = server.connect();
    client.send(get("/api/things"));
    EXPECT_EQ(client.read().field("Connection"), "");
    client.send(get("/api/things", "Connection: close\r\n"));
    EXPECT_EQ(client.read().field("Connection"), "close");
    EXPECT_TRUE(client.is_closed());
}

TEST(Connections, CloseAfterEachRequestOfHttp10ThatDoesNotAskForMore) {
    RunningServer server;
    auto client = server.connect();
    client.send("GET /api/open HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(client.read().field("Connection"), "keep-alive");
    client.send("GET /api/open HTTP/1.0\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.read().field("Connection"), "close");
    EXPECT_TRUE(client.is_closed());
}

TEST(Connections, AnswerAClientThatHasClosedItsHalf) {
    RunningServer server;
    auto client = server.connect();
    client.send(get("/api/things/slow"));
    client.shut_down_sending();
    EXPECT_EQ(client.read().status, 200u);
    EXPECT_TRUE(client.is_closed());
}

TEST(Connections, EndQuietlyInTheMiddleOfARequest) {
    RunningServer server;
    for (auto const *part : {"GET /api", "GET /api/open HTTP/1.1\r\nHost: a\r\n",
                             "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel"}) {
        auto client = server.connect();
        client.send(part);
        client.shut_down_sending();
        EXPECT_EQ(client.read_to_end(), "") << part;
    }
    EXPECT_EQ(server.access_log(), "");
}

TEST(ExpectContinue, IsAnsweredBeforeTheBody) {
    RunningServer server;
    auto client = server.connect();
    client.send(
        "POST /api/echo HTTP/1.1\r\nHost: a\r\nX-Token: ann\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n\r\n");
    EXPECT_EQ(client.read().status, 100u);
    client.send("hello");
    EXPECT_EQ(client.read().body, "hello");
}

TEST(ExpectContinue, IsNotAnsweredWhereTheBodyIsThere) {
    RunningServer server;
    EXPECT_EQ(server.ask(post("/api/echo", "hello", "Expect: 100-continue\r\n")).status, 200u);
}

TEST(ExpectContinue, IsRefusedBeforeABodyThatIsTooLarge) {
    RunningServer server;
    auto client = server.connect();
    client.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read().status, 413u);
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(ExpectContinue, IsNotAnsweredInHttp10) {
    RunningServer server;
    auto client = server.connect();
    client.send(
        "POST /api/echo HTTP/1.0\r\nHost: a\r\nX-Token: ann\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_TRUE(client.is_silent_for(50ms));
    client.send("hello");
    EXPECT_EQ(client.read().body, "hello");
}

TEST(Refusals, ReachAClientThatStillSends) {
    RunningServer server;
    auto client = server.connect();
    client.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n");
    for (int i = 0; i < 20; ++i) {
        client.send(std::string(50'000, 'x'));
        std::this_thread::sleep_for(2ms);
    }
    EXPECT_EQ(client.read().status, 413u);
}

TEST(Answers, ToHeadHaveNoBody) {
    RunningServer server;
    auto client = server.connect();
    client.send("HEAD /api/big?bytes=1000 HTTP/1.1\r\nHost: a\r\nX-Token: ann\r\n\r\n");
    auto const answer = client.read(RawClient::To::head);
    EXPECT_EQ(answer.status, 200u);
    EXPECT_EQ(answer.field("Content-Length"), "1000");
    client.send(get("/api/things"));
    EXPECT_EQ(client.read().body, "thing.list  for ann");
}

TEST(Answers, ToHeadAreRefusedWhereTheToolHasNone) {
    RunningServer server;
    auto client = server.connect();
    client.send("HEAD /api/things HTTP/1.1\r\nHost: a\r\nX-Token: ann\r\n\r\n");
    EXPECT_EQ(client.read(RawClient::To::head).status, 405u);
}

TEST(Answers, OfNoContentHaveNeitherBodyNorLength) {
    RunningServer server;
    auto client = server.connect();
    client.send(get("/api/nothing") + get("/api/things"));
    auto const answer = client.read();
    EXPECT_EQ(answer.status, 204u);
    EXPECT_EQ(answer.field("Content-Length"), "");
    EXPECT_EQ(client.read().body, "thing.list  for ann");
}

TEST(Answers, CannotBeSplitByWhatIsInThem) {
    RunningServer server;
    auto const answer = server.ask(get("/api/echo?text=a%0d%0aSet-Cookie:%20b%0d%0a%0d%0aHTTP/1.1%20200"));
    EXPECT_EQ(answer.status, 200u);
    EXPECT_EQ(answer.field("Set-Cookie"), "");
    EXPECT_EQ(answer.field("X-Echo"), "a  Set-Cookie: b    HTTP/1.1 200");
}

TEST(Answers, HaveADate) {
    RunningServer server;
    EXPECT_THAT(server.ask(get("/api/things")).field("Date"), ::testing::MatchesRegex("...,.*20...*GMT"));
}

} // namespace

} // namespace gateway::testing
