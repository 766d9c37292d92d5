#include "config/quantities.hpp"
#include "config/sections.hpp"

#include <algorithm>

namespace config {

namespace {

constexpr std::uint64_t KiB = 1024, MiB = 1024 * KiB, GiB = 1024 * MiB, millions = 1'000'000;

// One key of the limits: the member that it sets, and its range.
struct Size {
    std::string_view key;
    std::size_t Limits::*member;
    std::uint64_t least, most;
};
struct Count {
    std::string_view key;
    std::size_t Limits::*member;
    std::uint64_t least, most;
};
struct Duration {
    std::string_view key;
    std::chrono::milliseconds Limits::*member;
    std::chrono::milliseconds least, most;
};

constexpr Size sizes[] = {
    {"header_bytes", &Limits::header_bytes, 256, MiB},
    {"target_bytes", &Limits::target_bytes, 64, MiB},
    {"body_bytes", &Limits::body_bytes, 1, 4 * GiB},
    {"bodies_in_flight_bytes", &Limits::bodies_in_flight_bytes, 1, 1024 * GiB},
    {"body_bytes_per_second", &Limits::body_bytes_per_second, 0, GiB},
};
constexpr Count counts[] = {
    {"header_fields", &Limits::header_fields, 1, 10'000},
    {"connections", &Limits::connections, 1, millions},
    {"connections_per_client", &Limits::connections_per_client, 1, millions},
};
using namespace std::chrono_literals;
constexpr Duration durations[] = {
    {"header_timeout", &Limits::header_timeout, 1ms, 1h},
    {"body_idle_timeout", &Limits::body_idle_timeout, 1ms, 1h},
    {"keep_alive_timeout", &Limits::keep_alive_timeout, 1ms, 24h},
    {"write_timeout", &Limits::write_timeout, 1ms, 1h},
    {"grace_period", &Limits::grace_period, 0ms, 1h},
};

std::vector<std::string_view> keys() {
    std::vector<std::string_view> all;
    for (auto const &row : sizes) all.push_back(row.key);
    for (auto const &row : counts) all.push_back(row.key);
    for (auto const &row : durations) all.push_back(row.key);
    return all;
}

std::string range(std::string_view from, std::string_view to) {
    return std::string(" between ").append(from).append(" and ").append(to);
}

std::optional<std::uint64_t> within(std::optional<std::uint64_t> value, std::uint64_t least, std::uint64_t most) {
    return value && *value >= least && *value <= most ? value : std::nullopt;
}

void read(Cursor const &cursor, Size const &row, Limits &limits) {
    auto const parse = [&](std::string_view text) { return within(parse_size(text), row.least, row.most); };
    auto const wanted = "a size, as in 10MiB," + range(size_text(row.least), size_text(row.most));
    if (auto const value = cursor.parsed(parse, wanted)) limits.*row.member = *value;
}

void read(Cursor const &cursor, Count const &row, Limits &limits) {
    auto const parse = [&](std::string_view text) { return within(parse_count(text), row.least, row.most); };
    auto const wanted = "a number" + range(std::to_string(row.least), std::to_string(row.most));
    if (auto const value = cursor.parsed(parse, wanted)) limits.*row.member = *value;
}

void read(Cursor const &cursor, Duration const &row, Limits &limits) {
    auto const parse = [&](std::string_view text) {
        auto const value = parse_duration(text);
        return value && *value >= row.least && *value <= row.most ? value : std::nullopt;
    };
    auto const wanted = "a duration, as in 10s," + range(duration_text(row.least), duration_text(row.most));
    if (auto const value = cursor.parsed(parse, wanted)) limits.*row.member = *value;
}

} // namespace

Limits read_limits(Cursor const &cursor) {
    Limits limits;
    auto const all = keys();
    Section const section(cursor, all);
    auto const read_all = [&](auto const &rows) {
        for (auto const &row : rows)
            if (auto const value = section.find(row.key)) read(*value, row, limits);
    };
    read_all(sizes);
    read_all(counts);
    read_all(durations);
    if (limits.bodies_in_flight_bytes < limits.body_bytes)
        cursor.report("bodies_in_flight_bytes is less than body_bytes: no body of that size would get in");
    return limits;
}

unsigned read_workers(Cursor const &cursor) {
    auto const parse = [](std::string_view text) { return within(parse_count(text), 0, 1024); };
    return unsigned(cursor.parsed(parse, "a number between 0 (one per core) and 1024").value_or(0));
}

} // namespace config
