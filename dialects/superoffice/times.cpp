#include "dialects/superoffice/times.hpp"

namespace dialects::superoffice {

namespace chrono = std::chrono;

namespace {

constexpr std::string_view wall_form = "YYYY-MM-DDThh:mm:ss", packed_form = "YYYY-MM-DDThh:mm:ss.fffZ";

// "+010000-01-01T…" and "2026-…" alike: the year off the front.
bool take_year(std::string_view &text, int &year) {
    bool const before_christ = text.starts_with('-'), expanded = before_christ || text.starts_with('+');
    auto const digits = expanded ? 6u : 4u;
    if (expanded) text.remove_prefix(1);
    if (text.size() < digits) return false;
    auto const [end, error] = std::from_chars(text.data(), text.data() + digits, year);
    if (error != std::errc() || end != text.data() + digits) return false;
    if (before_christ) year = -year;
    text.remove_prefix(digits);
    return true;
}

// The zone's offset in winter: what .NET adds to dates long before there were offsets.
chrono::minutes standard_offset(Zone const &zone, Instant now) {
    auto const year = chrono::year_month_day(chrono::floor<chrono::days>(now)).year();
    return std::min(zone.offset_at(chrono::sys_days(year / 1 / 1)), zone.offset_at(chrono::sys_days(year / 7 / 1)));
}

void write_wall(Instant t, Text &out) { Moment(t).write(wall_form, out); }

} // namespace

bool read_time(json::value const &j, std::optional<Instant> &time, Zone const &zone) {
    time.reset();
    auto const *string = j.if_string();
    if (!string) return j.is_null();
    std::string_view rest = *string;
    if (rest.empty()) return true;
    int year = 0;
    if (!take_year(rest, year)) return false;
    bool const none = year <= 1, end = year >= 9999;
    if (none || end) { // of what follows only the form counts
        if (end) time = end_of_time;
        return read_instant("2000" + std::string(rest), {}).has_value();
    }
    auto digits = std::to_string(year);
    digits.insert(0, 4 - digits.size(), '0');
    time = read_instant(digits.append(rest), zone);
    return time.has_value();
}

void write_time(std::optional<Instant> time, Clock clock, Text &out) {
    auto const &context = out.context;
    bool const offsets = context.times == Times::with_offset;
    auto const zone = clock == Clock::planned ? context.zone : offsets ? Zone() : context.home;
    bool const bound = !time || *time == end_of_time;
    auto const offset = !bound    ? zone.offset_at(*time)
                        : offsets ? standard_offset(zone, context.now)
                                  : chrono::minutes(0);
    out.put('"');
    if (!time) { // moved only where that leads to no year before 1
        auto const least = Instant(chrono::sys_days(chrono::year(1) / 1 / 1));
        write_wall(offsets && offset.count() > 0 ? least + offset : least, out);
    } else {
        write_wall(bound ? end_of_time : *time + offset, out);
    }
    if (offsets && zone.name() == Zone().name())
        out.put('Z');
    else if (offsets)
        write_offset(offset, out);
    out.put('"');
}

bool recorded_time::read(json::value const &j, Instant &to, Context const &context) {
    std::optional<Instant> time;
    if (!read_time(j, time, context.home) || !time) return false;
    to = *time;
    return true;
}

void pack_time(std::optional<Instant> time, Text &out) {
    if (!time) return out.raw(blank::null);
    out.put('"');
    Moment(*time).write(packed_form, out);
    out.put('"');
}

std::optional<Instant> unpack_time(std::string_view json) {
    if (json.size() < 2 || json.front() != '"') return {};
    return read_instant(json.substr(1, json.size() - 2), {});
}

} // namespace dialects::superoffice
