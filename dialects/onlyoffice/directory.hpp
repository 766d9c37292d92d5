#pragma once
// Who is there. Contacts of clients are no users of the portal. (reference: server source 12.7, people module)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

Serve list_people(Call &call); // by name; also found by parts of name or address
Serve get_person(Call &call);  // by GUID, by user name, by address, or the caller
Serve list_groups(Call &call);

} // namespace dialects::onlyoffice
