#include "dialects/superoffice/parts.hpp"

#include "dialects/engine/wire.hpp"

namespace dialects::superoffice {

json::value const *find_any_case(json::object const &object, std::string_view name) {
    if (auto const *exact = object.if_contains(name)) return exact;
    for (auto const &member : object)
        if (wire::same_letters(member.key(), name)) return &member.value();
    return nullptr;
}

Inside::Inside(View const &outer, std::string_view place) : view_(outer) {
    view_.extras = false;
    view_.only.reset();
    if (!outer.only) return;
    for (auto const path : *outer.only) {
        if (wire::same_letters(path, place)) return; // all of it
        if (path.size() > place.size() && path[place.size()] == '/' &&
            wire::same_letters(path.substr(0, place.size()), place))
            only_.push_back(path.substr(place.size() + 1));
    }
    view_.only = only_;
}

} // namespace dialects::superoffice
