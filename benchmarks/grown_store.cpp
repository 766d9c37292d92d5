#include "benchmarks/grown_store.hpp"

#include "backends/sql/sqlite/connection.hpp"
#include "backends/sqlite.hpp"

#include <boost/asio/co_spawn.hpp>
#include <filesystem>
#include <map>
#include <stdlib.h>

namespace benchmarks {

namespace {

// 50 companies, 200 people, three statuses; the names are in another order than the ids.
constexpr char const *records = R"(
BEGIN;
INSERT INTO companies (id, name, is_own, is_active, version, created, updated)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
    SELECT i, 'Company ' || i, i = 1, 1, 1, 0, 0 FROM n;
INSERT INTO people (id, guid, name, email, role, is_active, company, version, created, updated)
    WITH RECURSIVE n(i) AS (SELECT 101 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
    SELECT i, printf('%08x-0000-4000-8000-000000000000', i), 'Person ' || i, 'p' || i || '@example.com', 2, 1, 1, 1, 0, 0 FROM n;
INSERT INTO project_statuses (id, name, phase, position, is_default, is_locked, version, created, updated)
    VALUES (401, 'Active', 0, 0, 1, 0, 1, 0, 0), (402, 'Paused', 1, 1, 1, 0, 1, 0, 0), (403, 'Closed', 2, 2, 1, 0, 1, 0, 0);
INSERT INTO projects (id, name, number, phase, status, company, manager, is_private, is_template, version, created, updated,
        last_task_number, description)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
    SELECT 1000 + i, printf('Project %08d', i * 7919 % $1), i, i % 3, 401 + i % 3, 1 + i % 50, 101 + i % 200, 0, 0, 1,
        1600000000000 + i * 1000, 1600000000000 + i * 1000, 0, 'What this project is about, in a sentence or two.' FROM n;
INSERT INTO project_team (id, owner, target, position)
    SELECT id + 100000000, id, manager, 0 FROM projects;
UPDATE counters SET value = 1000000000 WHERE name = 'id';
COMMIT;
ANALYZE;
)";

void fill(std::string const &file, std::int64_t projects) {
    std::string text(records);
    for (auto at = text.find("$1"); at != text.npos; at = text.find("$1"))
        text.replace(at, 2, std::to_string(projects));
    backends::sql::sqlite::Connection connection({.path = file, .use = backends::sql::sqlite::Use::write});
    connection.script(text);
}

std::unique_ptr<backends::Store> open(std::string const &file) {
    auto store = backends::open_sqlite({.path = file});
    if (!store) throw std::runtime_error(store.error().detail);
    return std::move(*store);
}

} // namespace

void grow(std::string const &file, std::int64_t projects) {
    open(file).reset(); // makes the schema
    fill(file, projects);
}

GrownStore &GrownStore::of(std::int64_t projects) {
    static std::map<std::int64_t, std::unique_ptr<GrownStore>> stores;
    auto &store = stores[projects];
    if (!store) store.reset(new GrownStore(projects));
    return *store;
}

GrownStore::GrownStore(std::int64_t projects)
    : folder_((std::filesystem::temp_directory_path() / "dragoman-benchmark-XXXXXX").string()) {
    if (!mkdtemp(folder_.data())) throw std::runtime_error("no temporary folder can be made");
    auto const file = folder_ + "/store.db";
    grow(file, projects);
    store_ = open(file);
    backend_ = store_->backend_for(context_.get_executor());
}

GrownStore::~GrownStore() {
    backend_.reset();
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

canonical::Reply GrownStore::ask(canonical::Request const &request) {
    std::optional<canonical::Result<canonical::Reply>> answer;
    auto const answered = [&](std::exception_ptr const &error, canonical::Result<canonical::Reply> reply) {
        if (error) std::rethrow_exception(error);
        answer = std::move(reply);
    };
    boost::asio::co_spawn(context_, backend_->perform(request), answered);
    context_.restart();
    context_.run();
    if (!*answer) throw std::runtime_error("refused: " + answer->error().detail);
    return std::move(**answer);
}

} // namespace benchmarks
