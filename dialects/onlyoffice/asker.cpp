#include "dialects/onlyoffice/asker.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/onlyoffice/parameters.hpp"

namespace dialects::onlyoffice {

using canonical::Code, canonical::Error, canonical::Filter, canonical::Operator, canonical::Reply, canonical::Result;

AskWho ask_who(Call const &call) {
    auto request = who_asks(call);
    Result<Reply> reply = co_await request;
    if (!reply) co_return reply.error();
    Asker asker(std::move(*reply));
    co_return asker;
}

ParametersOfAdmin parameters_of_admin(Call &call) {
    auto given = parameters(call);
    if (!given) co_return given.error();
    auto who = ask_who(call);
    Result<Asker> const asker = co_await who;
    if (!asker) co_return asker.error();
    Error const denied{.code = Code::forbidden};
    if (!runs_the_portal(asker->person())) co_return denied;
    co_return std::move(*given);
}

// What somebody may see who does not run the portal: public projects, and those they have a part in.
Filter visible_to(Person const &person) {
    auto const is = [&](canonical::Field field) {
        return Filter{.op = Operator::equal, .field = field, .values = {*person.id}};
    };
    Filter any{.op = Operator::any};
    any.children = {{.op = Operator::not_equal, .field = {canonical::member<&Project::is_private>()}, .values = {true}},
                    is({canonical::member<&Project::creator>(), canonical::Part::id}),
                    is({canonical::member<&Project::manager>(), canonical::Part::id}),
                    is({canonical::member<&Project::team>(), canonical::Part::id})};
    return any;
}

bool runs_the_portal(Person const *person) {
    auto const role = person ? person->role.value_or(Role::member) : Role::guest;
    return role == Role::owner || role == Role::admin;
}

} // namespace dialects::onlyoffice
