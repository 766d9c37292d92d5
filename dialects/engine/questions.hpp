#pragma once
// Questions that talks of all dialects put to the backend.
#include "dialects/engine/dialect.hpp"

namespace dialects {

// A condition on one member of the model; of a reference, on one of its parts.
template <auto Member>
canonical::Filter where(canonical::Operator op, canonical::Value value, canonical::Part part = canonical::Part::self) {
    canonical::Filter filter{.op = op, .field = {canonical::member<Member>(), part}};
    filter.values.push_back(std::move(value));
    return filter;
}
template <auto Member> canonical::Filter where(canonical::Value value, canonical::Part part = canonical::Part::self) {
    return where<Member>(canonical::Operator::equal, std::move(value), part);
}

// Those whose member has that value.
template <auto Member>
canonical::Request all_where(canonical::Value value, canonical::Part part = canonical::Part::self) {
    canonical::Request request{.verb = canonical::Verb::list, .kind = canonical::member<Member>().kind};
    request.query.filter.require(where<Member>(std::move(value), part));
    return request;
}

// The first of them.
template <auto Member>
canonical::Request one_where(canonical::Value value, canonical::Part part = canonical::Part::self) {
    auto request = all_where<Member>(std::move(value), part);
    request.query.page.limit = 1;
    return request;
}

// The person who asks, as far as the workspace knows one.
inline canonical::Request who_asks(Call const &call) {
    return one_where<&canonical::Person::email>(call.caller->person);
}

} // namespace dialects
