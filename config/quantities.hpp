#pragma once
// Numbers with a unit, as people write them: "10MiB", "1500ms".
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace config {

std::optional<std::uint64_t> parse_count(std::string_view text); // digits alone

// Bytes, or KiB, MiB, GiB; a bare number is bytes.
std::optional<std::uint64_t> parse_size(std::string_view text);
std::string size_text(std::uint64_t bytes); // in the largest unit that fits

// ms, s, m or h; a bare number is seconds.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
std::string duration_text(std::chrono::milliseconds duration);

} // namespace config
