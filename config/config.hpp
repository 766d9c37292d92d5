#pragma once
// The typed configuration. Reading it finds all problems at once, each with its place; a config that was read is whole
// and consistent: every name that a route uses exists. docs/configuration.md explains each key.
#include "canonical/mapping.hpp"
#include "dialects/engine/dialect.hpp"
#include "dialects/engine/rate.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace config {

struct Place {
    std::string file = {};
    int line = 0, column = 0; // from 1
};

struct Problem {
    Place place = {};
    std::string what = {}; // "unknown key 'adress'; did you mean 'address'?"

    std::string text() const; // "file:line:column: what"
};

struct Listener {
    Place place = {};
    std::string address = {}; // of the interface; IPv6 without brackets
    std::uint16_t port = 0;
    std::string certificate = {}, key = {}; // for TLS, files with PEM; both or neither

    bool loopback() const;
};

// The keys of a credential and what they hold; a secret may be "sha256:<hex>", its digest.
using Credential = std::vector<std::pair<std::string, std::string>>;

struct Backend {
    Place place = {};
    std::string name = {};
    std::string type = {};        // "sqlite", or the name of a dialect
    std::string path = {};        // sqlite: relative ones lie under the data folder
    std::string seed = {};        // a workspace file that was there when the config was read; or empty
    std::string url = {};         // of a real service, without a slash at its end
    Credential credential = {};   // of a real service
    std::string keeper = {};      // of a real service: as path; or empty
    std::string authorities = {}; // of a real service: a file of certificates in place of the system's; or empty
    bool insecure = false;        // of a real service: it may be asked without TLS, wherever it is
    dialects::Zone zone = {};     // of a real service: in which it shows times that name none
    std::optional<dialects::Rate> rate = {}; // of a real service: in place of what it publishes
};

struct Caller {
    Place place = {};
    dialects::Dialect const *dialect = nullptr;
    dialects::Caller caller = {};
    bool demo = false; // its credential is one that this project publishes
};

struct Route {
    Place place = {};
    dialects::Dialect const *dialect = nullptr;
    std::string host = {};                  // empty: any
    std::vector<std::string> methods = {};  // empty: any
    std::string backend = {}, mapping = {}; // names; mapping may be empty
    dialects::Settings settings = {};       // path, public_url, zone, organization …
    canonical::OnLoss on_loss = canonical::OnLoss::keep;
    bool show_losses = false;      // in a header of each answer
    bool pass_credentials = false; // the service behind is shown the caller's own
};

// Sizes in bytes.
struct Limits {
    std::size_t header_bytes = 16 * 1024;
    std::size_t header_fields = 100;
    std::size_t target_bytes = 8 * 1024;
    std::size_t body_bytes = 10 * 1024 * 1024;
    std::size_t bodies_in_flight_bytes = 1024 * 1024 * 1024; // of all connections together
    std::chrono::milliseconds header_timeout{10'000};
    std::chrono::milliseconds body_idle_timeout{15'000};
    std::size_t body_bytes_per_second = 500; // at least, once the first seconds are over
    std::chrono::milliseconds keep_alive_timeout{75'000};
    std::chrono::milliseconds write_timeout{30'000};
    std::chrono::milliseconds grace_period{10'000}; // for what is in flight at shutdown
    std::size_t connections = 10'000;
    std::size_t connections_per_client = 256;
};

struct Config {
    std::vector<Listener> listen = {};
    std::vector<Backend> backends = {};
    std::vector<Caller> callers = {};
    std::vector<Route> routes = {}; // the first match wins
    std::vector<std::pair<std::string, canonical::Mapping>> mappings = {};
    Limits limits = {};
    unsigned workers = 0; // 0: one per core
};

// Whole and consistent, or all that is wrong with it, in the order of the file. Problems quote what the file says, but
// never a secret and never what a variable holds.
using Loaded = std::variant<Config, std::vector<Problem>>;

Loaded load(std::filesystem::path const &file);
// The same for a text; file names in it are relative to the folder of `name`.
Loaded parse(std::string_view text, std::string const &name);

using Dialects = std::span<dialects::Dialect const *const>;
// The value of an environment variable, or nothing.
using Environment = std::function<std::optional<std::string>(std::string const &name)>;
std::optional<std::string> environment_of_process(std::string const &name);

// The same, but for these dialects and in that environment.
Loaded parse(std::string_view text, std::string const &name, Dialects dialects, Environment const &environment);

} // namespace config
