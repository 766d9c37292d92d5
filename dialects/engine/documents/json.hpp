#pragma once
// JSON text into a document, with what Boost.JSON lets through and we do not: infinities, lost digits, NUL characters,
// keys said twice, objects with a member for every byte of memory. Forms and XML become the same kind of document.
#include "canonical/error.hpp"

#include <boost/json/value.hpp>
#include <string_view>

namespace dialects {

struct JsonRules {
    std::size_t depth = 32;         // of objects and arrays in one another
    std::size_t members = 10'000;   // of one object
    std::size_t values = 1'000'000; // of all objects and arrays together
    bool last_key_wins = false;     // otherwise a key said twice is malformed
    bool relaxed = false;           // also single quotes, names without quotes, trailing commas
};

// Of UTF-8, with or without a byte order mark; `memory` holds the document. Fails with
//   malformed   and a detail: "Syntax error at line 3, column 14", "Number out of range at …", "Duplicate key 'x'"
//   too_large   beyond one of the limits
// Integers beyond 64 bits and numbers with more than 17 significant digits are out of range: nothing is rounded.
canonical::Result<boost::json::value> parse_json(std::string_view text, JsonRules const &rules = {},
                                                 boost::json::storage_ptr memory = {});

// Relaxed JSON as strict JSON; what is neither comes out as something that does not parse.
std::string strict_json(std::string_view relaxed);

} // namespace dialects
