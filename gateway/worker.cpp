#include "gateway/worker.hpp"

#include "gateway/listener.hpp"
#include "gateway/response_head.hpp"
#include "gateway/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <csignal>
#include <random>

namespace gateway {

namespace {

constexpr std::size_t large = 64 * 1024; // memory that is not kept for the next request
constexpr std::size_t spare_desks = 256;

// So short that a deadline is missed by little, so long that an idle server sleeps.
std::chrono::milliseconds tick_of(config::Limits const &limits) {
    auto const shortest = std::min({limits.header_timeout, limits.body_idle_timeout, limits.keep_alive_timeout,
                                    limits.write_timeout, limits.grace_period});
    return std::clamp(shortest / 8, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

// Ids of different workers and of different runs do not meet in practice.
std::uint64_t first_request_id(unsigned number) {
    std::random_device random;
    return std::uint64_t(random()) << 32 | std::uint64_t(number & 0xFF) << 24;
}

// OpenSSL writes to sockets as to pipes: one that the client has closed would end the program.
void ignore_broken_pipes() {
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
}

void turn_away(tcp::socket &socket) {
    constexpr std::string_view answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
                                        "Content-Length: 32\r\nConnection: close\r\n\r\n"
                                        R"({"error":"too many connections"})";
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(answer), ignored);
}

} // namespace

void Desk::clear() {
    head.clear();
    request.method.clear();
    request.target.clear();
    request.headers.clear();
    request.client = {};
    clear_body();
    if (buffer.capacity() > large) buffer.shrink_to_fit();
}

void Desk::clear_body() {
    if (request.body.capacity() > large)
        request.body = std::string();
    else
        request.body.clear();
}

Worker::Worker(Shared &shared, unsigned number)
    : shared_(shared), access_log_(shared.logs), last_request_id_(first_request_id(number)) {}

Worker::~Worker() = default;

tcp::endpoint Worker::listen(tcp::endpoint const &where) {
    listeners_.push_back(std::make_unique<Listener>(*this, where, listeners_.size()));
    return listeners_.back()->endpoint();
}

void Worker::start(std::shared_ptr<Serving const> serving) {
    serving_ = std::move(serving);
    auto const failed = [](std::exception_ptr const &error) {
        if (error) std::rethrow_exception(error);
    };
    for (auto const &listener : listeners_) asio::co_spawn(io_, listener->run(), failed);
    tick();
    thread_ = std::thread([this] { run(); });
}

void Worker::run() {
    ignore_broken_pipes();
    for (;;) {
        try {
            io_.run();
            return report();
        } catch (std::exception const &error) {
            messages().critical("a worker failed and goes on: {}", error.what());
        }
    }
}

void Worker::join() {
    if (thread_.joinable()) thread_.join();
}

void Worker::use(std::shared_ptr<Serving const> serving) {
    asio::post(io_, [this, serving = std::move(serving)] { serving_ = serving; });
}

void Worker::close_listeners() {
    draining_ = true;
    for (auto const &listener : listeners_) listener->close();
}

void Worker::drain() {
    asio::post(io_, [this] {
        if (draining_) return;
        close_listeners();
        end_of_grace_ = Clock::now() + serving_->limits.grace_period;
        for (auto &connection : connections_) connection.interrupt_idle();
        end_when_idle();
    });
}

void Worker::abort() {
    asio::post(io_, [this] {
        close_listeners();
        end_of_grace_ = Clock::now();
        for (auto &connection : connections_) connection.close();
        end_when_idle();
    });
}

void Worker::end_when_idle() {
    if (draining_ && sessions_ == 0) io_.stop();
}

void Worker::tick() {
    timer_.expires_after(tick_of(serving_->limits));
    timer_.async_wait([this](boost::system::error_code const &error) {
        if (!error) tick();
    });
    auto const now = Clock::now();
    for (auto &connection : connections_)
        if (now < end_of_grace_)
            connection.check(now);
        else
            connection.close();
    report();
}

void Worker::report() {
    access_log_.flush();
    if (turned_away_ > 0)
        messages().warn("{} connections were turned away: too many, in all or from one client", turned_away_);
    if (failed_handshakes_ > 0) messages().warn("{} connections were closed before TLS was set up", failed_handshakes_);
    turned_away_ = failed_handshakes_ = 0;
}

void Worker::welcome(tcp::socket socket, tcp::endpoint const &client, std::size_t listener) {
    Peer peer{.address = client.address().to_string(), .tls = serving_->tls.at(listener)};
    auto ticket = shared_.admission.admit(client.address(), serving_->limits);
    if (!ticket) {
        ++turned_away_;
        if (!peer.tls) turn_away(socket);
        return;
    }
    auto session = serve(std::move(socket), std::move(*ticket), std::move(peer));
    ++sessions_;
    asio::co_spawn(io_, std::move(session), [this](std::exception_ptr const &error) { ended(error); });
}

asio::awaitable<void> Worker::serve(tcp::socket socket, Admission::Ticket ticket, Peer peer) {
    auto const place = std::move(ticket);
    Session session(*this, std::move(socket), std::move(peer));
    co_await session.run();
}

void Worker::ended(std::exception_ptr const &error) {
    try {
        if (error) std::rethrow_exception(error);
    } catch (std::exception const &failure) {
        messages().error("a connection failed: {}", failure.what());
    }
    --sessions_;
    end_when_idle();
}

std::unique_ptr<Desk> Worker::take_desk() {
    if (desks_.empty()) return std::make_unique<Desk>();
    auto desk = std::move(desks_.back());
    desks_.pop_back();
    return desk;
}

void Worker::give_back(std::unique_ptr<Desk> desk) {
    if (desks_.size() == spare_desks) return;
    desk->buffer.clear();
    desk->clear();
    desks_.push_back(std::move(desk));
}

std::string_view Worker::http_date(std::chrono::system_clock::time_point now) {
    auto const time = std::chrono::system_clock::to_time_t(now);
    if (time != date_time_) {
        date_time_ = time;
        date_ = gateway::http_date(time);
    }
    return date_;
}

} // namespace gateway
