#pragma once
// Productive's query language: filter[name][operator]=value with lists and nested groups, and sort=a,-b.
// (reference: the vendor's guides on filtering, filter operations and sorting; what clients send)
#include "dialects/engine/dialect.hpp"

namespace dialects::productive {

// All the filter[…] of a query as one condition. Values are read in the workspace's zone.
canonical::Result<canonical::Filter> read_filter(Call const &call, canonical::Kind kind, Zone const &zone);

canonical::Result<std::vector<canonical::Sort>> read_sort(std::string_view text, canonical::Kind kind);

} // namespace dialects::productive
