#include "dialects/superoffice/root.hpp"

#include "dialects/engine/crypto.hpp"
#include "dialects/engine/questions.hpp"
#include "dialects/engine/token.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/bodies.hpp"

namespace dialects::superoffice {

using canonical::Reply;

namespace {

constexpr std::string_view served_version = "12.2.2072.0"; // whose forms these are
constexpr Purpose access_purpose = "superoffice access";
constexpr std::chrono::seconds access_length(3600);
constexpr std::chrono::days state_length(1);

std::vector<std::string_view> path_of(Settings const &settings) { return wire::list_items(settings.path, "/"); }

// A text member of an object that is being written.
void add(Text &out, std::string_view key, std::string_view value) {
    out.key(key);
    out.string(value);
}

template <class F> Body object_of(std::string_view element, F const &write) {
    Body body{.json = {}, .element = element};
    {
        static Context const none;
        Text out(body.json, none);
        out.put('{');
        write(out);
        out.put('}');
    }
    return body;
}

std::string moment(canonical::Instant time) {
    std::string text;
    {
        static Context const none;
        Text out(text, none);
        Moment(time).write("YYYY-MM-DDThh:mm:ss", out);
    }
    return text + ".0000000Z";
}

// --- tokens

// Among the parameters, which stand in the query or in a form.
std::string parameter(Call const &call, std::string_view name) {
    if (auto const *const text = call.target.find_any_case(name)) return *text;
    if (call.request.body.empty()) return {};
    auto const body = find_dialect("superoffice")->document(call);
    return body ? text_of(*body, name) : std::string();
}

wire::Response oauth_refusal(Call const &call, unsigned status, std::string_view error) {
    return respond(call, status, object_of("Error", [&](Text &out) { add(out, "error", error); }));
}

// Whom the access is for, as a token that the client can check by its own secret.
std::string identity(Call const &call, Caller const &caller, canonical::Person const &person) {
    constexpr std::string_view prefix = "http://schemes.superoffice.net/identity/";
    auto const &tenant = *caller.secret("organization");
    auto const now = std::chrono::floor<std::chrono::seconds>(call.now).time_since_epoch();
    auto const claims = object_of({}, [&](Text &out) {
        add(out, "iss", call.origin());
        add(out, "aud", parameter(call, "client_id"));
        add(out, "sub", caller.person);
        out.key("iat");
        out.number(now.count());
        out.key("exp");
        out.number((now + access_length).count());
        auto const claim = [&](std::string_view name, std::string_view value) {
            out.name(std::string(prefix).append(name));
            out.string(value);
        };
        claim("ctx", tenant);
        claim("webapi_url", call.origin() + "/" + tenant + "/api/");
        claim("email", caller.person);
        claim("upn", caller.person);
        claim("associateid", *person.id);
        claim("initials", *person.login);
    });
    auto token =
        crypto::encode_base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + crypto::encode_base64url(claims.json);
    auto const code = crypto::hmac_sha256(parameter(call, "client_secret"), token);
    std::string_view const bytes(reinterpret_cast<char const *>(code.data()), code.size());
    return token + "." + crypto::encode_base64url(bytes);
}

Caller const *client_of(Call const &call) {
    auto const id = parameter(call, "client_id"), secret = parameter(call, "client_secret"),
               token = parameter(call, "refresh_token");
    Caller const *known = nullptr;
    for (auto const &caller : call.callers) {
        bool const same_id = caller.matches("client_id", id), same_secret = caller.matches("client_secret", secret);
        bool const same_token = caller.matches("refresh_token", token);
        if (same_id && same_secret && same_token) known = &caller;
    }
    return known;
}

} // namespace

std::optional<std::size_t> segments_of_root(Settings const &settings) {
    auto const path = path_of(settings);
    if (path.empty()) return {};
    bool const state = path.size() > 1 && wire::same_letters(path[0], "api") && wire::same_letters(path[1], "state");
    if (state || wire::same_letters(path[0], "login")) return path.size();
    if (wire::same_letters(path.back(), "api")) return 1;
    return {};
}

bool is_of_root(Operation const &operation) { return operation.name.starts_with("root."); }

Serve get_api(Call &call) {
    auto const base = find_dialect("superoffice")->context(call).base;
    co_return respond(call, 200, object_of("Api", [&](Text &out) {
                          add(out, "v1", base + "/v1");
                          add(out, "Version", "v1");
                          add(out, "NetServerVersion", served_version);
                          add(out, "NetServer", served_version);
                          add(out, "Documentation", base + "/v1/");
                      }));
}

Serve get_state(Call &call) {
    auto const &tenant = call.target.segments.back();
    auto const endpoint = call.origin() + "/" + tenant;
    co_return respond(call, 200, object_of("TenantStatus", [&](Text &out) {
                          add(out, "ContextIdentifier", tenant);
                          add(out, "Endpoint", endpoint);
                          add(out, "State", "Running");
                          out.key("IsRunning");
                          out.flag(true);
                          add(out, "ValidUntil", moment(call.now + state_length));
                          add(out, "Api", endpoint + "/api");
                          add(out, "Version", served_version);
                      }));
}

// Nobody signs in here on a page, so that there are no codes to be exchanged.
Serve refresh_token(Call &call) {
    if (parameter(call, "grant_type") != "refresh_token") co_return oauth_refusal(call, 400, "unsupported_grant_type");
    auto const *const caller = client_of(call);
    if (!caller) co_return oauth_refusal(call, 400, "invalid_grant");
    call.caller = caller;
    auto look = who_asks(call);
    Result<Reply> const reply = co_await look;
    if (!reply) co_return find_dialect("superoffice")->refuse(call, reply.error());
    if (reply->records.of<canonical::Person>().empty()) co_return oauth_refusal(call, 400, "invalid_grant");
    auto const access = issue_token(*caller, access_purpose, call.now + access_length);
    auto const id_token = identity(call, *caller, reply->one<canonical::Person>());
    co_return respond(call, 200, object_of("Token", [&](Text &out) {
                          add(out, "token_type", "Bearer");
                          add(out, "access_token", "8A:" + *caller->secret("organization") + "." + access);
                          out.key("expires_in");
                          out.number(access_length.count());
                          add(out, "id_token", id_token);
                      }));
}

Caller const *caller_of_access(Call const &call, std::string_view token) {
    auto const dot = token.find('.');
    if (!token.starts_with("8A:") || dot == token.npos) return nullptr;
    auto const session = session_of(call, token.substr(dot + 1), access_purpose);
    return session ? session->caller : nullptr;
}

} // namespace dialects::superoffice
