#pragma once
// SQLite behind the SQL code: the only place that knows its C interface. A connection belongs to one thread at a time.
#include "backends/sql/connection.hpp"

#include <functional>
#include <memory>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace backends::sql::sqlite {

enum class Use : unsigned char { read, write };

struct Opening {
    std::string path;
    Use use = Use::read;
    std::function<void(std::string_view statement)> trace = {}; // is told of each statement that starts
};

class Connection final : public sql::Connection {
public:
    // Makes the file where there is none, if it is opened for writing. Throws Failure.
    explicit Connection(Opening opening);
    ~Connection() override;
    Connection(Connection const &) = delete;
    Connection &operator=(Connection const &) = delete;

    sql::Statement &statement(std::string_view text) override;
    void script(std::string const &text) override;
    std::vector<std::string> tables() override;
    void begin_reading() override { execute("BEGIN"); }
    void begin_writing() override { execute("BEGIN IMMEDIATE"); }
    bool in_transaction() const override;
    void limit(std::chrono::nanoseconds budget) override;
    void tidy() override;

private:
    class Statement;
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    struct Close {
        void operator()(sqlite3 *handle) const noexcept;
    };

    void configure();
    void forget_idle_statements();
    [[noreturn]] void fail(int code) const;
    static int on_progress(void *self);
    static int on_commit(void *self, sqlite3 *handle, char const *database, int pages);
    static int on_trace(unsigned event, void *self, void *statement, void *text);

    Opening opening_;
    std::unique_ptr<sqlite3, Close> handle_;
    std::unordered_map<std::string, std::unique_ptr<Statement>, Hash, std::equal_to<>> statements_;
    std::chrono::steady_clock::time_point deadline_ = {};
    int log_pages_ = 0; // how long the write-ahead log was after the last commit
};

} // namespace backends::sql::sqlite
