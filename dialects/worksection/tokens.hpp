#pragma once
// Bearer tokens: a caller's own, and pairs that this program gives out for a refresh token. They need no memory, so
// that an old pair goes on until its time is over. Codes of a browser's sign-in are not given out. (reference: the
// vendor's help page on OAuth 2.0; what its PHP libraries send)
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

// Who asks, by "Authorization: Bearer" or the parameter access_token; unauthenticated, about "expired" where the token
// was good once.
canonical::Result<Caller const *> by_token(Call const &call);

Serve refresh_token(Call &call); // also what a code would be changed for
Serve token_owner(Call &call);

} // namespace dialects::worksection
