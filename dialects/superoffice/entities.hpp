#pragma once
// The talks about companies and people as entities: read, made, replaced, patched, deleted. Of a PUT what it does not
// say stays. (reference: the vendor's pages on Contact and Person)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

Serve serve_contact(Call &call);
Serve serve_person(Call &call);

} // namespace dialects::superoffice
