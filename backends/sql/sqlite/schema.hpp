#pragma once
// The tables, as SQLite wants them.
#include <span>
#include <string_view>

namespace backends::sql::sqlite {

// For migrate().
std::span<std::string_view const> schema();

} // namespace backends::sql::sqlite
