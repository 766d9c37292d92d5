#pragma once
// What the SQL code asks of a database: statements that are prepared once per connection, values in, rows out. Each
// product (sqlite/ for now) is a thin implementation of it. Placeholders are $1, $2 … in the order in which they stand.
#include "canonical/error.hpp"

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace backends::sql {

using Bound = std::variant<std::nullptr_t, std::int64_t, std::string>;

// The database itself failed: the disk is full, the file is damaged, another program holds it. No answer to a request
// can be trusted after that, so it is thrown; whoever owns the transaction catches it.
class Failure : public std::runtime_error {
public:
    Failure(canonical::Code code, std::string const &what) : std::runtime_error(what), code_(code) {}
    canonical::Error error() const { return {.code = code_, .detail = what()}; }

private:
    canonical::Code code_;
};

// A statement did not end within its connection's budget.
class Overrun : public Failure {
public:
    Overrun() : Failure(canonical::Code::timed_out, "the query takes too long") {}
};

class Statement {
public:
    virtual ~Statement() = default;

    virtual void bind_null(int place) = 0; // places from 1
    virtual void bind_integer(int place, std::int64_t value) = 0;
    virtual void bind_text(int place, std::string_view value) = 0; // copies it
    template <class T> void bind(int place, T const &value) {
        if constexpr (std::is_same_v<T, Bound>)
            std::visit([&](auto const &v) { bind(place, v); }, value);
        else if constexpr (std::is_same_v<T, std::nullptr_t>)
            bind_null(place);
        else if constexpr (std::is_same_v<T, std::int64_t>)
            bind_integer(place, value);
        else
            bind_text(place, value);
    }

    virtual bool step() = 0;              // whether there is a row
    virtual bool is_null(int column) = 0; // columns from 0
    virtual std::int64_t integer(int column) = 0;
    virtual std::string_view text(int column) = 0; // of a number its digits; good until the next step

protected:
    friend class Rows;
    virtual void start() = 0; // throws where it runs already
    virtual void reset() noexcept = 0;
};

// The rows of one run of a statement, which is free again after that.
class Rows {
public:
    explicit Rows(Statement &statement) : statement_(&statement) { statement.start(); }
    Rows(Rows &&other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    Rows &operator=(Rows &&) = delete;
    ~Rows() {
        if (statement_) statement_->reset();
    }

    bool next() { return statement_->step(); }
    bool is_null(int column) const { return statement_->is_null(column); }
    std::int64_t integer(int column) const { return statement_->integer(column); }
    std::string_view text(int column) const { return statement_->text(column); }

    template <class... Values> void bind(Values const &...values) {
        [[maybe_unused]] int place = 0;
        (statement_->bind(++place, values), ...);
    }
    void bind_all(std::vector<Bound> const &values) {
        int place = 0;
        for (auto const &value : values) statement_->bind(++place, value);
    }

private:
    Statement *statement_;
};

// The text of a statement in the making, and what is bound to it.
struct Sql {
    std::string text = {};
    std::vector<Bound> values = {};

    Sql &add(std::string_view piece) {
        text += piece;
        return *this;
    }
    Sql &bind(Bound value) {
        values.push_back(std::move(value));
        text.append("$").append(std::to_string(values.size()));
        return *this;
    }
};

class Connection {
public:
    virtual ~Connection() = default;

    // The statement of that text, prepared at its first use and kept.
    virtual Statement &statement(std::string_view text) = 0;
    // Several statements without values.
    virtual void script(std::string const &text) = 0;
    virtual std::vector<std::string> tables() = 0;

    virtual void begin_reading() = 0;
    virtual void begin_writing() = 0;
    virtual bool in_transaction() const = 0;

    // From now on statements that are still running after that time are stopped with Overrun; zero: no limit.
    virtual void limit(std::chrono::nanoseconds budget) = 0;
    // What the database likes to have done from time to time, when nobody waits.
    virtual void tidy() = 0;

    template <class... Values> Rows run(std::string_view text, Values const &...values) {
        Rows rows(statement(text));
        rows.bind(values...);
        return rows;
    }
    Rows run(Sql const &sql) {
        Rows rows(statement(sql.text));
        rows.bind_all(sql.values);
        return rows;
    }
    // To the end, whatever rows there are.
    template <class... Values> void execute(std::string_view text, Values const &...values) {
        auto rows = run(text, values...);
        while (rows.next()) {
        }
    }
    void execute(Sql const &sql) {
        auto rows = run(sql);
        while (rows.next()) {
        }
    }
};

// All that is read while it lives is of one moment: that of the one around it, where there is one.
class Snapshot {
public:
    explicit Snapshot(Connection &connection) : connection_(connection), is_inner_(connection.in_transaction()) {
        if (!is_inner_) connection.begin_reading();
    }
    Snapshot(Snapshot const &) = delete;
    Snapshot &operator=(Snapshot const &) = delete;
    ~Snapshot();

private:
    Connection &connection_;
    bool is_inner_;
};

// What is written while it lives is undone at its end, unless it was committed.
class Transaction {
public:
    explicit Transaction(Connection &connection) : connection_(connection) { connection.begin_writing(); }
    Transaction(Transaction const &) = delete;
    Transaction &operator=(Transaction const &) = delete;
    ~Transaction();

    void commit() { connection_.execute("COMMIT"); }

private:
    Connection &connection_;
};

} // namespace backends::sql
