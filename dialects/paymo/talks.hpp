#pragma once
// What takes more than one question: what comes along with records, what a new project or workflow gets, what goes with
// a client, the two paths that have one record alone.
#include "dialects/engine/dialect.hpp"

namespace dialects::paymo {

// The caller, as a list of one user.
Serve serve_me(Call &call);
// Lists and tasks of templates alone.
Serve serve_template_part(Call &call);
// The settings of the company that runs the workspace: shown, or changed.
Serve serve_company(Call &call);

} // namespace dialects::paymo
