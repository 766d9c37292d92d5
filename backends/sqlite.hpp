#pragma once
// The store that keeps its records in a SQLite file. docs/storage.md tells how.
#include "backends/backend.hpp"

#include <filesystem>
#include <functional>

namespace backends {

struct SqliteOptions {
    std::filesystem::path
        path; // made where it is missing, its folder is not; ":memory:" for one that is gone afterwards
    std::filesystem::path seed = {};            // a workspace file, read once into an empty store; empty: none
    std::optional<canonical::Instant> now = {}; // of what the seed leaves open; the clock's where it is not given
    unsigned reading_threads = 2;               // for lists
    std::function<void(std::string_view statement)> trace = {}; // is told of each statement, from any thread
};

// An error says in its detail what is wrong with the file or the seed.
canonical::Result<std::unique_ptr<Store>> open_sqlite(SqliteOptions options);

} // namespace backends
