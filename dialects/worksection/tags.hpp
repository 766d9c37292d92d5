#pragma once
// Tags of projects and of tasks, and their groups. The project statuses of the model are the tags of one group, of type
// status; the statuses of a workflow are those of one group of tasks; labels are those of the others, for projects and
// tasks alike. (reference: the vendor's help pages on tags, recorded answers)
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

// A further group of type status: the workspace has one list of statuses, so those of others are labels, of which a
// project has one at the most.
bool is_exclusive(canonical::TagGroup const &group);

// The action says whether of projects or of tasks.
Serve get_tags(Call &call);
Serve add_tags(Call &call);
Serve get_tag_groups(Call &call);
Serve add_tag_groups(Call &call);

Serve update_project_tags(Call &call);

} // namespace dialects::worksection
