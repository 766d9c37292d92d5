#pragma once
// Session tokens that need no table: who, until when, which of several, and a code over all that only the caller's own
// credential can make. They survive a restart, hold for every worker, and die with the credential. They consist of
// letters, digits, '-', '_' and '.', so that headers, cookies and queries take them as they are.
#include "dialects/engine/dialect.hpp"

namespace dialects {

// What a token is good for: one issued for something else is worth nothing here. A literal, as "onlyoffice".
using Purpose = std::string_view;

std::string issue_token(Caller const &caller, Purpose purpose, canonical::Instant expires);

struct Session {
    Caller const *caller;
    canonical::Instant expires; // in whole seconds
};

// Whose token that is; nothing where it is none, of somebody unknown, or past its time. Takes the same time for every
// wrong code.
std::optional<Session> check_token(std::string_view text, Purpose purpose, canonical::Instant now,
                                   std::span<Caller const> callers);
// The same at the time of the call, unless the session was ended.
std::optional<Session> session_of(Call const &call, std::string_view token, Purpose purpose);

// A second value that goes with a token and tells nothing of it, as browsers present it against forged requests: 32
// hex characters.
std::string derive(std::string_view token, std::string_view use);

} // namespace dialects
