#pragma once
// Compares a whole answer, status, headers and body, with the one that a golden exchange expects.
#include "dialects/engine/wire.hpp"
#include "tests/support/exchange.hpp"

namespace support {

// What was made up in the body is remembered before the headers are compared, which often repeat it. Beside what is
// expected, numbers of a JSON body must be written plainly.
Differences compare(Answer const &expected, wire::Response const &actual, Memory &memory);

// The request that a question stands for, once what was remembered is filled in.
wire::Request request_of(Question const &question, Memory const &memory);

} // namespace support
