#pragma once
// ONLYOFFICE's parameters: one set of names, in any case, from the query and the body; the first one wins, the query
// before the body. (reference: server source 12.7, the API framework's binder)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

canonical::Result<boost::json::value> parameters(Call const &call);

// One of them as text; nothing where it is missing, null or empty.
std::optional<std::string> parameter(boost::json::value const &parameters, std::string_view name);
// Whether it is there at all, even if it is empty.
bool has_parameter(boost::json::value const &parameters, std::string_view name);
// All of a list, however it is spelled; of objects in it, their `id`.
std::vector<std::string> list_parameter(boost::json::value const &parameters, std::string_view name);

} // namespace dialects::onlyoffice
