#pragma once
// What a service left of a query is done here: its filter, its sort, its page, in that order.
#include "canonical/request.hpp"

namespace backends::upstream {

// What of the query makes no sense, before anybody is asked.
canonical::Result<void> check(canonical::Request const &request);
// The query was checked. A reply whose filter is open holds all records that may fit, and so on.
void finish(canonical::Request const &request, canonical::Reply &reply);

} // namespace backends::upstream
