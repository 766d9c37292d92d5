#pragma once
// What stands beside the interface itself, under routes of its own: …/api says what there is, /api/state/{tenant}
// whether a tenant runs and where, /login/{tenant}/oauth/tokens gives a new token for an old one. (reference: the
// vendor's pages on the state of tenants and on OAuth)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

// How many segments of such a route's path belong to what is asked for; nothing: the route is one of the interface.
std::optional<std::size_t> segments_of_root(Settings const &settings);
bool is_of_root(Operation const &operation);

Serve get_api(Call &call);
Serve get_state(Call &call);
Serve refresh_token(Call &call);

// Whose access token that is, "8A:Cust26001.…"; nothing (null) where it is none of these.
Caller const *caller_of_access(Call const &call, std::string_view token);

} // namespace dialects::superoffice
