#pragma once
// People who come, change, are disabled and go; only those who run the portal do that. (reference: server source 12.7,
// people module)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

Serve save_person(Call &call); // a new one, or somebody by GUID or user name
Serve change_status_of_people(Call &call);
Serve remove_person(Call &call); // who is disabled
Serve remove_people(Call &call); // those of them who are disabled and stand nowhere

} // namespace dialects::onlyoffice
