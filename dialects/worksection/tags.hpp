#pragma once
// Tags of projects and their groups. The project statuses of the model are the tags of one group, of type status;
// labels are those of the others. (reference: the vendor's help pages on project tags, recorded answers)
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

Serve get_project_tags(Call &call);
Serve add_project_tags(Call &call);
Serve update_project_tags(Call &call);
Serve get_project_tag_groups(Call &call);
Serve add_project_tag_groups(Call &call);

} // namespace dialects::worksection
