#pragma once
// What the commands of the program have in common: where the config is, and what it must not say.
#include "gateway/log.hpp"
#include "gateway/site.hpp"

#include <iosfwd>

namespace gateway::commands {

inline constexpr char const *default_config = "config/dragoman.yaml";
inline constexpr char const *default_data = "var";

struct ServeOptions {
    std::filesystem::path config = default_config;
    std::filesystem::path data = default_data;
    std::string listen = {}; // "address:port" in place of what the config says; or empty
    LogFormat log_format = LogFormat::text;
};

// The config with what the options say in its place, or all that is wrong with it.
config::Loaded load(ServeOptions const &options);
// A server for others would be open to everybody with credentials that everybody can read.
std::optional<Failure> exposed_demo(config::Config const &config);

// Each returns the exit status of the program. Messages about wrong configs go to `problems`.
struct Output {
    std::ostream &out, &problems;
};
int serve(ServeOptions const &options, Output output);
struct CheckOptions {
    std::filesystem::path config = {};
    std::filesystem::path data = default_data;
    bool live = false; // ask the backends, too
};
int check(CheckOptions const &options, Output output);
int routes(std::filesystem::path const &config, Output output);
int coverage(std::string const &dialect, Output output);

// A caller's dialect, and that of the service that holds the data.
struct Pair {
    std::string from = {}, to = {};
};
int fidelity(Pair const &pair, bool json, Output output); // of no pair: of all of them, as a document

// One message from standard input: 0 for an exact translation, 1 for one with losses, 2 where it is refused.
struct Translation {
    Pair pair = {};
    bool answer = false;        // or a request
    std::string operation = {}; // of a body alone, and of an answer
};
int translate(Translation const &wanted, std::istream &in, Output output);

// Null, and a word about it, where there is none of that name.
dialects::Dialect const *known_dialect(std::string_view name, Output output);

} // namespace gateway::commands
