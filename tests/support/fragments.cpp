#include "tests/support/fragments.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace support {

bool is_name(std::string_view text) {
    auto const fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    return !text.empty() && text[0] >= 'A' && text[0] <= 'Z' && std::all_of(text.begin(), text.end(), fits);
}

void Fragments::define(std::string const &name, json::value const &piece) {
    if (!is_name(name)) throw Unreadable("'" + name + "' is no name for a piece of JSON: capitals, digits and _ are");
    if (!pieces_.emplace(name, expand(piece)).second) throw Unreadable("'" + name + "' is defined twice");
}

json::value Fragments::expand(json::value const &source) const {
    if (auto const *text = source.if_string()) {
        std::string_view const s = *text;
        return s.starts_with('@') && is_name(s.substr(1)) ? find(s.substr(1)) : source;
    }
    if (auto const *list = source.if_array()) {
        json::array items;
        for (auto const &item : *list) items.push_back(expand(item));
        return items;
    }
    if (auto const *object = source.if_object()) return merged(*object);
    return source;
}

json::value const &Fragments::find(std::string_view name) const {
    auto const found = pieces_.find(name);
    if (found == pieces_.end()) throw Unreadable("no piece of JSON is called '" + std::string(name) + "'");
    return found->second;
}

json::object Fragments::merged(json::object const &source) const {
    json::object result;
    if (auto const *name = source.if_contains("@")) {
        auto const *base = name->is_string() ? find(name->get_string()).if_object() : nullptr;
        if (!base) throw Unreadable("\"@\" wants the name of an object");
        result = *base;
    }
    lay_over(result, source);
    return result;
}

void Fragments::lay_over(json::object &base, json::object const &changes) const {
    for (auto const &[key, value] : changes) {
        std::string_view const name = key;
        if (name == "@") continue;
        if (!name.starts_with('+')) {
            base[name] = expand(value);
            continue;
        }
        auto *inner = base.if_contains(name.substr(1));
        auto const *more = value.if_object();
        if (!inner || !inner->is_object() || !more)
            throw Unreadable("\"" + std::string(name) + "\" wants an object on both sides");
        lay_over(inner->get_object(), *more);
    }
}

} // namespace support
