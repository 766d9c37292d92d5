#include "dialects/productive/memberships.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/productive/answers.hpp"
#include "dialects/productive/include.hpp"
#include "dialects/productive/pairs.hpp"
#include "dialects/productive/requests.hpp"
#include "dialects/productive/tables.hpp"

#include <algorithm>

namespace dialects::productive {

using canonical::Code, canonical::Error, canonical::Kind, canonical::Part, canonical::Ref, canonical::Reply,
    canonical::Request, canonical::Result, canonical::Verb;

namespace {

constexpr std::string_view of_members = "5", of_people = "1"; // access, type

struct Membership {
    std::string id = {}, project = {}, person = {}, access = {}, type = {};
    canonical::Bag extras = {};
};

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

// Nobody here is on the team of anything but a project.
constexpr std::string_view filter_names[]{"id",        "project_id", "person_id",    "access_type_id",
                                          "type_id",   "target_id",  "target_type",  "dynamic_group_id",
                                          "deal_id",   "page_id",    "dashboard_id", "filter_id",
                                          "survey_id", "agent_id"};
constexpr std::string_view included_names[]{"person", "project", "organization", "team",  "dashboard",
                                            "deal",   "filter",  "page",         "survey"};

Result<PairsAsked> read_query(Call const &call) {
    return read_pairs_query(call, {.filters = filter_names, .included = included_names});
}

std::string_view value_of(Membership const &m, std::string_view name) {
    if (name == "id") return m.id;
    if (name == "project_id" || name == "target_id") return m.project;
    if (name == "person_id") return m.person;
    if (name == "access_type_id") return of_members;
    if (name == "type_id") return of_people;
    return name == "target_type" ? "project" : "";
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

wire::Response answer_one(Call const &call, unsigned status, Membership const &m, PairsAsked const &asked,
                          Reply const &reply) {
    return respond(call, status, one_written(call, table, m, asked, reply));
}

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
            if (passes(asked->filters, [&](std::string_view name) { return value_of(m, name); }))
                all.push_back(std::move(m));
    put_in_order(all, asked->page.after_id);
    co_return respond(call, 200, all_written(call, table, all, *asked, *reply));
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
