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

} // namespace dialects::superoffice
