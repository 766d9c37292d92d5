#pragma once
// The two kinds of patches, told apart by their shape: an array of operations (RFC 6902) or an object that is merged.
// They work on the project as it is shown; what they changed of it is what is to be written.
// (reference: the vendor's page on PATCH)
#include "dialects/engine/read.hpp"

namespace dialects::superoffice {

// The members of the document that the patch touched, as they are after it; null for what it removed. `document`: the
// project as it is shown. Fails with
//   bad_value   and a field: an operation, a path or a value that cannot be
//   conflict    and a field: a test that failed
//   malformed   neither array nor object
//   too_large   of more operations than anybody writes
Result<json::object> patched(json::object document, json::value const &patch);

} // namespace dialects::superoffice
