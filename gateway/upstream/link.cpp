#include "gateway/upstream/link.hpp"

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace gateway::upstream {

namespace {

constexpr std::size_t piece = 64 * 1024;

auto answering(beast::error_code &error) { return asio::redirect_error(asio::use_awaitable, error); }

// What the socket said, or that the time was up.
beast::error_code said(beast::error_code error) {
    return error == beast::error::timeout ? beast::error_code(asio::error::timed_out) : error;
}

} // namespace

Link::Link(asio::any_io_executor const &executor, asio::ssl::context *tls) {
    if (tls)
        secure_ = std::make_unique<beast::ssl_stream<beast::tcp_stream>>(beast::tcp_stream(executor), *tls);
    else
        plain_ = std::make_unique<beast::tcp_stream>(executor);
}

beast::tcp_stream &Link::tcp() { return plain_ ? *plain_ : secure_->next_layer(); }

asio::awaitable<beast::error_code> Link::open(Origin const &origin, Clock::time_point deadline) {
    beast::error_code error;
    asio::ip::tcp::resolver resolver(tcp().get_executor());
    auto const addresses = co_await resolver.async_resolve(origin.host, origin.port, answering(error));
    if (error) co_return error;
    tcp().expires_at(deadline);
    co_await tcp().async_connect(addresses, answering(error));
    if (error) co_return said(error);
    beast::error_code ignored;
    tcp().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    if (!secure_) co_return error;
    if (!SSL_set_tlsext_host_name(secure_->native_handle(), origin.host.c_str()))
        co_return beast::error_code(int(::ERR_get_error()), asio::error::get_ssl_category());
    secure_->set_verify_callback(asio::ssl::host_name_verification(origin.host));
    co_await secure_->async_handshake(asio::ssl::stream_base::client, answering(error));
    co_return said(error);
}

asio::awaitable<beast::error_code> Link::write(std::string_view head, std::string_view body,
                                               Clock::time_point deadline) {
    beast::error_code error;
    std::array const buffers{asio::buffer(head), asio::buffer(body)};
    tcp().expires_at(deadline);
    if (secure_)
        co_await asio::async_write(*secure_, buffers, answering(error));
    else
        co_await asio::async_write(*plain_, buffers, answering(error));
    co_return said(error);
}

asio::awaitable<beast::error_code> Link::read(Clock::time_point deadline) {
    beast::error_code error;
    auto const room = buffer_.prepare(piece);
    tcp().expires_at(deadline);
    std::size_t count = 0;
    if (secure_)
        count = co_await secure_->async_read_some(room, answering(error));
    else
        count = co_await plain_->async_read_some(room, answering(error));
    buffer_.commit(count);
    co_return said(error);
}

bool Link::is_quiet() {
    auto &socket = tcp().socket();
    char byte = 0;
    beast::error_code error;
    socket.non_blocking(true, error);
    if (error) return false;
    socket.receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, error);
    return error == asio::error::would_block;
}

} // namespace gateway::upstream
