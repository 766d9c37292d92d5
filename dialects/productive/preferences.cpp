#include "dialects/productive/preferences.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/productive/answers.hpp"
#include "dialects/productive/pairs.hpp"
#include "dialects/productive/requests.hpp"

#include <algorithm>

namespace dialects::productive {

using canonical::Code, canonical::Error, canonical::Kind, canonical::Part, canonical::Ref, canonical::Reply,
    canonical::Request, canonical::Result, canonical::Verb;

namespace {

struct Preference {
    std::string id = {}, project = {}, person = {};
    bool watched = true, unsubscribed = false;
    canonical::Bag extras = {};
};

// What nobody keeps here.
constexpr Field<Preference> no_filter(Path path) { return fixed<Preference>(path, Face::shown, blank::null); }

template <Literal Type>
constexpr Field<Preference> rows[]{
    part<&Preference::id, codec::text_id, Face::shown>("id", blank::text),
    fixed<Preference>("type", Face::both, std::string_view(Type)),
    no_filter("attributes/default_filter_id"),
    no_filter("attributes/tasks_layout_id"),
    no_filter("attributes/budgets_filter_id"),
    no_filter("attributes/deals_filter_id"),
    no_filter("attributes/invoices_filter_id"),
    no_filter("attributes/docs_filter_id"),
    fixed<Preference>("attributes/created_at", Face::shown, blank::null),
    fixed<Preference>("attributes/preferences", Face::shown, blank::null),
    part<&Preference::watched, codec::easy_flag>("attributes/watched", blank::no),
    part<&Preference::watched, codec::easy_flag, Face::sent>("attributes/subscribe", blank::null),
    part<&Preference::unsubscribed, codec::easy_flag, Face::sent>("attributes/unsubscribe", blank::null),
    part<&Preference::person, codec::text_id, Face::sent>("attributes/person_id", blank::null),
    part<&Preference::project, codec::text_id, Face::sent>("attributes/project_id", blank::null),
    organization_row<Preference>(),
    relation_row<&Preference::person, "people">("relationships/person"),
    relation_row<&Preference::project, "projects">("relationships/project"),
    kept_relation<Preference>("relationships/favorite_filter", blank::no_record),
    kept_relation<Preference>("relationships/budgets_favorite_filter", blank::no_record),
    kept_relation<Preference>("relationships/deals_favorite_filter", blank::no_record),
    kept_relation<Preference>("relationships/invoices_favorite_filter", blank::no_record),
    kept_relation<Preference>("relationships/docs_favorite_filter", blank::no_record),
};
constexpr Table<Preference> assignments{.dialect = "productive", .rows = rows<R"("project_assignments")">};
constexpr Table<Preference> preferences{.dialect = "productive", .rows = rows<R"("project_preferences")">};
static_assert(well_formed(assignments));

Table<Preference> const &table_for(Call const &call) {
    return type_of_pairs(call) == "project_assignments" ? assignments : preferences;
}

constexpr std::string_view filter_names[]{"id", "person_id", "project_id"};
constexpr std::string_view included_names[]{"person", "project", "organization", "favorite_filter"};

Result<PairsAsked> read_query(Call const &call) {
    return read_pairs_query(call, {.filters = filter_names, .included = included_names});
}

// --- numbers: those of the project and, always ten digits, of the person

constexpr std::size_t digits_of_person = 10;

std::string number_of(std::string const &project, std::string const &person) {
    std::string const padding(digits_of_person - std::min(person.size(), digits_of_person), '0');
    return project + padding + person;
}

// Project and person; nothing where it is no such number.
std::optional<std::pair<std::string, std::string>> parts_of(std::string_view id) {
    if (id.size() <= digits_of_person || id.find_first_not_of("0123456789") != id.npos) return {};
    auto const person = id.substr(id.size() - digits_of_person);
    auto const first = std::min(person.find_first_not_of('0'), person.size() - 1);
    return std::pair(std::string(id.substr(0, id.size() - digits_of_person)), std::string(person.substr(first)));
}

Preference preference_of(Project const &project, Ref const &person) {
    return {.id = number_of(*project.id, person.id), .project = *project.id, .person = person.id};
}

std::string_view value_of(Preference const &preference, std::string_view name) {
    return name == "id" ? preference.id : name == "person_id" ? preference.person : preference.project;
}

// --- projects and those who watch them

constexpr std::int64_t most_projects = 10'000; // that are looked through

using LookUp = Talk<Request, Result<Reply>, Result<Reply>>;

// The project of a record, with its people; only where that person watches it.
LookUp watched_project(std::string id) {
    Error const unknown{.code = Code::not_found};
    auto const parts = parts_of(id);
    if (!parts) co_return unknown;
    Request get{.kind = Kind::project, .id = parts->first};
    get.query.related = {canonical::Relation::people};
    Result<Reply> reply = co_await get;
    if (!reply) co_return reply;
    auto const &followers = *reply->one<Project>().followers;
    if (std::ranges::find(followers, parts->second, &Ref::id) == followers.end()) co_return unknown;
    co_return reply;
}

Request watching(std::string const &project, std::string const &person, bool watches) {
    Request update{.verb = Verb::update, .kind = Kind::project, .id = project, .patch = Project{}};
    canonical::ListChange change{.member = canonical::member<&Project::followers>()};
    (watches ? change.add : change.remove).push_back({.id = person});
    update.changes.push_back(std::move(change));
    update.query.related = {canonical::Relation::people};
    return update;
}

// What is sent; where nothing is said of watching, `watched` stays what it was.
Result<Preference> read_preference(Call const &call, bool watched) {
    auto const body = read_body(call);
    if (!body) return body.error();
    Preference sent{.watched = watched};
    if (body->is_null()) return sent;
    auto const read = read_into(sent, table_for(call), Face::sent, *body, context_of(call));
    if (!read) {
        auto error = read.error();
        error.field = error.field.substr(error.field.rfind('/') + 1);
        return error;
    }
    if (sent.unsubscribed) sent.watched = false;
    return sent;
}

} // namespace

Serve list_preferences(Call &call) {
    auto asked = read_query(call);
    if (!asked) co_return refusal(call, asked.error());
    Request list{.verb = Verb::list, .kind = Kind::project};
    list.query.page = {.limit = most_projects, .count = true};
    list.query.related = {canonical::Relation::people};
    for (auto const &filter : asked->filters) {
        if (filter.opposite || filter.name == "id") continue;
        canonical::Filter any{.op = canonical::Operator::in, .field = {canonical::member<&Project::id>()}};
        if (filter.name == "person_id") any.field = {canonical::member<&Project::followers>(), Part::id};
        for (auto const &value : filter.values) any.values.emplace_back(value);
        list.query.filter.require(std::move(any));
    }
    Result<Reply> const reply = co_await list;
    if (!reply) co_return refusal(call, reply.error());
    Error const too_many{
        .code = Code::malformed, .field = "filter", .detail = "Say whose preferences: there are too many"};
    if (reply->total > most_projects) co_return refusal(call, too_many);
    std::vector<Preference> all;
    for (auto const &project : reply->records.of<Project>())
        for (auto const &follower : *project.followers) {
            auto preference = preference_of(project, follower);
            if (passes(asked->filters, [&](std::string_view name) { return value_of(preference, name); }))
                all.push_back(std::move(preference));
        }
    put_in_order(all, asked->page.after_id);
    co_return respond(call, 200, all_written(call, table_for(call), all, *asked, *reply));
}

Serve get_preference(Call &call) {
    auto const asked = read_query(call);
    if (!asked) co_return refusal(call, asked.error());
    auto look = watched_project(std::string(call.id));
    Result<Reply> const reply = co_await look;
    if (!reply) co_return refusal(call, reply.error());
    auto const preference = preference_of(reply->one<Project>(), {.id = parts_of(call.id)->second});
    co_return respond(call, 200, one_written(call, table_for(call), preference, *asked, *reply));
}

Serve create_preference(Call &call) {
    auto const asked = read_query(call);
    if (!asked) co_return refusal(call, asked.error());
    auto const sent = read_preference(call, true);
    if (!sent) co_return refusal(call, sent.error());
    auto no_person = about_attribute(Code::blank, "person");
    auto const no_project = about_attribute(Code::blank, "project"), taken = about_attribute(Code::conflict, "person"),
               not_kept = about_attribute(Code::not_in_list, "watched");
    if (sent->person.empty() && sent->project.empty()) no_person.more.push_back(no_project);
    if (sent->person.empty()) co_return refusal(call, no_person);
    if (sent->project.empty()) co_return refusal(call, no_project);
    if (!sent->watched) co_return refusal(call, not_kept); // there is no other preference to keep
    auto look = watched_project(number_of(sent->project, sent->person));
    Result<Reply> const there = co_await look;
    if (there) co_return refusal(call, taken);
    auto update = watching(sent->project, sent->person, true);
    Result<Reply> const reply = co_await update;
    bool const about_person = !reply && reply.error().code == Code::unknown_reference;
    auto const unknown = about_attribute(Code::unknown_reference, about_person ? "person" : "project");
    bool const is_unknown = !reply && (about_person || reply.error().code == Code::not_found);
    if (!reply) co_return refusal(call, is_unknown ? unknown : reply.error());
    auto const preference = preference_of(reply->one<Project>(), {.id = sent->person});
    co_return respond(call, 201, one_written(call, table_for(call), preference, *asked, *reply));
}

Serve update_preference(Call &call) {
    auto const asked = read_query(call);
    if (!asked) co_return refusal(call, asked.error());
    auto const sent = read_preference(call, true);
    if (!sent) co_return refusal(call, sent.error());
    auto look = watched_project(std::string(call.id));
    Result<Reply> reply = co_await look;
    if (!reply) co_return refusal(call, reply.error());
    auto const [project, person] = *parts_of(call.id);
    if (!sent->watched) {
        auto update = watching(project, person, false);
        reply = co_await update;
        if (!reply) co_return refusal(call, reply.error());
    }
    auto preference = preference_of(reply->one<Project>(), {.id = person});
    preference.watched = sent->watched;
    co_return respond(call, 200, one_written(call, table_for(call), preference, *asked, *reply));
}

Serve remove_preference(Call &call) {
    auto look = watched_project(std::string(call.id));
    Result<Reply> const reply = co_await look;
    if (!reply) co_return refusal(call, reply.error());
    auto const [project, person] = *parts_of(call.id);
    auto update = watching(project, person, false);
    Result<Reply> const removed = co_await update;
    if (!removed) co_return refusal(call, removed.error());
    co_return no_content(call);
}

} // namespace dialects::productive
