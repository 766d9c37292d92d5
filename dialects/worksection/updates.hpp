#pragma once
// The talks of Worksection that ask more than once: an update that looks its tags up, closing and activating.
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

Serve update_project(Call &call);
Serve close_project(Call &call);
Serve activate_project(Call &call);

} // namespace dialects::worksection
