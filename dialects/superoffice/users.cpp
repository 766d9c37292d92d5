#include "dialects/superoffice/users.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/bodies.hpp"

namespace dialects::superoffice {

using canonical::Filter, canonical::Operator, canonical::Reply;

void write_retired(Person const &person, Text &out) { out.flag(!person.is_active.value_or(true)); }

void write_person_of_user(Person const &person, Text &out) {
    write(simple_person_table, View{.extras = false}, person, out);
}

Serve get_user(Call &call) {
    auto const &self = *find_dialect("superoffice");
    auto const &name = call.segments().back();
    auto look = who_asks(call);
    if (call.operation->path != "User/current") {
        Filter named{.op = Operator::any};
        named.children = {where<&Person::login>(name), where<&Person::email>(name)};
        if (is_record_number(name)) named.children.push_back(where<&Person::id>(name));
        look = {.verb = canonical::Verb::list, .kind = canonical::Kind::person};
        look.query.filter.require(std::move(named));
        look.query.filter.require(where<&Person::role>(Operator::not_equal, Role::contact));
        look.query.page.limit = 1;
    }
    Result<Reply> const reply = co_await look;
    if (!reply) co_return self.refuse(call, reply.error());
    canonical::Error const unknown{.code = Code::not_found, .detail = name};
    if (reply->records.of<Person>().empty()) co_return self.refuse(call, unknown);
    auto const context = self.context(call);
    Body body{.json = {}, .element = "User"};
    {
        Text out(body.json, context);
        write(user_table, View{.extras = false}, reply->one<Person>(), out);
    }
    co_return respond(call, 200, std::move(body));
}

} // namespace dialects::superoffice
