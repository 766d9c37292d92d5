#include "tests/support/clock.hpp"

#include <algorithm>
#include <date/tz.h>
#include <fmt/format.h>
#include <sstream>

namespace support {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

bool digits(std::string_view &text, std::size_t count) {
    auto const all = text.size() >= count && std::all_of(text.begin(), text.begin() + std::ptrdiff_t(count), digit);
    if (all) text.remove_prefix(count);
    return all;
}

bool offset(std::string_view &text) {
    if (text.starts_with('Z')) return text.remove_prefix(1), true;
    if (!text.starts_with('+') && !text.starts_with('-')) return false;
    text.remove_prefix(1);
    if (!digits(text, 2) || !text.starts_with(':')) return false;
    text.remove_prefix(1);
    return digits(text, 2);
}

} // namespace

std::string ClockForm::text(canonical::Instant instant) const {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(instant);
    auto with_milliseconds = format;
    if (auto const at = with_milliseconds.find("%L"); at != std::string::npos)
        with_milliseconds.replace(at, 2, fmt::format("{:03}", (instant - seconds).count()));
    return date::format(with_milliseconds, date::make_zoned(zone, seconds));
}

bool ClockForm::fits(std::string_view text) const {
    for (std::string_view form = format; !form.empty();) {
        if (form.starts_with("%Ez")) {
            form.remove_prefix(3);
            if (!offset(text)) return false;
        } else if (form.starts_with('%') && form.size() > 1) {
            auto const count = form[1] == 'Y' ? 4u : form[1] == 'L' ? 3u : 2u;
            form.remove_prefix(2);
            if (!digits(text, count)) return false;
        } else {
            auto const fits = !text.empty() && (digit(form[0]) ? digit(text[0]) : form[0] == text[0]);
            if (!fits) return false;
            form.remove_prefix(1);
            text.remove_prefix(1);
        }
    }
    return text.empty();
}

std::optional<canonical::Instant> parse_instant(std::string_view text) {
    std::istringstream in{std::string(text)};
    canonical::Instant instant;
    in >> date::parse("%Y-%m-%dT%H:%M:%SZ", instant);
    if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return {};
    return instant;
}

} // namespace support
