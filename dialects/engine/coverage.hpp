#pragma once
// What a dialect offers and what becomes of each of its fields, out of its own tables: a coverage that cannot lie.
#include "dialects/engine/dialect.hpp"

namespace dialects {

// As Markdown: a table of the calls, and for each kind that the dialect knows a table of its fields.
std::string coverage_of(Dialect const &dialect);

} // namespace dialects
