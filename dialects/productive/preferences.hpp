#pragma once
// What somebody prefers of a project. Here that is whether they watch it, which other tools know as following: there is
// a record for each who does. (reference: the vendor's pages on project assignments and project preferences, which are
// the same under two names)
#include "dialects/engine/dialect.hpp"

namespace dialects::productive {

Serve list_preferences(Call &call);
Serve get_preference(Call &call);
Serve create_preference(Call &call);
Serve update_preference(Call &call);
Serve remove_preference(Call &call);

} // namespace dialects::productive
