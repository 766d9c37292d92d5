#pragma once
// Stretches of days as conditions name them: this week, the last three quarters. Weeks begin on Monday. (reference: the
// vendor's page on archive restrictions)
#include <chrono>
#include <optional>
#include <string_view>

namespace dialects::superoffice {

// From a day on, and before another; nothing: without that end.
struct Days {
    std::optional<std::chrono::local_days> from, before;
};

// By one word: "thisWeek", "beforeToday"; nothing for any other.
std::optional<Days> days_named(std::string_view word, std::chrono::local_days today);

// "thisAndNext" and the like, with so many periods of a unit: 1 day, 2 week, 3 month, 4 quarter, 5 half, 6 year.
bool is_period(std::string_view word);
std::optional<Days> days_of_period(std::string_view word, int count, int unit, std::chrono::local_days today);

} // namespace dialects::superoffice
