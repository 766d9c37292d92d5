#pragma once
// ONLYOFFICE's parameters: one set of names, in any case, from the query and the body; the first one wins, the query
// before the body. (reference: server source 12.7, the API framework's binder)
#include "dialects/engine/dialect.hpp"

#include <span>

namespace dialects::onlyoffice {

canonical::Result<boost::json::value> parameters(Call const &call);

// The first of that name in any case, or nothing (null).
boost::json::value const *find_parameter(boost::json::value const &parameters, std::string_view name);
// One of them as text; nothing where it is missing, null or empty.
std::optional<std::string> parameter(boost::json::value const &parameters, std::string_view name);
// Whether it is there at all, even if it is empty.
bool has_parameter(boost::json::value const &parameters, std::string_view name);
// All of a list, however it is spelled; of objects in it, their `id`.
std::vector<std::string> list_parameter(boost::json::value const &parameters, std::string_view name);

// Of all of them, those with these names, spelled so.
boost::json::object only_these(boost::json::value const &parameters, std::span<std::string_view const> names,
                               boost::json::storage_ptr memory);

} // namespace dialects::onlyoffice
