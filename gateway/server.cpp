#include "gateway/server.hpp"

#include "gateway/listener.hpp"

#include <fmt/format.h>

namespace gateway {

namespace {

unsigned workers_for(config::Config const &config) {
    return config.workers > 0 ? config.workers : std::max(1u, std::thread::hardware_concurrency());
}

} // namespace

Server::Started Server::start(std::shared_ptr<Site const> site, Logs logs) {
    std::unique_ptr<Server> server(new Server(std::move(logs)));
    auto const &config = site->config();
    for (unsigned i = 0; i < workers_for(config); ++i)
        server->workers_.push_back(std::make_unique<Worker>(server->shared_, i));
    if (auto failure = server->listen(config.listen)) return std::move(*failure);
    auto serving = server->serve(site);
    if (auto *const failure = std::get_if<Failure>(&serving)) return std::move(*failure);
    for (std::size_t i = 0; i < server->workers_.size(); ++i) server->workers_[i]->start(std::get<0>(serving)[i]);
    return server;
}

Server::~Server() {
    abort();
    wait();
}

std::optional<Failure> Server::listen(std::span<config::Listener const> listeners) {
    for (auto const &listener : listeners) {
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
    try {
        for (auto const &worker : workers_) {
            auto serving = std::make_shared<Serving>();
            serving->limits = site->config().limits;
            serving->service = Service::create(site, worker->executor());
            all.push_back(std::move(serving));
        }
    } catch (std::exception const &error) {
        return Failure{{}, error.what()};
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
