#include "gateway/response_head.hpp"

#include "gateway/escape.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>
#include <fmt/chrono.h>
#include <iterator>

namespace gateway {

namespace {

namespace http = boost::beast::http;

constexpr std::array<std::string_view, 4> ours = {"Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive"};

constexpr std::size_t longest_text = 200;

bool is_ours(std::string_view name) {
    return std::ranges::any_of(ours, [&](std::string_view other) { return wire::same_letters(name, other); });
}

void append_line_text(std::string &out, std::string_view text) {
    for (char const c : text) out.push_back(static_cast<unsigned char>(c) < ' ' || c == 0x7F ? ' ' : c);
}

} // namespace

void write_head(std::string &out, wire::Response const &response, Delivery const &delivery) {
    // HTTP has three digits, and an interim answer here would leave the client waiting for another.
    unsigned const status = response.status >= 200 && response.status <= 599 ? response.status : 500;
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} ", status);
    if (response.reason.empty())
        out.append(std::string_view(http::obsolete_reason(http::status(status))));
    else
        append_line_text(out, response.reason);
    out.append("\r\n");
    bool dated = false;
    for (std::size_t i = 0; i < response.headers.size(); ++i) {
        auto const [name, value] = response.headers[i];
        if (is_ours(name)) continue;
        dated = dated || wire::same_letters(name, "Date");
        append_line_text(out, name);
        out.append(": ");
        append_line_text(out, value);
        out.append("\r\n");
    }
    if (!dated) out.append("Date: ").append(delivery.date).append("\r\n");
    if (has_body(status)) fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.body.size());
    if (!delivery.keep_alive)
        out.append("Connection: close\r\n");
    else if (delivery.http_1_0)
        out.append("Connection: keep-alive\r\n");
    out.append("\r\n");
}

std::string http_date(std::time_t time) { return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(time)); }

wire::Response plain_response(unsigned status, std::string_view what) {
    wire::Response response{.status = status};
    response.headers.set("Content-Type", "application/json");
    response.body.append(R"({"error":")");
    append_escaped(response.body, what, longest_text);
    response.body.append("\"}");
    return response;
}

} // namespace gateway
