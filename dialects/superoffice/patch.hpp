#pragma once
// The two kinds of patches, told apart by their shape: an array of operations (RFC 6902) or an object that is merged.
// They work on the project as it is shown; what they changed of it is what is to be written.
// (reference: the vendor's page on PATCH)
#include "dialects/engine/read.hpp"

#include <boost/json/parse.hpp>

namespace dialects::superoffice {

// The members of the document that the patch touched, as they are after it; null for what it removed. `document`: the
// project as it is shown. Fails with
//   bad_value   and a field: an operation, a path or a value that cannot be
//   conflict    and a field: a test that failed
//   malformed   neither array nor object
//   too_large   of more operations than anybody writes
Result<json::object> patched(json::object document, json::value const &patch);

template <class Drop> void drop_members(json::object &object, Drop drop) {
    for (auto member = object.begin(); member != object.end();)
        member = drop(*member) ? object.stable_erase(member) : member + 1;
}

// What a patch changes of a record, as it is shown through its table.
template <class E>
Result<json::object> changes_by(json::value const &patch, Table<E> const &table, E const &record,
                                Context const &context) {
    if (patch.is_null()) return Error{.code = Code::blank};
    std::string text;
    {
        Text out(text, context);
        write(table, View{.extras = false}, record, out);
    }
    auto const before = json::parse(text).get_object();
    auto after = patched(before, patch);
    if (after) drop_members(*after, [&](auto const &member) { return before.at(member.key()) == member.value(); });
    return after;
}

} // namespace dialects::superoffice
