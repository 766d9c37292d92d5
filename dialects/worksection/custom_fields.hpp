#pragma once
// The fields that a workspace defined for its projects, or for its tasks; the action says which. (reference: what
// clients of the API read)
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

Serve get_custom_fields(Call &call);

} // namespace dialects::worksection
