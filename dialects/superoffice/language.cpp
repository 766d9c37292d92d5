#include "dialects/superoffice/language.hpp"

#include <algorithm>

namespace dialects::superoffice {

namespace {

// The first tag of a list of languages: "nb-no" and "nb, en;q=0.5" are "nb". Nothing for *, x and -.
std::string first_language(std::string_view header) {
    auto const tag = wire::trim(header.substr(0, header.find_first_of(",;")));
    auto const primary = tag.substr(0, tag.find('-'));
    return primary.size() < 2 ? std::string() : wire::lower(primary);
}

// How multi-language texts call a language; some have had two names.
struct Mark {
    std::string_view language, mark;
};
constexpr Mark marks[]{{"en", "US"}, {"en", "UK"}, {"no", "NO"}, {"nb", "NO"}, {"nn", "NO"}, {"de", "GE"},
                       {"de", "DE"}, {"sv", "SW"}, {"sv", "SE"}, {"da", "DA"}, {"da", "DK"}, {"nl", "NL"},
                       {"fr", "FR"}, {"es", "ES"}, {"it", "IT"}, {"cs", "CZ"}, {"fi", "FI"}, {"pl", "PL"}};

bool means(std::string_view mark, std::string_view language) {
    return std::ranges::any_of(marks, [&](auto const &row) { return row.mark == mark && row.language == language; });
}

struct Part {
    std::string_view mark, text;
};
// One XX:"…" off the front, with the semicolon after it; nothing where the text has another form.
std::optional<Part> take_part(std::string_view &text) {
    auto const letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() < 5 || !letter(text[0]) || !letter(text[1]) || text.substr(2, 2) != ":\"") return {};
    auto end = text.find('"', 4);
    while (end != text.npos && end + 1 < text.size() && text[end + 1] != ';') end = text.find('"', end + 1);
    if (end == text.npos) return {};
    Part const part{text.substr(0, 2), text.substr(4, end - 4)};
    text.remove_prefix(std::min(end + 2, text.size()));
    return part;
}

// What makes a field mandatory, in the words of its label. English stands in for other languages.
struct Label {
    int number;
    std::string_view language, text;
};
constexpr Label labels[]{
    {2817, "en", "Name"},
    {2817, "no", "Navn"},
    {2817, "nb", "Navn"},
    {2817, "nn", "Namn"},
    {2817, "sv", "Namn"},
    {2817, "da", "Navn"},
    {2817, "de", "Name"},
    {2817, "nl", "Naam"},
    {2817, "fr", "Nom"},
    {2818, "en", "Number"},
    {2818, "no", "Nummer"},
    {2818, "nb", "Nummer"},
    {2818, "nn", "Nummer"},
    {2818, "sv", "Nummer"},
    {2818, "da", "Nummer"},
    {2818, "de", "Nummer"},
    {2818, "nl", "Nummer"},
    {2818, "fr", "Numéro"},
    {2819, "en", "Type"},
    {2819, "no", "Type"},
    {2819, "nb", "Type"},
    {2819, "nn", "Type"},
    {2819, "sv", "Typ"},
    {2819, "da", "Type"},
    {2819, "de", "Typ"},
    {2819, "nl", "Type"},
    {2819, "fr", "Type"},
    {2821, "en", "Responsible"},
    {2821, "no", "Ansvarlig"},
    {2821, "nb", "Ansvarlig"},
    {2821, "nn", "Ansvarleg"},
    {2821, "sv", "Ansvarig"},
    {2821, "da", "Ansvarlig"},
    {2821, "de", "Zuständig"},
    {2821, "nl", "Verantwoordelijke"},
    {2821, "fr", "Responsable"},
};

} // namespace

Tongue tongue_of(wire::Headers const &headers) {
    auto const own = headers.find("SO-Language"), culture = headers.find("SO-Culture");
    Tongue tongue{.language = first_language(own.empty() ? headers.find("Accept-Language") : own)};
    if (!tongue.language.empty()) tongue.culture = culture.empty() ? tongue.language : first_language(culture);
    return tongue;
}

std::string_view localized(std::string_view text, std::string_view language) {
    if (language.empty()) return text;
    std::optional<Part> chosen;
    bool found = false;
    for (auto rest = text; !rest.empty();) {
        auto const part = take_part(rest);
        if (!part) return text;
        bool const wanted = means(part->mark, language);
        if (!chosen || (wanted && !found)) chosen = part;
        found = found || wanted;
    }
    return chosen ? chosen->text : text;
}

void write_resource(int number, std::string_view language, Text &out) {
    if (language.empty()) {
        out.raw(R"("[SR_MANDATORY_FIELD_)");
        out.number(number);
        return out.raw(R"(]")");
    }
    std::string_view text;
    for (auto const &label : labels)
        if (label.number == number && (label.language == language || (text.empty() && label.language == "en")))
            text = label.text;
    out.string(text);
}

} // namespace dialects::superoffice
