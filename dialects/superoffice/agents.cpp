#include "dialects/superoffice/agents.hpp"

#include "dialects/engine/read.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/change.hpp"
#include "dialects/superoffice/superoffice.hpp"
#include "dialects/superoffice/talks.hpp"

#include <algorithm>

namespace dialects::superoffice {

using canonical::Kind, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

SuperOffice const &self() { return static_cast<SuperOffice const &>(*find_dialect("superoffice")); }

json::value const *find(json::value const &body, std::string_view name) {
    if (auto const *const object = body.if_object())
        for (auto const &[key, value] : *object)
            if (wire::same_letters(key, name)) return &value;
    return nullptr;
}

std::string number_in(json::value const &body, std::string_view name) {
    auto const *const value = find(body, name);
    codec::Scalar const scalar(value ? *value : json::value());
    return value && scalar ? std::string(scalar.text) : std::string();
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 10 && text.find_first_not_of("0123456789") == text.npos;
}

// From here on the call is about that record.
void name_record(Call &call, std::string id) {
    call.target.segments.push_back(std::move(id));
    call.id = call.target.segments.back();
}

// The record that the query names.
Result<void> read_id(Call &call) {
    auto const *const id = call.target.find_any_case("projectEntityId");
    if (!id || !is_number(*id)) return Error{.code = Code::blank, .field = "projectEntityId"};
    name_record(call, *id);
    return {};
}

using Look = Talk<Request, Result<Reply>, Result<Reply>>;
Look look_at(std::string id) {
    Request get{.kind = Kind::project, .id = std::move(id)};
    Result<Reply> reply = co_await get;
    co_return reply;
}

// The update that puts another team in place of the one that the project has.
Request new_team(Project const &project, std::vector<canonical::Member> team) {
    Request update{.verb = Verb::update, .kind = Kind::project, .id = *project.id, .patch = Project{}};
    update.of<Project>().team = std::move(team);
    if (project.version) update.unchanged_version = *project.version;
    return update;
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
    auto const id = number_in(*body, "ProjectId");
    if (id.empty() || id == blank::zero) return create_project(self(), call);
    name_record(call, id);
    return change_project(self(), call);
}

Serve agent_set_completed(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto const *const completed = find(*body, "IsCompleted");
    Error const no_flag{.code = Code::blank, .field = "IsCompleted"}, no_id{.code = Code::blank, .field = "ProjectId"};
    if (!completed || !completed->is_bool()) co_return self().refuse(call, no_flag);
    name_record(call, number_in(*body, "ProjectId"));
    if (call.id.empty()) co_return self().refuse(call, no_id);
    Request update{.verb = Verb::update, .kind = Kind::project, .id = std::string(call.id), .patch = Project{}};
    update.of<Project>().phase = completed->get_bool() ? Phase::closed : Phase::not_closed;
    Result<Reply> const reply = co_await update;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    co_return respond(call, 204);
}

Serve agent_add_members(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto const *const list = find(*body, "ProjectMembers");
    Error const no_list{.code = Code::blank, .field = "ProjectMembers"};
    if (!list || !list->is_array()) co_return self().refuse(call, no_list);
    name_record(call, number_in(*body, "ProjectEntityId"));
    auto look = look_at(std::string(call.id));
    Result<Reply> const before = co_await look;
    if (!before) co_return self().refuse(call, self().named(before.error(), Kind::project));
    auto const &project = before->one<Project>();
    auto const context = self().context(call);
    Project arrival; // the new ones alone: those that are there are known by other numbers already
    auto &arriving = arrival.team.emplace();
    for (auto const &item : list->get_array()) {
        Membership member;
        auto const read = read_into(member, membership_table, Face::sent, item, context);
        if (!read) co_return self().refuse(call, read.error());
        member.id.clear();
        arriving.push_back(member.member());
    }
    auto people = people_question(arrival);
    canonical::Records known;
    if (people) {
        Result<Reply> found = co_await *people;
        if (!found) co_return self().refuse(call, found.error());
        known = std::move(found->records);
    }
    auto const settled = settle_team(arrival, {}, known);
    if (!settled) co_return self().refuse(call, settled.error());
    auto team = *project.team;
    std::ranges::move(arriving, std::back_inserter(team));
    auto update = new_team(project, std::move(team));
    Result<Reply> const reply = co_await update;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    co_return respond(call, 204);
}

Serve agent_delete_members(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto const *const list = find(*body, "MemberIds");
    Error const no_list{.code = Code::blank, .field = "MemberIds"};
    if (!list || !list->is_array()) co_return self().refuse(call, no_list);
    name_record(call, number_in(*body, "ProjectEntityId"));
    auto look = look_at(std::string(call.id));
    Result<Reply> const before = co_await look;
    if (!before) co_return self().refuse(call, self().named(before.error(), Kind::project));
    auto const &project = before->one<Project>();
    auto team = *project.team;
    for (auto const &item : list->get_array()) {
        codec::Scalar const scalar(item);
        std::erase_if(team, [&](auto const &member) { return scalar && member.id == scalar.text; });
    }
    auto update = new_team(project, std::move(team));
    Result<Reply> const reply = co_await update;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    co_return respond(call, 204);
}

} // namespace dialects::superoffice
