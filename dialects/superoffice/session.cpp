#include "dialects/superoffice/session.hpp"

#include "dialects/engine/crypto.hpp"
#include "dialects/engine/text.hpp"
#include "dialects/engine/token.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/root.hpp"

namespace dialects::superoffice {

using canonical::Code, canonical::Error, canonical::Result;

namespace {

constexpr Purpose session_purpose = "superoffice", ticket_purpose = "superoffice ticket";
constexpr std::string_view session_cookie = "SuperOffice.Session", copied_cookie = "XSRF-TOKEN",
                           copy_header = "X-XSRF-TOKEN";
constexpr std::chrono::hours session_length(6);
constexpr std::string_view ticket_scheme = "SoTicket", bearer_scheme = "Bearer";

struct Credential {
    std::string_view scheme, secret;
};
Credential credential_of(wire::Request const &request) {
    auto const header = wire::trim(request.headers.find("Authorization"));
    auto const space = std::min(header.find(' '), header.size());
    return {header.substr(0, space), wire::trim(header.substr(space))};
}

bool has_password(Caller const &caller, std::string_view encoded) {
    auto const text = crypto::decode_base64(encoded);
    if (!text) return false;
    auto const colon = text->find(':');
    if (colon == text->npos) return false;
    std::string_view const both = *text;
    bool const user = caller.matches("username", both.substr(0, colon));
    bool const password = caller.matches("password", both.substr(colon + 1));
    return user && password;
}

bool is_scheme(Credential const &credential, std::string_view name) {
    return wire::same_letters(credential.scheme, name);
}

bool knows(Caller const &caller, Credential const &credential) {
    if (is_scheme(credential, "Basic")) return has_password(caller, credential.secret);
    if (is_scheme(credential, ticket_scheme)) return caller.matches("ticket", credential.secret);
    return is_scheme(credential, bearer_scheme) && caller.matches("token", credential.secret);
}

// Of a session whose copy is right.
Caller const *caller_of_page(Call const &call) {
    auto const &headers = call.request.headers;
    auto const cookies = headers.find("Cookie");
    auto const token = wire::cookie(cookies, session_cookie), cookie = wire::cookie(cookies, copied_cookie);
    if (!token || !cookie) return nullptr;
    auto const session = session_of(call, *token, session_purpose);
    auto const expected = derive(*token, copied_cookie);
    bool const copied = crypto::same_secret(headers.find(copy_header), expected);
    return session && copied && crypto::same_secret(*cookie, expected) ? session->caller : nullptr;
}

} // namespace

Result<void> identify(Call &call) {
    auto const credential = credential_of(call.request);
    if (credential.scheme.empty()) call.caller = caller_of_page(call);
    for (auto const &caller : call.callers)
        if (knows(caller, credential)) call.caller = &caller;
    if (!call.caller && is_scheme(credential, bearer_scheme)) call.caller = caller_of_access(call, credential.secret);
    if (!call.caller && is_scheme(credential, ticket_scheme))
        if (auto const session = session_of(call, credential.secret, ticket_purpose)) call.caller = session->caller;
    if (!call.caller) return Error{.code = Code::unauthenticated};
    return {};
}

Serve get_ticket(Call &call) {
    auto const credential = credential_of(call.request);
    auto const ticket = is_scheme(credential, ticket_scheme)
                            ? std::string(credential.secret)
                            : issue_token(*call.caller, ticket_purpose, call.now + session_length);
    Body body{.json = text_of(json::value(json::string(ticket))), .element = "string"};
    co_return respond(call, 200, std::move(body));
}

bool is_page(wire::Request const &request) {
    auto const &headers = request.headers;
    return headers.has("Origin") || headers.has(copy_header) ||
           wire::cookie(headers.find("Cookie"), copied_cookie).has_value() ||
           wire::lower(headers.find("Accept")).find("text/html") != std::string::npos;
}

void open_session(Call const &call, wire::Headers &headers) {
    if (!call.caller || credential_of(call.request).scheme.empty() || !is_page(call.request)) return;
    auto const token = issue_token(*call.caller, session_purpose, call.now + session_length);
    auto const secure = call.origin().starts_with("https:") ? "; Secure" : "";
    auto const place =
        "; Path=" + (call.settings.path.empty() ? "/" : call.settings.path) + "; SameSite=Strict" + secure;
    headers.append("Set-Cookie", std::string(session_cookie) + "=" + token + place + "; HttpOnly");
    headers.append("Set-Cookie", std::string(copied_cookie) + "=" + derive(token, copied_cookie) + place);
}

} // namespace dialects::superoffice
