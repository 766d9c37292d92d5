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

// `present` cares for the case of letters, as no comparison of the model does: whoever asks for it is sent all that has
// the text in any case, and what has it otherwise is left out here, before the page is cut.
void keep_present(Call const &call, TableSet const &tables, Wanted &wanted, canonical::Reply &reply);

} // namespace dialects::onlyoffice
