#include "tests/support/gateway/live.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <spdlog/sinks/null_sink.h>

namespace support {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

// The service of a site, whose clock is set from outside.
class SetClock : public gateway::Service {
public:
    SetClock(std::unique_ptr<Service> inner, std::atomic<canonical::Instant> const &now)
        : inner_(std::move(inner)), now_(now) {}

    asio::awaitable<wire::Response> respond(wire::Request const &request, gateway::Arrival arrival,
                                            gateway::Record &record) override {
        arrival.at = now_.load();
        return inner_->respond(request, arrival, record);
    }
    wire::Response refuse(wire::Request const &partial, unsigned status, canonical::Error const &error,
                          gateway::Record &record) override {
        return inner_->refuse(partial, status, error, record);
    }

private:
    std::unique_ptr<Service> inner_;
    std::atomic<canonical::Instant> const &now_;
};

gateway::Logs silence() {
    auto const sink = std::make_shared<spdlog::sinks::null_sink_mt>();
    return gateway::log_to(sink, sink, gateway::LogFormat::text);
}

std::string text_of(wire::Request const &request) {
    auto text = request.method + " " + request.target + " HTTP/1.1\r\n";
    for (std::size_t i = 0; i < request.headers.size(); ++i) {
        auto const [name, value] = request.headers[i];
        ((text += name) += ": ").append(value) += "\r\n";
    }
    if (!request.body.empty() && !request.headers.has("Content-Length"))
        text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    return text + "\r\n" + request.body;
}

} // namespace

LiveSite::LiveSite(std::shared_ptr<gateway::Site const> site)
    : shared_{.admission = {}, .bodies = {}, .logs = silence()}, worker_(shared_, 0) {
    where_ = worker_.listen({asio::ip::make_address("127.0.0.1"), 0});
    auto const limits = site->config().limits;
    auto service = std::make_unique<SetClock>(gateway::Service::create(std::move(site), worker_.executor()), now_);
    worker_.start(std::make_shared<gateway::Serving>(
        gateway::Serving{.limits = limits, .tls = {nullptr}, .service = std::move(service)}));
}

LiveSite::~LiveSite() {
    worker_.abort();
    worker_.join();
}

wire::Response LiveSite::ask(wire::Request const &request, canonical::Instant now) {
    now_ = now;
    asio::io_context io;
    tcp::socket socket(io);
    socket.connect(where_);
    asio::write(socket, asio::buffer(text_of(request)));
    boost::beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    http::read(socket, buffer, parser);
    auto const &message = parser.get();
    wire::Response response{.status = message.result_int(), .reason = {}, .headers = {}, .body = message.body()};
    for (auto const &field : message) response.headers.add(field.name_string(), field.value());
    return response;
}

} // namespace support
