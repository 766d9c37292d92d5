#pragma once
// What is found by a word in projects, everywhere or in one; and a stamp that changes with them. (reference: server
// source 12.7, the project module)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

Serve search_projects(Call &call);
Serve get_change_stamp(Call &call);

} // namespace dialects::onlyoffice
