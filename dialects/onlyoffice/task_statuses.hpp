#pragma once
// The statuses of tasks: a portal's own ones, which are those of the default workflow here, and two that every portal
// has and nobody changes. (reference: server source 12.7, custom statuses of tasks)
#include "dialects/engine/dialect.hpp"
#include "dialects/engine/fields.hpp"

namespace dialects::onlyoffice {

extern Table<canonical::WorkflowStatus> const task_status_table;

Serve list_task_statuses(Call &call);
Serve create_task_status(Call &call);
Serve update_task_status(Call &call);
Serve update_task_statuses(Call &call); // several
Serve remove_task_status(Call &call);

} // namespace dialects::onlyoffice
