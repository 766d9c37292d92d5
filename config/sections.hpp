#pragma once
// The readers of the config's sections. Each reports what is wrong with its own and leaves that out; names of other
// sections are looked up where they stand.
#include "config/cursor.hpp"

namespace config {

std::vector<Listener> read_listeners(Cursor const &cursor);
std::vector<Backend> read_backends(Cursor const &cursor, Dialects dialects);
std::vector<Caller> read_callers(Cursor const &cursor, Dialects dialects);
std::vector<std::pair<std::string, canonical::Mapping>> read_mappings(Cursor const &cursor);
Limits read_limits(Cursor const &cursor);
unsigned read_workers(Cursor const &cursor);

// What a route may name.
struct Known {
    Dialects dialects;
    std::vector<std::string> backends, mappings; // those with mistakes too: one mistake is one problem
};
std::vector<Route> read_routes(Cursor const &cursor, Known const &known);

// The dialect of that name, or nothing (null) and a problem.
dialects::Dialect const *read_dialect(Cursor const &cursor, Dialects dialects);

} // namespace config
