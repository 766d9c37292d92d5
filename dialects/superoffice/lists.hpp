#pragma once
// The lists of a workspace: statuses and types of projects, which can be changed; users, groups, countries; and lists
// that every installation has, but of which there is nothing here. As lists of items, and as choices (MDO lists).
// (reference: the vendor's pages on List and MDOList)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

// The path names the list, by its number or one of its names.
Serve list_lists(Call &call);
Serve get_list(Call &call);
Serve list_items(Call &call);
Serve get_item(Call &call);
Serve default_item(Call &call);
Serve create_item(Call &call);
Serve replace_item(Call &call);
Serve remove_item(Call &call);
Serve list_nothing(Call &call); // headings, groups
Serve get_choice_lists(Call &call);
Serve get_choices(Call &call);
Serve get_selectable_choices(Call &call);

// As agents ask for them, by the body.
Serve agent_statuses(Call &call); // id, value, tooltip
Serve agent_types(Call &call);
Serve agent_status(Call &call);
Serve agent_choices(Call &call);
Serve agent_items_of_list(Call &call);
Serve agent_save_item(Call &call); // a new one where the id is 0

} // namespace dialects::superoffice
