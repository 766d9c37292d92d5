#pragma once
// Why the front end turns a request away before any dialect reads it. The status is what HTTP has for the case; the
// words of the answer are those of the dialect that the target would have reached.
#include "canonical/error.hpp"

#include <optional>
#include <string_view>

namespace gateway::front_end {

struct Refusal {
    unsigned status = 400;
    canonical::Code code = canonical::Code::malformed;
    std::string_view why; // a literal: never what the client sent

    canonical::Error error() const { return {.code = code, .detail = std::string(why)}; }
};

// Nothing: the request may pass.
using Verdict = std::optional<Refusal>;

constexpr Refusal bad_request(std::string_view why) { return {.why = why}; }

} // namespace gateway::front_end
