#pragma once
// Credentials of callers, and ours towards a real service. No message here ever shows what one holds.
#include "config/cursor.hpp"

namespace config {

enum class Digests : unsigned char { refused, welcome };

// Reads a mapping as one of the dialect's forms of a credential. A secret may be given as its digest where digests are
// welcome and the dialect does not need the secret itself. Keys come in the order of the form.
std::optional<Credential> read_credential(Cursor const &cursor, dialects::Dialect const &dialect, Digests digests);

// Whether this is a credential that the project publishes for its demo: everybody knows it.
bool is_published(dialects::Dialect const &dialect, dialects::Caller const &caller);

} // namespace config
