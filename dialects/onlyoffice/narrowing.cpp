#include "dialects/onlyoffice/narrowing.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/onlyoffice/projects.hpp"

namespace dialects::onlyoffice {

using canonical::Filter, canonical::Operator, canonical::Part, canonical::Reply, canonical::Result;

namespace {

// Somebody of them stands on the team; nobody does where there is nobody.
Filter has_on_team(std::vector<Person> const &people) {
    if (people.empty()) return where<&Project::id>(std::string(blank::zero));
    Filter any{.op = Operator::any};
    for (auto const &person : people) any.children.push_back(where<&Project::team>(*person.id, Part::id));
    return any;
}

// A person stands on the team; a company is the one that it is for.
Narrowing of_contact(std::string id) {
    auto look = one_where<&Person::id>(id);
    look.query.filter.require(where<&Person::role>(Role::contact));
    Result<Reply> const found = co_await look;
    if (!found) co_return found.error();
    auto const &people = found->records.of<Person>();
    if (!people.empty()) co_return has_on_team(people);
    co_return where<&Project::company>(id, Part::id);
}

Narrowing of_department(std::string guid) {
    auto look = all_where<&Person::groups>(guid, Part::id);
    Result<Reply> const found = co_await look;
    if (!found) co_return found.error();
    co_return has_on_team(found->records.of<Person>());
}

Narrowing of_all() { co_return Filter{}; }

} // namespace

Narrowing narrowing_of(Call const &call) {
    auto const name = call.operation->name;
    if (name == "project.list_of_contact") return of_contact(std::string(call.id));
    auto const *const department = call.target.find_any_case("departament");
    if (name == "project.filter" && department && !plain_guid(*department).empty())
        return of_department(plain_guid(*department));
    return of_all();
}

} // namespace dialects::onlyoffice
