#include "gateway/connection.hpp"

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace gateway {

namespace {

constexpr std::size_t piece = 64 * 1024; // is written at once at most, so that a deadline is about a piece
constexpr std::size_t thrown_away_at_once = 16 * 1024;

bool must_wait(boost::system::error_code const &error) { return error == asio::error::would_block; }

} // namespace

Connection::Connection(tcp::socket socket) : socket_(std::move(socket)) {
    boost::system::error_code ignored; // a socket that died meanwhile shows it at the first read
    socket_.non_blocking(true, ignored);
    socket_.set_option(tcp::no_delay(true), ignored);
}

asio::awaitable<Connection::Wait> Connection::wait(tcp::socket::wait_type what, Clock::time_point deadline) {
    late_ = false;
    deadline_ = deadline;
    boost::system::error_code error;
    co_await socket_.async_wait(what, asio::redirect_error(asio::use_awaitable, error));
    deadline_ = Clock::time_point::max();
    if (!error) co_return Wait::ready;
    co_return late_ ? Wait::late : Wait::gone;
}

asio::awaitable<Connection::Wait> Connection::readable(Clock::time_point deadline) {
    return wait(tcp::socket::wait_read, deadline);
}

asio::awaitable<Connection::Wait> Connection::idle(Clock::time_point deadline) {
    idle_ = true;
    auto const result = co_await wait(tcp::socket::wait_read, deadline);
    idle_ = false;
    co_return result;
}

bool Connection::receive(beast::flat_buffer &buffer, std::size_t most) {
    boost::system::error_code error;
    auto const count = socket_.read_some(buffer.prepare(most), error);
    buffer.commit(count);
    return !error || must_wait(error);
}

asio::awaitable<bool> Connection::send(Text text, Pace::Rules rules) {
    Pace const pace(rules, Clock::now());
    std::size_t sent = 0;
    while (!text.head.empty() || !text.body.empty()) {
        auto const body = text.body.substr(0, piece);
        std::array const buffers = {asio::buffer(text.head), asio::buffer(body)};
        boost::system::error_code error;
        auto const count = socket_.write_some(buffers, error);
        sent += count;
        auto const of_head = std::min(count, text.head.size());
        text.head.remove_prefix(of_head);
        text.body.remove_prefix(count - of_head);
        if (!error) continue;
        if (!must_wait(error)) co_return false;
        auto const result = co_await wait(tcp::socket::wait_write, pace.deadline(Clock::now(), sent));
        if (result != Wait::ready) co_return false;
    }
    co_return true;
}

asio::awaitable<void> Connection::linger(beast::flat_buffer &buffer, Clock::time_point deadline) {
    boost::system::error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    while (!error && Clock::now() < deadline) {
        auto const result = co_await readable(deadline);
        if (result != Wait::ready) co_return;
        buffer.clear();
        if (!receive(buffer, thrown_away_at_once)) co_return;
    }
}

void Connection::check(Clock::time_point now) {
    if (now < deadline_) return;
    late_ = true;
    deadline_ = Clock::time_point::max();
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Connection::interrupt_idle() {
    boost::system::error_code ignored;
    if (idle_) socket_.cancel(ignored);
}

void Connection::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

} // namespace gateway
