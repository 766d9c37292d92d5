#include "gateway/response_head.hpp"

#include <gtest/gtest.h>

namespace gateway {

namespace {

constexpr std::string_view date = "Fri, 07 Aug 2026 12:52:00 GMT";

std::string head_of(wire::Response const &response, Delivery delivery = {.date = date}) {
    std::string head;
    write_head(head, response, delivery);
    return head;
}

TEST(ResponseHead, SaysWhatTheAnswerIs) {
    wire::Response response{.status = 201};
    response.headers.set("Content-Type", "text/plain");
    response.body = "hello";
    EXPECT_EQ(head_of(response), "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\n"
                                 "Date: Fri, 07 Aug 2026 12:52:00 GMT\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseHead, TakesTheDialectsReasonAndDate) {
    wire::Response response{.status = 200, .reason = "ProjectEntity updated."};
    response.headers.set("Date", "today");
    EXPECT_EQ(head_of(response), "HTTP/1.1 200 ProjectEntity updated.\r\nDate: today\r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseHead, AloneSpeaksOfTheConnection) {
    wire::Response response;
    for (auto const *name : {"Content-Length", "Transfer-Encoding", "connection", "Keep-Alive"})
        response.headers.set(name, "99");
    EXPECT_EQ(
        head_of(response, {.keep_alive = false, .date = date}),
        "HTTP/1.1 200 OK\r\nDate: Fri, 07 Aug 2026 12:52:00 GMT\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST(ResponseHead, TellsAnOldClientThatTheConnectionStays) {
    EXPECT_TRUE(head_of({}, {.http_1_0 = true, .date = date}).ends_with("Connection: keep-alive\r\n\r\n"));
}

TEST(ResponseHead, LetsNoTextEndItsLine) {
    wire::Response response{.reason = "OK\r\nX-Evil: 1"};
    response.headers.add("X-Note", "a\r\nX-Evil: 1");
    response.headers.add("X\r\nY", "b");
    EXPECT_EQ(head_of(response), "HTTP/1.1 200 OK  X-Evil: 1\r\nX-Note: a  X-Evil: 1\r\nX  Y: b\r\n"
                                 "Date: Fri, 07 Aug 2026 12:52:00 GMT\r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseHead, HasNoStatusOutsideOfHttp) {
    for (unsigned const status : {0u, 99u, 100u, 600u, 1000u})
        EXPECT_TRUE(head_of({.status = status}).starts_with("HTTP/1.1 500 ")) << status;
}

TEST(HttpDate, IsInTheFormOfHttp) {
    EXPECT_EQ(http_date(1786107120), "Fri, 07 Aug 2026 12:52:00 GMT");
    EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(PlainResponse, IsJsonWhateverItSays) {
    EXPECT_EQ(plain_response(404, "a \"b\"\n").body, R"({"error":"a \"b\"\u000a"})");
    EXPECT_EQ(plain_response(404, "").status, 404u);
}

} // namespace

} // namespace gateway
