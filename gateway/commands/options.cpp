#include "gateway/commands/options.hpp"

#include "config/addresses.hpp"

namespace gateway::commands {

namespace {

config::Loaded problem(std::string file, std::string what) {
    return std::vector{config::Problem{.place = {.file = std::move(file)}, .what = std::move(what)}};
}

} // namespace

config::Loaded load(ServeOptions const &options) {
    std::error_code error;
    if (!std::filesystem::exists(options.config, error))
        return problem(options.config.string(), std::string("there is no such file; --config names another than ") +
                                                    default_config + " in the current folder");
    auto loaded = config::load(options.config);
    auto *const config = std::get_if<config::Config>(&loaded);
    if (!config || options.listen.empty()) return loaded;
    auto const parsed = config::parse_endpoint(options.listen);
    if (auto const *const wrong = std::get_if<config::Wrong>(&parsed))
        return problem("--listen", "'" + options.listen + "' " + wrong->what);
    auto const &endpoint = std::get<config::Endpoint>(parsed);
    config->listen = {{.place = {.file = "--listen"}, .address = endpoint.address, .port = endpoint.port}};
    return loaded;
}

std::optional<Failure> exposed_demo(config::Config const &config) {
    auto const demo = std::ranges::find_if(config.callers, &config::Caller::demo);
    auto const open = std::ranges::find_if_not(config.listen, &config::Listener::loopback);
    if (demo == config.callers.end() || open == config.listen.end()) return {};
    return Failure{demo->place, "caller '" + demo->caller.name + "' has a credential that everybody can read in this " +
                                    "program's files, and " + open->address +
                                    " can be reached by others: give the caller a credential of its own, or listen " +
                                    "on 127.0.0.1"};
}

} // namespace gateway::commands
