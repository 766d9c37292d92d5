#pragma once
// The table direction of golden exchanges: what a dialect's server wrote, its client must understand and be able to
// write again; what a client sent, must survive being read, written and read.
#include "dialects/engine/dialect.hpp"
#include "tests/support/matching.hpp"

namespace support {

// A request of an exchange and the answer that it got.
struct Exchanged {
    wire::Request const &request;
    wire::Response const &response;
    dialects::Settings const &settings; // of the route
    canonical::Instant now;
};

// Nothing where the answer is no success in JSON, or about a kind for which the dialect has no table.
Differences check_tables(dialects::Dialect const &dialect, Exchanged const &exchanged);

} // namespace support
