#include "dialects/engine/text.hpp"

namespace dialects {

bool Text::value(json::value const &j) {
    switch (j.kind()) {
    case json::kind::null:
        raw("null");
        return true;
    case json::kind::bool_:
        flag(j.get_bool());
        return true;
    case json::kind::int64:
        number(j.get_int64());
        return true;
    case json::kind::uint64:
        number(j.get_uint64());
        return true;
    case json::kind::double_:
        if (!std::isfinite(j.get_double())) return false;
        number(j.get_double());
        return true;
    case json::kind::string:
        string(j.get_string());
        return true;
    case json::kind::array:
        put('[');
        for (auto const &item : j.get_array()) {
            next();
            if (!value(item)) return false;
        }
        put(']');
        return true;
    case json::kind::object:
        put('{');
        for (auto const &member : j.get_object()) {
            name(member.key());
            if (!value(member.value())) return false;
        }
        put('}');
        return true;
    }
    return false;
}

void Text::escaped(std::string_view s) {
    constexpr std::string_view special = "\"\\\b\f\n\r\t", letters = "\"\\bfnrt", hex = "0123456789abcdef";
    put('"');
    for (char const c : s) {
        if (auto const i = special.find(c); i != special.npos) {
            put('\\');
            put(letters[i]);
        } else if (needs_escape(c)) {
            raw(c < 16 ? "\\u000" : "\\u001");
            put(hex[static_cast<unsigned char>(c) & 15]);
        } else {
            put(c);
        }
    }
    put('"');
}

std::string text_of(json::value const &j) {
    static Context const none;
    std::string out;
    bool said = false;
    {
        Text text(out, none);
        said = text.value(j);
    }
    if (!said) out.clear();
    return out;
}

} // namespace dialects
