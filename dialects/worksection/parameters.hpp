#pragma once
// Worksection's parameters: the query's, then those of the body over them, whatever form it has.
// (reference: request forms of the vendor's collection, its SDKs and other clients)
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

// One document: flat names with dots or underscores ("options.allow_close") nested as their objects.
canonical::Result<boost::json::value> read_parameters(Call const &call);

// One of them as text; empty where it is missing or empty.
std::string parameter(boost::json::value const &parameters, std::string_view name);

// The same of a call whose parameters may not have been read: then the query's.
std::string given(Call const &call, std::string_view name);

// One of them as a list: "a, b", ["a","b"], or its members.
std::vector<std::string> list_parameter(boost::json::value const &parameters, std::string_view name);
bool has_parameter(boost::json::value const &parameters, std::string_view name);

} // namespace dialects::worksection
