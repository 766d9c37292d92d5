#pragma once
// Statements that write: rows built from the described members of an entity, the lists beside them, extras, counters.
#include "backends/sql/phrases.hpp"
#include "backends/sql/tables.hpp"
#include "backends/sql/values.hpp"

namespace backends::sql {

namespace detail {

// Calls f(column, value) for each member that has a column of its own.
template <class E, class F> void for_each_stored(E const &entity, F &&f) {
    for_each_member(entity, [&](auto const &slot, Column const &column, canonical::MemberId) {
        if constexpr (requires { to_column(*slot); }) {
            if (!is_stored(column.shape)) return;
            Bound value = nullptr;
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(*slot)>, std::string>) {
                if (column.shape == Shape::id)
                    value = to_column(canonical::Ref{.id = *slot});
                else if (slot)
                    value = to_column(*slot);
            } else if (slot)
                value = to_column(*slot);
            if (!slot.absent()) f(column, std::move(value));
        }
    });
}

} // namespace detail

// A new row; what is not said is null.
template <class E> Sql insert_row(E const &entity) {
    Sql sql, values;
    sql.add("INSERT INTO ").add(table_of(canonical::kind_of<E>));
    std::string_view before = " (";
    detail::for_each_stored(entity, [&](Column const &column, Bound value) {
        sql.add(before).add("\"").add(column.name).add("\"");
        values.add(std::exchange(before, ", ")).bind(std::move(value));
    });
    sql.add(") VALUES").add(values.text).add(")");
    sql.values = std::move(values.values);
    return sql;
}

// What is said in the patch, in all rows in which that column has that value; they get the next version.
template <class E> Sql update_rows(E const &patch, std::string_view column_name, std::int64_t column_value) {
    Sql sql;
    sql.add("UPDATE ").add(table_of(canonical::kind_of<E>)).add(" SET version = version + 1");
    detail::for_each_stored(patch, [&](Column const &column, Bound value) {
        if (column.shape == Shape::id || column.name == "version") return;
        sql.add(", \"").add(column.name).add("\" = ").bind(std::move(value));
    });
    sql.add(" WHERE \"").add(column_name).add("\" = ").bind(column_value);
    return sql;
}

// The whole list in place of the one before.
void write_list(Connection &connection, Column const &column, std::int64_t owner,
                std::vector<canonical::Ref> const &list);
// The whole team. Members have the ids of their memberships; a new one without gets one.
void write_team(Connection &connection, std::int64_t project, std::vector<canonical::Member> const &team);

// The whole bag of that dialect in place of the one before.
void write_extras(Connection &connection, canonical::Kind kind, std::int64_t id, std::string_view dialect,
                  canonical::Bag const &bag);

// Ids come from one sequence for all kinds.
std::int64_t next_id(Connection &connection, std::string_view table);
// The sequence goes on behind an id that was given from outside.
void reserve_id(Connection &connection, std::int64_t id);
// The next automatic project number that no project has.
std::string next_project_number(Connection &connection);

bool any_row(Connection &connection, std::string_view table, std::string_view column, std::int64_t value);

} // namespace backends::sql
