#pragma once
// A database grows with the program: its schema has a version, and each step leads from one version to the next. A step
// that was once published never changes; a new one is put behind it.
#include "backends/sql/connection.hpp"

#include <span>

namespace backends::sql {

// Brings the database from whatever version it has to the last one, all steps or none. Refuses a database of a newer
// program, and one that holds something else.
canonical::Result<void> migrate(Connection &connection, std::span<std::string_view const> steps);

} // namespace backends::sql
