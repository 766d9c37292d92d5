#pragma once
// The zones that SO-TimeZone knows: countries by their ISO code, regions of large countries by country and region, and
// the numbers of those whose numbers are published. (reference: the vendor's page on SO-TimeZone)
#include "dialects/engine/context.hpp"

namespace dialects::superoffice {

struct WantedZone {
    Zone zone;
    Times times = Times::plain;
};

// "NO", "261", "US-NY, includeTZOffset"; also names as "Europe/Oslo". `home`: where nothing is asked for.
canonical::Result<WantedZone> read_zone(std::string_view header, Zone const &home);

} // namespace dialects::superoffice
