#include "dialects/engine/coverage.hpp"
#include "canonical/nearest.hpp"
#include "gateway/commands/options.hpp"

#include <ostream>

namespace gateway::commands {

int coverage(std::string const &dialect, Output output) {
    if (auto const *const found = dialects::find_dialect(dialect)) {
        output.out << dialects::coverage_of(*found);
        return 0;
    }
    std::vector<std::string_view> known;
    for (auto const *const each : dialects::all_dialects()) known.push_back(each->name());
    output.problems << "no dialect '" << dialect << "'" << canonical::did_you_mean(dialect, known) << '\n';
    return 1;
}

} // namespace gateway::commands
