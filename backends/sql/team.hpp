#pragma once
// Who works on a project: whoever manages it is on its team, the manager is not among the co-managers, and who leaves
// the team manages it no longer.
#include "canonical/entities.hpp"

namespace backends::sql {

// Completes the patch's manager, co-managers and team against the record it is for (an empty one for a new record), so
// that they fit together. References are ids. Members that stay keep what the patch does not say about them; new ones
// joined at that time.
void settle_team(canonical::Project &patch, canonical::Project const &current, canonical::Instant now);

} // namespace backends::sql
