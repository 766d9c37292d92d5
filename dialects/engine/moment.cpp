#include "dialects/engine/moment.hpp"

namespace dialects {

namespace chrono = std::chrono;

Moment::Moment(canonical::Instant t) {
    auto const midnight = chrono::floor<chrono::days>(t);
    chrono::year_month_day const date{midnight};
    auto const ms = int((t - midnight).count());
    parts_[0] = int(date.year());
    parts_[1] = int(unsigned(date.month()));
    parts_[2] = int(unsigned(date.day()));
    parts_[3] = ms / 3'600'000;
    parts_[4] = ms / 60'000 % 60;
    parts_[5] = ms / 1000 % 60;
    parts_[6] = ms % 1000;
}

chrono::milliseconds Moment::time_of_day() const {
    return chrono::milliseconds(((parts_[3] * 60 + parts_[4]) * 60 + parts_[5]) * 1000 + parts_[6]);
}

std::optional<canonical::Instant> Moment::instant() const {
    auto const date = chrono::year(parts_[0]) / chrono::month(unsigned(parts_[1])) / chrono::day(unsigned(parts_[2]));
    if (!date.ok() || !is_time()) return {};
    return chrono::sys_days(date) + time_of_day();
}

bool Moment::read(std::string_view form, std::string_view &text) {
    if (text.size() < form.size()) return false;
    Moment result;
    for (std::size_t i = 0; i < form.size(); ++i) {
        auto const part = part_of(form[i]);
        if (part < 0 ? text[i] != form[i] : text[i] < '0' || text[i] > '9') return false;
        if (part >= 0) result.parts_[part] = result.parts_[part] * 10 + (text[i] - '0');
    }
    text.remove_prefix(form.size());
    *this = result;
    return true;
}

void Moment::write(std::string_view form, Text &out) const {
    char *const to = out.take(form.size());
    Moment left = *this; // digits are taken off its parts, the last one first
    for (auto i = form.size(); i-- > 0;) {
        auto const part = part_of(form[i]);
        to[i] = part < 0 ? form[i] : char('0' + left.parts_[part] % 10);
        if (part >= 0) left.parts_[part] /= 10;
    }
}

int Moment::part_of(char letter) {
    auto const at = std::string_view("YMDhmsf").find(letter);
    return at == std::string_view::npos ? -1 : int(at);
}

std::optional<canonical::Instant> read_instant(std::string_view text, Zone const &zone) {
    Moment moment;
    if (!moment.read("YYYY-MM-DD", text)) return {};
    auto const day = moment.instant();
    if (!day) return {};
    chrono::milliseconds time{};
    if (!text.empty()) {
        Moment clock;
        if (text[0] != 'T' && text[0] != ' ') return {};
        text.remove_prefix(1);
        if (!clock.read("hh:mm:ss", text) && !clock.read("hh:mm", text)) return {};
        if (!clock.is_time()) return {};
        time = clock.time_of_day();
        if (text.starts_with('.') || text.starts_with(',')) {
            text.remove_prefix(1);
            if (text.empty() || text[0] < '0' || text[0] > '9') return {};
            for (int unit = 100; !text.empty() && text[0] >= '0' && text[0] <= '9'; unit /= 10, text.remove_prefix(1))
                time += chrono::milliseconds(unit * (text[0] - '0'));
        }
    }
    if (text.empty()) return zone.instant_of(chrono::local_time<chrono::milliseconds>(day->time_since_epoch() + time));
    if (text == "Z" || text == "z") return *day + time;
    // An unescaped + of a query has become a space on its way.
    bool const west = text[0] == '-';
    if (!west && text[0] != '+' && text[0] != ' ') return {};
    text.remove_prefix(1);
    Moment offset;
    if (!offset.read("hh:mm", text) && !offset.read("hhmm", text) && !offset.read("hh", text)) return {};
    if (!text.empty() || !offset.is_time()) return {};
    return *day + time + (west ? offset.time_of_day() : -offset.time_of_day());
}

std::optional<canonical::Instant> read_http_date(std::string_view text) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    Moment day, year, clock;
    auto const comma = text.find(", ");
    if (comma == text.npos) return {};
    text.remove_prefix(comma + 2);
    if (!day.read("DD ", text) || text.size() < 3) return {};
    auto const month = months.find(text.substr(0, 3));
    if (month == months.npos || month % 3 != 0) return {};
    text.remove_prefix(3);
    if (!year.read(" YYYY ", text) || !clock.read("hh:mm:ss", text) || text != " GMT") return {};
    auto const date =
        chrono::year(year.year()) / chrono::month(unsigned(month / 3 + 1)) / chrono::day(unsigned(day.day()));
    if (!date.ok() || !clock.is_time()) return {};
    return chrono::sys_days(date) + clock.time_of_day();
}

void write_offset(chrono::minutes offset, Text &out) {
    out.put(offset.count() < 0 ? '-' : '+');
    Moment(canonical::Instant(chrono::abs(offset))).write("hh:mm", out);
}

} // namespace dialects
