#pragma once
// A real service as the place where data lives: what is asked of it goes through the client side of its dialect, and
// what it cannot do itself (names instead of ids, filters, sorts, related records, single changes of lists) is done
// here.
#include "backends/backend.hpp"
#include "backends/upstream/breaker.hpp"
#include "backends/upstream/http.hpp"
#include "backends/upstream/pacer.hpp"
#include "backends/upstream/retries.hpp"
#include "dialects/engine/client.hpp"

#include <filesystem>
#include <functional>

namespace backends::upstream {

struct Care {
    Breaker::Rules breaker = {};
    Retries::Rules retries = {};
    std::chrono::milliseconds patience{2'000};    // to wait for a turn within the service's rate
    std::chrono::milliseconds names_kept{30'000}; // how long names of people, companies, statuses are believed
};

struct Service {
    dialects::Client const *client = nullptr;
    dialects::Account account = {};
    dialects::Rate rate = {};
    Care care = {};
    std::filesystem::path keeper = {}; // a file; another one for whole records lies beside it
    // The way there, one for each worker.
    std::function<std::unique_ptr<Http>(asio::any_io_executor)> http = {};
};

// Fails where the keeper cannot be opened.
canonical::Result<std::unique_ptr<Store>> open_service(Service service);

} // namespace backends::upstream
