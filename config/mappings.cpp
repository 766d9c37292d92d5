#include "config/sections.hpp"

#include <algorithm>
#include <set>

namespace config {

namespace {

using Table = std::map<std::string, std::string>;

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return text;
}

bool is_email(std::string_view text) { return text.find('@') != text.npos; }

enum class Words : unsigned char { names, emails };

// Reads words of the caller and the words of the backend that stand for them. A reply could not tell two words of the
// caller apart that stand for one of the backend.
Table read_words(Cursor const &cursor, Words kind) {
    Table words;
    std::set<std::string> mine, theirs;
    for (auto const &[key, place, value] : cursor.pairs()) {
        auto const word = value.word();
        if (key.empty())
            place.report("this must not be empty");
        else if (!mine.insert(lower(key)).second)
            place.report(in_quotes(key) + " is here twice: case does not matter");
        else if (kind == Words::emails && !is_email(key))
            place.report(in_quotes(key) + " is not an email address");
        if (!word) continue;
        if (!theirs.insert(lower(*word)).second)
            value.report("another word stands for " + in_quotes(value.written()) +
                         ": replies could not tell them apart");
        else if (kind == Words::emails && !is_email(*word))
            value.report(in_quotes(value.written()) + " is not an email address");
        words.emplace(key, *word);
    }
    return words;
}

// Names of fields are as the file writes them: they hold no variables.
class FieldsReader {
public:
    std::vector<canonical::Mapping::FieldPair> read(Cursor const &cursor) {
        std::vector<canonical::Mapping::FieldPair> fields;
        for (auto const &[key, place, value] : cursor.pairs()) {
            canonical::Mapping::FieldPair pair{.caller = key, .backend = value.written()};
            bool const one = is_field(key, place), other = is_field(pair.backend, value);
            auto const wrong = one && other ? canonical::check_field_pair(pair) : std::nullopt;
            if (wrong) value.report(*wrong);
            fields.push_back(std::move(pair));
        }
        return fields;
    }

private:
    bool is_field(std::string const &name, Cursor const &cursor) {
        auto const wrong = canonical::check_field_name(name);
        if (wrong)
            cursor.report(*wrong);
        else if (!seen_.insert(name).second)
            cursor.report("field " + in_quotes(name) + " is mapped twice");
        return !wrong;
    }

    std::set<std::string> seen_;
};

Table read_defaults(Cursor const &cursor) {
    Table defaults;
    for (auto const &[key, place, value] : cursor.pairs()) {
        auto const text = value.text();
        if (!text) continue;
        if (auto const wrong = canonical::check_default(key, *text))
            place.report(*text == value.written() ? *wrong : "this is no value for " + in_quotes(key));
        defaults.emplace(key, *text);
    }
    return defaults;
}

canonical::Mapping read_mapping(Cursor const &cursor) {
    Section const section(cursor, {"statuses", "people", "fields", "defaults"});
    canonical::Mapping mapping;
    if (auto const statuses = section.find("statuses")) mapping.statuses = read_words(*statuses, Words::names);
    if (auto const people = section.find("people")) mapping.people = read_words(*people, Words::emails);
    if (auto const fields = section.find("fields")) mapping.fields = FieldsReader().read(*fields);
    if (auto const defaults = section.find("defaults")) mapping.defaults = read_defaults(*defaults);
    return mapping;
}

} // namespace

std::vector<std::pair<std::string, canonical::Mapping>> read_mappings(Cursor const &cursor) {
    std::vector<std::pair<std::string, canonical::Mapping>> mappings;
    for (auto const &pair : cursor.pairs()) mappings.emplace_back(pair.key, read_mapping(pair.value));
    return mappings;
}

} // namespace config
