#pragma once
// The workspace files with which the stores of a test start.
#include <set>
#include <span>
#include <string>

namespace support {

// One workspace file of several: lists of the same kind are joined, of single values the last one counts.
std::string join_worlds(std::span<std::string const> worlds);
// All ids that a workspace file gives.
std::set<std::string, std::less<>> ids_of_world(std::string const &world);

} // namespace support
