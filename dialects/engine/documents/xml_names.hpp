#pragma once
// Any text as the name of an XML element and back, as .NET does it: what a name cannot hold becomes _xHHHH_.
#include <string>
#include <string_view>

namespace dialects {

std::string encode_name(std::string_view text);
std::string decode_name(std::string_view name);

// Whether XML 1.0 can hold the character at all.
constexpr bool is_xml_character(char32_t c) {
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
           (c >= 0x10000 && c <= 0x10FFFF);
}

// Takes one character off the front of UTF-8 text that is not empty; U+FFFD for a byte that begins none.
char32_t take_character(std::string_view &text);
void append_utf8(std::string &text, char32_t character);

} // namespace dialects
