#include "dialects/productive/memberships.hpp"

#include "dialects/engine/parts.hpp"
#include "dialects/engine/questions.hpp"
#include "dialects/productive/answers.hpp"
#include "dialects/productive/condition.hpp"
#include "dialects/productive/include.hpp"
#include "dialects/productive/pages.hpp"
#include "dialects/productive/requests.hpp"
#include "dialects/productive/tables.hpp"

#include <algorithm>
#include <set>

namespace dialects::productive {

using canonical::Code, canonical::Error, canonical::Kind, canonical::Part, canonical::Records, canonical::Ref,
    canonical::Reply, canonical::Request, canonical::Result, canonical::Verb;

namespace {

constexpr std::string_view of_members = "5", of_people = "1"; // access, type

struct Membership {
    std::string id = {}, project = {}, person = {}, access = {}, type = {};
    canonical::Bag extras = {};
};

// A relation to one record, by its id; as an attribute by `<name>_id`.
template <auto M, Literal Type> constexpr Field<Membership> relation_row(Path wire) {
    auto row = kept_relation<Membership>(wire, blank::no_record);
    row.read = [](Field<Membership> const &, json::value const &j, Membership &m, Packer &, Context const &context) {
        Slot<Ref> slot;
        if (!codec::relation<Type>::read(j, slot, context)) return false;
        if (slot) m.*M = slot->id;
        return true;
    };
    row.write = [](Field<Membership> const &self, Membership const &m, Writer &to) {
        auto &out = to.at(self.wire);
        if (to.view.includes(self.wire.name()))
            codec::relation<Type>::write({.id = m.*M}, out);
        else
            out.raw(blank::not_included);
    };
    row.face = Face::both;
    row.kept = {};
    row.failure = Code::unknown_reference;
    return row;
}

constexpr Field<Membership> rows[]{
    part<&Membership::id, codec::text_id, Face::shown>("id", blank::text),
    fixed<Membership>("type", Face::both, R"("memberships")"),
    part<&Membership::access, codec::id>("attributes/access_type_id", of_members),
    fixed<Membership>("attributes/dynamic_group_id", Face::shown, blank::null),
    fixed<Membership>("attributes/options", Face::shown, blank::map),
    fixed<Membership>("attributes/target_type", Face::shown, R"("project")"),
    part<&Membership::type, codec::id>("attributes/type_id", of_people),
    part<&Membership::person, codec::text_id, Face::sent>("attributes/person_id", blank::null),
    part<&Membership::project, codec::text_id, Face::sent>("attributes/project_id", blank::null),
    organization_row<Membership>(),
    relation_row<&Membership::person, "people">("relationships/person"),
    kept_relation<Membership>("relationships/team", blank::no_record),
    kept_relation<Membership>("relationships/dashboard", blank::no_record),
    kept_relation<Membership>("relationships/deal", blank::no_record),
    kept_relation<Membership>("relationships/filter", blank::no_record),
    kept_relation<Membership>("relationships/page", blank::no_record),
    relation_row<&Membership::project, "projects">("relationships/project"),
    kept_relation<Membership>("relationships/survey", blank::no_record),
};
constexpr Table<Membership> table{.dialect = "productive", .rows = rows};
static_assert(well_formed(table));

// --- what is asked for

struct Comparison {
    std::string name;
    bool opposite = false;
    std::set<std::string> values = {};
};

struct Asked {
    std::vector<Comparison> filters = {};
    std::vector<std::string_view> included = {};
    PageStart page = {};
};

// Nobody here is on the team of anything but a project.
constexpr std::string_view filter_names[]{"id",        "project_id", "person_id",    "access_type_id",
                                          "type_id",   "target_id",  "target_type",  "dynamic_group_id",
                                          "deal_id",   "page_id",    "dashboard_id", "filter_id",
                                          "survey_id", "agent_id"};
constexpr std::string_view included_names[]{"person", "project", "organization", "team",  "dashboard",
                                            "deal",   "filter",  "page",         "survey"};

std::set<std::string> values_in(std::string_view text) {
    std::set<std::string> values;
    while (!text.empty()) {
        auto const item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        if (!item.empty()) values.emplace(item);
    }
    return values;
}

// "filter[project_id]", "filter[project_id][not_eq]", "filter[project_id][]"
Result<void> read_comparison(wire::Pair const &pair, std::vector<Comparison> &to) {
    constexpr std::string_view start = "filter[";
    auto const rest = std::string_view(pair.name).substr(start.size());
    auto const name = rest.substr(0, rest.find(']'));
    auto const op = rest.substr(std::min(name.size() + 1, rest.size()));
    if (std::ranges::find(filter_names, name) == std::end(filter_names)) return unknown_filter(wire::excerpt(name));
    bool const equal = op.empty() || op == "[]" || op == "[eq]", opposite = op == "[not_eq]";
    if (!equal && !opposite) return unknown_operator(name, wire::excerpt(op.substr(1, op.find(']', 1) - 1)));
    auto values = values_in(pair.value);
    for (auto &known : to)
        if (known.name == name && known.opposite == opposite && op == "[]") {
            known.values.merge(values);
            return {};
        }
    to.push_back({.name = std::string(name), .opposite = opposite, .values = std::move(values)});
    return {};
}

Result<Asked> read_query(Call const &call) {
    Result<Asked> asked(boost::system::in_place_value);
    for (auto const &pair : call.target.query)
        if (pair.name.starts_with("filter["))
            if (auto done = read_comparison(pair, asked->filters); !done) return done.error();
    auto const *const include = call.target.find("include");
    if (include) asked->included = wire::list_items(*include);
    for (auto const name : asked->included)
        if (std::ranges::find(included_names, name) == std::end(included_names))
            return Error{.code = Code::unknown_field, .field = "include", .detail = wire::excerpt(name)};
    auto page = read_page(call);
    if (!page) return page.error();
    asked->page = std::move(*page);
    return asked;
}

std::string_view value_of(Membership const &m, std::string_view name) {
    if (name == "id") return m.id;
    if (name == "project_id" || name == "target_id") return m.project;
    if (name == "person_id") return m.person;
    if (name == "access_type_id") return of_members;
    if (name == "type_id") return of_people;
    return name == "target_type" ? "project" : "";
}

bool passes(Membership const &m, std::vector<Comparison> const &filters) {
    return std::ranges::all_of(filters, [&](Comparison const &filter) {
        return filter.values.contains(std::string(value_of(m, filter.name))) != filter.opposite;
    });
}

// --- projects and their teams

constexpr std::int64_t most_projects = 10'000; // whose teams are looked through

// Only those projects that may have what is looked for.
Request projects_with(std::vector<Comparison> const &filters) {
    Request request{.verb = Verb::list, .kind = Kind::project};
    request.query.page = {.limit = most_projects, .count = true};
    request.query.related = {canonical::Relation::people};
    for (auto const &filter : filters) {
        if (filter.opposite) continue;
        auto const in = [&](canonical::Field field) {
            canonical::Filter any{.op = canonical::Operator::in, .field = field};
            for (auto const &value : filter.values) any.values.emplace_back(value);
            request.query.filter.require(std::move(any));
        };
        if (filter.name == "project_id" || filter.name == "target_id") in({canonical::member<&Project::id>()});
        if (filter.name == "person_id") in({canonical::member<&Project::team>(), Part::id});
        if (filter.name == "id") in({canonical::member<&Project::team>(), Part::membership});
    }
    return request;
}

std::vector<Membership> memberships_of(Project const &project) {
    std::vector<Membership> all;
    for (auto const &member : *project.team)
        if (!member.person.id.empty())
            all.push_back({.id = member.id, .project = *project.id, .person = member.person.id});
    return all;
}

// In the order of their numbers, those behind one of them.
void by_number(std::vector<Membership> &all, std::string const &after) {
    auto const number = [](std::string const &id) { return std::pair(id.size(), std::string_view(id)); };
    if (!after.empty()) std::erase_if(all, [&](Membership const &m) { return number(m.id) <= number(after); });
    std::ranges::sort(all, {}, [&](Membership const &m) { return number(m.id); });
}

void write_included(Call const &call, std::span<Membership const> shown, Asked const &asked, Reply const &reply,
                    Text &text) {
    if (asked.included.empty()) return;
    text.key("included");
    text.put('[');
    std::set<std::string_view> seen;
    auto const add = [&]<class E>(std::string_view type, E const *record) {
        if (!record || !seen.insert(*record->id).second) return;
        text.next();
        write_resource(call, type, *tables.of<E>(), *record, {}, text);
    };
    auto const wants = [&](std::string_view name) {
        return std::ranges::find(asked.included, name) != asked.included.end();
    };
    for (auto const &m : shown) {
        if (wants("person")) add("people", reply.related.find<Person>(m.person));
        if (wants("project")) add("projects", reply.records.find<Project>(m.project));
    }
    text.put(']');
}

wire::Response answer_one(Call const &call, unsigned status, Membership const &m, Asked const &asked,
                          Reply const &reply) {
    auto const surroundings = context_of(call);
    std::string body;
    {
        Text text(body, surroundings);
        text.raw(R"({"data":)");
        write_resource(call, "memberships", table, m, asked.included, text);
        write_included(call, {&m, 1}, asked, reply, text);
        text.raw(R"(,"meta":{}})");
    }
    return respond(call, status, std::move(body));
}

wire::Response answer_list(Call const &call, std::vector<Membership> const &all, Asked const &asked,
                           Reply const &reply) {
    auto const total = std::int64_t(all.size());
    auto const first = std::min(asked.page.offset, total);
    auto const shown =
        std::span(all).subspan(std::size_t(first)).first(std::size_t(std::min(asked.page.limit, total - first)));
    auto const surroundings = context_of(call);
    std::string body;
    {
        Text text(body, surroundings);
        text.raw(R"({"data":[)");
        for (auto const &m : shown) {
            text.next();
            write_resource(call, "memberships", table, m, asked.included, text);
        }
        text.put(']');
        write_included(call, shown, asked, reply, text);
        Listed const listed{.total = total,
                            .shown = std::int64_t(shown.size()),
                            .last_id = shown.empty() ? std::string_view() : std::string_view(shown.back().id)};
        write_links(call, listed, text);
        write_figures(call, listed, text);
        text.put('}');
    }
    return respond(call, 200, std::move(body));
}

Error about_attribute(Code code, std::string_view attribute) { return {.code = code, .field = std::string(attribute)}; }

Result<Membership> read_membership(Call const &call) {
    auto const body = read_body(call);
    if (!body) return body.error();
    Membership m;
    if (body->is_null()) return m;
    auto const read = read_into(m, table, Face::sent, *body, context_of(call));
    if (!read) {
        auto error = read.error();
        error.field = error.field.substr(error.field.rfind('/') + 1);
        if (error.field.ends_with("_id") && error.field != "access_type_id" && error.field != "type_id")
            error.field.resize(error.field.size() - 3);
        return error;
    }
    if (!m.access.empty() && m.access != of_members) return about_attribute(Code::not_in_list, "access_type_id");
    if (!m.type.empty() && m.type != of_people) return about_attribute(Code::not_in_list, "type_id");
    return m;
}

struct Found {
    Membership membership;
    Reply reply; // the project, and the people of its team
};
using LookUp = Talk<Request, Result<Reply>, Result<Found>>;

LookUp look_up(std::string id) {
    auto look = one_where<&Project::team>(id, Part::membership);
    look.query.related = {canonical::Relation::people};
    Result<Reply> reply = co_await look;
    if (!reply) co_return reply.error();
    Error const unknown{.code = Code::not_found};
    if (reply->records.of<Project>().empty()) co_return unknown;
    auto const all = memberships_of(reply->one<Project>());
    auto const one = std::ranges::find(all, id, &Membership::id);
    if (one == all.end()) co_return unknown;
    Found found{.membership = *one, .reply = std::move(*reply)};
    co_return found;
}

Request change_team(std::string const &project, Ref const &person, bool arrives) {
    Request update{.verb = Verb::update, .kind = Kind::project, .id = project, .patch = Project{}};
    canonical::ListChange change{.member = canonical::member<&Project::team>()};
    (arrives ? change.add : change.remove).push_back(person);
    update.changes.push_back(std::move(change));
    update.query.related = {canonical::Relation::people};
    return update;
}

} // namespace

Serve list_team_memberships(Call &call) {
    auto asked = read_query(call);
    if (!asked) co_return refusal(call, asked.error());
    auto look = projects_with(asked->filters);
    Result<Reply> const reply = co_await look;
    if (!reply) co_return refusal(call, reply.error());
    Error const too_many{
        .code = Code::malformed, .field = "filter", .detail = "Say whose memberships: there are too many"};
    if (reply->total > most_projects) co_return refusal(call, too_many);
    std::vector<Membership> all;
    for (auto const &project : reply->records.of<Project>())
        for (auto &m : memberships_of(project))
            if (passes(m, asked->filters)) all.push_back(std::move(m));
    by_number(all, asked->page.after_id);
    co_return answer_list(call, all, *asked, *reply);
}

Serve get_team_membership(Call &call) {
    auto const asked = read_query(call);
    if (!asked) co_return refusal(call, asked.error());
    auto look = look_up(std::string(call.id));
    Result<Found> const found = co_await look;
    if (!found) co_return refusal(call, found.error());
    co_return answer_one(call, 200, found->membership, *asked, found->reply);
}

Serve create_team_membership(Call &call) {
    auto const asked = read_query(call);
    if (!asked) co_return refusal(call, asked.error());
    auto const wanted = read_membership(call);
    if (!wanted) co_return refusal(call, wanted.error());
    auto no_person = about_attribute(Code::blank, "person");
    auto const no_project = about_attribute(Code::blank, "project");
    if (wanted->person.empty() && wanted->project.empty()) no_person.more.push_back(no_project);
    if (wanted->person.empty()) co_return refusal(call, no_person);
    if (wanted->project.empty()) co_return refusal(call, no_project);
    Request who{.kind = Kind::person, .id = wanted->person};
    Result<Reply> const person = co_await who;
    auto const nobody = about_attribute(Code::unknown_reference, "person");
    if (!person) co_return refusal(call, person.error().code == Code::not_found ? nobody : person.error());
    Ref const arrival{.id = *person->one<Person>().id};
    auto update = change_team(wanted->project, arrival, true);
    Result<Reply> const reply = co_await update;
    auto const nowhere = about_attribute(Code::unknown_reference, "project");
    if (!reply) co_return refusal(call, reply.error().code == Code::not_found ? nowhere : reply.error());
    auto const all = memberships_of(reply->one<Project>());
    auto const one = std::ranges::find(all, arrival.id, &Membership::person);
    Error const lost{.code = Code::internal};
    if (one == all.end()) co_return refusal(call, lost);
    co_return answer_one(call, 201, *one, *asked, *reply);
}

Serve update_team_membership(Call &call) {
    auto const asked = read_query(call);
    if (!asked) co_return refusal(call, asked.error());
    auto const wanted = read_membership(call);
    if (!wanted) co_return refusal(call, wanted.error());
    auto look = look_up(std::string(call.id));
    Result<Found> const found = co_await look;
    if (!found) co_return refusal(call, found.error());
    co_return answer_one(call, 200, found->membership, *asked, found->reply);
}

Serve remove_team_membership(Call &call) {
    auto look = look_up(std::string(call.id));
    Result<Found> const found = co_await look;
    if (!found) co_return refusal(call, found.error());
    Ref const leaver{.id = found->membership.person};
    auto update = change_team(found->membership.project, leaver, false);
    Result<Reply> const reply = co_await update;
    if (!reply) co_return refusal(call, reply.error());
    co_return no_content(call);
}

} // namespace dialects::productive
