#include "gateway/commands/options.hpp"

#include <ostream>

namespace gateway::commands {

int check(std::filesystem::path const &config, Output output) {
    auto const loaded = load({.config = config});
    if (auto const *const problems = std::get_if<std::vector<config::Problem>>(&loaded)) {
        for (auto const &problem : *problems) output.problems << problem.text() << '\n';
        return 1;
    }
    if (auto const failure = exposed_demo(std::get<config::Config>(loaded))) {
        output.problems << failure->text() << '\n';
        return 1;
    }
    output.out << "ok\n";
    return 0;
}

} // namespace gateway::commands
