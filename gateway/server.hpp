#pragma once
// The whole server: one worker per core, all at the same addresses, serving one site at a time.
#include "gateway/worker.hpp"

namespace gateway {

class Server {
public:
    using Started = std::variant<std::unique_ptr<Server>, Failure>;
    // Listens where the site's config says and serves from now on.
    static Started start(std::shared_ptr<Site const> site, Logs logs);
    ~Server(); // aborts, unless it has stopped
    Server(Server const &) = delete;
    Server &operator=(Server const &) = delete;

    // In the order of the config's listeners, with the ports that port 0 became.
    std::vector<tcp::endpoint> const &endpoints() const { return endpoints_; }
    std::size_t connections() const { return shared_.admission.connections(); }

    // Serves that site from now on; connections stay open, requests under way end with the site they began with. Where
    // something is wrong with it, all goes on as it was. Addresses and the number of workers stay what they were; new
    // connections are shown the certificates of the new site.
    std::optional<Failure> reload(std::shared_ptr<Site const> site);

    // All three from any thread, wait() from one only.
    void stop();  // accepts nothing more, and ends once what is under way is answered, or after the grace period
    void abort(); // closes everything
    void wait();  // until the workers have ended

private:
    explicit Server(Logs logs) { shared_.logs = std::move(logs); }
    std::optional<Failure> listen();
    std::variant<std::vector<std::shared_ptr<Serving const>>, Failure> serve(std::shared_ptr<Site const> const &site);

    Shared shared_;
    std::vector<config::Listener> listeners_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<tcp::endpoint> endpoints_;
};

} // namespace gateway
