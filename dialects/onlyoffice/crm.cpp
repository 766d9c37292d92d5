#include "dialects/onlyoffice/crm.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/asker.hpp"
#include "dialects/onlyoffice/changes.hpp"
#include "dialects/onlyoffice/crm_tables.hpp"
#include "dialects/onlyoffice/look_first.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/parameters.hpp"

#include <algorithm>
#include <charconv>

namespace dialects::onlyoffice {

using canonical::Filter, canonical::Kind, canonical::Operator, canonical::Part, canonical::Reply, canonical::Request,
    canonical::Verb;

namespace detail {

namespace {

std::size_t start_of_family_name(Person const &person) {
    auto const space = person.name->rfind(' ');
    return space == std::string::npos ? person.name->size() : space + 1;
}

} // namespace

void write_first_name(Person const &person, Text &out) {
    auto const whole = std::string_view(*person.name);
    out.string(person.given_name ? std::string_view(*person.given_name)
                                 : wire::trim(whole.substr(0, start_of_family_name(person))));
}

void write_last_name(Person const &person, Text &out) {
    auto const whole = std::string_view(*person.name);
    out.string(person.family_name ? std::string_view(*person.family_name) : whole.substr(start_of_family_name(person)));
}

// In short; null for those who work for nobody.
void write_company(Person const &person, Text &out) {
    if (!person.company || person.company->id.empty()) return out.raw(blank::null);
    out.raw(R"({"id":)");
    codec::id::write(person.company->id, out);
    out.raw(R"(,"displayName":)");
    out.string(html_encoded(person.company->name));
    out.raw(R"(,"isCompany":true})");
}

void write_persons_count(Company const &company, Text &out) {
    std::int64_t count = 0;
    if (out.context.related)
        for (auto const &person : out.context.related->of<Person>())
            if (person.company && person.company->id == *company.id) ++count;
    out.number(count);
}

} // namespace detail

namespace {

struct Contacts {
    std::vector<Company> companies = {};
    std::vector<Person> people = {};
    canonical::Records related = {}; // those who work for the companies
};
using Look = Talk<Request, Result<Reply>, Result<Contacts>>;

Filter is_client() { return where<&Company::is_own>(false); }
Filter is_contact() { return where<&Person::role>(Role::contact); }

// All clients and contacts for which the conditions hold; with everybody who works for these clients.
Look find_contacts(Filter of_companies, Filter of_people) {
    Request companies{.verb = Verb::list, .kind = Kind::company}, people{.verb = Verb::list, .kind = Kind::person};
    companies.query.filter.require(is_client());
    if (!of_companies.empty()) companies.query.filter.require(std::move(of_companies));
    companies.query.sort = {{.field = {canonical::member<&Company::name>()}}};
    people.query.filter.require(is_contact());
    if (!of_people.empty()) people.query.filter.require(std::move(of_people));
    people.query.sort = {{.field = {canonical::member<&Person::name>()}}};
    Contacts found;
    Result<Reply> known = co_await companies;
    if (!known) co_return known.error();
    found.companies = std::move(known->records.of<Company>());
    known = co_await people;
    if (!known) co_return known.error();
    found.people = std::move(known->records.of<Person>());
    Request all{.verb = Verb::list, .kind = Kind::person};
    Filter theirs{.op = Operator::in, .field = {canonical::member<&Person::company>(), Part::id}};
    for (auto const &company : found.companies) theirs.values.emplace_back(*company.id);
    all.query.filter.require(is_contact());
    all.query.filter.require(std::move(theirs));
    if (found.companies.empty()) co_return found;
    known = co_await all;
    if (!known) co_return known.error();
    found.related = std::move(known->records);
    co_return found;
}

Look find_contact(std::string id) { return find_contacts(where<&Company::id>(id), where<&Person::id>(id)); }

std::vector<std::string> written(Call const &call, Contacts const &contacts) {
    auto context = instance().context(call);
    context.related = &contacts.related;
    View const view{.extras = false};
    std::vector<std::string> all;
    auto const add = [&](auto const &table, auto const &records) {
        for (auto const &record : records) {
            auto &text = all.emplace_back();
            Text out(text, context);
            write(table, view, record, out);
        }
    };
    add(crm_company_table, contacts.companies);
    add(crm_person_table, contacts.people);
    return all;
}

std::optional<std::int64_t> number_in(Call const &call, std::string_view name) {
    auto const *const text = call.target.find_any_case(name);
    std::int64_t number = 0;
    if (!text) return {};
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < 0) return {};
    return number;
}

// A page of them, as `startIndex` and `count` say.
wire::Response listed(Call const &call, std::vector<std::string> const &all) {
    auto const total = std::int64_t(all.size());
    auto const from = std::min(number_in(call, "startIndex").value_or(0), total);
    auto const size = std::min(number_in(call, "count").value_or(total), total - from);
    std::string body("[");
    for (auto i = from; i < from + size; ++i) body.append(i > from ? "," : "").append(all[std::size_t(i)]);
    Counts const counts{.count = std::size_t(size), .start = from, .total = total};
    return respond(call, body.append("]"), counts);
}

Error not_found(std::string_view id) { return {.code = Code::not_found, .detail = std::string(id)}; }

// Those that a project is for, and those on its team.
Look contacts_of(Project const &project) {
    Filter people{.op = Operator::in, .field = {canonical::member<&Person::id>()}};
    for (auto const &member : *project.team) people.values.emplace_back(member.person.id);
    auto const company = project.company ? project.company->id : std::string();
    return find_contacts(where<&Company::id>(company.empty() ? std::string(blank::zero) : company), std::move(people));
}

template <class E> Serve create(Call &call, Table<E> const &table, std::span<std::string_view const> needed) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    for (auto const field : needed) {
        Error const missing{.code = Code::blank, .field = std::string(field)};
        if (parameter(*given, field).value_or("").empty()) co_return self.refuse(call, missing);
    }
    std::vector<std::string_view> names;
    for (auto const &row : table.rows)
        if (on(row.face, Face::sent)) names.push_back(row.wire.whole);
    boost::json::value const document(only_these(*given, names, call.memory));
    auto record = read(table, Face::sent, document, self.context(call));
    if (!record) co_return self.refuse(call, record.error());
    if constexpr (std::is_same_v<E, Person>) {
        record->role = Role::contact;
        record->name = *record->given_name + " " + *record->family_name;
    } else {
        record->is_own = false;
    }
    record->extras.loose = {};
    Request make{.verb = Verb::create, .kind = canonical::kind_of<E>, .dialect = self.name()};
    make.patch = std::move(*record);
    Result<Reply> const made = co_await make;
    if (!made) co_return self.refuse(call, self.named(made.error(), make.kind));
    auto look = find_contact(*made->template one<E>().id);
    Result<Contacts> const found = co_await look;
    if (!found) co_return self.refuse(call, found.error());
    co_return respond(call, written(call, *found).front());
}

} // namespace

Serve list_contacts(Call &call) {
    auto const &self = instance();
    bool const of_project = call.operation->path.find("{id}") != std::string_view::npos;
    if (of_project) {
        auto look_at_project = look_first(call, std::string(call.id), Needs::seeing);
        Result<Before> const before = co_await look_at_project;
        if (!before) co_return self.refuse(call, before.error());
        auto look = contacts_of(before->project());
        Result<Contacts> const found = co_await look;
        if (!found) co_return self.refuse(call, found.error());
        co_return listed(call, written(call, *found));
    }
    Filter companies, people;
    if (auto const *const text = call.target.find_any_case("filterValue"); text && !text->empty()) {
        companies = where<&Company::name>(Operator::contains, *text);
        people = where<&Person::name>(Operator::contains, *text);
    }
    auto look = find_contacts(std::move(companies), std::move(people));
    Result<Contacts> found = co_await look;
    if (!found) co_return self.refuse(call, found.error());
    auto const *const view = call.target.find_any_case("contactListView");
    if (view && wire::same_letters(*view, "Company")) found->people.clear();
    if (view && wire::same_letters(*view, "Person")) found->companies.clear();
    co_return listed(call, written(call, *found));
}

Serve get_contact(Call &call) {
    auto const &self = instance();
    auto look = find_contact(std::string(call.id));
    Result<Contacts> const found = co_await look;
    if (!found) co_return self.refuse(call, found.error());
    auto const all = written(call, *found);
    auto const unknown = not_found(call.id);
    if (all.empty()) co_return self.refuse(call, unknown);
    co_return respond(call, all.front());
}

Serve create_company(Call &call) {
    static constexpr std::string_view needed[]{"companyName"};
    return create(call, crm_company_table, needed);
}

Serve create_contact_person(Call &call) {
    static constexpr std::string_view needed[]{"firstName", "lastName"};
    return create(call, crm_person_table, needed);
}

namespace {

struct Ends {
    std::string contact, project;
    Error unknown; // where there is no such contact
};

// A project has one company: linking another one takes its place.
Look link(Call const &call, Ends ends) {
    auto const &self = instance();
    bool const links = call.request.method == "POST";
    auto look_at_project = look_first(call, ends.project, Needs::editing);
    Result<Before> const before = co_await look_at_project;
    if (!before) co_return before.error();
    auto look = find_contact(ends.contact);
    Result<Contacts> found = co_await look;
    if (!found) co_return found.error();
    if (found->companies.empty() && found->people.empty()) co_return ends.unknown;
    Request update{.verb = Verb::update, .kind = Kind::project, .id = ends.project, .patch = Project{}};
    if (found->people.empty()) {
        auto const &present = before->project().company;
        if (links)
            update.of<Project>().company = Ref{.id = ends.contact};
        else if (present && present->id == ends.contact)
            update.of<Project>().company = std::nullopt;
    } else {
        canonical::ListChange change{.member = canonical::member<&Project::team>()};
        (links ? change.add : change.remove).push_back({.id = ends.contact});
        update.changes.push_back(std::move(change));
    }
    Result<Reply> const changed = co_await update;
    if (!changed) co_return self.named(changed.error(), Kind::project);
    co_return std::move(*found);
}

} // namespace

Serve link_contact(Call &call) {
    Ends ends{.contact = std::string(call.id), .project = call.segments().back(), .unknown = not_found(call.id)};
    auto make = link(call, std::move(ends));
    Result<Contacts> const contact = co_await make;
    if (!contact) co_return instance().refuse(call, contact.error());
    co_return respond(call, written(call, *contact).front());
}

Serve link_project(Call &call) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    auto const contact = parameter(*given, "contactid").value_or("");
    Error const unknown{.code = Code::bad_value, .field = "contactid", .detail = contact};
    Ends ends{.contact = contact, .project = std::string(call.id), .unknown = unknown};
    auto make = link(call, std::move(ends));
    Result<Contacts> const linked = co_await make;
    if (!linked) co_return self.refuse(call, linked.error());
    auto who = ask_who(call);
    Result<Asker> const asker = co_await who;
    if (!asker) co_return self.refuse(call, asker.error());
    Wanted wanted;
    wanted.request = {.verb = Verb::get, .kind = Kind::project, .id = std::string(call.id), .dialect = self.name()};
    wanted.request.query.related = {canonical::Relation::people};
    Result<Reply> reply = co_await wanted.request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    wanted.request.verb = Verb::update;
    co_return show_projects(call, wanted, *asker, *reply);
}

} // namespace dialects::onlyoffice
