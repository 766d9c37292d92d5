#pragma once
// What every answer of SuperOffice has in common: its media type, as the caller wants it, the headers against caches,
// and the words of errors.
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

struct Body {
    std::string json;
    std::string_view element;     // what it is called in XML
    std::string_view format = {}; // "json", "xml", in any case: said in place of Accept
};
bool is_format(std::string_view name);

wire::Response respond(Call const &call, unsigned status, Body body);
// 204, 304: nothing to say.
wire::Response respond(Call const &call, unsigned status);
wire::Response refusal(Call const &call, canonical::Error const &error);

} // namespace dialects::superoffice
