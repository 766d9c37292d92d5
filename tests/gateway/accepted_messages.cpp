// What old and sloppy clients send and may: understood, answered, and followed by the next request on the connection.
#include "running_server.hpp"

#include <gmock/gmock.h>

namespace gateway::testing {

namespace {

struct Row {
    std::string name;
    std::string request;
    std::string body; // of the answer
};

std::string request(std::string_view line, std::string_view fields = {}, std::string_view body = {}) {
    return fmt::format("{}\r\nHost: gw.test\r\nX-Token: ann\r\n{}\r\n{}", line, fields, body);
}

std::string chunked(std::string_view chunks) {
    return request("POST /api/echo HTTP/1.1", "Transfer-Encoding: chunked\r\n", chunks);
}

class AcceptedMessage : public ::testing::TestWithParam<Row> {
protected:
    static void SetUpTestSuite() { server_ = std::make_unique<RunningServer>(); }
    static void TearDownTestSuite() { server_.reset(); }
    static std::unique_ptr<RunningServer> server_;
};
std::unique_ptr<RunningServer> AcceptedMessage::server_;

TEST_P(AcceptedMessage, IsAnsweredAndSoIsTheNext) {
    auto client = server_->connect();
    client.send(GetParam().request + get("/api/things/next"));
    auto const answer = client.read();
    EXPECT_EQ(answer.status, 200u) << answer.head << answer.body;
    EXPECT_EQ(answer.body, GetParam().body);
    EXPECT_EQ(client.read().body, "thing.get next for ann");
}

TEST_P(AcceptedMessage, MayComeByteByByte) {
    auto client = server_->connect();
    for (char const byte : GetParam().request) client.send({&byte, 1});
    EXPECT_EQ(client.read().body, GetParam().body);
}

std::string name_of(::testing::TestParamInfo<Row> const &info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Requests, AcceptedMessage,
    ::testing::Values(
        Row{"Get", get("/api/things"), "thing.list  for ann"},                                                //
        Row{"BodyOfKnownLength", post("/api/echo", "hello"), "hello"},                                        //
        Row{"EmptyBody", post("/api/echo", ""), ""}, Row{"NoLength", request("POST /api/echo HTTP/1.1"), ""}, //
        Row{"Chunks", chunked("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"), "hello world"},
        Row{"NoChunks", chunked("0\r\n\r\n"), ""}, //
        Row{"HexadecimalChunkSize", chunked("a\r\n0123456789\r\n0\r\n\r\n"), "0123456789"},
        Row{"ChunkSizeWithZeros", chunked("0005\r\nhello\r\n000\r\n\r\n"), "hello"},
        Row{"LettersOfChunked",
            request("POST /api/echo HTTP/1.1", "transfer-encoding: CHUNKED\r\n", "1\r\na\r\n0\r\n\r\n"), "a"},
        Row{"Trailers", chunked("5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-Other: 2\r\n\r\n"), "hello"},
        Row{"TabAroundValue", request("POST /api/echo HTTP/1.1", "Content-Length:\t5 \r\n", "hello"), "hello"},
        Row{"Identity", post("/api/echo", "hello", "Content-Encoding: identity\r\n"), "hello"},
        Row{"CompressionOfNoBody", get("/api/things", "Content-Encoding: gzip\r\n"), "thing.list  for ann"},
        Row{"TypeOfNoBody", get("/api/things", "Content-Type: application/json\r\n"), "thing.list  for ann"},
        Row{"BodyOfGet", request("GET /api/things HTTP/1.1", "Content-Length: 2\r\n", "{}"), "thing.list  for ann"},
        Row{"AbsoluteForm", request("GET http://gw.test/api/things HTTP/1.1"), "thing.list  for ann"},
        Row{"AbsoluteFormWithPort", request("GET HTTP://GW.test:80/api/things HTTP/1.1"), "thing.list  for ann"},
        Row{"RawBrackets", get("/api/echo?filter[name]=x&text=a"), ""}, //
        Row{"RawQuotesAndBars", get("/api/echo?x=\"a\"|{b}^`<>"), ""},  //
        Row{"RawBackslashInQuery", get("/api/echo?x=a\\b"), ""},
        Row{"DoubledSlashes", get("//api//things"), "thing.list  for ann"}, //
        Row{"TrailingSlash", get("/api/things/"), "thing.list  for ann"},
        Row{"BareQuestionMark", get("/api/things?"), "thing.list  for ann"}, //
        Row{"HostWithPort", "GET /api/open HTTP/1.1\r\nHost: gw.test:8080\r\n\r\n", "open"},
        Row{"HostWithUnderscore", "GET /api/open HTTP/1.1\r\nHost: my_host\r\n\r\n", "open"}, //
        Row{"HostIsAddress", "GET /api/open HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n", "open"},
        Row{"HostIsIpv6", "GET /api/open HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "open"}, //
        Row{"KeptAliveHttp10", request("GET /api/things HTTP/1.0", "Connection: Keep-Alive\r\n"),
            "thing.list  for ann"},
        Row{"UpgradeIgnored",
            get("/api/things", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n"),
            "thing.list  for ann"},
        Row{"HundredFields",
            [] {
                std::string fields;
                for (int i = 0; i < 98; ++i) fields += fmt::format("X-{}: y\r\n", i);
                return get("/api/things", fields);
            }(),
            "thing.list  for ann"},
        Row{"LongHeader", get("/api/things", "X-Note: " + std::string(15'000, 'y') + "\r\n"), "thing.list  for ann"}),
    name_of);

TEST(AcceptedMessages, MayHaveABodyUpToTheLimit) {
    RunningServer server;
    std::string const body(RunningServer::limits().body_bytes, 'b');
    auto client = server.connect();
    client.send(post("/api/echo", body) + get("/api/things/next"));
    EXPECT_EQ(client.read().body, body);
    EXPECT_EQ(client.read().body, "thing.get next for ann");
}

TEST(AcceptedMessages, MayHaveOneBlankLineTooManyBetweenThem) {
    RunningServer server;
    auto client = server.connect();
    client.send(post("/api/echo", "one") + "\r\n" + post("/api/echo", "two") + "\r\n" + post("/api/echo", "three"));
    EXPECT_EQ(client.read().body, "one");
    EXPECT_EQ(client.read().body, "two");
    EXPECT_EQ(client.read().body, "three");
}

TEST(AcceptedMessages, MayNotHaveTwoBlankLinesTooMany) {
    RunningServer server;
    auto client = server.connect();
    client.send(post("/api/echo", "one") + "\r\n\r\n" + post("/api/echo", "two"));
    EXPECT_EQ(client.read().body, "one");
    EXPECT_EQ(client.read().status, 400u);
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(AcceptedMessages, WithABlankLineInTheEndLeaveTheConnectionIdle) {
    RunningServer server;
    auto client = server.connect();
    client.send(post("/api/echo", "one") + "\r\n");
    EXPECT_EQ(client.read().body, "one");
    EXPECT_EQ(client.read_to_end(), ""); // closed for idleness, without the answer that half a request gets
}

TEST(Trailers, NeverBecomeHeaderFields) {
    RunningServer server;
    auto const smuggle = [&](std::string_view trailer) {
        return server.ask(fmt::format("POST /api/echo HTTP/1.1\r\nHost: gw.test\r\nTransfer-Encoding: chunked\r\n\r\n"
                                      "5\r\nhello\r\n0\r\n{}\r\n\r\n",
                                      trailer));
    };
    EXPECT_EQ(smuggle("X-Token: ann").status, 401u);
    EXPECT_EQ(smuggle("Host: evil.test").status, 401u);
    EXPECT_EQ(smuggle("Connection: close").status, 401u);
}

} // namespace

} // namespace gateway::testing
