#include "backends/sql/statements.hpp"

namespace backends::sql {

namespace {

std::int64_t count_up(Connection &connection, std::string_view counter) {
    auto rows = connection.run("UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value", counter);
    rows.next();
    auto const value = rows.integer(0);
    while (rows.next()) {
    }
    return value;
}

Bound text_or_null(std::string const &text) { return text.empty() ? Bound(nullptr) : Bound(text); }

} // namespace

void write_list(Connection &connection, Column const &column, std::int64_t owner,
                std::vector<canonical::Ref> const &list) {
    auto const table = std::string(column.list);
    connection.execute("DELETE FROM " + table + " WHERE owner = $1", owner);
    std::int64_t position = 0;
    for (auto const &ref : list)
        connection.execute("INSERT INTO " + table + " (owner, target, position) VALUES ($1, $2, $3)", owner,
                           to_column(ref), position++);
}

void write_team(Connection &connection, std::int64_t project, std::vector<canonical::Member> const &team) {
    connection.execute("DELETE FROM project_team WHERE owner = $1", project);
    std::int64_t position = 0;
    for (auto const &member : team) {
        auto id = parse_id(member.id);
        // Whoever restores a team names the memberships; one that another project has gets another id.
        if (id && any_row(connection, "project_team", "id", *id)) id.reset();
        if (id)
            reserve_id(connection, *id);
        else
            id = next_id(connection, "project_team");
        auto const joined = member.joined ? to_column(*member.joined) : Bound(nullptr);
        connection.execute(
            "INSERT INTO project_team (id, owner, target, position, company, role, role_name, note, joined)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            *id, project, to_column(member.person), position++, to_column(member.company), text_or_null(member.role.id),
            text_or_null(member.role.name), text_or_null(member.note), joined);
    }
}

void write_extras(Connection &connection, canonical::Kind kind, std::int64_t id, std::string_view dialect,
                  canonical::Bag const &bag) {
    connection.execute("INSERT INTO extras (kind, id, dialect, body) VALUES ($1, $2, $3, $4)"
                       " ON CONFLICT (kind, id, dialect) DO UPDATE SET body = excluded.body",
                       canonical::name_of(kind), id, dialect, bag.json());
}

std::int64_t next_id(Connection &connection, std::string_view table) {
    // One that was given from outside may be ahead of the sequence.
    auto id = count_up(connection, "id");
    while (any_row(connection, table, "id", id)) id = count_up(connection, "id");
    return id;
}

void reserve_id(Connection &connection, std::int64_t id) {
    connection.execute("UPDATE counters SET value = $1 WHERE name = 'id' AND value < $2", id, id);
}

std::string next_project_number(Connection &connection) {
    for (;;) {
        auto number = std::to_string(count_up(connection, "project_number"));
        if (!connection.run("SELECT 1 FROM projects WHERE number = $1 LIMIT 1", number).next()) return number;
    }
}

bool any_row(Connection &connection, std::string_view table, std::string_view column, std::int64_t value) {
    std::string text("SELECT 1 FROM ");
    text.append(table).append(" WHERE ").append(column).append(" = $1 LIMIT 1");
    return connection.run(text, value).next();
}

} // namespace backends::sql
