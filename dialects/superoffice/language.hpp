#pragma once
// Texts in several languages: names of list items hold all of them (US:"Planned";NO:"Planlagt"), reasons in field
// rights are numbers of texts. Both stay as they are until a caller asks for a language. (reference: the vendor's pages
// on headers and on multi-language texts)
#include "dialects/engine/codecs.hpp"
#include "dialects/engine/wire.hpp"

namespace dialects::superoffice {

// What SO-Language, Accept-Language and SO-Culture ask for, as iso2 codes; empty: leave texts as they are.
struct Tongue {
    std::string language = {}, culture = {};
};
Tongue tongue_of(wire::Headers const &headers);

// The part of a multi-language text in that language, or its first part; any other text whole.
std::string_view localized(std::string_view text, std::string_view language);

// A text of the service itself: "[SR_MANDATORY_FIELD_2817]" or, in a language, what it says.
void write_resource(int number, std::string_view language, Text &out);

struct localized_text {
    static bool read(json::value const &j, std::string &s, Context const &c) { return codec::easy_text::read(j, s, c); }
    static void write(std::string const &s, Text &out) { out.string(localized(s, out.context.language)); }
};

} // namespace dialects::superoffice
