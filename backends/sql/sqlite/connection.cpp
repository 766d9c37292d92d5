#include "backends/sql/sqlite/connection.hpp"
#include "canonical/lower.hpp"

#include <cstring>
#include <sqlite3.h>

namespace backends::sql::sqlite {

namespace {

constexpr int busy_milliseconds = 5000;      // how long another program may hold the file
constexpr std::size_t most_statements = 400; // kept per connection
constexpr int steps_between_looks_at_clock = 500;
constexpr int pages_until_checkpoint = 1000;
constexpr int pages_until_readers_must_wait = 16'000;

// SQLite counts each allocation under a lock that all threads share, unless told not to before its first use.
bool free_of_shared_locks() {
    static bool const done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
    return done;
}

canonical::Code code_of(int result) {
    switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return canonical::Code::unavailable;
    default:
        return canonical::Code::internal;
    }
}

// In place of SQLite's own, which leaves all letters alone but those of ASCII.
void lower_function(sqlite3_context *context, int, sqlite3_value **values) {
    auto const *text = reinterpret_cast<char const *>(sqlite3_value_text(values[0]));
    if (!text) return sqlite3_result_null(context);
    auto const small = canonical::lower({text, std::size_t(sqlite3_value_bytes(values[0]))});
    sqlite3_result_text64(context, small.data(), small.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

} // namespace

class Connection::Statement final : public sql::Statement {
public:
    Statement(Connection &connection, std::string_view text) : connection_(connection) {
        char const *rest = nullptr;
        auto *const handle = connection.handle_.get();
        auto const result =
            sqlite3_prepare_v3(handle, text.data(), int(text.size()), SQLITE_PREPARE_PERSISTENT, &statement_, &rest);
        if (result != SQLITE_OK) connection.fail(result);
    }
    ~Statement() override { sqlite3_finalize(statement_); }
    Statement(Statement const &) = delete;
    Statement &operator=(Statement const &) = delete;

    void bind_null(int place) override { check(sqlite3_bind_null(statement_, place)); }
    void bind_integer(int place, std::int64_t value) override { check(sqlite3_bind_int64(statement_, place, value)); }
    void bind_text(int place, std::string_view value) override {
        auto const *const text = value.data() ? value.data() : "";
        check(sqlite3_bind_text64(statement_, place, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    }

    bool step() override {
        auto const result = sqlite3_step(statement_);
        if (result == SQLITE_ROW) return true;
        if (result == SQLITE_DONE) return false;
        if ((result & 0xFF) == SQLITE_INTERRUPT) throw Overrun();
        connection_.fail(result);
    }
    bool is_null(int column) override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) override { return sqlite3_column_int64(statement_, column); }
    std::string_view text(int column) override {
        auto const *const text = reinterpret_cast<char const *>(sqlite3_column_text(statement_, column));
        if (!text) return {};
        return {text, std::size_t(sqlite3_column_bytes(statement_, column))};
    }

    bool busy() const { return busy_; }

private:
    void start() override {
        if (std::exchange(busy_, true)) throw std::logic_error("a statement that runs is started again");
    }
    void reset() noexcept override {
        sqlite3_reset(statement_);
        busy_ = false;
    }
    void check(int result) const {
        if (result != SQLITE_OK) connection_.fail(result);
    }

    Connection &connection_;
    sqlite3_stmt *statement_ = nullptr;
    bool busy_ = false;
};

void Connection::Close::operator()(sqlite3 *handle) const noexcept { sqlite3_close(handle); }

Connection::Connection(Opening opening) : opening_(std::move(opening)) {
    free_of_shared_locks();
    auto flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (opening_.use == Use::write) flags |= SQLITE_OPEN_CREATE;
    sqlite3 *handle = nullptr;
    auto const result = sqlite3_open_v2(opening_.path.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);
    if (!handle) throw std::bad_alloc();
    if (result != SQLITE_OK) {
        auto const reason = sqlite3_system_errno(handle);
        if (reason == 0) fail(result);
        throw Failure(canonical::Code::unavailable,
                      opening_.path + ": cannot be opened: " + std::generic_category().message(reason));
    }
    configure();
}

// The statements go before the handle does.
Connection::~Connection() { statements_.clear(); }

void Connection::configure() {
    auto *const handle = handle_.get();
    sqlite3_busy_timeout(handle, busy_milliseconds);
    constexpr auto pure = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    sqlite3_create_function_v2(handle, "lower", 1, pure, nullptr, lower_function, nullptr, nullptr, nullptr);
    if (opening_.trace) sqlite3_trace_v2(handle, SQLITE_TRACE_STMT, on_trace, this);

    script("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
           "PRAGMA cache_size = -16000; PRAGMA foreign_keys = ON;");
    if (opening_.use == Use::write) {
        // With FULL, a commit is on the disk when it returns. The log is copied into the file by tidy(), when nobody
        // waits, and not by an unlucky commit.
        script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;");
        sqlite3_wal_hook(handle, on_commit, this);
    } else {
        script("PRAGMA query_only = ON;");
    }
}

sql::Statement &Connection::statement(std::string_view text) {
    if (auto const found = statements_.find(text); found != statements_.end()) return *found->second;
    if (statements_.size() >= most_statements) forget_idle_statements();
    auto fresh = std::make_unique<Statement>(*this, text);
    return *statements_.emplace(std::string(text), std::move(fresh)).first->second;
}

void Connection::forget_idle_statements() {
    std::erase_if(statements_, [](auto const &entry) { return !entry.second->busy(); });
}

void Connection::script(std::string const &text) {
    auto const result = sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) fail(result);
}

std::vector<std::string> Connection::tables() {
    std::vector<std::string> names;
    auto rows = run("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
    while (rows.next()) names.emplace_back(rows.text(0));
    return names;
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

void Connection::limit(std::chrono::nanoseconds budget) {
    auto *const handle = handle_.get();
    if (budget.count() == 0) return sqlite3_progress_handler(handle, 0, nullptr, nullptr);
    deadline_ = std::chrono::steady_clock::now() + budget;
    sqlite3_progress_handler(handle, steps_between_looks_at_clock, on_progress, this);
}

void Connection::tidy() {
    if (log_pages_ < pages_until_checkpoint) return;
    // Readers that never pause would keep the log growing: once it is very long, they are waited for.
    auto const mode =
        log_pages_ < pages_until_readers_must_wait ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART;
    auto const result = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, mode, nullptr, nullptr);
    if (result == SQLITE_OK)
        log_pages_ = 0;
    else if ((result & 0xFF) != SQLITE_BUSY)
        fail(result);
}

void Connection::fail(int code) const {
    if ((code & 0xFF) == SQLITE_NOMEM) throw std::bad_alloc();
    throw Failure(code_of(code), opening_.path + ": " + sqlite3_errmsg(handle_.get()));
}

int Connection::on_progress(void *self) {
    return std::chrono::steady_clock::now() > static_cast<Connection *>(self)->deadline_;
}

int Connection::on_commit(void *self, sqlite3 *, char const *, int pages) {
    static_cast<Connection *>(self)->log_pages_ = pages;
    return SQLITE_OK;
}

int Connection::on_trace(unsigned, void *self, void *, void *text) {
    std::string_view const statement(static_cast<char const *>(text));
    // What triggers do is told as a comment.
    if (!statement.starts_with("--")) static_cast<Connection *>(self)->opening_.trace(statement);
    return 0;
}

} // namespace backends::sql::sqlite
