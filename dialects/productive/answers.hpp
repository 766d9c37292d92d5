#pragma once
// What every answer of Productive has in common: the media type and what may be asked for, the headers, and errors as
// JSON:API has them. (reference: the vendor's guide on errors; answers recorded from the service)
#include "dialects/engine/dialect.hpp"

namespace dialects::productive {

// Whether the body is of the one media type there is, and the answer's is welcome.
canonical::Result<void> negotiate(Call const &call);

// Whether the caller switched something on: X-Feature-Flags is a list of names.
bool has_flag(Call const &call, std::string_view flag);

wire::Response respond(Call const &call, unsigned status, std::string json);
wire::Response no_content(Call const &call);

// Errors about a query name the parameter in their field ("filter[status]", "sort"); those about a body an attribute
// ("name", "workflow"). Where a record that was referred to does not exist, nothing else is told.
wire::Response refusal(Call const &call, canonical::Error const &error);
// The same as a talk that has nothing to ask.
Serve refused(Call const &call, canonical::Error error);

} // namespace dialects::productive
