#pragma once
// How a tool writes a point in time. Golden exchanges say "<now>" and "<instant>"; what that looks like is worked out
// here from the tool's documentation, never by the dialect that is under test.
#include "canonical/values.hpp"

namespace support {

struct ClockForm {
    std::string zone = "UTC"; // by its IANA name
    // As strftime has it: %Y %m %d %H %M %S, %L for three digits of milliseconds, %Ez for an offset as +01:00.
    std::string format = "%Y-%m-%dT%H:%M:%SZ";

    std::string text(canonical::Instant instant) const;
    // Whether a text looks like that, whatever the time is. Digits of the format stand for any digits.
    bool fits(std::string_view text) const;
};

// "2026-03-02T08:15:00.120Z"; nothing for any other form.
std::optional<canonical::Instant> parse_instant(std::string_view text);

} // namespace support
