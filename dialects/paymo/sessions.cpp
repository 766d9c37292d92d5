#include "dialects/paymo/sessions.hpp"

#include "dialects/engine/ended_sessions.hpp"
#include "dialects/engine/questions.hpp"
#include "dialects/engine/token.hpp"
#include "dialects/paymo/answers.hpp"
#include "dialects/paymo/tables.hpp"

namespace dialects::paymo {

using canonical::Error, canonical::Result;

namespace {

constexpr Purpose purpose = "paymo";
constexpr std::chrono::days lifetime{30};

canonical::Instant in_seconds(canonical::Instant t) { return std::chrono::floor<std::chrono::seconds>(t); }

struct Shown {
    std::string token;
    canonical::Instant expires;
};

std::string written(Call const &call, std::optional<Shown> const &session, std::string const &user) {
    std::string body;
    auto const surroundings = Context::of(call);
    {
        Text text(body, surroundings);
        text.raw(R"({"sessions":[)");
        if (session) {
            auto const created = session->expires - lifetime;
            text.raw(R"({"id":)");
            text.string(session->token);
            text.raw(R"(,"ip":"","expires_on":)");
            Instant::write(session->expires, text);
            text.raw(R"(,"created_on":)");
            Instant::write(created, text);
            text.raw(R"(,"updated_on":)");
            Instant::write(created, text);
            text.raw(R"(,"user_id":)");
            codec::id::write(user, text);
            text.put('}');
        }
        text.raw("]}");
    }
    return body;
}

} // namespace

Caller const *caller_of_session(Call const &call) {
    auto const session = session_of(call, call.request.headers.find("X-Session"), purpose);
    return session ? session->caller : nullptr;
}

Serve serve_sessions(Call &call) {
    auto const token = std::string(call.id.empty() ? call.request.headers.find("X-Session") : call.id);
    auto const session = session_of(call, token, purpose);
    std::optional<Shown> shown;
    if (session && session->caller == call.caller) shown = {token, session->expires};
    Error const unknown{.code = Code::not_found};
    if (!shown && !call.id.empty()) co_return refusal(call, unknown);
    auto who = who_asks(call);
    Result<canonical::Reply> const reply = co_await who;
    if (!reply) co_return refusal(call, reply.error());
    auto const &people = reply->records.of<Person>();
    auto body = written(call, shown, people.empty() ? std::string() : *people.front().id);
    co_return respond(call, 200, std::move(body));
}

Serve serve_new_session(Call &call) {
    auto who = who_asks(call);
    Result<canonical::Reply> const reply = co_await who;
    if (!reply) co_return refusal(call, reply.error());
    auto const &people = reply->records.of<Person>();
    auto const expires = in_seconds(call.now) + lifetime;
    std::optional<Shown> session = Shown{issue_token(*call.caller, purpose, expires), expires};
    auto body = written(call, session, people.empty() ? std::string() : *people.front().id);
    co_return respond(call, 201, std::move(body));
}

Serve serve_end_of_session(Call &call) {
    auto const session = session_of(call, call.id, purpose);
    Error const unknown{.code = Code::not_found};
    if (!session || session->caller != call.caller || !call.ended_sessions) co_return refusal(call, unknown);
    if (auto const ended = call.ended_sessions->add(call.id, session->expires); !ended)
        co_return refusal(call, ended.error());
    co_return respond(call, 200, "{}");
}

} // namespace dialects::paymo
