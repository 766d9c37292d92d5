#include "backends/sql/values.hpp"

#include <algorithm>
#include <charconv>

namespace backends::sql {

namespace {

constexpr std::size_t whole_places = 19; // of the largest number there is

void complement(std::string &digits) {
    for (auto &c : digits)
        if (c != '.') c = char('0' + '9' - c);
}

} // namespace

std::optional<std::int64_t> parse_id(std::string_view text) {
    std::int64_t id = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size() || id <= 0 || text.front() == '0') return {};
    return id;
}

bool is_guid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = text[i];
        bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool const hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string decimal_key(canonical::Decimal const &decimal) {
    auto key = decimal.text();
    bool const negative = key.starts_with('-');
    if (negative) key.erase(0, 1);
    auto const places = std::min(key.find('.'), key.size());
    if (places < whole_places) key.insert(0, whole_places - places, '0');
    if (!negative) return key;
    complement(key);
    return '-' + key + '~';
}

canonical::Decimal parse_decimal_key(std::string_view key) {
    std::string text(key);
    bool const negative = text.starts_with('-');
    if (negative) {
        text = text.substr(1, text.size() - 2);
        complement(text);
    }
    auto decimal = canonical::Decimal::parse(text).value_or(canonical::Decimal{});
    if (negative) decimal.digits = -decimal.digits;
    return decimal;
}

Bound to_column(canonical::Ref const &ref) {
    if (ref.id == canonical::anyone) return id_of_anyone;
    auto const id = parse_id(ref.id);
    return id ? Bound(*id) : Bound(nullptr);
}

Bound to_column(std::vector<canonical::CustomValue> const &values) {
    canonical::Bag bag;
    for (auto const &value : values) bag.kept.add({{}, value.key, value.json});
    return bag.json();
}

void from_column(Rows const &row, int column, std::vector<canonical::CustomValue> &values) {
    auto const bag = canonical::Bag::parse(row.text(column));
    for (std::size_t i = 0; i < bag.kept.size(); ++i)
        values.push_back({std::string(bag.kept[i].key), std::string(bag.kept[i].json)});
}

std::string json_list(std::span<std::int64_t const> ids) {
    std::string list = "[";
    for (auto const id : ids) {
        if (list.size() > 1) list += ',';
        list += std::to_string(id);
    }
    return list += ']';
}

} // namespace backends::sql
