// Media types, their parameters and cookies: what was read, written again, is read as the same.
#include "dialects/engine/wire.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const *data, std::size_t size) {
    auto const text = fuzz::text_of(data, size);
    auto const type = wire::media_type(text);
    fuzz::require(wire::media_type(type) == type || type.find(';') != type.npos);
    if (auto const value = wire::parameter(text, "charset")) {
        std::string field = "a/b; charset=\"";
        for (char const c : *value) {
            if (c == '"' || c == '\\') field.push_back('\\');
            field.push_back(c);
        }
        fuzz::require(wire::parameter(field + "\"", "charset") == value);
    }
    if (auto const value = wire::cookie(text, "sid"))
        fuzz::require(wire::cookie("sid=\"" + std::string(*value) + "\"", "sid") == value);
    wire::Headers headers;
    headers.set("X", text);
    fuzz::require(headers.find("x").find_first_of("\r\n") == std::string_view::npos);
    return 0;
}
