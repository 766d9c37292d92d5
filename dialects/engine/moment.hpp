#pragma once
// Dates and times by a form such as "DD.MM.YYYY" or "YYYY-MM-DDThh:mm:ss.fff": each letter is one digit of its part.
#include "dialects/engine/text.hpp"

namespace dialects {

class Moment {
public:
    Moment() = default;
    explicit Moment(canonical::Instant t);

    std::chrono::milliseconds time_of_day() const;
    bool is_time() const { return parts_[3] < 24 && parts_[4] < 60 && parts_[5] <= 60; }
    // Nothing if there is no such day or time.
    std::optional<canonical::Instant> instant() const;

    // Takes what fits the form off the front of the text; false, and nothing taken, where it does not fit.
    bool read(std::string_view form, std::string_view &text);
    void write(std::string_view form, Text &out) const;

    int year() const { return parts_[0]; }
    int day() const { return parts_[2]; }

private:
    static int part_of(char letter); // its place in parts_, or -1

    int parts_[7]{}; // year, month, day, hour, minute, second, millisecond
};

// An ISO 8601 time: "2026-03-02T09:30:00", a space for the T, any number of digits of a second, "Z", an offset or
// neither of them: then it is a time on the wall of that zone. A date alone is its midnight there. Finer than
// milliseconds is cut.
std::optional<canonical::Instant> read_instant(std::string_view text, Zone const &zone);

// "Wed, 04 Mar 2026 10:00:00 GMT", as header fields have it.
std::optional<canonical::Instant> read_http_date(std::string_view text);

// "+02:00".
void write_offset(std::chrono::minutes offset, Text &out);

} // namespace dialects
