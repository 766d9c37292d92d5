// A form's document, flattened into names and values, makes the same document again.
#include "dialects/engine/documents/form.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

namespace json = boost::json;

void flatten(json::value const &value, std::string const &name, std::vector<wire::Pair> &into) {
    if (auto const *object = value.if_object()) {
        for (auto const &member : *object) flatten(member.value(), name + "[" + std::string(member.key()) + "]", into);
    } else if (auto const *array = value.if_array()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            flatten((*array)[i], name + "[" + std::to_string(i) + "]", into);
    } else
        into.push_back({name, std::string(value.get_string())});
}

void check(std::span<wire::Pair const> pairs, dialects::NestRules const &rules) {
    auto const document = dialects::nest(pairs, rules);
    if (!document) return;
    std::vector<wire::Pair> flat;
    for (auto const &member : document->as_object()) {
        std::string const name(member.key());
        bool const stands_for_itself = name.empty() || name.find_first_of(rules.dots ? "[]." : "[]") != name.npos;
        if (stands_for_itself) return; // nothing can be put behind such a name
        flatten(member.value(), name, flat);
    }
    auto const again = dialects::nest(flat, rules);
    fuzz::require(again.has_value() && *again == *document);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const *data, std::size_t size) {
    auto const pairs = wire::split_pairs(fuzz::text_of(data, size));
    if (!pairs) return 0;
    check(*pairs, {});
    check(*pairs, {.dots = true});
    return 0;
}
