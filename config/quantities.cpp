#include "config/quantities.hpp"

#include <charconv>
#include <limits>
#include <span>

namespace config {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

// From the largest to the smallest.
constexpr Unit sizes[] = {{"GiB", 1024 * 1024 * 1024}, {"MiB", 1024 * 1024}, {"KiB", 1024}, {"B", 1}};
constexpr Unit durations[] = {{"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}};

std::optional<std::uint64_t> parse(std::string_view text, std::span<Unit const> units, std::uint64_t bare) {
    auto const digits = text.substr(0, text.find_first_not_of("0123456789"));
    auto unit = text.substr(digits.size());
    if (unit.starts_with(' ')) unit.remove_prefix(1);
    std::uint64_t number = 0, factor = unit.empty() ? bare : 0;
    auto const *const end = digits.data() + digits.size();
    if (digits.empty() || std::from_chars(digits.data(), end, number).ec != std::errc()) return {};
    for (auto const &[name, value] : units)
        if (unit == name) factor = value;
    if (factor == 0 || number > std::numeric_limits<std::int64_t>::max() / factor) return {};
    return number * factor;
}

std::string write(std::uint64_t number, std::span<Unit const> units) {
    for (auto const &[name, factor] : units)
        if (number >= factor && number % factor == 0) return std::to_string(number / factor).append(name);
    return std::to_string(number).append(units.back().name);
}

} // namespace

std::optional<std::uint64_t> parse_count(std::string_view text) {
    if (text.find_first_not_of("0123456789") != text.npos) return {};
    return parse(text, {}, 1);
}

std::optional<std::uint64_t> parse_size(std::string_view text) { return parse(text, sizes, 1); }

std::string size_text(std::uint64_t bytes) { return write(bytes, sizes); }

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    auto const number = parse(text, durations, 1000);
    if (!number) return {};
    return std::chrono::milliseconds(*number);
}

std::string duration_text(std::chrono::milliseconds duration) {
    return write(std::uint64_t(duration.count()), durations);
}

} // namespace config
