#pragma once
// A whole site for a test: a config, a fresh store seeded from a workspace file, and a service that answers requests
// without a socket.
#include "gateway/service.hpp"
#include "tests/support/exchange.hpp"
#include "tests/support/folder.hpp"

#include <boost/asio/io_context.hpp>

namespace support {

// Throws std::runtime_error with all that is wrong with the config, or why the site cannot be built.
std::shared_ptr<gateway::Site const> build_site(std::filesystem::path const &config, std::filesystem::path const &data);
// The config of an exchange: one store, its callers and its routes.
std::string config_of(Exchange const &exchange);

class SiteInAFolder {
public:
    explicit SiteInAFolder(Exchange const &exchange);

    std::shared_ptr<gateway::Site const> const &site() const { return site_; }

private:
    TemporaryFolder folder_;
    std::shared_ptr<gateway::Site const> site_;
};

// Answers requests one after the other, on the thread of the test.
class DirectLine {
public:
    explicit DirectLine(std::shared_ptr<gateway::Site const> site);

    wire::Response ask(wire::Request const &request, canonical::Instant now);

private:
    boost::asio::io_context io_;
    std::unique_ptr<gateway::Service> service_;
};

} // namespace support
