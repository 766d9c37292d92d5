#include "gateway/upstream/client.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace gateway::upstream {

namespace http = beast::http;
using backends::upstream::Lost;
using canonical::Code;

namespace {

using Parser = http::response_parser<http::string_body>;

constexpr std::string_view ours[]{"Host",       "Connection", "Content-Length", "Transfer-Encoding", "Upgrade",
                                  "Keep-Alive", "TE",         "Accept-Encoding"};

bool is_ours(std::string_view name) {
    return std::ranges::any_of(ours, [&](std::string_view each) { return wire::same_letters(each, name); });
}

// As it stands in the Host field: the port only where it is not the usual one.
std::string authority_of(Origin const &origin) {
    std::string_view const usual = origin.tls ? "443" : "80";
    auto name = origin.host.find(':') == origin.host.npos ? origin.host : "[" + origin.host + "]";
    return origin.port == usual ? name : name + ":" + origin.port;
}

Lost lost(beast::error_code const &error, std::string_view doing, bool seen) {
    auto const late = error == asio::error::timed_out;
    return {.code = late ? Code::timed_out : Code::unavailable,
            .seen = seen,
            .why = std::string(doing) + ": " + error.message()};
}

wire::Response answered(Parser &parser) {
    auto &message = parser.get();
    wire::Response response{.status = message.result_int()};
    for (auto const &field : message)
        if (!is_ours({field.name_string().data(), field.name_string().size()}))
            response.headers.add({field.name_string().data(), field.name_string().size()},
                                 {field.value().data(), field.value().size()});
    response.body = std::move(message.body());
    return response;
}

} // namespace

std::shared_ptr<asio::ssl::context> verifying_context(std::string const &authorities) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                         asio::ssl::context::no_tlsv1_1);
    context->set_verify_mode(asio::ssl::verify_peer);
    if (authorities.empty())
        context->set_default_verify_paths();
    else
        context->load_verify_file(authorities);
    return context;
}

Client::Client(asio::any_io_executor executor, Origin origin, std::shared_ptr<asio::ssl::context> tls, Limits limits)
    : executor_(std::move(executor)), origin_(std::move(origin)), tls_(std::move(tls)), limits_(limits) {}

std::unique_ptr<Link> Client::take_idle() {
    auto const oldest = Clock::now() - limits_.idle;
    std::erase_if(idle_, [&](Idle const &idle) { return idle.since < oldest; });
    while (!idle_.empty()) {
        auto link = std::move(idle_.back().link);
        idle_.pop_back();
        if (link->is_quiet()) return link;
    }
    return nullptr;
}

void Client::give_back(std::unique_ptr<Link> link) {
    if (idle_.size() >= limits_.idle_connections) idle_.erase(idle_.begin());
    idle_.push_back({.link = std::move(link), .since = Clock::now()});
}

asio::awaitable<Client::Outcome> Client::exchange(wire::Request const &request) {
    auto const deadline = Clock::now() + limits_.total;
    auto link = take_idle();
    if (!link) {
        link = std::make_unique<Link>(executor_, tls_.get());
        auto const until = std::min(deadline, Clock::now() + limits_.connect);
        auto const error = co_await link->open(origin_, until);
        if (error) co_return lost(error, "connecting", false);
    }
    auto outcome = co_await over(std::move(link), request, deadline);
    co_return outcome;
}

std::string Client::head_of(wire::Request const &request) const {
    std::string head;
    head.append(request.method).append(" ").append(origin_.path).append(request.target).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(authority_of(origin_)).append("\r\n");
    for (std::size_t i = 0; i < request.headers.size(); ++i) {
        auto const [name, value] = request.headers[i];
        if (!is_ours(name)) head.append(name).append(": ").append(value).append("\r\n");
    }
    bool const has_body =
        !request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (has_body) head.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    return head.append("\r\n");
}

asio::awaitable<Client::Outcome> Client::over(std::unique_ptr<Link> link, wire::Request const &request,
                                              Clock::time_point deadline) {
    auto const head = head_of(request);
    auto const unsent = co_await link->write(head, request.body, deadline);
    if (unsent) co_return lost(unsent, "sending", true);

    Parser parser;
    parser.eager(true);
    parser.header_limit(std::uint32_t(limits_.header_bytes));
    parser.body_limit(limits_.body_bytes);
    if (request.method == "HEAD") parser.skip(true);
    auto const first = std::min(deadline, Clock::now() + limits_.first_byte);
    while (!parser.is_done()) {
        auto &buffer = link->buffer();
        beast::error_code error;
        if (buffer.size() > 0) {
            buffer.consume(parser.put(buffer.data(), error));
            if (error && error != http::error::need_more) co_return lost(error, "reading", true);
            if (parser.is_done()) break;
            if (!error) continue;
        }
        auto const until = parser.got_some() ? deadline : first;
        auto const broken = co_await link->read(until);
        if (broken == asio::error::eof && parser.need_eof() && parser.is_header_done()) {
            parser.put_eof(error);
            if (error) co_return lost(error, "reading", true);
            break;
        }
        if (broken) co_return lost(broken, "waiting for the answer", true);
    }
    // An interim answer (100 Continue) would leave another one behind: nobody asked for one, so the link is not used
    // again.
    bool const again = parser.keep_alive() && link->buffer().size() == 0 && parser.get().result_int() >= 200;
    if (again) give_back(std::move(link));
    co_return answered(parser);
}

} // namespace gateway::upstream
