// What the parser below us would let through, or reads in another way than a proxy in front of us: refused, with the
// connection closed, so that what follows is never taken for a request.
#include "running_server.hpp"

#include <gmock/gmock.h>

namespace gateway::testing {

namespace {

struct Row {
    std::string name;
    std::string request;
    unsigned status = 400;
};

std::string with(std::string_view fields, std::string_view body = {}) {
    return fmt::format("POST /api/echo HTTP/1.1\r\nHost: gw.test\r\nX-Token: ann\r\n{}\r\n{}", fields, body);
}

std::string line(std::string_view request_line) {
    return fmt::format("{}\r\nHost: gw.test\r\nX-Token: ann\r\n\r\n", request_line);
}

std::string host(std::string_view fields) {
    return fmt::format("GET /api/open HTTP/1.1\r\n{}X-Token: ann\r\n\r\n", fields);
}

std::string chunked(std::string_view chunks) { return with("Transfer-Encoding: chunked\r\n", chunks); }

class RefusedMessage : public ::testing::TestWithParam<Row> {
protected:
    static void SetUpTestSuite() { server_ = std::make_unique<RunningServer>(); }
    static void TearDownTestSuite() { server_.reset(); }
    static std::unique_ptr<RunningServer> server_;
};
std::unique_ptr<RunningServer> RefusedMessage::server_;

TEST_P(RefusedMessage, EndsTheConnectionBeforeWhatFollows) {
    auto const asked_before = server_->store().count();
    auto client = server_->connect();
    client.send(GetParam().request + get("/api/things/smuggled"));
    auto const answer = client.read();
    EXPECT_EQ(answer.status, GetParam().status) << answer.head << answer.body;
    EXPECT_EQ(answer.field("Connection"), "close");
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_EQ(server_->store().count(), asked_before);
}

std::string name_of(::testing::TestParamInfo<Row> const &info) { return info.param.name; }

std::string const cl5 = "Content-Length: 5\r\n";
std::string const te = "Transfer-Encoding: ";
std::string const hello = "5\r\nhello\r\n0\r\n\r\n";

INSTANTIATE_TEST_SUITE_P(
    TransferEncoding, RefusedMessage,
    ::testing::Values(Row{"AnotherCoding", with(te + "gzip\r\n", "hello"), 501},
                      Row{"IdentityAlone", with(te + "identity\r\n", "hello"), 501}, //
                      Row{"Empty", with(te + "\r\n", "hello")},                      //
                      Row{"ChunkedTwice", with(te + "chunked, chunked\r\n", hello)},
                      Row{"ChunkedThenGzip", with(te + "chunked, gzip\r\n", hello)},
                      Row{"GzipThenChunked", with(te + "gzip, chunked\r\n", hello)},
                      Row{"ChunkedWithParameter", with(te + "chunked;x=y\r\n", hello)},
                      Row{"EmptyListItem", with(te + ", chunked\r\n", hello)},
                      Row{"QuotedChunked", with(te + "\"chunked\"\r\n", hello)},
                      Row{"ChunkedAndAVerticalTab", with(te + "\x0b"
                                                              "chunked\r\n",
                                                         hello)},
                      Row{"IdentityLineThenChunkedLine", with(te + "identity\r\n" + te + "chunked\r\n", hello)},
                      Row{"TwoChunkedLines", with(te + "chunked\r\n" + te + "chunked\r\n", hello)},
                      Row{"Folded", with(te + "\r\n chunked\r\n", hello)},
                      Row{"FoldedAfterText", with(te + "identity,\r\n chunked\r\n", hello)},
                      Row{"SpaceBeforeColon", with("Transfer-Encoding : chunked\r\n", hello)},
                      Row{"InHttp10", "POST /api/echo HTTP/1.0\r\nHost: gw.test\r\nX-Token: ann\r\n" + te +
                                          "chunked\r\n\r\n" + hello},
                      Row{"ChunkedThenLength", with(te + "chunked\r\n" + cl5, hello)},
                      Row{"LengthThenChunked", with(cl5 + te + "chunked\r\n", hello)},
                      Row{"GzipThenLength", with(te + "gzip\r\n" + cl5, "hello")},
                      Row{"LengthThenGzip", with(cl5 + te + "gzip\r\n", "hello")},
                      Row{"UnknownThenLength", with(te + "xchunked\r\n" + cl5, "hello")},
                      Row{"IdentityThenLength", with(te + "identity\r\n" + cl5, "hello")},
                      Row{"LengthThenIdentity", with(cl5 + te + "identity\r\n", "hello")},
                      Row{"EmptyThenLength", with(te + "\r\n" + cl5, "hello")}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    ContentLength, RefusedMessage,
    ::testing::Values(
        Row{"List", with("Content-Length: 5, 5\r\n", "hello")},
        Row{"LeadingZeros", with("Content-Length: 005\r\n", "hello")}, Row{"TwoEqualLines", with(cl5 + cl5, "hello")},
        Row{"TwoDifferentLines", with(cl5 + "Content-Length: 6\r\n", "hello")},
        Row{"Plus", with("Content-Length: +5\r\n", "hello")}, Row{"Minus", with("Content-Length: -1\r\n", "hello")},
        Row{"Hexadecimal", with("Content-Length: 0x5\r\n", "hello")},
        Row{"Empty", with("Content-Length:\r\n", "hello")}, Row{"TwoNumbers", with("Content-Length: 5 5\r\n", "hello")},
        Row{"Fraction", with("Content-Length: 5.0\r\n", "hello")},
        Row{"Parameter", with("Content-Length: 5;x\r\n", "hello")},
        Row{"AtTwoToThe64th", with("Content-Length: 18446744073709551616\r\n", "hello")},
        Row{"OfThirtyDigits", with("Content-Length: 100000000000000000000000000005\r\n", "hello")},
        Row{"Folded", with("Content-Length:\r\n 5\r\n", "hello")},
        Row{"TooLarge", with("Content-Length: 1048577\r\n", "hello"), 413}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Chunks, RefusedMessage,
    ::testing::Values(
        Row{"Extension", chunked("5;x=y\r\nhello\r\n0\r\n\r\n")},
        Row{"ExtensionWithoutValue", chunked("5;x\r\nhello\r\n0\r\n\r\n")},
        Row{"ExtensionOfTheLast", chunked("5\r\nhello\r\n0;x=y\r\n\r\n")},
        Row{"LongExtension", chunked("5;x=" + std::string(64 * 1024, 'y') + "\r\nhello\r\n0\r\n\r\n")},
        Row{"ControlInQuotedExtension", chunked("5;x=\"\x01\"\r\nhello\r\n0\r\n\r\n")},
        Row{"NoNumber", chunked("x\r\nhello\r\n0\r\n\r\n")}, Row{"EmptySize", chunked("\r\nhello\r\n0\r\n\r\n")},
        Row{"Negative", chunked("-5\r\nhello\r\n0\r\n\r\n")}, Row{"Prefixed", chunked("0x5\r\nhello\r\n0\r\n\r\n")},
        Row{"SpaceBeforeSize", chunked(" 5\r\nhello\r\n0\r\n\r\n")},
        Row{"SpaceAfterSize", chunked("5 \r\nhello\r\n0\r\n\r\n")},
        Row{"Overflowing", chunked("10000000000000005\r\nhello\r\n0\r\n\r\n")},
        Row{"LineFeedAlone", chunked("5\nhello\n0\n\n")}, Row{"LongerThanSaid", chunked("5\r\nhelloo\r\n0\r\n\r\n")},
        Row{"TooLargeInOne", chunked("100001\r\nhello\r\n0\r\n\r\n"), 413},
        Row{"TrailerWithoutColon", chunked("5\r\nhello\r\n0\r\nX\r\n\r\n")},
        Row{"TrailerWithLength", chunked("5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n")},
        Row{"TooManyTrailerBytes", chunked("5\r\nhello\r\n0\r\nX: " + std::string(1024 * 1024, 'y') + "\r\n\r\n"),
            431}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Host, RefusedMessage,
    ::testing::Values(Row{"None", host("")}, //
                      Row{"NoneInHttp10", "GET /api/open HTTP/1.0\r\n\r\n"},
                      Row{"Two", host("Host: a\r\nHost: b\r\n")},                                            //
                      Row{"TwoEqual", host("Host: a\r\nHost: a\r\n")}, Row{"List", host("Host: a, b\r\n")},  //
                      Row{"Empty", host("Host:\r\n")}, Row{"User", host("Host: u@x\r\n")},                   //
                      Row{"Path", host("Host: x/p\r\n")}, Row{"UserAndPath", host("Host: u@x/p\r\n")},       //
                      Row{"Query", host("Host: x/?\r\n")}, Row{"Space", host("Host: a b\r\n")},              //
                      Row{"EmptyPort", host("Host: a:\r\n")}, Row{"NoPort", host("Host: a:b\r\n")},          //
                      Row{"PortZero", host("Host: a:0\r\n")}, Row{"PortTooHigh", host("Host: a:65536\r\n")}, //
                      Row{"TwoPorts", host("Host: a:1:2\r\n")}, Row{"PortAlone", host("Host: :80\r\n")},     //
                      Row{"Escape", host("Host: a%2eb\r\n")}, Row{"OpenBracket", host("Host: [::1\r\n")},    //
                      Row{"NoAddress", host("Host: [x]\r\n")},
                      Row{"AddressZone", host("Host: [fe80::1%25eth0]\r\n")},                                   //
                      Row{"AfterBracket", host("Host: [::1]x\r\n")}, Row{"BareAddress", host("Host: ::1\r\n")}, //
                      Row{"EmptyLabel", host("Host: a..b\r\n")}, Row{"NoAscii", host("Host: \xc3\xa4\r\n")},    //
                      Row{"TooLong", host("Host: " + std::string(254, 'a') + "\r\n")}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    RequestLine, RefusedMessage,
    ::testing::Values(
        Row{"AnotherAuthority", line("GET http://evil.test/api/open HTTP/1.1")},
        Row{"AnotherPort", line("GET http://gw.test:81/api/open HTTP/1.1")},
        Row{"AuthorityWithUser", line("GET http://u@gw.test/api/open HTTP/1.1")},
        Row{"AbsoluteWithoutAuthority", line("GET http:///api/open HTTP/1.1")},
        Row{"AnotherScheme", line("GET ftp://gw.test/api/open HTTP/1.1")},
        Row{"AuthorityForm", line("GET gw.test:80 HTTP/1.1")},                                      //
        Row{"Asterisk", line("OPTIONS * HTTP/1.1")}, Row{"NoSlash", line("GET api/open HTTP/1.1")}, //
        Row{"Fragment", line("GET /api/open#x HTTP/1.1")}, Row{"FragmentInQuery", line("GET /api/open?x#y HTTP/1.1")},
        Row{"RawByte", line("GET /api/\xc3\xa4 HTTP/1.1")}, //
        Row{"RawByteInQuery", line("GET /api/open?x=\xff HTTP/1.1")},
        Row{"Backslash", line("GET /api\\open HTTP/1.1")},                                                           //
        Row{"Delete", line("GET /api/\x7f HTTP/1.1")}, Row{"TwoSpaces", line("GET  /api/open HTTP/1.1")},            //
        Row{"SpaceInTarget", line("GET /api/ open HTTP/1.1")}, Row{"TabInTarget", line("GET /api/\topen HTTP/1.1")}, //
        Row{"NoTarget", line("GET HTTP/1.1")}, Row{"NoVersion", line("GET /api/open")},                              //
        Row{"Version2", line("GET /api/open HTTP/2.0")}, Row{"Version09", line("GET /api/open HTTP/0.9")},           //
        Row{"Version12", line("GET /api/open HTTP/1.2")}, Row{"LowerCaseVersion", line("GET /api/open http/1.1")},   //
        Row{"SpaceAfterVersion", line("GET /api/open HTTP/1.1 ")},
        Row{"Preface2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"}, //
        Row{"LowerCaseMethod", line("get /api/open HTTP/1.1"), 501},
        Row{"UnknownMethod", line("BREW /api/open HTTP/1.1"), 501}, //
        Row{"Trace", line("TRACE /api/open HTTP/1.1"), 405},
        Row{"Connect", line("CONNECT gw.test:80 HTTP/1.1"), 405}, //
        Row{"NoMethod", line(" /api/open HTTP/1.1")},
        Row{"NulInMethod", line(std::string("G\0ET /api/open HTTP/1.1", 23))},                              //
        Row{"LeadingLine", "\r\n" + get("/api/open")}, Row{"TlsHello", "\x16\x03\x01\x02\x01\x01\r\n\r\n"}, //
        Row{"TooLongTarget", line("GET /api/" + std::string(9'000, 'a') + " HTTP/1.1"), 414},
        Row{"TargetBeyondTheHeader", line("GET /api/" + std::string(17'000, 'a') + " HTTP/1.1"), 414}),
    name_of);

std::string many_fields(int count) {
    std::string fields;
    for (int i = 0; i < count; ++i) fields += fmt::format("X-{}: y\r\n", i);
    return fields;
}

INSTANTIATE_TEST_SUITE_P(
    HeaderFields, RefusedMessage,
    ::testing::Values(
        Row{"Folded", with("X-Note: a\r\n b\r\n")},                                                           //
        Row{"FoldedByTab", with("X-Note: a\r\n\tb\r\n")}, Row{"FoldedToNothing", with("X-Note: a\r\n \r\n")}, //
        Row{"FoldedFromNothing", with("X-Note:\r\n b\r\n")},
        Row{"FirstLineFolded", "GET /api/open HTTP/1.1\r\n Host: gw.test\r\n\r\n"},                         //
        Row{"SpaceBeforeColon", with("X-Note : a\r\n")}, Row{"EmptyName", with(": a\r\n")},                 //
        Row{"NoColon", with("X-Note\r\n")}, Row{"SpaceInName", with("X Note: a\r\n")},                      //
        Row{"BracketInName", with("X[Note]: a\r\n")}, Row{"NoAsciiInName", with("X-N\xc3\xb6te: a\r\n")},   //
        Row{"Nul", with(std::string("X-Note: a\0b\r\n", 13))}, Row{"Escape", with("X-Note: a\x1b[0m\r\n")}, //
        Row{"LineFeedAlone", with("X-Note: a\nX-Other: b\r\n")},
        Row{"CarriageReturnAlone", with("X-Note: a\rX-Other: b\r\n")}, //
        Row{"LinesWithoutCarriageReturn", "GET /api/open HTTP/1.1\nHost: gw.test\n\n"},
        Row{"TwoAuthorizations", with("Authorization: a\r\nAuthorization: b\r\n")}, //
        Row{"TooMany", with(many_fields(101)), 431},                                //
        Row{"TooManyShortOnes", with(many_fields(1'500)), 431},
        Row{"TooLong", with("X-Note: " + std::string(17'000, 'y') + "\r\n"), 431},
        Row{"AnotherExpectation", with("Expect: coffee\r\n" + cl5, "hello"), 417}, //
        Row{"CompressedBody", with("Content-Encoding: gzip\r\n" + cl5, "hello"), 415},
        Row{"CompressedTwice", with("Content-Encoding: identity, gzip\r\n" + cl5, "hello"), 415},
        Row{"CompressedInTwoLines", with("Content-Encoding: gzip\r\nContent-Encoding: identity\r\n" + cl5, "hello"),
            415},
        Row{"CompressedChunks", with("Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n", hello), 415}),
    name_of);

// The refusal is in the dialect of the route that the target would have reached, whatever is wrong.
TEST(RefusedMessages, SpeakTheDialectOfTheirRoute) {
    RunningServer server;
    auto const expect_dialect = [&](std::string const &request, std::string_view words) {
        auto const answer = server.ask(request);
        EXPECT_EQ(answer.field("X-Dialect"), "fake") << request.substr(0, 100);
        EXPECT_THAT(answer.body, ::testing::HasSubstr(words));
    };
    expect_dialect(with("Content-Length: 5, 5\r\n", "hello"), "malformed");
    expect_dialect(with("Content-Length: 1048577\r\n"), "too_large");
    expect_dialect(with("Content-Encoding: gzip\r\n" + cl5, "hello"), "unsupported_type");
    expect_dialect(line("BREW /api/open HTTP/1.1"), "wrong_method");
    expect_dialect(line("GET /api/" + std::string(9'000, 'a') + " HTTP/1.1"), "too_large");
    expect_dialect(line("GET /api/" + std::string(17'000, 'a') + " HTTP/1.1"), "too_large");
    expect_dialect(with(many_fields(101)), "too_large");
    expect_dialect(line("GET /api/open HTTP/2.0"), "malformed");
}

TEST(RefusedMessages, ArePlainWhereNoRouteIsMeant) {
    RunningServer server;
    auto const answer = server.ask("GET /elsewhere HTTP/1.1\r\n\r\n");
    EXPECT_EQ(answer.status, 400u);
    EXPECT_EQ(answer.field("Content-Type"), "application/json");
    EXPECT_EQ(answer.body, R"({"error":"no Host"})");
}

// Some tools say 200 to everything that they understand. What broke HTTP was not understood.
TEST(RefusedMessages, HaveTheStatusOfHttpEvenWhereTheDialectKnowsOneStatusOnly) {
    static FakeDialect const mild({.name = "mild", .always_ok = true});
    auto config = RunningServer::config();
    config.routes = {route_to(mild, "/mild")};
    RunningServer server(config);
    EXPECT_EQ(server.ask("GET /mild HTTP/1.1\r\n\r\n").status, 400u);
    EXPECT_EQ(server.ask("GET /mild HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n").status, 413u);
    EXPECT_EQ(server.ask("GET /mild/things HTTP/1.1\r\nHost: a\r\n\r\n").status, 200u); // its own refusal
}

} // namespace

} // namespace gateway::testing
