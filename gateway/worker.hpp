#pragma once
// One thread with everything it needs for a request: its own event loop, listening sockets, connections and service.
// What comes from other threads is posted to it; nothing on a request's way is shared with another worker but counters.
#include "gateway/admission.hpp"
#include "gateway/connection.hpp"
#include "gateway/log.hpp"
#include "gateway/service.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>

namespace gateway {

class Listener;

// What all workers have in common.
struct Shared {
    Admission admission;
    BodyBudget bodies;
    Logs logs;
};

// A site at work in one worker.
struct Serving {
    config::Limits limits;
    std::vector<std::shared_ptr<asio::ssl::context>> tls; // of each listener; null where it is plain
    std::unique_ptr<Service> service;
};

// Who is at the other end of a connection, and how it came.
struct Peer {
    std::string address;                     // for the log
    std::shared_ptr<asio::ssl::context> tls; // null: plain
};

// What a request needs while it is on its way. Connections that wait for one have none.
struct Desk {
    beast::flat_buffer buffer; // what came and is not yet understood
    wire::Request request;
    std::string head; // of the answer

    // Ready for the next request; keeps the memory, unless it became large.
    void clear();
    void clear_body();
};

class Worker {
public:
    // `shared` outlives the worker. `number`: which of the workers this is, for request ids.
    Worker(Shared &shared, unsigned number);
    ~Worker(); // once it was joined, or never started
    Worker(Worker const &) = delete;
    Worker &operator=(Worker const &) = delete;

    asio::any_io_executor executor() { return io_.get_executor(); }

    // Opens the next listening socket beside those of the other workers, and says where it is. Before the start; throws
    // boost::system::system_error.
    tcp::endpoint listen(tcp::endpoint const &where);
    void start(std::shared_ptr<Serving const> serving);

    // From any thread.
    void use(std::shared_ptr<Serving const> serving); // for all requests from now on
    void drain();                                     // answer what is under way within the grace period, and end
    void abort();                                     // close all connections, and end
    void join();

    // For its listeners and sessions, on its own thread.
    void welcome(tcp::socket socket, tcp::endpoint const &client, std::size_t listener);
    void handshake_failed() { ++failed_handshakes_; }
    void watch(Connection &connection) { connections_.push_back(connection); }
    std::shared_ptr<Serving const> const &serving() const { return serving_; }
    bool draining() const { return draining_; }
    std::unique_ptr<Desk> take_desk();
    void give_back(std::unique_ptr<Desk> desk);
    BodyBudget &bodies() { return shared_.bodies; }
    std::string_view http_date(std::chrono::system_clock::time_point now);
    std::uint64_t next_request_id() { return ++last_request_id_; }
    AccessLog &access_log() { return access_log_; }
    spdlog::logger &messages() { return *shared_.logs.messages; }

private:
    void run();
    void tick();
    void report();
    void end_when_idle();
    void close_listeners();
    asio::awaitable<void> serve(tcp::socket socket, Admission::Ticket ticket, Peer peer);
    void ended(std::exception_ptr const &error);

    Shared &shared_;
    asio::io_context io_{1};
    asio::steady_timer timer_{io_};
    std::shared_ptr<Serving const> serving_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    Connections connections_;
    std::size_t sessions_ = 0;
    std::vector<std::unique_ptr<Desk>> desks_;
    AccessLog access_log_;
    std::string date_;
    std::time_t date_time_ = 0;
    std::uint64_t last_request_id_;
    std::size_t turned_away_ = 0, failed_handshakes_ = 0; // since the last tick
    bool draining_ = false;
    Clock::time_point end_of_grace_ = Clock::time_point::max();
    std::thread thread_;
};

} // namespace gateway
