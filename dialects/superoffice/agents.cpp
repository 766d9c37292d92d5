#include "dialects/superoffice/agents.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/bodies.hpp"
#include "dialects/superoffice/superoffice.hpp"
#include "dialects/superoffice/tables.hpp"
#include "dialects/superoffice/talks.hpp"

namespace dialects::superoffice {

using canonical::Kind, canonical::Operator, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

SuperOffice const &self() { return static_cast<SuperOffice const &>(*find_dialect("superoffice")); }

// From here on the call is about that record.
void name_record(Call &call, std::string id) {
    call.target.segments.push_back(std::move(id));
    call.id = call.target.segments.back();
}

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

// Those of a list of numbers, of the caller, or one; in short.
Serve agent_list_projects(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    Request list{.verb = Verb::list, .kind = Kind::project};
    list.query.related = {canonical::Relation::people, canonical::Relation::status, canonical::Relation::type};
    constexpr std::int64_t most = 10'000;
    list.query.page.limit = most;
    bool const own = call.operation->name == "agent.project.own";
    if (own) {
        auto const *const members = member_of(*body, "IncludeMemberProjects");
        canonical::Filter mine{.op = Operator::any};
        mine.children.push_back(where<&Project::manager>(call.caller->person, canonical::Part::email));
        if (members && members->is_bool() && members->get_bool())
            mine.children.push_back(where<&Project::team>(call.caller->person, canonical::Part::email));
        list.query.filter.require(std::move(mine));
    } else {
        canonical::Filter these{.op = Operator::in, .field = {canonical::member<&Project::id>()}};
        for (auto &number : numbers_of(*body)) these.values.emplace_back(std::move(number));
        list.query.filter.require(std::move(these));
    }
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

} // namespace dialects::superoffice
