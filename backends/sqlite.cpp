#include "backends/sqlite.hpp"
#include "backends/sql/migrations.hpp"
#include "backends/sql/seeding.hpp"
#include "backends/sql/sqlite/connection.hpp"
#include "backends/sql/sqlite/schema.hpp"
#include "backends/sql/store.hpp"

#include <stdlib.h>

namespace backends {

using canonical::Code, canonical::Error, canonical::Result;
using sql::sqlite::Use;

namespace {

// A file that nobody else sees and that does not outlive the store. (SQLite's own databases in memory belong to one
// connection, or share a lock among all.)
class PassingFolder {
public:
    PassingFolder() {
        auto name = (std::filesystem::temp_directory_path() / "dragoman-XXXXXX").string();
        if (!mkdtemp(name.data())) throw sql::Failure(Code::unavailable, name + ": cannot be made");
        path_ = name;
    }
    PassingFolder(PassingFolder const &) = delete;
    PassingFolder &operator=(PassingFolder const &) = delete;
    ~PassingFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::filesystem::path file() const { return path_ / "store.db"; }

private:
    std::filesystem::path path_;
};

class SqliteStore final : public Store {
public:
    SqliteStore(sql::Source source, std::unique_ptr<PassingFolder> folder)
        : folder_(std::move(folder)), store_(std::move(source)) {}
    std::unique_ptr<Backend> backend_for(asio::any_io_executor worker) override {
        return store_.backend_for(std::move(worker));
    }

private:
    std::unique_ptr<PassingFolder> folder_; // outlives the connections
    sql::DatabaseStore store_;
};

// Brings the file in order before anybody uses it.
Result<void> prepare(sql::Connection &connection, SqliteOptions const &options) {
    if (auto migrated = sql::migrate(connection, sql::sqlite::schema()); !migrated) {
        auto error = migrated.error();
        error.detail.insert(0, options.path.string() + ": ");
        return error;
    }
    if (options.seed.empty() || sql::holds_records(connection)) return {};
    auto workspace = read_workspace(options.seed);
    if (!workspace) return workspace.error();
    auto const clock = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    return sql::fill(connection, std::move(*workspace), options.now.value_or(clock));
}

} // namespace

Result<std::unique_ptr<Store>> open_sqlite(SqliteOptions options) {
    try {
        auto folder = options.path == ":memory:" ? std::make_unique<PassingFolder>() : nullptr;
        if (folder) options.path = folder->file();
        auto const open = [path = options.path.string(), trace = options.trace](Use use) {
            return std::make_unique<sql::sqlite::Connection>(
                sql::sqlite::Opening{.path = path, .use = use, .trace = trace});
        };
        // It stays open until the others are: the last one to leave a file tidies up.
        auto const connection = open(Use::write);
        if (auto prepared = prepare(*connection, options); !prepared) return prepared.error();
        sql::Source source{.reading = [open] { return open(Use::read); },
                           .writing = [open] { return open(Use::write); },
                           .reading_threads = options.reading_threads};
        return std::make_unique<SqliteStore>(std::move(source), std::move(folder));
    } catch (sql::Failure const &failure) {
        return failure.error();
    }
}

} // namespace backends
