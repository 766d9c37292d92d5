#include "dialects/superoffice/principal.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/cards.hpp"
#include "dialects/superoffice/countries.hpp"
#include "dialects/superoffice/superoffice.hpp"

namespace dialects::superoffice {

using canonical::Company, canonical::Kind, canonical::Operator, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

SuperOffice const &self() { return static_cast<SuperOffice const &>(*find_dialect("superoffice")); }

// The tenant is a segment of the path, if the route has one.
std::string tenant_of(Call const &call) {
    auto const &path = call.settings.path;
    auto const end = path.find('/', 1);
    auto const first = path.substr(1, end == path.npos ? end : end - 1);
    return wire::same_letters(first, "api") ? std::string() : first;
}

void write_principal(Call const &call, Person const &person, Text &out) {
    auto const *const company = out.context.find<Company>(person.company->id);
    auto const known = company ? country_number(*company->country) : std::string_view();
    auto const country = known.empty() ? blank::zero : known;
    auto const text = [&](std::string_view key, std::string_view value) {
        out.key(key);
        out.string(value);
    };
    auto const raw = [&](std::string_view key, std::string_view json) {
        out.key(key);
        out.raw(json);
    };
    auto const kept = [&](std::string_view key) {
        auto const json = person.extras.kept.find({}, key);
        return json.empty() ? blank::zero : json;
    };
    bool const external = person.role.value_or(Role::member) == Role::guest;
    out.put('{');
    text("UserType", external ? "ExternalAssociate" : "InternalAssociate");
    text("Associate", *person.login);
    raw("AssociateId", *person.id);
    raw("IsPerson", blank::yes);
    raw("PersonId", person_id(person));
    raw("CountryId", country);
    raw("HomeCountryId", country);
    raw("ContactId", person.company ? std::string_view(person.company->id) : blank::zero);
    raw("GroupId", kept("GroupIdx"));
    for (auto const *key : {"BusinessId", "CategoryId", "ContactOwner"}) raw(key, blank::zero);
    raw("RoleId", "1");
    text("RoleName", "User");
    text("RoleDescription", "");
    text("RoleType", external ? "ExternalUser" : "Employee");
    raw("Licenses", blank::list);
    text("FullName", *person.name);
    text("EMailAddress", *person.email);
    raw("FunctionRights", blank::list);
    raw("EjUserId", kept("EjUserId"));
    raw("EjAccessLevel", blank::zero);
    text("EjUserStatus", "StatusNormal");
    raw("ProvidedCredentials", blank::list);
    raw("SecondaryGroups", blank::list);
    text("DatabaseContextIdentifier", tenant_of(call));
    text("UserName", *person.email);
    out.put('}');
}

template <class F> Serve answer_caller(Call &call, std::string_view element, F write) {
    auto who = who_asks(call);
    who.query.related = {canonical::Relation::company};
    Result<Reply> const reply = co_await who;
    if (!reply) co_return self().refuse(call, reply.error());
    Error const nobody{.code = Code::forbidden};
    if (reply->records.of<Person>().empty()) co_return self().refuse(call, nobody);
    auto context = self().context(call);
    context.related = &reply->related;
    Body body{.json = {}, .element = element};
    {
        Text out(body.json, context);
        write(call, reply->one<Person>(), out);
    }
    co_return respond(call, 200, std::move(body));
}

} // namespace

Serve get_principal(Call &call) { return answer_caller(call, "SoPrincipalCarrier", write_principal); }

Serve get_current_associate(Call &call) {
    return answer_caller(
        call, "Associate", +[](Call const &, Person const &person, Text &out) {
            write(associate_table, View{.extras = false}, person, out);
        });
}

} // namespace dialects::superoffice
