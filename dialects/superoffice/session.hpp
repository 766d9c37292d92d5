#pragma once
// Who asks. Tools come with a credential in every request. A page in a browser comes with it once; from then on its
// session is a cookie, and a second one, which only pages of this place can read, has to stand in X-XSRF-TOKEN too.
// (reference: the vendor's pages on authentication and on XSRF)
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

canonical::Result<void> identify(Call &call);

// The ticket by which the caller may go on: the one that came, or one that is good for as long as a session.
Serve get_ticket(Call &call);

// Whether a page in a browser asks: such a one is never asked for a password, and gets a session.
bool is_page(wire::Request const &request);
// Gives a page that has come with a credential its cookies.
void open_session(Call const &call, wire::Headers &headers);

} // namespace dialects::superoffice
