#include "dialects/superoffice/entities.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/bodies.hpp"
#include "dialects/superoffice/contacts.hpp"
#include "dialects/superoffice/duplicates.hpp"
#include "dialects/superoffice/patch.hpp"
#include "dialects/superoffice/people.hpp"
#include "dialects/superoffice/preconditions.hpp"
#include "dialects/superoffice/superoffice.hpp"

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
                            .find = user_of_person,
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

// What is to be done, which the path or the method of an agent says.
struct Deed {
    Verb verb;
    bool in_short = false;
    bool by_agent = false;
};

template <class E>
wire::Response answer(Entity<E> const &entity, Call const &call, Wanted const &wanted, Shown<E> const &shown,
                      Deed deed) {
    auto context = self().context(call);
    context.related = &shown.related;
    View view{.rest = View::Rest::blank, .any_case = true, .extras = false};
    std::vector<std::string_view> only;
    if (wanted.selection.only) {
        only.assign(wanted.selection.only->begin(), wanted.selection.only->end());
        view.only = only;
    }
    auto table = deed.in_short ? entity.simple : entity.table;
    if (deed.by_agent && table.rows.back().wire.whole == "_Links") // for those who follow addresses
        table.rows = table.rows.first(table.rows.size() - 1);
    Body body{.json = {}, .element = deed.in_short ? entity.short_element : entity.element};
    {
        Text text(body.json, context);
        write(table, view, shown.record, text);
    }
    auto response = respond(call, 200, std::move(body));
    if (deed.by_agent) return response;
    if (deed.verb == Verb::update) response.reason = entity.updated;
    if (deed.verb == Verb::get && shown.record.id) response.reason = entity.found;
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

// What a patch changes, read as if it had been sent alone.
template <class E>
Result<json::object> touched(Entity<E> const &entity, json::value const &body, Shown<E> const &shown, Context context) {
    context.related = &shown.related;
    return changes_by(body, entity.table, shown.record, context);
}

template <class E> Result<E> read_patch(Entity<E> const &entity, json::object const &members, Call const &call) {
    E patch;
    auto const read = read_into(patch, entity.table, Face::sent, json::value(members), self().context(call));
    if (!read) return read.error();
    patch.extras.loose = {};
    return patch;
}

template <class E> Serve serve_entity(Entity<E> const &entity, Call &call, Deed deed) {
    auto wanted = wanted_of(entity, call);
    if (!wanted) co_return self().refuse(call, wanted.error());
    auto const verb = deed.verb;
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
    co_return answer(entity, call, *wanted, shown, deed);
}

Deed deed_of(Operation const &operation) {
    return {.verb = operation.verb, .in_short = operation.path.ends_with("/Simple")};
}

// GetContactEntity?contactEntityId=9, GetContact?contactId=9, SaveContactEntity, DeleteContactEntity?…,
// CreateDefaultContactEntity
template <class E> Serve serve_agent(Entity<E> const &entity, Call &call) {
    auto const method = call.operation->path.substr(call.operation->path.rfind('/') + 1);
    auto const name = std::string(entity.short_element);
    Deed deed{.verb = Verb::get, .in_short = !method.ends_with("Entity"), .by_agent = true};
    if (method.starts_with("CreateDefault")) return serve_entity(entity, call, deed);
    if (method.starts_with("Save")) {
        auto const body = self().document(call);
        if (!body) return self().refusal_talk(call, body.error());
        auto const id = text_of(*body, entity.key);
        deed.verb = id.empty() || id == blank::zero ? Verb::create : Verb::update;
        if (deed.verb == Verb::update) name_record(call, id);
        return serve_entity(entity, call, deed);
    }
    auto const parameter = name + (deed.in_short ? "Id" : "EntityId");
    auto const *const id = call.target.find_any_case(parameter);
    if (!id || !is_record_number(*id)) return self().refusal_talk(call, {.code = Code::blank, .field = parameter});
    if (method.starts_with("Delete")) deed.verb = Verb::remove;
    name_record(call, *id);
    return serve_entity(entity, call, deed);
}

template <class E> Serve list_written(Call &call, Table<E> const &table, std::string_view element, Filter which) {
    Request list{.verb = Verb::list, .kind = canonical::kind_of<E>};
    list.query.filter.require(std::move(which));
    Result<Reply> const reply = co_await list;
    if (!reply) co_return self().refuse(call, reply.error());
    auto context = self().context(call);
    context.related = &reply->related;
    Body records{.json = {}, .element = element};
    {
        Text out(records.json, context);
        View const view{.extras = false};
        out.put('[');
        for (auto const &record : reply->records.of<E>()) {
            out.next();
            write(table, view, record, out);
        }
        out.put(']');
    }
    co_return respond(call, 200, std::move(records));
}

// Those of the numbers that stand in the body.
template <class E> Serve list_numbered(Call &call, Table<E> const &table, std::string_view element) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    Filter these{.op = Operator::in, .field = {canonical::member<&E::id>()}};
    for (auto &number : numbers_of(*body)) these.values.emplace_back(std::move(number));
    return list_written(call, table, element, std::move(these));
}

} // namespace

Serve serve_contact(Call &call) { return serve_entity(contact, call, deed_of(*call.operation)); }
Serve serve_person(Call &call) { return serve_entity(person, call, deed_of(*call.operation)); }
Serve agent_contact(Call &call) { return serve_agent(contact, call); }
Serve agent_person(Call &call) { return serve_agent(person, call); }

Serve agent_contacts(Call &call) { return list_numbered(call, simple_company_table, "ArrayOfContact"); }
Serve agent_people(Call &call) { return list_numbered(call, simple_person_table, "ArrayOfPerson"); }
Serve agent_associates(Call &call) { return list_numbered(call, associate_table, "ArrayOfAssociate"); }

Serve agent_associates_of_group(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto group = text_of(*body, "GroupId");
    if (!is_record_number(group)) return self().refusal_talk(call, {.code = Code::blank, .field = "GroupId"});
    Filter users{.op = Operator::all};
    users.children = {where<&Person::groups>(std::move(group), Part::id),
                      where<&Person::role>(Operator::not_equal, Role::contact)};
    return list_written(call, associate_table, "ArrayOfAssociate", std::move(users));
}

Serve agent_associate(Call &call) {
    auto const *const id = call.target.find_any_case("associateId");
    Request get{.kind = Kind::person, .id = id ? *id : std::string()};
    Error const nameless{.code = Code::blank, .field = "associateId"};
    if (get.id.empty()) co_return self().refuse(call, nameless);
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self().refuse(call, reply.error());
    Body body{.json = {}, .element = "Associate"};
    auto const context = self().context(call);
    {
        Text out(body.json, context);
        write(associate_table, View{.extras = false}, reply->one<Person>(), out);
    }
    co_return respond(call, 200, std::move(body));
}

Serve list_duplicates_of_contact(Call &call) { return list_duplicates<Company>(call); }

} // namespace dialects::superoffice
