#include "canonical/values.hpp"

#include <algorithm>
#include <charconv>

namespace canonical {

namespace {

constexpr int most_digits = 18;

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    bool const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    Decimal result;
    int digits = 0;
    bool point = false, any = false;
    for (char const c : text) {
        if (c == '.' || c == ',') {
            if (point || !any) return {};
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return {};
        any = true;
        if (digits > 0 || c != '0') ++digits;
        if (point) ++result.scale;
        if (digits > most_digits || result.scale > most_digits) return {};
        result.digits = result.digits * 10 + (c - '0');
    }
    if (!any || text.ends_with('.') || text.ends_with(',')) return {};
    for (; result.scale > 0 && result.digits % 10 == 0; --result.scale) result.digits /= 10;
    if (negative) result.digits = -result.digits;
    return result;
}

std::string Decimal::text() const {
    auto text = std::to_string(digits);
    auto const sign = std::size_t(digits < 0), places = std::size_t(scale);
    if (text.size() <= sign + places) text.insert(sign, sign + places + 1 - text.size(), '0');
    if (places > 0) text.insert(text.size() - places, 1, '.');
    return text;
}

std::strong_ordering operator<=>(Decimal const &a, Decimal const &b) {
    // Whole parts first, so that nothing overflows; then what is left, at the finer scale.
    auto const unit_a = power_of_ten(a.scale), unit_b = power_of_ten(b.scale);
    if (auto const order = a.digits / unit_a <=> b.digits / unit_b; order != 0) return order;
    auto const scale = std::max(a.scale, b.scale);
    return (a.digits % unit_a) * power_of_ten(scale - a.scale) <=> (b.digits % unit_b) * power_of_ten(scale - b.scale);
}

} // namespace canonical
