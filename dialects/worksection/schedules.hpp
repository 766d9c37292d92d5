#pragma once
// Who is away on which day: kept with the person, for this tool alone. (reference: the vendor's help page on schedules)
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

Serve get_schedules(Call &call);
Serve update_schedules(Call &call); // all of it, or, where anything is wrong, nothing

} // namespace dialects::worksection
