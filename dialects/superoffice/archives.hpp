#pragma once
// Lists of records as rows of columns: what is selected, filtered, sorted, and a page of it with an address for the
// next. (reference: the vendor's pages on archives; recorded answers)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

Serve list_projects(Call &call);
Serve list_members(Call &call); // of one project
Serve list_people(Call &call);
Serve list_companies(Call &call); // all, or those that the members of a project stand for
Serve list_users(Call &call);

} // namespace dialects::superoffice
