#pragma once
// The talks with the backend, one for each operation. A write looks at the project first, and again where somebody else
// was faster.
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

Serve read_project(Dialect const &self, Call &call);
Serve default_project(Dialect const &self, Call &call);
Serve create_project(Dialect const &self, Call &call);
Serve change_project(Dialect const &self, Call &call);
Serve remove_project(Dialect const &self, Call &call);

// Small questions about one project.
Serve has_guide(Call &call);
Serve get_foreign_keys(Call &call);
Serve next_milestone(Call &call);
Serve get_image(Call &call);
Serve is_number_free(Call &call); // for that project; 0 is a new one

} // namespace dialects::superoffice
