#include "gateway/server.hpp"

#include "gateway/listener.hpp"

#include <fmt/format.h>

namespace gateway {

namespace {

unsigned workers_for(config::Config const &config) {
    return config.workers > 0 ? config.workers : std::max(1u, std::thread::hardware_concurrency());
}

// The same address in that config; one that is not there any more stays what it was.
config::Listener const &as_configured(config::Listener const &listener, config::Config const &config) {
    auto const same_place = [&](config::Listener const &other) {
        return other.address == listener.address && other.port == listener.port;
    };
    auto const found = std::ranges::find_if(config.listen, same_place);
    return found == config.listen.end() ? listener : *found;
}

} // namespace

Server::Started Server::start(std::shared_ptr<Site const> site, Logs logs) {
    std::unique_ptr<Server> server(new Server(std::move(logs)));
    auto const &config = site->config();
    for (unsigned i = 0; i < workers_for(config); ++i)
        server->workers_.push_back(std::make_unique<Worker>(server->shared_, i));
    server->listeners_ = config.listen;
    if (auto failure = server->listen()) return std::move(*failure);
    auto serving = server->serve(site);
    if (auto *const failure = std::get_if<Failure>(&serving)) return std::move(*failure);
    for (std::size_t i = 0; i < server->workers_.size(); ++i) server->workers_[i]->start(std::get<0>(serving)[i]);
    return server;
}

Server::~Server() {
    abort();
    wait();
}

std::optional<Failure> Server::listen() {
    for (auto const &listener : listeners_) {
        try {
            tcp::endpoint where(asio::ip::make_address(listener.address), listener.port);
            if (where.port() != 0) Listener::probe(where);
            for (auto const &worker : workers_) where = worker->listen(where);
            endpoints_.push_back(where);
        } catch (boost::system::system_error const &error) {
            return Failure{listener.place, fmt::format("cannot listen on {} port {}: {}", listener.address,
                                                       listener.port, error.code().message())};
        }
    }
    return {};
}

std::variant<std::vector<std::shared_ptr<Serving const>>, Failure>
Server::serve(std::shared_ptr<Site const> const &site) {
    std::vector<std::shared_ptr<Serving const>> all;
    config::Place where;
    try {
        for (auto const &worker : workers_) {
            auto serving = std::make_shared<Serving>();
            serving->limits = site->config().limits;
            for (auto const &listener : listeners_) {
                auto const &now = as_configured(listener, site->config());
                where = now.place;
                serving->tls.push_back(now.certificate.empty() ? nullptr : tls::presenting(now));
            }
            where = {};
            serving->service = Service::create(site, worker->executor());
            all.push_back(std::move(serving));
        }
    } catch (std::exception const &error) {
        return Failure{where, error.what()};
    }
    return all;
}

std::optional<Failure> Server::reload(std::shared_ptr<Site const> site) {
    auto serving = serve(site);
    if (auto *const failure = std::get_if<Failure>(&serving)) return std::move(*failure);
    for (std::size_t i = 0; i < workers_.size(); ++i) workers_[i]->use(std::get<0>(serving)[i]);
    return {};
}

void Server::stop() {
    for (auto const &worker : workers_) worker->drain();
}

void Server::abort() {
    for (auto const &worker : workers_) worker->abort();
}

void Server::wait() {
    for (auto const &worker : workers_) worker->join();
}

} // namespace gateway
