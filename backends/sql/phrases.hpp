#pragma once
// The few turns of SQL in which products differ, and quoting.
#include "backends/sql/connection.hpp"

#include <span>

namespace backends::sql {

// t."group": some members are called like words of the language.
inline std::string column_of(std::string_view table, std::string_view column) {
    std::string text(table);
    return text.append(".\"").append(column).append("\"");
}

// Whether it is one of a list that is bound as one JSON text: one statement for any number of values.
inline void is_one_of(Sql &sql, std::string_view expression, std::string json) {
    sql.add(expression).add(" IN (SELECT value FROM json_each(").bind(std::move(json)).add("))");
}

// The same without a choice of the reader's index: the condition is looked at, but rows are not sought by it.
inline std::string not_sought(std::string_view expression) { return std::string("+").append(expression); }

// A % for any text; other characters, also _, stand for themselves.
inline void looks_like(Sql &sql, std::string_view expression, std::string pattern) {
    sql.add(expression).add(" LIKE ").bind(std::move(pattern)).add(" ESCAPE '\\'");
}

// Holds where the condition is false and where it cannot be told for want of a value.
inline std::string_view does_not_hold() { return " IS NOT TRUE"; }

} // namespace backends::sql
