#pragma once
// What a call asks for, as far as it is the same for all of them: the surroundings, the body, the query.
#include "dialects/engine/read.hpp"
#include "dialects/engine/related.hpp"

namespace dialects::productive {

// The number of the workspace: as the caller knows it, else as the route says.
std::string organization_of(Call const &call, Caller const *caller);

Context context_of(Call const &call);

// The resource object of the body, without attributes or relationships that are null; malformed where there is none.
// A body that is not there at all is null.
Result<json::value> read_body(Call const &call);

// What is wanted along; the argument must outlive it.
WantedRelations relations_of(Wanted const &wanted);

// Relations, and of lists the filter, the order and the page.
Result<void> read_query(Call const &call, Wanted &wanted);

// What the operation's row and the query say; of a change, an empty patch.
Result<Wanted> wanted_of(Call const &call);

} // namespace dialects::productive
