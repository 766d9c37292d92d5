#pragma once
// From the model's filter and sort to SQL. What a caller sent is bound, never written into a statement; a condition on
// something that does not exist is refused.
#include "backends/sql/connection.hpp"
#include "canonical/query.hpp"

namespace backends::sql {

// A condition on `t`. Two-valued: what cannot be told for want of a value does not hold, and its negation does.
canonical::Result<void> add_condition(Sql &sql, canonical::Kind kind, canonical::Filter const &filter);

// The ids of the page, in its order; and how many there are on all pages.
canonical::Result<Sql> select_ids(canonical::Kind kind, canonical::Query const &query);
canonical::Result<Sql> select_count(canonical::Kind kind, canonical::Query const &query);

} // namespace backends::sql
