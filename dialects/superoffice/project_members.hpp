#pragma once
// Places on the teams of projects: entities of their own, and what the project agent does with them. All of it changes
// the team of a project. (reference: the vendor's pages on ProjectMember and the project agent)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

Serve serve_project_member(Call &call); // get, default, create, replace, patch, remove

Serve agent_default_member(Call &call);
Serve agent_get_member(Call &call);
Serve agent_save_member(Call &call); // a new one where the id is 0
Serve agent_delete_member(Call &call);
Serve agent_list_members(Call &call);
Serve agent_add_members(Call &call);
Serve agent_update_members(Call &call);
Serve agent_delete_members(Call &call);       // of one project
Serve agent_delete_members_by_id(Call &call); // of any

} // namespace dialects::superoffice
