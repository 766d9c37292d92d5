#pragma once
// Fills an empty database from a workspace file, through the same code that answers requests.
#include "backends/seed.hpp"
#include "backends/sql/connection.hpp"

namespace backends::sql {

bool holds_records(Connection &connection);

// All of it or nothing. What is refused is told as "file:line:column: what is wrong", all of it.
canonical::Result<void> fill(Connection &connection, Workspace workspace, canonical::Instant now);

} // namespace backends::sql
