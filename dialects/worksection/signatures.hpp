#pragma once
// Who asks, by one of Worksection's ways to sign a request: a hash over the query, or an HMAC in a header.
// (reference: the vendor's help page on the API key; its SDKs 2.1 and 3; what other clients hash)
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

// By the parameter `hash`. Clients do not agree on what they hash, so several readings of the query are tried: as it
// came, decoded, and encoded anew as PHP and as browsers do it; of forms also the body's pairs.
Caller const *by_hash(Call const &call, std::string_view hash);

// By "Authorization: Admin <unix time>_<hex>", which signs the action of the query and the time.
Caller const *by_signed_time(Call const &call, std::string_view action);

} // namespace dialects::worksection
