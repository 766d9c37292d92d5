#include "backends/sql/migrations.hpp"

#include <algorithm>

namespace backends::sql {

canonical::Result<void> migrate(Connection &connection, std::span<std::string_view const> steps) {
    auto const refuse = [](std::string what) {
        return canonical::Error{.code = canonical::Code::unavailable, .detail = std::move(what)};
    };
    Transaction transaction(connection);
    auto const tables = connection.tables();
    std::int64_t version = 0;
    if (std::ranges::find(tables, "schema_version") != tables.end()) {
        auto rows = connection.run("SELECT version FROM schema_version");
        if (rows.next()) version = rows.integer(0);
    } else if (!tables.empty()) {
        return refuse("holds the data of another program (a table named " + tables.front() + ")");
    } else {
        connection.script("CREATE TABLE schema_version (version INTEGER NOT NULL);"
                          "INSERT INTO schema_version (version) VALUES (0)");
    }
    auto const last = std::int64_t(steps.size());
    if (version > last)
        return refuse("was written by a newer version of this program (schema " + std::to_string(version) +
                      "; this one knows " + std::to_string(last) + ")");
    for (; version < last; ++version) connection.script(std::string(steps[std::size_t(version)]));
    connection.execute("UPDATE schema_version SET version = $1", version);
    transaction.commit();
    return {};
}

} // namespace backends::sql
