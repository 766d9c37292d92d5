#pragma once
// One request from routing to answer, without a socket: which route, who asks, the talk with the backend. Everything
// that fails on the way leaves in the caller's own dialect.
#include "backends/backend.hpp"
#include "dialects/engine/wire.hpp"
#include "gateway/site.hpp"

namespace gateway {

namespace asio = boost::asio;

// When a request came, and over what.
struct Arrival {
    canonical::Instant at;
    std::string_view scheme = "http"; // a literal
};

// What the log gets to know of a request.
struct Record {
    std::uint64_t id = 0; // of the request, told by whoever took it
    std::string_view dialect = "-", operation = "-";
    std::size_t losses = 0;   // facts for which the service behind has no room
    std::string failure = {}; // a bug, exhaustion or a dead backend: the caller is not told why
};

// One worker's share of a site.
class Service {
public:
    virtual ~Service() = default;
    // Throws where a backend cannot be had.
    static std::unique_ptr<Service> create(std::shared_ptr<Site const> site, asio::any_io_executor worker);

    // Never throws, and request and record outlive the answer.
    virtual asio::awaitable<wire::Response> respond(wire::Request const &request, Arrival arrival, Record &record) = 0;
    // The answer to something that never became a request: too large, too slow, not HTTP. It has that status, and the
    // words of the dialect that the target would have reached, as far as it is known.
    virtual wire::Response refuse(wire::Request const &partial, unsigned status, canonical::Error const &error,
                                  Record &record) = 0;
};

} // namespace gateway
