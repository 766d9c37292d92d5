#pragma once
// What every list of ONLYOFFICE takes from the query: page, sort, filter, fields, the compact form.
// (reference: server source 12.7, the API framework's smart list)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

canonical::Result<void> read_list_query(Call const &call, TableSet const &tables, Context const &context,
                                        Wanted &wanted);

bool wants_compact(Call const &call);

// Of the project module's own list: a search, the parts that people have in projects, tags; grouped by status.
canonical::Result<void> read_project_filter(Call const &call, Wanted &wanted);

} // namespace dialects::onlyoffice
