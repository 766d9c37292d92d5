#pragma once
// Users and people have numbers of their own here.
#include "dialects/engine/questions.hpp"

namespace dialects::superoffice {

// By the number as a person, which is that of the user where a tool does not keep them apart.
inline canonical::Request user_of_person(std::string const &id) {
    using canonical::Filter, canonical::Operator, canonical::Person;
    canonical::Request request{.verb = canonical::Verb::list, .kind = canonical::Kind::person};
    Filter without{.op = Operator::all};
    without.children = {where<&Person::contact_record>(nullptr), where<&Person::id>(id)};
    Filter either{.op = Operator::any};
    either.children = {where<&Person::contact_record>(id), std::move(without)};
    request.query.filter.require(std::move(either));
    request.query.related = {canonical::Relation::company};
    request.query.page.limit = 1;
    return request;
}

} // namespace dialects::superoffice
