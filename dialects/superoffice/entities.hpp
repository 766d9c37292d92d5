#pragma once
// The talks about companies and people as entities: read, made, replaced, patched, deleted. Of a PUT what it does not
// say stays. (reference: the vendor's pages on Contact and Person)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

Serve serve_contact(Call &call);
Serve serve_person(Call &call);
Serve list_duplicates_of_contact(Call &call); // those of the same name

// As agents ask for them: ids in the query; a new one where the id in the body is 0.
Serve agent_contact(Call &call);
Serve agent_person(Call &call);
Serve agent_contacts(Call &call); // by numbers, in short
Serve agent_people(Call &call);
Serve agent_associate(Call &call);
Serve agent_associates(Call &call);
Serve agent_associates_of_group(Call &call);

} // namespace dialects::superoffice
