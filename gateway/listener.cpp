#include "gateway/listener.hpp"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/socket.h>

namespace gateway {

namespace {

// Without descriptors or memory, connections wait in the kernel until others have ended.
constexpr std::chrono::milliseconds exhaustion_pause{100};

enum class Sharing : bool { no, yes };

tcp::acceptor bound(asio::any_io_executor const &executor, tcp::endpoint const &where, Sharing sharing) {
    tcp::acceptor acceptor(executor);
    acceptor.open(where.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    if (where.protocol() == tcp::v6()) acceptor.set_option(asio::ip::v6_only(true));
    int const on = 1;
    if (sharing == Sharing::yes &&
        ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)
        throw boost::system::system_error(errno, boost::system::system_category(), "SO_REUSEPORT");
    acceptor.bind(where);
    return acceptor;
}

} // namespace

void Listener::probe(tcp::endpoint const &where) {
    asio::io_context io;
    bound(io.get_executor(), where, Sharing::no); // without listening: clients that came meanwhile would be cut off
}

Listener::Listener(Worker &worker, tcp::endpoint const &where, std::size_t number)
    : worker_(worker), number_(number), acceptor_(bound(worker.executor(), where, Sharing::yes)),
      pause_(worker.executor()) {
    acceptor_.listen();
}

asio::awaitable<void> Listener::run() {
    while (acceptor_.is_open()) {
        tcp::socket socket(worker_.executor());
        tcp::endpoint client;
        boost::system::error_code error;
        co_await acceptor_.async_accept(socket, client, asio::redirect_error(asio::use_awaitable, error));
        if (!error)
            welcome(std::move(socket), client);
        else if (acceptor_.is_open() && error != asio::error::connection_aborted) {
            pause_.expires_after(exhaustion_pause);
            co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        }
    }
}

void Listener::welcome(tcp::socket socket, tcp::endpoint const &client) {
    try {
        worker_.welcome(std::move(socket), client, number_);
    } catch (std::exception const &error) { // no memory for this one
        worker_.messages().error("a connection could not be taken: {}", error.what());
    }
}

void Listener::close() {
    boost::system::error_code error;
    acceptor_.non_blocking(true, error);
    while (!error) {
        tcp::socket socket(worker_.executor());
        tcp::endpoint client;
        acceptor_.accept(socket, client, error);
        if (!error) welcome(std::move(socket), client);
    }
    acceptor_.close(error);
    pause_.cancel();
}

} // namespace gateway
