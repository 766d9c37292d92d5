#include "dialects/engine/coverage.hpp"
#include "canonical/nearest.hpp"
#include "gateway/commands/options.hpp"

#include <ostream>

namespace gateway::commands {

dialects::Dialect const *known_dialect(std::string_view name, Output output) {
    if (auto const *const found = dialects::find_dialect(name)) return found;
    std::vector<std::string_view> known;
    for (auto const *const each : dialects::all_dialects()) known.push_back(each->name());
    output.problems << "no dialect '" << name << "'" << canonical::did_you_mean(name, known) << '\n';
    return nullptr;
}

int coverage(std::string const &dialect, Output output) {
    auto const *const found = known_dialect(dialect, output);
    if (!found) return 1;
    output.out << dialects::coverage_of(*found);
    return 0;
}

} // namespace gateway::commands
