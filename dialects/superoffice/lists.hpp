#pragma once
// The lists of a workspace: statuses and types of projects as items that are kept, and as choices (MDO lists), users
// too. (reference: the vendor's pages on List and MDOList)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

Serve list_statuses(Call &call);
Serve get_status(Call &call);
Serve create_status(Call &call);
Serve replace_status(Call &call);
Serve remove_status(Call &call);
Serve list_types(Call &call);
Serve get_choices(Call &call);
Serve get_choice_lists(Call &call);
// As agents ask for them: id, value, tooltip.
Serve agent_statuses(Call &call);
Serve agent_types(Call &call);
Serve agent_status(Call &call);
Serve agent_choices(Call &call);
Serve agent_items_of_list(Call &call);
Serve default_item(Call &call);

} // namespace dialects::superoffice
