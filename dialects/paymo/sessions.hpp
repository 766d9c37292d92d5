#pragma once
// Session tokens, which stand for a key or a password in X-Session. They are signed and not kept: they end with their
// time, with the credential, or when their owner says so. (reference: the vendor's page on authentication)
#include "dialects/engine/dialect.hpp"

namespace dialects::paymo {

// Whose session the header names; nothing (null) for a dead one.
Caller const *caller_of_session(Call const &call);

// The session that the request came with, if it did; and the one of an id, if it is the caller's.
Serve serve_sessions(Call &call);
Serve serve_new_session(Call &call);
Serve serve_end_of_session(Call &call);

} // namespace dialects::paymo
