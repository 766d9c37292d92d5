#include "dialects/onlyoffice/sessions.hpp"

#include "dialects/engine/attempts.hpp"
#include "dialects/engine/crypto.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/engine/token.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/parameters.hpp"
#include "dialects/onlyoffice/times.hpp"

#include <fmt/format.h>

namespace dialects::onlyoffice {

namespace {

constexpr Purpose purpose = "onlyoffice";
constexpr std::chrono::days lifetime{365};
// Of one login from one address. (reference: the server's source)
constexpr Attempts::Limit failed_sign_ins{.most = 5, .within = std::chrono::seconds(60)};

// A token that was issued at a sign-in, or one that a caller has had all along.
Caller const *by_token(std::string_view token, Call const &call) {
    Caller const *found = nullptr;
    for (auto const &caller : call.callers)
        if (caller.matches("token", token)) found = &caller;
    if (found) return found;
    auto const session = session_of(call, token, purpose);
    return session ? session->caller : nullptr;
}

Caller const *by_password(std::string_view login, std::string_view password, Call const &call) {
    Caller const *found = nullptr;
    for (auto const &caller : call.callers) {
        bool const same_login = caller.matches("login", login), same_password = caller.matches("password", password);
        if (same_login && same_password) found = &caller; // both were compared, whatever came of the first
    }
    return found;
}

constexpr std::string_view token_name = "asc_auth_key";

std::string token_in_form(Call const &call) {
    bool const is_form =
        wire::media_type(call.request.headers.find("Content-Type")) == "application/x-www-form-urlencoded";
    if (!is_form || wire::lower(call.request.body).find(token_name) == std::string::npos) return {};
    auto const all = parameters(call);
    return all ? parameter(*all, token_name).value_or("") : std::string();
}

// The first of the places where a token may stand apart from the header; clients escape it in cookies.
std::string token_beside_header(Call const &call) {
    if (auto const *value = call.target.find_any_case(token_name); value && !value->empty()) return *value;
    if (auto token = token_in_form(call); !token.empty()) return token;
    auto const presented = wire::cookie(call.request.headers.find("Cookie"), token_name);
    auto const decoded = presented ? wire::decode_percent(*presented, false) : std::nullopt;
    return decoded.value_or("");
}

// The .NET form of a cookie's time: "Sat, 20-Nov-2027 10:00:00 GMT".
std::string cookie_time(canonical::Instant t) {
    constexpr std::string_view days[]{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::string_view months[]{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = std::chrono::floor<std::chrono::days>(t);
    std::chrono::year_month_day const date{day};
    std::chrono::hh_mm_ss const time{std::chrono::floor<std::chrono::seconds>(t - day)};
    return fmt::format("{}, {:02}-{}-{} {:02}:{:02}:{:02} GMT", days[std::chrono::weekday(day).c_encoding()],
                       unsigned(date.day()), months[unsigned(date.month()) - 1], int(date.year()), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

wire::Response signed_in(Call const &call, Caller const &caller) {
    auto const expires = std::chrono::floor<std::chrono::seconds>(call.now) + lifetime;
    auto const token = issue_token(caller, purpose, expires);
    auto const surroundings = Context::of(call);
    bool const by_page = call.operation->path.ends_with("/login");
    std::string body;
    if (by_page) {
        body = "true";
    } else {
        Text text(body, surroundings);
        text.raw(R"({"token":)");
        text.string(token);
        text.raw(R"(,"expires":)");
        portal_time::write(expires, text);
        text.put('}');
    }
    auto response = respond(call, body);
    response.headers.set("Set-Cookie", fmt::format("asc_auth_key={}; expires={}; path=/; HttpOnly{}", token,
                                                   cookie_time(expires), call.scheme == "https" ? "; Secure" : ""));
    return response;
}

} // namespace

Caller const *identify(Call const &call) {
    auto const header = call.request.headers.find("Authorization");
    auto const beside = token_beside_header(call);
    if (!beside.empty()) {
        if (auto const *caller = by_token(beside, call)) return caller;
    } else if (!header.empty()) {
        if (auto const *caller = by_token(header, call)) return caller;
    }
    if (header.starts_with("Basic ")) {
        auto const text = crypto::decode_base64(header.substr(6));
        if (!text) return nullptr;
        auto const colon = std::min(text->find(':'), text->size());
        auto password = std::string_view(*text).substr(std::min(colon + 1, text->size()));
        password = password.substr(0, password.find(':')); // as the real service splits it
        return by_password(std::string_view(*text).substr(0, colon), password, call);
    }
    if (header.starts_with("Bearer ")) return by_token(header.substr(7), call);
    return nullptr;
}

Serve sign_in(Call &call) {
    auto const all = parameters(call);
    if (!all) co_return refusal(call, all.error());
    auto const login = parameter(*all, "userName").value_or(""), password = parameter(*all, "password").value_or("");
    Error const wrong{.code = Code::unauthenticated}, too_often{.code = Code::too_many_requests};
    auto const who = wire::lower(login).append("\n").append(call.request.client);
    if (call.attempts && call.attempts->exhausted(who, failed_sign_ins, call.now)) co_return refusal(call, too_often);
    auto const *caller = by_password(login, password, call);
    if (call.attempts && caller) call.attempts->forget(who);
    if (call.attempts && !caller) call.attempts->add_failure(who, failed_sign_ins, call.now);
    if (!caller) co_return refusal(call, wrong);
    co_return signed_in(call, *caller);
}

Serve refuse_second_step(Call &call) {
    Error const wrong{.code = Code::unauthenticated};
    co_return refusal(call, wrong);
}

Serve answer_forgotten_password(Call &call) {
    auto const given = parameters(call);
    if (!given) co_return refusal(call, given.error());
    Error const nobody{.code = Code::blank, .field = "email"};
    if (!parameter(*given, "email")) co_return refusal(call, nobody);
    co_return respond(call, R"("No mail is sent from here. Ask those who run the portal for a new password.")");
}

} // namespace dialects::onlyoffice
