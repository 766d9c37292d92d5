#pragma once
// From the conditions of a dialect's query language to the model's: what all five have in common.
#include "dialects/engine/read.hpp"

namespace dialects {

// A condition on one field. Phases that stand for two (see canonical::Phase) become what they stand for.
canonical::Filter condition(canonical::Field field, canonical::Operator op, std::vector<canonical::Value> values);

// The same with values as text, as they stand in a query.
Result<canonical::Filter> condition(Asked const &asked, canonical::Operator op, std::span<std::string const> values,
                                    Context const &context);

} // namespace dialects
