#pragma once
// Who is there: users and their teams, contacts and their folders, the folders of projects.
// (reference: the vendor's help pages on members, contacts and project folders)
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

Serve serve_me(Call &call);
Serve add_user(Call &call);
Serve add_contact(Call &call);
Serve get_teams(Call &call);
Serve add_team(Call &call);
Serve add_folder(Call &call); // of projects
Serve get_contact_folders(Call &call);
Serve add_contact_folder(Call &call);

} // namespace dialects::worksection
