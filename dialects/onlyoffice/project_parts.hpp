#pragma once
// What hangs on a project where this workspace has none of it: times, files. And the order of its tasks, which clients
// keep for themselves.
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

Serve get_order(Call &call);
Serve set_order(Call &call);
Serve list_times(Call &call);
Serve get_total_time(Call &call);
Serve list_files(Call &call); // of the project's own folder

} // namespace dialects::onlyoffice
