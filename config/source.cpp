#include "config/source.hpp"

#include <algorithm>

namespace config {

std::string in_quotes(std::string_view text) {
    constexpr std::size_t most = 80;
    auto end = std::min(text.size(), most);
    auto const inside_a_character = [&] { return end < text.size() && (text[end] & '\xc0') == '\x80'; };
    while (end > 0 && inside_a_character()) --end;
    std::string result = "'";
    for (char const c : text.substr(0, end)) result += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
    return result += end < text.size() ? "…'" : "'";
}

} // namespace config
