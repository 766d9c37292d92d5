#pragma once
// The project agent: the same records as under Project/, asked for by methods. Ids stand in the query, other arguments
// in the body; answers have no addresses in them. (reference: the vendor's pages on the project agent)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

Serve agent_get_project(Call &call);
Serve agent_save_project(Call &call);     // a new one where the id is 0
Serve agent_get_bare_project(Call &call); // without its members, who stay as they are when it is saved
Serve agent_save_bare_project(Call &call);
Serve agent_delete_project(Call &call);
Serve agent_default_project(Call &call);
Serve agent_set_completed(Call &call);
Serve agent_list_projects(Call &call); // by numbers; the caller's own; those of a person or a company
Serve agent_next_status(Call &call);   // the one that follows on the project's in the list
Serve agent_has_guide(Call &call);
Serve agent_next_milestone(Call &call);
Serve agent_is_number_free(Call &call);
Serve agent_duplicates(Call &call);
Serve validate_project(Call &call); // also by its address
Serve list_duplicates_of_project(Call &call);
Serve list_duplicate_rules(Call &call);

} // namespace dialects::superoffice
