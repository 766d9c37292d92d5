#pragma once
// A SQLite file, looked at and meddled with from outside.
#include <filesystem>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace tests {

class Database {
public:
    explicit Database(std::filesystem::path const &file) {
        if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle_));
    }
    Database(Database const &) = delete;
    Database &operator=(Database const &) = delete;
    ~Database() { sqlite3_close(handle_); }

    // The last column of each row.
    std::vector<std::string> run(std::string const &statements) {
        std::vector<std::string> rows;
        auto const add = [](void *to, int columns, char **values, char **) {
            auto const *last = values[columns - 1];
            static_cast<std::vector<std::string> *>(to)->emplace_back(last ? last : "");
            return 0;
        };
        char *message = nullptr;
        if (sqlite3_exec(handle_, statements.c_str(), add, &rows, &message) == SQLITE_OK) return rows;
        std::string const text = message ? message : "";
        sqlite3_free(message);
        throw std::runtime_error(text);
    }

private:
    sqlite3 *handle_ = nullptr;
};

} // namespace tests
