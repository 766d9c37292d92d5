#pragma once
// A request target, split and decoded once. Tolerant where old clients are sloppy (raw brackets, quotes, a bare '?',
// doubled slashes), strict where a path could mean two things to two readers: dot segments, encoded slashes and
// backslashes, control characters and broken percent escapes are refused. (reference: the clients of all five tools)
#include "canonical/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wire {

struct Pair {
    std::string name, value;
    bool has_value = true; // whether there was a '='
};

struct Target {
    std::vector<std::string> segments; // decoded; empty ones are left out
    std::vector<Pair> query;           // decoded; + is a space, empty pairs are left out, a second '?' is a letter
    std::string_view raw_path, raw_query;

    // The first of that name, or nothing (null).
    std::string const *find(std::string_view name) const;
    std::string const *find_any_case(std::string_view name) const;
};

// Of the form "/path?query"; malformed for anything else. `target` must outlive the result.
canonical::Result<Target> split_target(std::string_view target);

// key=value&… as in queries and forms. Broken escapes, NUL and what is no UTF-8 are malformed, more than 10,000 pairs
// too_large.
canonical::Result<std::vector<Pair>> split_pairs(std::string_view text);

// %XX and, where asked, + for a space. Nothing for a broken escape, a NUL or what is no UTF-8.
std::optional<std::string> decode_percent(std::string_view text, bool plus_is_space);
// All but letters, digits and -._~ escaped.
std::string encode_percent(std::string_view text);

} // namespace wire
