// A document that is read, written and read again is the same document.
#include "dialects/engine/documents/xml.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

namespace json = boost::json;

constexpr std::string_view lists[]{"users"}, dictionaries[]{"fields"};
std::string_view item(std::string_view) { return "item"; }

// Keys and nil make values that their names would not make.
bool goes_by_names(std::string_view xml) {
    for (auto const word : {"key", "Key", "nil"})
        if (xml.find(word) != xml.npos) return false;
    return true;
}

// An empty list or dictionary has only its own name to tell it by, and lacks that among the items of a list.
bool has_nameless(json::value const &value) {
    auto const empty = [](json::value const &inner) {
        return (inner.is_array() && inner.get_array().empty()) || (inner.is_object() && inner.get_object().empty());
    };
    if (auto const *array = value.if_array())
        for (auto const &inner : *array)
            if (empty(inner) || has_nameless(inner)) return true;
    if (auto const *object = value.if_object())
        for (auto const &member : *object)
            if (has_nameless(member.value())) return true;
    return false;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const *data, std::size_t size) {
    constexpr dialects::XmlRules rules{.lists = lists, .dictionaries = dictionaries, .empty_is_null = true};
    auto const text = fuzz::text_of(data, size);
    auto const document = dialects::parse_xml(text, rules);
    if (!document || !goes_by_names(text) || has_nameless(document->value)) return 0;
    dialects::XmlNames const names{.root = document->root, .item = item, .dictionaries = dictionaries};
    // Lists get an element around their items, so that there may be more levels and elements than there were.
    auto wider = rules;
    wider.depth *= 4;
    wider.nodes *= 4;
    auto const again = dialects::parse_xml(dialects::to_xml(document->value, names), wider);
    fuzz::require(again.has_value());
    fuzz::require(again->root == document->root && again->value == document->value);
    return 0;
}
