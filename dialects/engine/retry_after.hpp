#pragma once
// How long somebody is to wait who asked too much.
#include "canonical/error.hpp"

namespace dialects {

// In seconds: what the service behind said, or what the tool usually says.
inline std::string retry_after(canonical::Error const &error, std::string_view usual) {
    bool const said = !error.detail.empty() && error.detail.find_first_not_of("0123456789") == std::string::npos;
    return said ? error.detail : std::string(usual);
}

} // namespace dialects
