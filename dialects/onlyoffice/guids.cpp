#include "dialects/onlyoffice/guids.hpp"

#include "dialects/engine/wire.hpp"

namespace dialects::onlyoffice {

std::optional<std::string> read_guid(std::string_view text) {
    constexpr std::size_t digits = 32;
    bool const enclosed =
        text.size() > 2 && ((text.front() == '{' && text.back() == '}') || (text.front() == '(' && text.back() == ')'));
    if (enclosed) text = text.substr(1, text.size() - 2);
    bool const dashed = text.size() == digits + 4;
    std::string guid;
    bool is_nought = true;
    for (char const c : wire::lower(text)) {
        bool const dash_due =
            dashed && (guid.size() == 8 || guid.size() == 13 || guid.size() == 18 || guid.size() == 23);
        if (dash_due != (c == '-')) return {};
        bool const is_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (!dash_due && !is_digit) return {};
        is_nought = is_nought && (c == '0' || c == '-');
        guid += c;
    }
    if (!dashed && guid.size() != digits) return {};
    if (is_nought) return std::string();
    if (!dashed)
        for (std::size_t const at : {8u, 13u, 18u, 23u}) guid.insert(at, 1, '-');
    return guid;
}

std::string plain_guid(std::string_view text) { return read_guid(text).value_or(std::string(text)); }

} // namespace dialects::onlyoffice
