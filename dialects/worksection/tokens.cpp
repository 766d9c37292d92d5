#include "dialects/worksection/tokens.hpp"

#include "dialects/engine/crypto.hpp"
#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/engine/token.hpp"
#include "dialects/worksection/answers.hpp"
#include "dialects/worksection/parameters.hpp"
#include "dialects/worksection/tables.hpp"

namespace dialects::worksection {

using canonical::Reply;

namespace {

constexpr Purpose access = "worksection", refresh = "worksection refresh";
constexpr std::chrono::hours access_lifetime{24};
constexpr std::chrono::days refresh_lifetime{30};

// Their HTTP status is 200, too.
struct Refusal {
    std::string_view error, description;
};
constexpr Refusal wrong_client{"invalid_client", "Client authentication failed"};
constexpr Refusal wrong_code{"invalid_request", "Authorization code has been revoked"};
constexpr Refusal wrong_refresh{"invalid_request", "Cannot decrypt the refresh token"};
constexpr Refusal wrong_access{"not_authorized", "Malformed UTF-8 characters"};

wire::Response refusal(Refusal const &row) {
    std::string body;
    {
        static Context const none;
        Text text(body, none);
        text.raw(R"({"error":)");
        text.string(row.error);
        text.raw(R"(,"errorDescription":)");
        text.string(row.description);
        text.put('}');
    }
    return respond_bare(std::move(body));
}

std::string_view bearer(Call const &call) {
    auto const header = call.request.headers.find("Authorization");
    constexpr std::string_view scheme = "Bearer ";
    bool const given = header.size() > scheme.size() && wire::same_letters(header.substr(0, scheme.size()), scheme);
    return given ? header.substr(scheme.size()) : std::string_view();
}

canonical::Result<Caller const *> owner_of(Call const &call, std::string_view token) {
    Caller const *found = nullptr;
    for (auto const &caller : call.callers)
        if (!token.empty() && caller.matches("access_token", token)) found = &caller;
    if (found) return found;
    if (auto const session = session_of(call, token, access)) return session->caller;
    bool const was_good = check_token(token, access, canonical::Instant(), call.callers).has_value();
    return Error{.code = Code::unauthenticated, .field = was_good ? "expired" : ""};
}

struct Client {
    std::string id, secret;

    bool is_that_of(Caller const &caller) const {
        bool const same_id = caller.matches("client_id", id), same_secret = caller.matches("client_secret", secret);
        return same_id && same_secret;
    }
};

// Among the parameters, or in a Basic header.
Client client_of(Call const &call) {
    Client client{parameter(*call.parameters, "client_id"), parameter(*call.parameters, "client_secret")};
    auto const header = call.request.headers.find("Authorization");
    constexpr std::string_view scheme = "Basic ";
    if (!client.secret.empty() || !header.starts_with(scheme)) return client;
    auto const text = crypto::decode_base64(header.substr(scheme.size()));
    auto const colon = text ? text->find(':') : std::string::npos;
    if (colon != std::string::npos) client = {text->substr(0, colon), text->substr(colon + 1)};
    return client;
}

std::string new_pair(Call const &call, Caller const &caller) {
    auto const now = std::chrono::floor<std::chrono::seconds>(call.now);
    std::string body;
    {
        static Context const none;
        Text text(body, none);
        text.raw(R"({"token_type":"Bearer","expires_in":)");
        text.number(std::chrono::seconds(access_lifetime).count());
        text.raw(R"(,"access_token":)");
        text.string(issue_token(caller, access, now + access_lifetime));
        text.raw(R"(,"refresh_token":)");
        text.string(issue_token(caller, refresh, now + refresh_lifetime));
        text.raw(R"(,"account_url":)");
        text.string(account_url(Context::of(call)));
        text.put('}');
    }
    return body;
}

wire::Response exchanged(Call const &call) {
    auto const client = client_of(call);
    auto const token = parameter(*call.parameters, "refresh_token");
    auto const session = session_of(call, token, refresh);
    bool known = false;
    Caller const *owner = nullptr;
    for (auto const &caller : call.callers) {
        if (!client.is_that_of(caller)) continue;
        known = true;
        if ((session && session->caller == &caller) || caller.matches("refresh_token", token)) owner = &caller;
    }
    if (!known) return refusal(wrong_client);
    if (parameter(*call.parameters, "grant_type") == "authorization_code") return refusal(wrong_code);
    if (!owner) return refusal(wrong_refresh);
    return respond_bare(new_pair(call, *owner));
}

} // namespace

canonical::Result<Caller const *> by_token(Call const &call) {
    auto token = std::string(bearer(call));
    if (token.empty()) token = given(call, "access_token");
    return owner_of(call, token);
}

Serve refresh_token(Call &call) { co_return exchanged(call); }

Serve token_owner(Call &call) {
    auto token = std::string(bearer(call));
    if (token.empty()) token = parameter(*call.parameters, "access_token");
    auto const owner = owner_of(call, token);
    if (!owner) co_return refusal(wrong_access);
    call.caller = *owner;
    auto look = who_asks(call);
    Result<Reply> const reply = co_await look;
    if (!reply) co_return refusal(call, reply.error());
    auto const &people = reply->records.of<canonical::Person>();
    if (people.empty()) co_return refusal(wrong_access);
    auto const surroundings = Context::of(call);
    std::string body;
    {
        Text text(body, surroundings);
        write(owner_table, View{.face = Face::shown, .extras = false}, people.front(), text);
    }
    co_return respond_bare(std::move(body));
}

} // namespace dialects::worksection
