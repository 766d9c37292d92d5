#pragma once
// One connection to a real service, plain or over TLS, on which every wait has a deadline.
#include "config/addresses.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <memory>

namespace gateway::upstream {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Clock = std::chrono::steady_clock;

using config::Origin;

class Link {
public:
    // `tls`: null for a plain one; outlives the link.
    Link(asio::any_io_executor const &executor, asio::ssl::context *tls);

    // Resolves, connects and, over TLS, makes sure that the other side is who it says.
    asio::awaitable<beast::error_code> open(Origin const &origin, Clock::time_point deadline);
    asio::awaitable<beast::error_code> write(std::string_view head, std::string_view body, Clock::time_point deadline);
    // Appends what comes to the buffer.
    asio::awaitable<beast::error_code> read(Clock::time_point deadline);

    beast::flat_buffer &buffer() { return buffer_; }
    // Whether the other side neither closed it nor said anything while it was idle.
    bool is_quiet();

private:
    beast::tcp_stream &tcp();

    beast::flat_buffer buffer_;
    std::unique_ptr<beast::tcp_stream> plain_;
    std::unique_ptr<beast::ssl_stream<beast::tcp_stream>> secure_;
};

} // namespace gateway::upstream
