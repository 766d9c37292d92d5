#pragma once
// What only the backends themselves can tell: whether they answer, and whether what the mappings name is there.
#include "gateway/site.hpp"

namespace gateway::commands {

// A line for each thing that is wrong, with its place in the config; asks each backend that a route leads to.
std::vector<std::string> live_problems(Site const &site);

} // namespace gateway::commands
