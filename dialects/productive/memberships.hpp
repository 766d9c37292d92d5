#pragma once
// Places on teams as records of their own. Only people are on the teams of projects here, and all with a member's
// rights. (reference: the vendor's page on memberships)
#include "dialects/engine/dialect.hpp"

namespace dialects::productive {

Serve list_team_memberships(Call &call);
Serve get_team_membership(Call &call);
Serve create_team_membership(Call &call); // one that is there is answered as it is
Serve update_team_membership(Call &call); // to what it is: nothing of it can be changed
Serve remove_team_membership(Call &call);

} // namespace dialects::productive
