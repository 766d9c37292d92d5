#pragma once
// Credentials of callers, and ours towards a real service. No message here ever shows what one holds.
#include "config/cursor.hpp"

namespace config {

// What a caller presents to us, or what we present to a real service.
enum class Presented : unsigned char { to_us, by_us };

// Reads a mapping as one of the forms of a credential that the dialect takes, or its client side gives. A caller's
// secret may be given as its digest where the dialect does not need the secret itself. Keys come in the order of the
// form.
std::optional<Credential> read_credential(Cursor const &cursor, dialects::Dialect const &dialect, Presented presented);

// Whether this is a credential that the project publishes for its demo: everybody knows it.
bool is_published(dialects::Dialect const &dialect, dialects::Caller const &caller);

} // namespace config
