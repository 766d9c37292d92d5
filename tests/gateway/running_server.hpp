#pragma once
// A server on a free port of 127.0.0.1 over the fakes, and a client that says exactly what it is told, byte by byte.
#include "fakes.hpp"
#include "gateway/server.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <sstream>

namespace gateway::testing {

using namespace std::chrono_literals;

// What is known of an answer. Of no answer: status 0.
struct Answer {
    unsigned status = 0;
    std::string head, body;

    // A field's value, or nothing.
    std::string field(std::string_view name) const;
};

// One TCP connection, blocking, with two seconds of patience.
class RawClient {
public:
    explicit RawClient(std::uint16_t port);
    RawClient(RawClient &&other) noexcept;
    RawClient(RawClient const &) = delete;
    ~RawClient();

    // False where the server takes no more.
    bool send(std::string_view bytes);
    void shut_down_sending();
    void shrink_receive_buffer();

    // The next answer. `to_head`: the request was a HEAD.
    enum class To : bool { any, head };
    Answer read(To request = To::any);
    // All that comes until the server closes, which it must.
    std::string read_to_end();
    // Whether the server has closed, and sent nothing before.
    bool is_closed();
    // Whether nothing comes, and the connection stays open, for so long.
    bool is_silent_for(std::chrono::milliseconds time);

private:
    enum class More : unsigned char { some, closed, nothing };
    More more();
    void patience(std::chrono::milliseconds time);

    int socket_;
    std::string unread_;
};

class RunningServer {
public:
    // Small limits, so that tests need not wait.
    static config::Limits limits();
    // One route /api of the fake dialect to "store"; a caller ann, and bob who may only read.
    static config::Config config();

    explicit RunningServer(config::Config config = RunningServer::config(), LogFormat format = LogFormat::json);
    ~RunningServer();

    std::uint16_t port() const { return server_->endpoints().front().port(); }
    RawClient connect() const { return RawClient(port()); }
    Answer ask(std::string_view request) const;
    Server &server() { return *server_; }
    FakeStore &store() { return *store_; }
    std::shared_ptr<FakeSite> site(config::Config config) const;

    // Stops the server; then everything it has logged is there.
    std::string access_log();
    std::string messages();

private:
    void stop();

    std::shared_ptr<FakeStore> store_ = std::make_shared<FakeStore>();
    std::ostringstream access_, messages_;
    std::unique_ptr<Server> server_;
};

// The dialect of RunningServer::config().
FakeDialect const &fake_dialect();

// A request of ann's, with a Host.
std::string get(std::string_view target, std::string_view fields = {});
std::string post(std::string_view target, std::string_view body, std::string_view fields = {});

} // namespace gateway::testing
