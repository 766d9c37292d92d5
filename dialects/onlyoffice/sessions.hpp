#pragma once
// Signing in to ONLYOFFICE, and telling who presents a token. (reference: server source 12.7, authentication; §2 of the
// published reference has the header form alone)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

// POST authentication: user name and password for a token of a year; the page to sign in wants the cookie alone.
Serve sign_in(Call &call);
// No code was ever sent, as there is no second step; so none is right.
Serve refuse_second_step(Call &call);
// There is no mail to send a new password by: whoever asks is told so.
Serve answer_forgotten_password(Call &call);

// By a token in the query, a form, a cookie or a header, or by Basic; null where none of them is known.
Caller const *identify(Call const &call);

} // namespace dialects::onlyoffice
