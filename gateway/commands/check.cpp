#include "gateway/commands/live.hpp"
#include "gateway/commands/options.hpp"

#include <ostream>

namespace gateway::commands {

namespace {

// Opens what the config names, and asks.
int check_live(config::Config config, std::filesystem::path const &data, Output output) {
    auto const built = Site::build(std::move(config), {.data = data});
    if (auto const *const failure = std::get_if<Failure>(&built)) {
        output.problems << failure->text() << '\n';
        return 1;
    }
    auto const problems = live_problems(*std::get<std::shared_ptr<Site const>>(built));
    for (auto const &problem : problems) output.problems << problem << '\n';
    if (problems.empty()) output.out << "ok\n";
    return problems.empty() ? 0 : 1;
}

} // namespace

int check(CheckOptions const &options, Output output) {
    auto const &config = options.config;
    auto loaded = load({.config = config});
    if (auto const *const problems = std::get_if<std::vector<config::Problem>>(&loaded)) {
        for (auto const &problem : *problems) output.problems << problem.text() << '\n';
        return 1;
    }
    if (auto const failure = exposed_demo(std::get<config::Config>(loaded))) {
        output.problems << failure->text() << '\n';
        return 1;
    }
    if (options.live) return check_live(std::move(std::get<config::Config>(loaded)), options.data, output);
    output.out << "ok\n";
    return 0;
}

} // namespace gateway::commands
