#include "canonical/lower.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace canonical {

namespace {

// Capital letters: all of the range become small ones by a distance, or every other one by one.
struct Capitals {
    char32_t first, last;
    int distance;
    bool every_other = false;
};

constexpr Capitals capitals[] = {
    {U'A', U'Z', 32},          {0x00C0, 0x00D6, 32}, // Latin
    {0x00D8, 0x00DE, 32},      {0x0100, 0x012E, 1, true}, {0x0132, 0x0136, 1, true}, {0x0139, 0x0147, 1, true},
    {0x014A, 0x0176, 1, true}, {0x0178, 0x0178, -121},    {0x0179, 0x017D, 1, true}, {0x0386, 0x0386, 38}, // Greek
    {0x0388, 0x038A, 37},      {0x038C, 0x038C, 64},      {0x038E, 0x038F, 63},      {0x0391, 0x03A1, 32},
    {0x03A3, 0x03AB, 32},      {0x03C2, 0x03C2, 1}, // the sigma at a word's end
    {0x0400, 0x040F, 80},                           // Cyrillic
    {0x0410, 0x042F, 32},      {0x0460, 0x0480, 1, true}, {0x048A, 0x04BE, 1, true}, {0x04C0, 0x04C0, 15},
    {0x04C1, 0x04CD, 1, true}, {0x04D0, 0x052E, 1, true}, {0x0531, 0x0556, 48}, // Armenian
    {0x1E00, 0x1E94, 1, true},                                                  // more Latin
    {0x1E9E, 0x1E9E, -7615},   {0x1EA0, 0x1EFE, 1, true},
};

char32_t lower(char32_t letter) {
    auto const range = std::ranges::lower_bound(capitals, letter, {}, &Capitals::last);
    if (range == std::end(capitals) || letter < range->first) return letter;
    if (range->every_other && (letter - range->first) % 2 != 0) return letter;
    return char32_t(int(letter) + range->distance);
}

bool continues(unsigned char byte) { return (byte & 0xC0) == 0x80; }

void append(std::string &out, char32_t letter) {
    if (letter < 0x80) {
        out += char(letter);
    } else if (letter < 0x800) {
        out += char(0xC0 | letter >> 6);
        out += char(0x80 | (letter & 0x3F));
    } else {
        out += char(0xE0 | letter >> 12);
        out += char(0x80 | (letter >> 6 & 0x3F));
        out += char(0x80 | (letter & 0x3F));
    }
}

} // namespace

std::string lower(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        auto const byte = [&](std::size_t ahead) {
            return i + ahead < text.size() ? static_cast<unsigned char>(text[i + ahead]) : 0u;
        };
        auto const first = static_cast<unsigned char>(text[i]);
        auto const second = static_cast<unsigned char>(byte(1)), third = static_cast<unsigned char>(byte(2));
        if (first < 0x80) {
            append(out, lower(char32_t(first)));
            i += 1;
        } else if (first >= 0xC2 && first < 0xE0 && continues(second)) {
            append(out, lower(char32_t((first & 0x1F) << 6 | (second & 0x3F))));
            i += 2;
        } else if (first >= 0xE1 && first < 0xF0 && continues(second) && continues(third)) {
            append(out, lower(char32_t((first & 0x0F) << 12 | (second & 0x3F) << 6 | (third & 0x3F))));
            i += 3;
        } else {
            out += text[i++];
        }
    }
    return out;
}

} // namespace canonical
