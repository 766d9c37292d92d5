#pragma once
// The fields that a workspace defined for its projects, or for its tasks; the action says which. (reference: what
// clients of the API read)
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

// Projects, with the values of such fields for those who ask.
Serve get_projects(Call &call);
Serve get_custom_fields(Call &call);

} // namespace dialects::worksection
