#include "dialects/engine/codecs.hpp"

#include "dialects/engine/wire.hpp"

namespace dialects::codec {

Scalar::Scalar(json::value const &j) {
    auto const end = room_ + sizeof room_;
    if (auto const *s = j.if_string())
        text = *s;
    else if (auto const *b = j.if_bool())
        text = *b ? "true" : "false";
    else if (auto const *i = j.if_int64())
        text = {room_, std::to_chars(room_, end, *i).ptr};
    else if (auto const *u = j.if_uint64())
        text = {room_, std::to_chars(room_, end, *u).ptr};
    else if (auto const *d = j.if_double(); d && std::isfinite(*d))
        text = {room_, std::to_chars(room_, end, *d, std::chars_format::fixed).ptr};
}

namespace {

bool is_plain_number(std::string_view s) {
    return !s.empty() && s.size() < 19 && s.find_first_not_of("0123456789") == s.npos && (s[0] != '0' || s.size() == 1);
}

} // namespace

bool id::read(json::value const &j, std::string &s, Context const &) {
    if (j.is_double() || j.is_bool()) return false;
    Scalar const scalar(j);
    if (scalar) s = scalar.text;
    return bool(scalar);
}

void id::write(std::string const &s, Text &out) {
    if (is_plain_number(s))
        out.raw(s);
    else
        out.string(s);
}

bool integer::read(json::value const &j, std::int64_t &n, Context const &) {
    Scalar const scalar(j);
    auto const [end, error] = std::from_chars(scalar.text.data(), scalar.text.data() + scalar.text.size(), n);
    return !scalar.text.empty() && error == std::errc{} && end == scalar.text.data() + scalar.text.size();
}

bool decimal::read(json::value const &j, Decimal &d, Context const &) {
    if (j.is_bool()) return false;
    Scalar const scalar(j);
    auto const parsed = scalar ? Decimal::parse(scalar.text) : std::nullopt;
    if (parsed) d = *parsed;
    return parsed.has_value();
}

bool same_word(std::string_view a, std::string_view b, Case letters) {
    return letters == Case::ignored ? wire::same_letters(a, b) : a == b;
}

bool custom_map::read(json::value const &j, std::vector<canonical::CustomValue> &values, Context const &) {
    auto const *object = j.if_object();
    if (!object) return false;
    values.clear();
    for (auto const &[key, value] : *object) {
        auto text = text_of(value);
        if (text.empty()) return false;
        values.push_back({.key = std::string(key), .json = std::move(text)});
    }
    return true;
}

void custom_map::write(std::vector<canonical::CustomValue> const &values, Text &out) {
    out.put('{');
    for (auto const &value : values) {
        out.name(value.key);
        out.raw(value.json);
    }
    out.put('}');
}

} // namespace dialects::codec
