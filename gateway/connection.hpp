#pragma once
// A client's socket, on which every wait has a deadline. Reads and writes are tried at once and waited for only where
// they must; deadlines cost nothing but a look now and then by the worker, which cancels what is late. Over TLS, too.
#include "gateway/front_end/pace.hpp"
#include "gateway/tls.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/intrusive/list.hpp>
#include <optional>

namespace gateway {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using front_end::Clock, front_end::Pace;

using AutoUnlink = boost::intrusive::link_mode<boost::intrusive::auto_unlink>;

class Connection : public boost::intrusive::list_base_hook<AutoUnlink> {
public:
    enum class Wait : unsigned char { ready, late, gone };

    // `tls`: null for a plain one. Throws boost::system::system_error where there is no memory for it.
    explicit Connection(tcp::socket socket, asio::ssl::context *tls = nullptr);

    // Before anything else: the handshake, where there is one to be made.
    asio::awaitable<Wait> open(Clock::time_point deadline);
    // Until something can be read, or the other side has closed. An idle wait ends early when the worker drains.
    asio::awaitable<Wait> readable(Clock::time_point deadline);
    asio::awaitable<Wait> idle(Clock::time_point deadline);
    // Appends what has come, without waiting. False: the other side has closed, or the connection is broken.
    bool receive(beast::flat_buffer &buffer, std::size_t most);

    struct Text {
        std::string_view head, body;
    };
    // False where the client took it too slowly or not at all. The texts outlive the call.
    asio::awaitable<bool> send(Text text, Pace::Rules rules);

    // Ours is the last word; what the client still sends is thrown away for a while, because to close at once would
    // destroy the answer on its way.
    asio::awaitable<void> linger(beast::flat_buffer &buffer, Clock::time_point deadline);

    // For the worker.
    void check(Clock::time_point now);
    void interrupt_idle();
    void close();

private:
    // Whether bytes went through, and how many; the socket is ready again before the next attempt.
    enum class Went : unsigned char { through, not_yet, wrong };
    Went read_some(char *to, std::size_t most, std::size_t &count);
    Went write_some(Text const &text, std::size_t &count);
    asio::awaitable<Wait> wait(tcp::socket::wait_type what, Clock::time_point deadline);

    tcp::socket socket_;
    std::optional<tls::Channel> tls_;
    Clock::time_point deadline_ = Clock::time_point::max();
    bool late_ = false, idle_ = false;
};

using Connections = boost::intrusive::list<Connection, boost::intrusive::constant_time_size<false>>;

} // namespace gateway
