#pragma once
// SuperOffice numbers countries as ISO 3166-1 does: Norway is 578.
#include <functional>
#include <string_view>

namespace dialects::superoffice {

// Of an alpha-2 code; nothing for what is none.
std::string_view country_number(std::string_view code);
// And back; of 0 and what is no number of a country, nothing.
std::string_view country_code(std::string_view number);

// Calls f(code, number) for each of them.
void for_each_country(std::function<void(std::string_view, std::string_view)> const &f);

} // namespace dialects::superoffice
