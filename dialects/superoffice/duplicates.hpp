#pragma once
// Records that may be the same as one that somebody is about to make: those of the same name. (reference: the vendor's
// pages on duplicates)
#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"

namespace dialects::superoffice {

inline constexpr std::string_view same_name = "Name";

template <class E> Serve duplicates_named(Call &call, std::string name) {
    auto const &self = *find_dialect("superoffice");
    auto look = all_where<&E::name>(std::move(name));
    canonical::Result<canonical::Reply> const reply = co_await look;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const context = self.context(call);
    Body body{.json = {}, .element = "ArrayOfDuplicateEntry"};
    {
        Text out(body.json, context);
        out.put('[');
        for (auto const &record : reply->records.template of<E>()) {
            out.next();
            out.raw(R"({"RuleName":)");
            out.string(same_name);
            out.raw(R"(,"SoPrimaryKey":)");
            codec::id::write(*record.id, out);
            out.raw(R"(,"EntryName":)");
            out.string(*record.name);
            out.raw(R"(,"EntryIdentifier":)");
            out.string(*record.id);
            out.raw(R"(,"RuleDisplayName":)");
            out.string(same_name);
            out.put('}');
        }
        out.put(']');
    }
    co_return respond(call, 200, std::move(body));
}

// …/Duplicates/{name}
template <class E> Serve list_duplicates(Call &call) { return duplicates_named<E>(call, call.segments().back()); }

} // namespace dialects::superoffice
