#pragma once
// Who asks, as clients find out at their start. (reference: the vendor's page on SoPrincipalCarrier; recorded answers)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

Serve get_principal(Call &call);
Serve get_current_associate(Call &call);

} // namespace dialects::superoffice
