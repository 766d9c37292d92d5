#include "dialects/engine/target.hpp"

#include "dialects/engine/wire.hpp"

#include <algorithm>

namespace wire {

namespace {

using canonical::Code, canonical::Error, canonical::Result;

Error malformed(std::string_view what) { return {Code::malformed, {}, std::string(what)}; }

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; }

// What stands in no target, whether path or query. A space cannot come through HTTP, but a target need not.
bool never_in_target(char c) {
    return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7F || c == '#';
}

// Servers of some tools cut a segment's parameters off, so that "..;x" is a dot segment to them.
bool is_dot_segment(std::string_view segment) {
    auto const name = segment.substr(0, segment.find(';'));
    return name == "." || name == "..";
}

Result<std::vector<std::string>> split_path(std::string_view path) {
    std::vector<std::string> segments;
    segments.reserve(std::size_t(std::ranges::count(path, '/')));
    while (!path.empty()) {
        path.remove_prefix(1);
        auto const raw = path.substr(0, path.find('/'));
        path.remove_prefix(raw.size());
        if (raw.empty()) continue;
        auto segment = decode_percent(raw, false);
        if (!segment) return malformed("a broken escape in the path");
        if (std::ranges::any_of(*segment, is_control)) return malformed("a control character in the path");
        if (segment->find_first_of("/\\") != segment->npos)
            return malformed("an encoded slash or a backslash in the path");
        if (is_dot_segment(*segment)) return malformed("a dot segment in the path");
        segments.push_back(std::move(*segment));
    }
    return segments;
}

template <class Same> std::string const *find_pair(std::vector<Pair> const &pairs, Same const &same) {
    auto const pair = std::ranges::find_if(pairs, same, &Pair::name);
    return pair == pairs.end() ? nullptr : &pair->value;
}

} // namespace

std::string const *Target::find(std::string_view name) const {
    return find_pair(query, [&](std::string_view other) { return other == name; });
}

std::string const *Target::find_any_case(std::string_view name) const {
    return find_pair(query, [&](std::string_view other) { return same_letters(other, name); });
}

Result<Target> split_target(std::string_view target) {
    if (!target.starts_with('/')) return malformed("no path");
    if (std::ranges::any_of(target, never_in_target)) return malformed("a character that no request target may have");
    Result<Target> result(boost::system::in_place_value);
    auto const mark = target.find('?');
    result->raw_path = target.substr(0, mark);
    if (mark != target.npos) result->raw_query = target.substr(mark + 1);
    auto segments = split_path(result->raw_path);
    if (!segments) return segments.error();
    auto query = split_pairs(result->raw_query);
    if (!query) return query.error();
    result->segments = std::move(*segments);
    result->query = std::move(*query);
    return result;
}

Result<std::vector<Pair>> split_pairs(std::string_view text) {
    constexpr std::size_t most_pairs = 10'000;
    std::vector<Pair> pairs;
    if (text.empty()) return pairs;
    auto const count = std::size_t(std::ranges::count(text, '&')) + 1;
    if (count > most_pairs) return Error{Code::too_large, {}, "too many parameters"};
    pairs.reserve(count);
    while (!text.empty()) {
        auto const raw = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(raw.size() + 1, text.size()));
        if (raw.empty()) continue;
        auto const equals = raw.find('=');
        auto name = decode_percent(raw.substr(0, equals), true);
        auto value = decode_percent(equals == raw.npos ? std::string_view() : raw.substr(equals + 1), true);
        if (!name || !value) return malformed("a broken escape in a query or form");
        pairs.push_back({std::move(*name), std::move(*value), equals != raw.npos});
    }
    return pairs;
}

std::optional<std::string> decode_percent(std::string_view text, bool plus_is_space) {
    std::optional<std::string> plain(std::in_place, text);
    auto const end = plain->end();
    auto to = std::find_if(plain->begin(), end, [&](char c) { return c == '%' || (c == '+' && plus_is_space); });
    for (auto from = to; from != end; ++from, ++to) {
        *to = *from == '+' && plus_is_space ? ' ' : *from;
        if (*from != '%') continue;
        if (end - from < 3) return {};
        auto const high = hex_digit(from[1]), low = hex_digit(from[2]);
        if (high < 0 || low < 0) return {};
        *to = char(high * 16 + low);
        from += 2;
    }
    plain->erase(to, end);
    if (plain->find('\0') != plain->npos || !is_utf8(*plain)) return {};
    return plain;
}

std::string encode_percent(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string escaped;
    escaped.reserve(text.size() + text.size() / 4);
    for (char const c : text) {
        bool const plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain)
            escaped.push_back(c);
        else {
            auto const byte = static_cast<unsigned char>(c);
            escaped.append({'%', digits[byte >> 4], digits[byte & 15]});
        }
    }
    return escaped;
}

} // namespace wire
