#include "gateway/escape.hpp"

namespace gateway {

namespace {

bool is_plain(char c) { return c >= ' ' && c < 0x7F && c != '"' && c != '\\'; }

} // namespace

void append_escaped(std::string &out, std::string_view text, std::size_t most) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (char const c : text.substr(0, most)) {
        auto const byte = static_cast<unsigned char>(c);
        if (is_plain(c))
            out.push_back(c);
        else if (c == '"' || c == '\\')
            out.append({'\\', c});
        else
            out.append({'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]});
    }
    if (text.size() > most) out.append("...");
}

} // namespace gateway
