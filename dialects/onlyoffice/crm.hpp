#pragma once
// Contacts of the CRM: companies that are clients, and people without a login. A project belongs to one company, and
// people stand on its team. (reference: the vendor's pages on CRM contacts)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

// Companies first, then people; also those of one project.
Serve list_contacts(Call &call);
Serve get_contact(Call &call);
Serve create_company(Call &call);
Serve create_contact_person(Call &call);
// POST links, DELETE takes the link away: from the side of the contact, and from that of the project.
Serve link_contact(Call &call);
Serve link_project(Call &call);

} // namespace dialects::onlyoffice
