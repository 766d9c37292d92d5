#pragma once
// A filter looked at here, over records at hand, with the meaning that it has in a store: what a service cannot be
// asked.
#include "canonical/request.hpp"

namespace backends::upstream {

// What a condition or an order looks at: a number, a decimal, or text in lower case.
using Scalar = std::variant<std::int64_t, canonical::Decimal, std::string>;

std::strong_ordering compare(Scalar const &a, Scalar const &b); // of one type

// The values of a field; none where there is no value, several of a list.
std::vector<Scalar> values_of(canonical::Entity const &record, canonical::Field field);

// What is wrong with a filter (or a sort) of that kind, in the words of a store.
canonical::Result<void> check(canonical::Filter const &filter, canonical::Kind kind);
canonical::Result<void> check(canonical::Sort const &sort, canonical::Kind kind);

// Whether a record is left. The filter was checked.
bool holds(canonical::Filter const &filter, canonical::Entity const &record);

} // namespace backends::upstream
