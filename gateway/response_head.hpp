#pragma once
// The status line and header fields of an answer, as text. Everything about the connection is said here alone; what a
// dialect says about it is left out. No text can end its line early.
#include "dialects/engine/wire.hpp"

#include <ctime>

namespace gateway {

struct Delivery {
    bool keep_alive = true;
    bool http_1_0 = false; // of the request
    std::string_view date; // as http_date() makes it
};

// Appends to `out`, the empty line included.
void write_head(std::string &out, wire::Response const &response, Delivery const &delivery);

// Whether an answer of that status has a body at all.
constexpr bool has_body(unsigned status) { return status >= 200 && status != 204 && status != 304; }

// "Fri, 07 Aug 2026 12:52:00 GMT"
std::string http_date(std::time_t time);

// An answer of the gateway itself, where no dialect is known: {"error": what}.
wire::Response plain_response(unsigned status, std::string_view what);

} // namespace gateway
