#include "dialects/onlyoffice/directory.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/lists.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/people.hpp"

namespace dialects::onlyoffice {

using canonical::Filter, canonical::Kind, canonical::Operator, canonical::PersonGroup, canonical::Reply,
    canonical::Request, canonical::Verb;

namespace {

bool is_guid(std::string_view text) {
    return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
}

std::string written(Call const &call, std::vector<Person> const &people, bool list) {
    auto const surroundings = instance().context(call);
    View const view{.face = Face::shown, .extras = false};
    std::string body;
    {
        Text text(body, surroundings);
        if (list) text.put('[');
        bool first = true;
        for (auto const &person : people) {
            if (!std::exchange(first, false)) text.next();
            write(person_table, view, person, text);
        }
        if (list) text.put(']');
    }
    return body;
}

} // namespace

Serve list_people(Call &call) {
    auto const &self = instance();
    Wanted wanted;
    auto &request = wanted.request;
    request.verb = Verb::list;
    request.kind = Kind::person;
    auto const surroundings = self.context(call);
    bool const search = call.operation->name == "person.filter";
    auto const read = read_list_query(call, self.tables(), surroundings, wanted);
    if (!read) co_return self.refuse(call, read.error());
    auto &query = request.query;
    query.filter.require(where<&Person::role>(Operator::not_equal, Role::contact));
    query.filter.require(where<&Person::is_active>(true));
    if (auto const *text = call.target.find_any_case("filterValue"); search && text && !text->empty()) {
        Filter any{.op = Operator::any};
        any.children.push_back(where<&Person::name>(Operator::contains, *text));
        any.children.push_back(where<&Person::email>(Operator::contains, *text));
        query.filter.require(std::move(any));
    }
    if (query.sort.empty()) query.sort = {{.field = {canonical::member<&Person::name>()}}};
    Result<Reply> const reply = co_await request;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const &people = reply->records.of<Person>();
    auto const body = written(call, people, true);
    Counts counts{.count = people.size(), .start = query.page.offset};
    bool const more = query.page.offset + std::int64_t(people.size()) < reply->total;
    if (search || more) counts.total = reply->total;
    co_return respond(call, body, counts);
}

Serve get_person(Call &call) {
    auto const &self = instance();
    auto const *const email = call.target.find_any_case("email");
    auto look = call.operation->name == "person.self" ? who_asks(call)
                : call.id.empty()                     ? one_where<&Person::email>(email ? *email : std::string())
                : is_guid(call.id)                    ? one_where<&Person::guid>(std::string(call.id))
                                                      : one_where<&Person::login>(std::string(call.id));
    Result<Reply> const reply = co_await look;
    if (!reply) co_return self.refuse(call, reply.error());
    Error const unknown{.code = Code::unknown_reference, .field = "User not found"};
    auto const &people = reply->records.of<Person>();
    if (people.empty()) co_return self.refuse(call, unknown);
    auto const body = written(call, people, false);
    co_return respond(call, body);
}

Serve list_groups(Call &call) {
    auto list = all_where<&PersonGroup::is_of_contacts>(false);
    list.query.sort = {{.field = {canonical::member<&PersonGroup::name>()}}};
    Result<Reply> const reply = co_await list;
    if (!reply) co_return instance().refuse(call, reply.error());
    auto const surroundings = instance().context(call);
    std::string body;
    {
        Text text(body, surroundings);
        text.put('[');
        for (auto const &group : reply->records.of<PersonGroup>()) {
            text.next();
            text.raw(R"({"id":)");
            text.string(*group.guid);
            text.raw(R"(,"name":)");
            text.string(*group.name);
            text.raw(R"(,"manager":)");
            if (group.manager)
                text.string(group.manager->email.substr(0, group.manager->email.find('@')));
            else
                text.raw(blank::null);
            text.put('}');
        }
        text.put(']');
    }
    Counts const counts{.count = reply->records.of<PersonGroup>().size()};
    co_return respond(call, body, counts);
}

} // namespace dialects::onlyoffice
