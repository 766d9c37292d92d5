#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace wire {

namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; }

// Eight letters at once: bit 5 is set in the bytes that are A to Z.
constexpr std::uint64_t lower(std::uint64_t eight) {
    constexpr std::uint64_t ones = 0x0101010101010101, high = ones * 0x80;
    auto const low_bits = eight & ~high;
    auto const from_a = low_bits + ones * (0x80 - 'A'), beyond_z = low_bits + ones * (0x7F - 'Z');
    return eight | ((from_a ^ beyond_z) & ~eight & high) >> 2;
}

std::uint64_t eight_at(char const *text) {
    std::uint64_t eight;
    std::memcpy(&eight, text, 8);
    return eight;
}

constexpr auto token_characters = [] {
    std::array<bool, 256> yes = {};
    for (unsigned char c = '0'; c <= '9'; ++c) yes[std::size_t(c)] = true;
    for (unsigned char c = 'a'; c <= 'z'; ++c) yes[std::size_t(c)] = yes[std::size_t(c - 0x20)] = true;
    for (char const c : std::string_view("!#$%&'*+-.^_`|~")) yes[static_cast<unsigned char>(c)] = true;
    return yes;
}();

// Up to the next separator, which is taken away with it. Separators in quotes do not count.
std::string_view take_until(std::string_view &text, char separator) {
    bool quoted = false;
    std::size_t at = 0;
    for (; at < text.size() && (quoted || text[at] != separator); ++at) {
        if (quoted && text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            quoted = !quoted;
    }
    at = std::min(at, text.size());
    auto const taken = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

// Browsers escape neither backslash nor quote, so a backslash counts only before one of these two.
std::string unquoted(std::string_view text) {
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
    text = text.substr(1, text.size() - 2);
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
        plain.push_back(text[i]);
    }
    return plain;
}

} // namespace

Headers::Field Headers::operator[](std::size_t i) const {
    auto const [name, value, end] = cuts_[i];
    return {{block_.data() + name, value - name}, {block_.data() + value, end - value}};
}

std::size_t Headers::index_of(std::string_view name) const {
    for (std::size_t i = 0; i < cuts_.size(); ++i)
        if (auto const &cut = cuts_[i];
            cut.value - cut.name == name.size() && same_letters({block_.data() + cut.name, name.size()}, name))
            return i;
    return nowhere;
}

std::string_view Headers::find(std::string_view name) const {
    auto const i = index_of(name);
    return i == nowhere ? std::string_view() : (*this)[i].value;
}

Headers::Cut Headers::store(std::string_view name, std::string_view value) {
    if (name.size() + value.size() > std::uint32_t(-1) - block_.size()) throw std::length_error("header fields");
    auto const start = std::uint32_t(block_.size());
    block_.append(name).append(value);
    return {start, std::uint32_t(start + name.size()), std::uint32_t(block_.size())};
}

Headers::Cut Headers::store_checked(std::string_view name, std::string_view value) {
    if (!is_token(name)) throw std::invalid_argument("header name");
    auto const cut = store(name, value);
    for (auto i = cut.value; i < cut.end; ++i)
        if (auto const c = static_cast<unsigned char>(block_[i]); c < ' ' || c == 0x7F) block_[i] = ' ';
    return cut;
}

void Headers::add(std::string_view name, std::string_view value) { cuts_.push_back(store(name, value)); }

void Headers::set(std::string_view name, std::string_view value) {
    auto const present = index_of(name);
    auto const cut = store_checked(name, value);
    if (present == nowhere)
        cuts_.push_back(cut);
    else
        cuts_[present] = cut;
}

void Headers::append(std::string_view name, std::string_view value) { cuts_.push_back(store_checked(name, value)); }

void Headers::reserve(std::size_t fields, std::size_t characters) {
    cuts_.reserve(fields);
    block_.reserve(characters);
}

bool same_letters(std::string_view a, std::string_view b) {
    auto const size = a.size();
    if (size != b.size()) return false;
    if (size < 8) {
        for (std::size_t i = 0; i < size; ++i)
            if (lower(a[i]) != lower(b[i])) return false;
        return true;
    }
    for (std::size_t i = 0; i + 8 < size; i += 8)
        if (lower(eight_at(a.data() + i)) != lower(eight_at(b.data() + i))) return false;
    auto const last = size - 8; // the rest, and some of it again
    return lower(eight_at(a.data() + last)) == lower(eight_at(b.data() + last));
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char &c : result) c = lower(c);
    return result;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return token_characters[c]; });
}

bool is_utf8(std::string_view text) {
    auto const *at = text.data(), *const end = at + text.size();
    auto const byte = [&](std::ptrdiff_t i) { return static_cast<unsigned char>(at[i]); };
    auto const follows = [&](std::ptrdiff_t i) { return (byte(i) & 0xC0) == 0x80; };
    while (at != end) {
        while (end - at >= 8 && (eight_at(at) & 0x8080808080808080) == 0) at += 8;
        if (at == end) break;
        auto const left = end - at;
        auto const first = byte(0);
        if (first < 0x80)
            at += 1;
        else if (first < 0xC2)
            return false;
        else if (first < 0xE0) {
            if (left < 2 || !follows(1)) return false;
            at += 2;
        } else if (first < 0xF0) {
            if (left < 3 || !follows(1) || !follows(2)) return false;
            if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return false;
            at += 3;
        } else {
            if (first > 0xF4 || left < 4 || !follows(1) || !follows(2) || !follows(3)) return false;
            if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return false;
            at += 4;
        }
    }
    return true;
}

std::string_view trim(std::string_view text) {
    auto const first = text.find_first_not_of(" \t");
    if (first == text.npos) return text.substr(0, 0);
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> list_items(std::string_view list, std::string_view separators) {
    std::vector<std::string_view> items;
    while (!list.empty()) {
        auto const end = std::min(list.find_first_of(separators), list.size());
        if (auto const item = trim(list.substr(0, end)); !item.empty()) items.push_back(item);
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return items;
}

std::string excerpt(std::string_view text) {
    constexpr std::size_t most = 100;
    if (text.size() <= most) return std::string(text);
    auto end = most;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end; // not within a character
    return std::string(text.substr(0, end)) + "…";
}

std::string media_type(std::string_view content_type) { return lower(trim(take_until(content_type, ';'))); }

std::optional<std::string> parameter(std::string_view content_type, std::string_view name) {
    take_until(content_type, ';');
    while (!content_type.empty()) {
        auto value = take_until(content_type, ';');
        auto const key = trim(take_until(value, '='));
        if (same_letters(key, name)) return unquoted(trim(value));
    }
    return {};
}

std::optional<std::string_view> cookie(std::string_view field, std::string_view name) {
    while (!field.empty()) {
        auto const end = std::min(field.find(';'), field.size());
        auto const pair = trim(field.substr(0, end));
        field.remove_prefix(std::min(end + 1, field.size()));
        auto const equals = pair.find('=');
        if (equals == pair.npos || trim(pair.substr(0, equals)) != name) continue;
        auto value = trim(pair.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
        return value;
    }
    return {};
}

} // namespace wire
