#pragma once
// The project agent: the same records as under Project/, asked for by methods. Ids stand in the query, other arguments
// in the body; answers have no addresses in them. (reference: the vendor's pages on the project agent)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

Serve agent_get_project(Call &call);
Serve agent_save_project(Call &call); // a new one where the id is 0
Serve agent_delete_project(Call &call);
Serve agent_default_project(Call &call);
Serve agent_set_completed(Call &call);
Serve agent_list_projects(Call &call); // by numbers, or the caller's own

} // namespace dialects::superoffice
