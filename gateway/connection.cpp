#include "gateway/connection.hpp"

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace gateway {

namespace {

constexpr std::size_t piece = 64 * 1024;        // is written at once at most, so that a deadline is about a piece
constexpr std::size_t sealed_piece = 16 * 1024; // what TLS puts into one record
constexpr std::size_t thrown_away_at_once = 16 * 1024;

bool must_wait(boost::system::error_code const &error) { return error == asio::error::would_block; }

} // namespace

Connection::Connection(tcp::socket socket, asio::ssl::context *tls) : socket_(std::move(socket)) {
    if (tls) tls_.emplace(*tls, socket_.native_handle());
    boost::system::error_code ignored; // a socket that died meanwhile shows it at the first read
    socket_.non_blocking(true, ignored);
    socket_.set_option(tcp::no_delay(true), ignored);
}

asio::awaitable<Connection::Wait> Connection::wait(tcp::socket::wait_type what, Clock::time_point deadline) {
    if (what == tcp::socket::wait_read && tls_ && tls_->has_unread()) co_return Wait::ready;
    late_ = false;
    deadline_ = deadline;
    boost::system::error_code error;
    co_await socket_.async_wait(what, asio::redirect_error(asio::use_awaitable, error));
    deadline_ = Clock::time_point::max();
    if (!error) co_return Wait::ready;
    co_return late_ ? Wait::late : Wait::gone;
}

asio::awaitable<Connection::Wait> Connection::open(Clock::time_point deadline) {
    while (tls_) {
        auto const step = tls_->accept();
        if (step == tls::Step::done) break;
        if (step != tls::Step::wait_read && step != tls::Step::wait_write) co_return Wait::gone;
        auto const what = step == tls::Step::wait_read ? tcp::socket::wait_read : tcp::socket::wait_write;
        auto const result = co_await wait(what, deadline);
        if (result != Wait::ready) co_return result;
    }
    co_return Wait::ready;
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

Connection::Went Connection::read_some(char *to, std::size_t most, std::size_t &count) {
    if (tls_) {
        auto const step = tls_->read(to, most, count);
        if (step == tls::Step::done) return Went::through;
        return step == tls::Step::closed || step == tls::Step::broken ? Went::wrong : Went::not_yet;
    }
    boost::system::error_code error;
    count = socket_.read_some(asio::buffer(to, most), error);
    return !error ? Went::through : must_wait(error) ? Went::not_yet : Went::wrong;
}

Connection::Went Connection::write_some(Text const &text, std::size_t &count) {
    if (tls_) {
        // Head and body in one record; a body alone as it stands.
        std::string joined;
        auto sealed = text.body.substr(0, sealed_piece);
        if (!text.head.empty())
            sealed = joined.append(text.head).append(
                text.body.substr(0, sealed_piece - std::min(text.head.size(), sealed_piece)));
        auto const step = tls_->write(sealed, count);
        return step == tls::Step::done ? Went::through : step == tls::Step::wait_write ? Went::not_yet : Went::wrong;
    }
    std::array const buffers = {asio::buffer(text.head), asio::buffer(text.body.substr(0, piece))};
    boost::system::error_code error;
    count = socket_.write_some(buffers, error);
    return !error ? Went::through : must_wait(error) ? Went::not_yet : Went::wrong;
}

bool Connection::receive(beast::flat_buffer &buffer, std::size_t most) {
    std::size_t count = 0;
    auto const went = read_some(static_cast<char *>(buffer.prepare(most).data()), most, count);
    buffer.commit(count);
    return went != Went::wrong;
}

asio::awaitable<bool> Connection::send(Text text, Pace::Rules rules) {
    Pace const pace(rules, Clock::now());
    std::size_t sent = 0;
    while (!text.head.empty() || !text.body.empty()) {
        std::size_t count = 0;
        auto const went = write_some(text, count);
        sent += count;
        auto const of_head = std::min(count, text.head.size());
        text.head.remove_prefix(of_head);
        text.body.remove_prefix(count - of_head);
        if (went == Went::through) continue;
        if (went == Went::wrong) co_return false;
        auto const result = co_await wait(tcp::socket::wait_write, pace.deadline(Clock::now(), sent));
        if (result != Wait::ready) co_return false;
    }
    co_return true;
}

asio::awaitable<void> Connection::linger(beast::flat_buffer &buffer, Clock::time_point deadline) {
    boost::system::error_code error;
    if (tls_) tls_->say_goodbye();
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
