#pragma once
// What the project module is set to. It is kept with the company that runs the workspace.
// (reference: server source 12.7, common settings of projects)
#include "dialects/onlyoffice/asker.hpp"

namespace dialects::onlyoffice {

Serve get_module_settings(Call &call);
Serve set_module_settings(Call &call); // what is not sent stays

// Everybody may make projects, until that is set otherwise: then those alone who run the portal.
using MayCreate = Talk<canonical::Request, canonical::Result<canonical::Reply>, canonical::Result<bool>>;
MayCreate may_create_projects(Call const &call, Person const *asker);

} // namespace dialects::onlyoffice
