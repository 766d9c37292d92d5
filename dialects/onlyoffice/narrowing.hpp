#pragma once
// What narrows a list of projects by other records, which are looked at first: the people of a department, a contact.
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

// Empty where the call names none.
using Narrowing = Talk<canonical::Request, canonical::Result<canonical::Reply>, canonical::Result<canonical::Filter>>;
Narrowing narrowing_of(Call const &call);

} // namespace dialects::onlyoffice
