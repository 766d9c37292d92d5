#pragma once
// A site behind real sockets on 127.0.0.1: everything between a client's bytes and the service, but with a clock that
// stands where the test puts it.
#include "gateway/worker.hpp"
#include "tests/support/exchange.hpp"

#include <atomic>

namespace support {

class LiveSite {
public:
    explicit LiveSite(std::shared_ptr<gateway::Site const> site);
    ~LiveSite();
    LiveSite(LiveSite const &) = delete;
    LiveSite &operator=(LiveSite const &) = delete;

    std::uint16_t port() const { return where_.port(); }

    // Over a connection of its own.
    wire::Response ask(wire::Request const &request, canonical::Instant now);

private:
    std::atomic<canonical::Instant> now_ = canonical::Instant();
    gateway::Shared shared_;
    gateway::Worker worker_;
    boost::asio::ip::tcp::endpoint where_;
};

} // namespace support
