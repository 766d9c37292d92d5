#pragma once
// Paymo's query parameters: `where` with its conditions, `order`, `page` and `page_size`.
// (reference: the vendor's pages on filtering and on includes; what clients send)
#include "dialects/engine/dialect.hpp"

namespace dialects::paymo {

// "active=true and users in (5,6)". Conditions on the children that an include brings ("projects.active=true") narrow
// those, not the parents: they come back under their path.
struct Where {
    canonical::Filter filter;
    std::vector<std::pair<std::string, canonical::Filter>> of_children; // "projects", "projects.tasklists"
};
// What names and values in a condition stand for.
struct WhereAsked {
    TableSet const &tables; // of the records that are asked for
    Context const &context;
    std::string_view me; // the caller's address
};
canonical::Result<Where> read_where(std::string_view text, canonical::Kind kind, WhereAsked const &asked);

// "name", "created_on desc".
canonical::Result<canonical::Sort> read_order(std::string_view text, canonical::Kind kind, TableSet const &tables);

} // namespace dialects::paymo
