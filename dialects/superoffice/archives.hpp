#pragma once
// Lists of records as rows of columns: what is selected, filtered, sorted, and a page of it with an address for the
// next. They have addresses of their own, too, by the names of their providers, and agents ask for them by their
// bodies. (reference: the vendor's pages on archives; recorded answers)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

Serve list_projects(Call &call);
Serve list_members(Call &call); // of one project, or of all
Serve list_people(Call &call);
Serve list_companies(Call &call); // all, or those that the members of a project stand for
Serve list_users(Call &call);
Serve list_activities(Call &call);         // the tasks of a project
Serve list_links(Call &call);              // of a project
Serve list_nothing_of_project(Call &call); // what a project here never has

Serve list_archives(Call &call);
Serve get_archive(Call &call); // the parameters in the query, or in a body
Serve describe_archive(Call &call);
Serve describe_archives(Call &call);
Serve agent_archive(Call &call);

} // namespace dialects::superoffice
