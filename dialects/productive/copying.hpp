#pragma once
// The arguments of what is done with projects: the flags of a copy, and maps of workflow statuses and task lists.
#include "dialects/engine/read.hpp"

namespace dialects::productive {

// What the flags of a body ask for; those that cannot be read are added to the problems. Parts that this workspace has
// no records of are understood and have no effect.
canonical::CopyParts read_copy_parts(json::value const &body, std::vector<Error> &unreadable);

Result<canonical::WorkflowMap> read_workflow_map(json::value const &body);

} // namespace dialects::productive
