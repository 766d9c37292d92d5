#pragma once
// Single members of a request's body, for talks that need no table.
#include "dialects/engine/dialect.hpp"
#include "dialects/superoffice/parts.hpp"

namespace dialects::superoffice {

// Nothing (null) where there is none.
json::value const *member_of(json::value const &body, std::string_view name);
// As text; empty where there is none, or it is neither text nor number.
std::string text_of(json::value const &body, std::string_view name);
// Of an array, as text; what is none is passed over.
std::vector<std::string> numbers_of(json::value const &array);
// Those of the list under that name. Fails with blank where there is no list, with bad_value where something in it is
// no number of a record.
Result<std::vector<std::string>> numbers_under(json::value const &body, std::string_view name);

bool is_record_number(std::string_view text);

// From here on the call is about that record.
void name_record(Call &call, std::string id);

} // namespace dialects::superoffice
