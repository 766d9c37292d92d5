#include "dialects/superoffice/entities.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/contacts.hpp"
#include "dialects/superoffice/patch.hpp"
#include "dialects/superoffice/superoffice.hpp"

#include <boost/json/parse.hpp>

namespace dialects::superoffice {

using canonical::Filter, canonical::Kind, canonical::Operator, canonical::Part, canonical::Reply, canonical::Request,
    canonical::Verb;

namespace {

SuperOffice const &self() { return static_cast<SuperOffice const &>(*find_dialect("superoffice")); }

template <class E> struct Entity {
    Table<E> const &table, &simple;
    std::string_view key;                    // of its number
    std::string_view element, short_element; // in XML
    std::string_view found, updated;         // the reason of an answer
    Request (*find)(std::string const &id);
    void (*begin)(E &record);                          // what a new one is that says nothing of it
    std::optional<Request> (*beside)(E const &record); // what else is shown with it
};

Request find_company(std::string const &id) { return one_where<&Company::id>(id); }

// By the number as a person, which is that of the user where a tool does not keep them apart.
Request find_person(std::string const &id) {
    Request request{.verb = Verb::list, .kind = Kind::person};
    Filter without{.op = Operator::all};
    without.children = {where<&Person::contact_record>(nullptr), where<&Person::id>(id)};
    Filter either{.op = Operator::any};
    either.children = {where<&Person::contact_record>(id), std::move(without)};
    request.query.filter.require(std::move(either));
    request.query.related = {canonical::Relation::company};
    request.query.page.limit = 1;
    return request;
}

std::optional<Request> people_of(Company const &company) {
    if (!company.id) return {};
    auto list = all_where<&Person::company>(*company.id, Part::id);
    list.query.sort = {{.field = {canonical::member<&Person::name>()}}};
    return list;
}

std::optional<Request> company_of(Person const &person) {
    if (!person.company || person.company->id.empty()) return {};
    return one_where<&Company::id>(person.company->id);
}

Entity<Company> const contact{.table = company_table,
                              .simple = simple_company_table,
                              .key = "ContactId",
                              .element = "ContactEntity",
                              .short_element = "Contact",
                              .found = "ContactEntity found.",
                              .updated = "ContactEntity updated.",
                              .find = find_company,
                              .begin = [](Company &company) { company.is_own = false; },
                              .beside = people_of};
Entity<Person> const person{.table = person_entity_table,
                            .simple = simple_person_table,
                            .key = "PersonId",
                            .element = "PersonEntity",
                            .short_element = "Person",
                            .found = "PersonEntity found.",
                            .updated = "PersonEntity updated.",
                            .find = find_person,
                            .begin = [](Person &somebody) { somebody.role = Role::contact; },
                            .beside = company_of};

// What of it the caller wants to see.
template <class E> Result<Wanted> wanted_of(Entity<E> const &entity, Call const &call) {
    Result<Wanted> wanted(boost::system::in_place_value);
    if (auto const done = self().read_query(call, *wanted); !done) return done.error();
    if (wanted->selection.only) wanted->selection.only->emplace_back(entity.key);
    return wanted;
}

using Beside = Talk<Request, Result<Reply>, Result<Reply>>;
Beside ask_beside(std::optional<Request> question) {
    Reply none;
    if (!question) co_return none;
    Result<Reply> reply = co_await *question;
    co_return reply;
}

template <class E> struct Shown {
    E const &record;
    canonical::Records const &related;
};

template <class E>
wire::Response answer(Entity<E> const &entity, Call const &call, Wanted const &wanted, Shown<E> const &shown) {
    auto context = self().context(call);
    context.related = &shown.related;
    View view{.rest = View::Rest::blank, .any_case = true, .extras = false};
    std::vector<std::string_view> only;
    if (wanted.selection.only) {
        only.assign(wanted.selection.only->begin(), wanted.selection.only->end());
        view.only = only;
    }
    bool const in_short = call.operation->path.ends_with("/Simple");
    Body body{.json = {}, .element = in_short ? entity.short_element : entity.element};
    {
        Text text(body.json, context);
        write(in_short ? entity.simple : entity.table, view, shown.record, text);
    }
    auto response = respond(call, 200, std::move(body));
    if (call.operation->verb == Verb::update) response.reason = entity.updated;
    if (call.operation->verb == Verb::get && shown.record.id) response.reason = entity.found;
    return response;
}

// The members of a body that say something; those of a new record that are null are left to its beginning.
Result<json::object> members_of(json::value const &body, Verb verb) {
    if (body.is_null()) return Error{.code = Code::blank};
    auto const *const object = body.if_object();
    if (!object) return Error{.code = Code::malformed, .detail = "An object is expected"};
    auto members = *object;
    if (verb == Verb::create)
        for (auto member = members.begin(); member != members.end();)
            member = member->value().is_null() ? members.stable_erase(member) : member + 1;
    return members;
}

// What a patch touches, read as if it had been sent alone.
template <class E>
Result<json::object> touched(Entity<E> const &entity, json::value const &body, Shown<E> const &shown, Context context) {
    if (body.is_null()) return Error{.code = Code::blank};
    context.related = &shown.related;
    std::string text;
    {
        Text out(text, context);
        View const view{.extras = false};
        write(entity.table, view, shown.record, out);
    }
    auto const before = json::parse(text).get_object();
    auto after = patched(before, body);
    if (!after) return after.error();
    for (auto member = after->begin(); member != after->end();)
        member = before.at(member->key()) == member->value() ? after->stable_erase(member) : member + 1;
    return after;
}

template <class E> Result<E> read_patch(Entity<E> const &entity, json::object const &members, Call const &call) {
    E patch;
    auto const read = read_into(patch, entity.table, Face::sent, json::value(members), self().context(call));
    if (!read) return read.error();
    patch.extras.loose = {};
    return patch;
}

template <class E> bool has_changed(Call const &call, E const &record) {
    auto const since = read_http_date(call.request.headers.find("If-Unmodified-Since"));
    return since && std::chrono::floor<std::chrono::seconds>(*record.updated) > *since;
}

template <class E> Serve serve_entity(Entity<E> const &entity, Call &call) {
    auto wanted = wanted_of(entity, call);
    if (!wanted) co_return self().refuse(call, wanted.error());
    auto const verb = call.operation->verb;
    bool const is_new = verb == Verb::create;
    E record;
    canonical::Records related;
    if (!call.id.empty()) {
        auto look = entity.find(std::string(call.id));
        Result<Reply> reply = co_await look;
        if (!reply) co_return self().refuse(call, self().named(reply.error(), canonical::kind_of<E>));
        Error const unknown{.code = Code::not_found, .detail = std::string(call.id)}, changed{.code = Code::changed};
        if (reply->records.template of<E>().empty()) co_return self().refuse(call, unknown);
        record = reply->template one<E>();
        if (has_changed(call, record)) co_return self().refuse(call, changed);
    }
    if (verb == Verb::get && call.id.empty()) entity.begin(record);
    if (verb == Verb::remove) {
        Request remove{.verb = verb, .kind = canonical::kind_of<E>, .id = *record.id};
        Result<Reply> const removed = co_await remove;
        if (!removed) co_return self().refuse(call, self().named(removed.error(), canonical::kind_of<E>));
        co_return respond(call, 204);
    }
    if (canonical::writes(verb)) {
        auto const body = self().document(call);
        if (!body) co_return self().refuse(call, body.error());
        Shown<E> const present{.record = record, .related = related};
        auto const members = call.request.method == "PATCH" ? touched(entity, *body, present, self().context(call))
                                                            : members_of(*body, verb);
        if (!members) co_return self().refuse(call, members.error());
        auto patch = read_patch(entity, *members, call);
        if (!patch) co_return self().refuse(call, patch.error());
        if (is_new) entity.begin(*patch);
        Request change{.verb = verb, .kind = canonical::kind_of<E>, .patch = std::move(*patch)};
        if (!is_new) change.id = *record.id;
        if (record.version) change.unchanged_version = *record.version;
        Result<Reply> reply = co_await change;
        if (!reply) co_return self().refuse(call, self().named(reply.error(), canonical::kind_of<E>));
        record = reply->template one<E>();
    }
    auto beside = ask_beside(entity.beside(record));
    Result<Reply> more = co_await beside;
    if (!more) co_return self().refuse(call, more.error());
    Shown<E> const shown{.record = record, .related = more->records};
    co_return answer(entity, call, *wanted, shown);
}

} // namespace

Serve serve_contact(Call &call) { return serve_entity(contact, call); }
Serve serve_person(Call &call) { return serve_entity(person, call); }

} // namespace dialects::superoffice
