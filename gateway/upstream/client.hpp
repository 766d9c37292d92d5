#pragma once
// A worker's client of one real service: connections that are kept alive, deadlines for connecting, for the first byte
// and for the whole answer, limits of answers. Redirects are answers like others; nothing is ever asked of another
// host.
#include "backends/upstream/http.hpp"
#include "gateway/upstream/link.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace gateway::upstream {

struct Limits {
    std::chrono::milliseconds connect{5'000}, first_byte{30'000}, total{60'000};
    std::chrono::milliseconds idle{30'000}; // that a connection is kept without being used
    std::size_t idle_connections = 32;
    std::size_t header_bytes = 64 * 1024;
    std::size_t body_bytes = 64 * 1024 * 1024;
};

// Verifies the other side by the system's authorities, or by those of a file alone (PEM). Throws
// boost::system::system_error where the file is none.
std::shared_ptr<asio::ssl::context> verifying_context(std::string const &authorities);

class Client final : public backends::upstream::Http {
public:
    using Outcome = std::variant<wire::Response, backends::upstream::Lost>;

    // `tls`: null where the origin is not to be asked over TLS.
    Client(asio::any_io_executor executor, Origin origin, std::shared_ptr<asio::ssl::context> tls, Limits limits);

    asio::awaitable<Outcome> exchange(wire::Request const &request) override;

private:
    struct Idle {
        std::unique_ptr<Link> link;
        Clock::time_point since;
    };
    std::unique_ptr<Link> take_idle();
    void give_back(std::unique_ptr<Link> link);
    asio::awaitable<Outcome> over(std::unique_ptr<Link> link, wire::Request const &request, Clock::time_point deadline);
    std::string head_of(wire::Request const &request) const;

    asio::any_io_executor executor_;
    Origin origin_;
    std::shared_ptr<asio::ssl::context> tls_;
    Limits limits_;
    std::vector<Idle> idle_; // the one that was used last stands last
};

} // namespace gateway::upstream
