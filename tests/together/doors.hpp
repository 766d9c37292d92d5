#pragma once
// How the demo's callers ask the server as it comes.
#include "dialects/engine/wire.hpp"
#include "tests/support/exchange.hpp"

#include <span>

namespace together {

// The config that comes with the program, as a site to run.
support::Exchange demo();

struct Door {
    std::string_view dialect, path, media_type;
    std::vector<std::pair<std::string_view, std::string_view>> headers;

    // With the credential and, where it may have a body, the media type.
    wire::Request request(std::string_view method, std::string target) const;
};

// Of all five.
std::span<Door const> doors();
Door const &door_of(std::string_view dialect);

} // namespace together
