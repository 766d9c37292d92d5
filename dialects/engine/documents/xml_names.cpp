#include "dialects/engine/documents/xml_names.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace dialects {

namespace {

constexpr char32_t replacement = 0xFFFD;

struct Range {
    char32_t first, last;
};
// Those beyond ASCII with which a name may begin.
constexpr Range name_ranges[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                                 {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                 {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};

bool may_begin(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return std::ranges::any_of(name_ranges, [&](Range range) { return c >= range.first && c <= range.last; });
}

bool may_follow(char32_t c) { return may_begin(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

struct Escape {
    char32_t character = 0;
    std::size_t length = 0; // 0: there is none
};

// Whether text begins with _xHHHH_ or _xHHHHHHHH_.
Escape escape_at(std::string_view text) {
    if (!text.starts_with("_x")) return {};
    for (auto const digits : {std::size_t(4), std::size_t(8)}) {
        if (text.size() < digits + 3 || text[digits + 2] != '_') continue;
        std::uint32_t character = 0;
        auto const *first = text.data() + 2, *last = first + digits;
        if (std::from_chars(first, last, character, 16).ptr == last) return {character, digits + 3};
    }
    return {};
}

// Whether text begins with what looks like an escape once it is encoded: what no name may hold becomes an escape
// itself, and its underscore ends the digits before it.
bool will_look_escaped(std::string_view text) {
    if (!text.starts_with("_x")) return false;
    auto const digits = std::min(text.find_first_not_of("0123456789abcdefABCDEF", 2), text.size()) - 2;
    auto rest = text.substr(2 + digits);
    if ((digits != 4 && digits != 8) || rest.empty()) return false;
    return rest.front() == '_' || !may_follow(take_character(rest));
}

void append_escape(std::string &name, char32_t character) {
    char digits[8];
    auto const end = std::to_chars(std::begin(digits), std::end(digits), std::uint32_t(character), 16).ptr;
    auto const count = std::size_t(end - digits);
    std::transform(digits, end, digits, [](char c) { return c >= 'a' ? char(c - 'a' + 'A') : c; });
    name.append("_x").append((count > 4 ? 8 : 4) - count, '0').append(digits, count).append("_");
}

bool is_scalar(char32_t c) { return c != 0 && c <= 0x10FFFF && (c < 0xD800 || c >= 0xE000); }

} // namespace

std::string encode_name(std::string_view text) {
    std::string name;
    name.reserve(text.size());
    while (!text.empty()) {
        bool const looks_escaped = will_look_escaped(text);
        auto const start = text;
        auto const c = take_character(text);
        if (!looks_escaped && (name.empty() ? may_begin(c) : may_follow(c)))
            name.append(start.substr(0, start.size() - text.size()));
        else
            append_escape(name, c);
    }
    if (name.empty()) name = "_";
    return name;
}

std::string decode_name(std::string_view name) {
    std::string text;
    text.reserve(name.size());
    while (!name.empty()) {
        auto const [character, length] = escape_at(name);
        if (length > 0 && is_scalar(character)) {
            append_utf8(text, character);
            name.remove_prefix(length);
        } else {
            text.push_back(name.front());
            name.remove_prefix(1);
        }
    }
    return text;
}

char32_t take_character(std::string_view &text) {
    auto const byte = [&](std::size_t i) { return char32_t(static_cast<unsigned char>(text[i])); };
    auto const first = byte(0);
    std::size_t const length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
    if (length == 0 || text.size() < length) {
        text.remove_prefix(1);
        return replacement;
    }
    char32_t character = length == 1 ? first : first & (0x7F >> length);
    for (std::size_t i = 1; i < length; ++i) character = character << 6 | (byte(i) & 0x3F);
    text.remove_prefix(length);
    return character;
}

void append_utf8(std::string &text, char32_t c) {
    if (c < 0x80)
        text.push_back(char(c));
    else if (c < 0x800)
        text.append({char(0xC0 | c >> 6), char(0x80 | (c & 0x3F))});
    else if (c < 0x10000)
        text.append({char(0xE0 | c >> 12), char(0x80 | (c >> 6 & 0x3F)), char(0x80 | (c & 0x3F))});
    else
        text.append({char(0xF0 | c >> 18), char(0x80 | (c >> 12 & 0x3F)), char(0x80 | (c >> 6 & 0x3F)),
                     char(0x80 | (c & 0x3F))});
}

} // namespace dialects
