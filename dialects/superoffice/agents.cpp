#include "dialects/superoffice/agents.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/bodies.hpp"
#include "dialects/superoffice/duplicates.hpp"
#include "dialects/superoffice/people.hpp"
#include "dialects/superoffice/superoffice.hpp"
#include "dialects/superoffice/tables.hpp"
#include "dialects/superoffice/talks.hpp"

namespace dialects::superoffice {

using canonical::Kind, canonical::Operator, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

SuperOffice const &self() { return static_cast<SuperOffice const &>(*find_dialect("superoffice")); }

// The record that the query names.
Result<void> read_id(Call &call) {
    auto const *id = call.target.find_any_case("projectEntityId");
    if (!id) id = call.target.find_any_case("projectId");
    if (!id || !is_record_number(*id)) return Error{.code = Code::blank, .field = "projectEntityId"};
    name_record(call, *id);
    return {};
}

} // namespace

Serve agent_get_project(Call &call) {
    if (auto const read = read_id(call); !read) return self().refusal_talk(call, read.error());
    return read_project(self(), call);
}

Serve agent_delete_project(Call &call) {
    if (auto const read = read_id(call); !read) return self().refusal_talk(call, read.error());
    return remove_project(self(), call);
}

Serve agent_default_project(Call &call) { return default_project(self(), call); }

Serve agent_save_project(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto const id = text_of(*body, "ProjectId");
    if (id.empty() || id == blank::zero) return create_project(self(), call);
    name_record(call, id);
    return change_project(self(), call);
}

Serve agent_get_bare_project(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto id = text_of(*body, "ProjectId");
    if (!is_record_number(id)) return self().refusal_talk(call, {.code = Code::blank, .field = "ProjectId"});
    name_record(call, std::move(id));
    return read_project(self(), call);
}

Serve agent_save_bare_project(Call &call) { return agent_save_project(call); }

Serve agent_set_completed(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto const *const completed = member_of(*body, "IsCompleted");
    Error const no_flag{.code = Code::blank, .field = "IsCompleted"}, no_id{.code = Code::blank, .field = "ProjectId"};
    if (!completed || !completed->is_bool()) co_return self().refuse(call, no_flag);
    name_record(call, text_of(*body, "ProjectId"));
    if (call.id.empty()) co_return self().refuse(call, no_id);
    Request update{.verb = Verb::update, .kind = Kind::project, .id = std::string(call.id), .patch = Project{}};
    update.of<Project>().phase = completed->get_bool() ? Phase::closed : Phase::not_closed;
    Result<Reply> const reply = co_await update;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    co_return respond(call, 204);
}

namespace {

using Asking = Talk<Request, Result<Reply>, Result<canonical::Filter>>;

// Which projects a method is about.
Asking projects_meant(Call const &call, json::value const &body) {
    auto const method = call.operation->path.substr(call.operation->path.rfind('/') + 1);
    canonical::Filter meant{.op = Operator::any};
    if (method == "GetMyProjects" || method == "GetMyMemberProjects") {
        auto const *const members = member_of(body, "IncludeMemberProjects");
        bool const own = method == "GetMyProjects";
        if (own) meant.children.push_back(where<&Project::manager>(call.caller->person, canonical::Part::email));
        if (!own || (members && members->is_bool() && members->get_bool()))
            meant.children.push_back(where<&Project::team>(call.caller->person, canonical::Part::email));
        co_return meant;
    }
    if (method == "GetProjectsFromContact") {
        meant.children.push_back(where<&Project::company>(text_of(body, "ContactId"), canonical::Part::id));
        co_return meant;
    }
    if (method == "GetProjectsFromPerson") {
        auto look = user_of_person(text_of(body, "PersonId"));
        Result<Reply> const people = co_await look;
        if (!people) co_return people.error();
        for (auto const &person : people->records.of<Person>())
            meant.children.push_back(where<&Project::team>(*person.id, canonical::Part::id));
        co_return meant;
    }
    canonical::Filter these{.op = Operator::in, .field = {canonical::member<&Project::id>()}};
    for (auto &number : numbers_of(body)) these.values.emplace_back(std::move(number));
    meant.children.push_back(std::move(these));
    co_return meant;
}

} // namespace

Serve agent_list_projects(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto asking = projects_meant(call, *body);
    Result<canonical::Filter> meant = co_await asking;
    if (!meant) co_return self().refuse(call, meant.error());
    Request list{.verb = Verb::list, .kind = Kind::project};
    list.query.related = {canonical::Relation::people, canonical::Relation::status, canonical::Relation::type};
    constexpr std::int64_t most = 10'000;
    list.query.page.limit = most;
    list.query.filter.require(std::move(*meant));
    Result<Reply> const reply = co_await list;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    auto context = self().context(call);
    context.related = &reply->related;
    Body projects{.json = {}, .element = "ArrayOfProject"};
    {
        Text out(projects.json, context);
        View const view{.extras = false};
        out.put('[');
        for (auto const &project : reply->records.of<Project>()) {
            out.next();
            write(simple_table, view, project, out);
        }
        out.put(']');
    }
    co_return respond(call, 200, std::move(projects));
}

namespace {

// The project that the body names; false where it names none.
bool name_project(Call &call, json::value const &body) {
    auto id = text_of(body, "ProjectId");
    if (!is_record_number(id)) return false;
    name_record(call, std::move(id));
    return true;
}

// A question about a project, which the body names.
Serve asked_of_project(Call &call, Serve (*question)(Call &)) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    if (!name_project(call, *body)) return self().refusal_talk(call, {.code = Code::blank, .field = "ProjectId"});
    return question(call);
}

wire::Response answer_json(Call const &call, std::string json, std::string_view element) {
    Body body{.json = std::move(json), .element = element};
    return respond(call, 200, std::move(body));
}

Serve next_status(Call &call) {
    Request get{.kind = Kind::project, .id = std::string(call.id)};
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    Request list{.verb = Verb::list, .kind = Kind::project_status};
    list.query.sort = {{.field = {canonical::member<&canonical::ProjectStatus::position>()}}};
    Result<Reply> const statuses = co_await list;
    if (!statuses) co_return self().refuse(call, statuses.error());
    auto const present = reply->one<Project>().status->id;
    std::string next = present.empty() ? std::string(blank::zero) : present; // of the last one, itself
    bool passed = present.empty();
    for (auto const &status : statuses->records.of<canonical::ProjectStatus>()) {
        if (passed) {
            next = *status.id;
            break;
        }
        passed = *status.id == present;
    }
    co_return answer_json(call, std::move(next), "int");
}

} // namespace

Serve agent_next_status(Call &call) { return asked_of_project(call, next_status); }
Serve agent_has_guide(Call &call) { return asked_of_project(call, has_guide); }
Serve agent_next_milestone(Call &call) { return asked_of_project(call, next_milestone); }

Serve agent_is_number_free(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto number = text_of(*body, "Number");
    if (number.empty()) number = text_of(*body, "ProjectNumber");
    auto &segments = call.target.segments;
    segments.push_back(text_of(*body, "ProjectId"));
    segments.push_back(std::move(number));
    call.id = segments[segments.size() - 2];
    return is_number_free(call);
}

// Either what is asked for, or the record itself.
Serve validate_project(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto const *const inner = member_of(*body, "ProjectEntity");
    auto const &entity = inner ? *inner : *body;
    auto const name = text_of(entity, "Name");
    std::string problems = wire::trim(name).empty() ? R"({"Name":"Name is required"})" : "{}";
    co_return answer_json(call, std::move(problems), "ValidationResult");
}

Serve agent_duplicates(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto name = text_of(*body, "Name");
    if (name.empty()) name = text_of(*body, "ProjectName");
    if (name.empty()) return self().refusal_talk(call, {.code = Code::blank, .field = "Name"});
    return duplicates_named<Project>(call, std::move(name));
}

Serve list_duplicates_of_project(Call &call) { return list_duplicates<Project>(call); }

Serve list_duplicate_rules(Call &call) {
    std::string rules = R"([{"Name":"Name","DisplayName":"Name","DisplayTooltip":"","IsActive":true}])";
    co_return answer_json(call, std::move(rules), "ArrayOfDuplicateRule");
}

} // namespace dialects::superoffice
