#include "tests/support/gateway/site.hpp"

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

namespace support {

namespace fs = std::filesystem;
namespace asio = boost::asio;

std::shared_ptr<gateway::Site const> build_site(fs::path const &config, fs::path const &data) {
    auto loaded = config::load(config);
    if (auto const *problems = std::get_if<std::vector<config::Problem>>(&loaded)) {
        std::string all = "the config is wrong:";
        for (auto const &problem : *problems) all += "\n" + problem.text();
        throw std::runtime_error(all);
    }
    gateway::Site::Sources const sources{.data = data};
    auto built = gateway::Site::build(std::move(std::get<config::Config>(loaded)), sources);
    if (auto const *failure = std::get_if<gateway::Failure>(&built))
        throw std::runtime_error("the site cannot be built: " + failure->text());
    return std::get<std::shared_ptr<gateway::Site const>>(built);
}

std::string config_of(Exchange const &exchange) {
    std::string text = "listen: [{ address: \"127.0.0.1:0\" }]\n"
                       "backends: { store: { type: sqlite, path: store.db, seed: world.yaml } }\n"
                       "callers:\n";
    for (auto const &caller : exchange.callers)
        text += fmt::format("  - {{ dialect: {}, {} }}\n", exchange.dialect, caller);
    text += "routes:\n";
    for (auto const &route : exchange.routes)
        text += fmt::format("  - {{ dialect: {}, backend: store, {} }}\n", exchange.dialect, route);
    return text;
}

SiteInAFolder::SiteInAFolder(Exchange const &exchange) {
    if (!exchange.site.empty()) {
        site_ = build_site(exchange.site, folder_.path());
        return;
    }
    folder_.write("world.yaml", exchange.world);
    folder_.write("config.yaml", config_of(exchange));
    site_ = build_site(folder_.path() / "config.yaml", folder_.path());
}

DirectLine::DirectLine(std::shared_ptr<gateway::Site const> site)
    : service_(gateway::Service::create(std::move(site), io_.get_executor())) {}

wire::Response DirectLine::ask(wire::Request const &request, canonical::Instant now) {
    wire::Response response;
    std::exception_ptr failure;
    gateway::Record record;
    auto const answered = [&](std::exception_ptr error, wire::Response answer) {
        failure = error;
        response = std::move(answer);
    };
    gateway::Arrival const arrival{.at = now};
    asio::co_spawn(io_, service_->respond(request, arrival, record), answered);
    io_.restart();
    io_.run();
    if (failure) std::rethrow_exception(failure);
    if (!record.failure.empty()) throw std::runtime_error("a bug behind the answer: " + record.failure);
    return response;
}

} // namespace support
