#include "dialects/superoffice/periods.hpp"

#include "dialects/engine/wire.hpp"

#include <algorithm>

namespace dialects::superoffice {

namespace {

using std::chrono::days, std::chrono::local_days, std::chrono::months, std::chrono::year_month_day;

enum class Unit : int { day = 1, week, month, quarter, half, year };

// One that is counted in months: how many it has.
int months_in(Unit unit) {
    switch (unit) {
    case Unit::month:
        return 1;
    case Unit::quarter:
        return 3;
    case Unit::half:
        return 6;
    default:
        return 12;
    }
}

local_days start_of(Unit unit, local_days day) {
    if (unit == Unit::day) return day;
    if (unit == Unit::week) return day - (std::chrono::weekday(day) - std::chrono::Monday);
    year_month_day const date(day);
    auto const length = unsigned(months_in(unit));
    auto const first = (unsigned(date.month()) - 1) / length * length + 1;
    return local_days(date.year() / std::chrono::month(first) / 1);
}

local_days later(Unit unit, local_days start, int count) {
    if (unit == Unit::day) return start + days(count);
    if (unit == Unit::week) return start + days(7 * count);
    return local_days(year_month_day(start) + months(months_in(unit) * count));
}

struct Named {
    std::string_view word;
    Unit unit;
    int from; // periods away from this one
};
constexpr Named named[]{
    {"today", Unit::day, 0},           {"lastWeek", Unit::week, -1},       {"thisWeek", Unit::week, 0},
    {"nextWeek", Unit::week, 1},       {"lastMonth", Unit::month, -1},     {"thisMonth", Unit::month, 0},
    {"nextMonth", Unit::month, 1},     {"lastQuarter", Unit::quarter, -1}, {"thisQuarter", Unit::quarter, 0},
    {"nextQuarter", Unit::quarter, 1}, {"thisHalf", Unit::half, 0},        {"thisYear", Unit::year, 0}};

// How many periods before this one it begins, whether this one is in it, and how many come behind.
struct Period {
    std::string_view word;
    bool before, this_one, behind;
};
constexpr Period periods[]{{"this", false, true, false},
                           {"thisPeriod", false, true, false},
                           {"next", false, false, true},
                           {"nextPeriod", false, false, true},
                           {"previous", true, false, false},
                           {"previousPeriod", true, false, false},
                           {"thisAndNext", false, true, true},
                           {"thisAndPrevious", true, true, false},
                           {"thisPreviousAndNext", true, true, true},
                           {"thisAndPreviousAndNext", true, true, true}};

template <auto const &Rows> auto const *find(std::string_view word) {
    auto const *const row =
        std::ranges::find_if(Rows, [&](auto const &each) { return wire::same_letters(each.word, word); });
    return row == std::end(Rows) ? nullptr : row;
}

} // namespace

std::optional<Days> days_named(std::string_view word, local_days today) {
    if (wire::same_letters(word, "beforeToday")) return Days{.from = {}, .before = today};
    if (wire::same_letters(word, "afterToday")) return Days{.from = today + days(1), .before = {}};
    auto const *const row = find<named>(word);
    if (!row) return {};
    auto const start = start_of(row->unit, today);
    return Days{.from = later(row->unit, start, row->from), .before = later(row->unit, start, row->from + 1)};
}

bool is_period(std::string_view word) { return find<periods>(word) != nullptr; }

std::optional<Days> days_of_period(std::string_view word, int count, int number, local_days today) {
    constexpr int most = 1'000;
    auto const *const row = find<periods>(word);
    bool const known = row && number >= int(Unit::day) && number <= int(Unit::year);
    if (!known || count < 0 || count > most) return {};
    auto const unit = Unit(number);
    auto const start = start_of(unit, today);
    auto const from = row->before ? -count : row->this_one ? 0 : 1;
    auto const end = (row->behind ? 1 + count : row->this_one ? 1 : 0);
    return Days{.from = later(unit, start, from), .before = later(unit, start, end)};
}

} // namespace dialects::superoffice
