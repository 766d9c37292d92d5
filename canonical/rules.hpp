#pragma once
// The rules that every store obeys, written once: a project's phase and status go together, single custom values
// change among the others, and a change of workflow needs a whole map.
#include "canonical/request.hpp"

#include <span>

namespace canonical {

// The phase that a project has after one asked for another: `not_closed` and `not_active` keep the finer one.
Phase settled(Phase wanted, Phase current);

// The status that stands for a phase: its default, else its first; nothing where no status has that phase.
ProjectStatus const *status_of(Phase phase, std::span<ProjectStatus const> statuses);

// Settles phase, status, archived and closed of a patch against the record it is for (an empty one for a new record).
// A status sets its phase; a phase sets its status, unless the present one has that phase already; closed sets
// archived, leaving it clears it. The patch's status must be one of the statuses, by id.
void settle_phase(Project &patch, Project const &current, std::span<ProjectStatus const> statuses, Instant now);

// Makes a whole list in the patch out of single changes of custom values. A change sets its value; "null" takes it
// away; no JSON at all keeps what the record has, even where the patch replaces the rest.
void settle_custom(std::span<CustomValue const> changes, Project const &current, Project &patch);

// Nothing, or all that is wrong with a change of workflow, in the order in which tools report it. `target` is nothing
// where no such workflow exists.
std::optional<Error> check_workflow_change(WorkflowMap const &wanted, Workflow const *target,
                                           std::span<WorkflowStatus const> current,
                                           std::span<WorkflowStatus const> next);

// The same for a map from task lists to statuses of the project's own workflow.
std::optional<Error> check_list_map(WorkflowMap const &wanted, std::span<TaskList const> lists,
                                    std::span<WorkflowStatus const> statuses);

} // namespace canonical
