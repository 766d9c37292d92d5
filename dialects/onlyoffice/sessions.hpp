#pragma once
// Signing in to ONLYOFFICE, and telling who presents a token. (reference: server source 12.7, authentication; §2 of the
// published reference has the header form alone)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

// POST authentication: user name and password for a token of a year.
Serve sign_in(Call &call);

// By a token in the query, a cookie or a header, or by Basic; null where none of them is known.
Caller const *identify(Call const &call);

} // namespace dialects::onlyoffice
