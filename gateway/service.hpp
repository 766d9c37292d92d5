#pragma once
// One request from routing to answer, without a socket: which route, who asks, the talk with the backend. Everything
// that fails on the way leaves in the caller's own dialect.
#include "backends/backend.hpp"
#include "config/config.hpp"
#include "dialects/engine/wire.hpp"

namespace gateway {

namespace asio = boost::asio;

// What a config became: stores, routes, callers. Immutable, shared by all workers, swapped whole when the config is
// loaded anew; requests in flight keep the one they started with.
class Site {
public:
    struct Failure {
        config::Place place;
        std::string what;
    };
    // `data`: the folder under which relative store paths lie; it is created where needed.
    static std::variant<std::shared_ptr<Site const>, Failure> build(config::Config config,
                                                                    std::filesystem::path const &data);
    virtual ~Site() = default;
    virtual config::Config const &config() const = 0;
    virtual backends::Store *store(std::string_view name) const = 0; // null: not available, with a reason in the log
};

// What the log and the metrics get to know of a request.
struct Record {
    std::string_view dialect = "-", operation = "-";
    std::string route; // its path
};

// One worker's share of a site.
class Service {
public:
    virtual ~Service() = default;
    static std::unique_ptr<Service> create(std::shared_ptr<Site const> site, asio::any_io_executor worker);

    virtual asio::awaitable<wire::Response> respond(wire::Request const &request, canonical::Instant now,
                                                    Record &record) = 0;
    // The answer to something that never became a request: too large, too slow, not HTTP. In the dialect of the route
    // that the target would have reached, as far as it is known.
    virtual wire::Response refuse(wire::Request const &partial, canonical::Error const &error, Record &record) = 0;
};

} // namespace gateway
