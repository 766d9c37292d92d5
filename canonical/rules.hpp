#pragma once
// The rules that every store obeys, written once: a project's phase and status go together, and a change of workflow
// needs a whole map.
#include "canonical/request.hpp"

#include <span>

namespace canonical {

// The phase that a project has after one asked for another: `not_closed` and `not_active` keep the finer one.
Phase settled(Phase wanted, Phase current);

// The status that stands for a phase: its default, else its first; nothing where no status has that phase.
ProjectStatus const *status_of(Phase phase, std::span<ProjectStatus const> statuses);

// Settles phase, status, archived and closed of a patch against the record it is for (an empty one for a new record).
// A status sets its phase; a phase sets its status, unless the present one has that phase already; closed sets archived,
// leaving it clears it. The patch's status must be one of the statuses, by id.
void settle_phase(Project &patch, Project const &current, std::span<ProjectStatus const> statuses, Instant now);

// Nothing, or all that is wrong with a change of workflow, in the order in which tools report it. `target` is nothing
// where no such workflow exists.
std::optional<Error> check_workflow_change(WorkflowMap const &wanted, Workflow const *target,
                                           std::span<WorkflowStatus const> current,
                                           std::span<WorkflowStatus const> next);

// The same for a map from task lists to statuses of the project's own workflow.
std::optional<Error> check_list_map(WorkflowMap const &wanted, std::span<TaskList const> lists,
                                    std::span<WorkflowStatus const> statuses);

} // namespace canonical
