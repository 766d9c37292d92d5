#pragma once
// The talks of Worksection about a project that ask more than once: making and updating one, whose tags are looked up,
// its members, closing and activating.
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

Serve post_project(Call &call);
Serve update_project(Call &call);
Serve add_project_members(Call &call);
Serve delete_project_members(Call &call);
Serve close_project(Call &call);
Serve activate_project(Call &call);

} // namespace dialects::worksection
