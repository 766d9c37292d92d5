#pragma once
// What clients ask a portal about itself before they do anything. (reference: server source 12.7)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

Serve get_capabilities(Call &call);
Serve get_version(Call &call);
Serve get_settings(Call &call);
// What the caller may make.
Serve get_rights(Call &call);
Serve get_portal(Call &call);
Serve register_client(Call &call); // of a telephone; nothing is sent to it

} // namespace dialects::onlyoffice
