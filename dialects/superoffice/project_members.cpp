#include "dialects/superoffice/project_members.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/bodies.hpp"
#include "dialects/superoffice/change.hpp"
#include "dialects/superoffice/patch.hpp"
#include "dialects/superoffice/superoffice.hpp"
#include "dialects/superoffice/talks.hpp"

#include <algorithm>

namespace dialects::superoffice {

using canonical::Company, canonical::Kind, canonical::Part, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

SuperOffice const &self() { return static_cast<SuperOffice const &>(*find_dialect("superoffice")); }

// With its people and the companies that they stand for.
ReplyTalk ask_whole(Request request) {
    Error const nameless{.code = Code::blank, .field = "ProjectId"};
    if (request.verb != Verb::list && request.id.empty()) co_return nameless;
    request.query.related = {canonical::Relation::people};
    Result<Reply> reply = co_await request;
    if (!reply) co_return self().named(reply.error(), Kind::project);
    auto rest = with_companies(std::move(*reply));
    Result<Reply> whole = co_await rest;
    co_return whole;
}

ReplyTalk project_by_id(std::string id) {
    Request get{.kind = Kind::project, .id = std::move(id)};
    return ask_whole(std::move(get));
}
ReplyTalk project_of_member(std::string member) {
    auto asking = ask_whole(one_where<&Project::team>(member, Part::membership));
    Result<Reply> reply = co_await asking;
    Error const unknown{.code = Code::not_found, .detail = std::move(member)};
    if (reply && reply->records.of<Project>().empty()) co_return unknown;
    co_return reply;
}

std::vector<Membership> places_on(Reply const &reply, Call const &call) {
    auto context = self().context(call);
    context.related = &reply.related;
    return entries_of(reply.one<Project>(), context);
}

// Another team in place of the one that the project has; `said`: what was said of somebody's part in an event.
Request team_of(Project const &project, std::vector<Member> team, std::span<Membership const> said) {
    Request update{.verb = Verb::update, .kind = Kind::project, .id = *project.id, .patch = Project{}};
    update.dialect = self().name();
    auto &patch = update.of<Project>();
    patch.team = std::move(team);
    keep_participations(project, patch, said);
    if (project.version) update.unchanged_version = *project.version;
    return update;
}

// People by their records as people become users, and what is known of their places holds.
ReplyTalk settled(Project wanted, Project before) {
    Reply done;
    auto people = people_question(wanted);
    if (people) {
        Result<Reply> found = co_await *people;
        if (!found) co_return found;
        done.related = std::move(found->records);
    }
    auto const settled = settle_team(wanted, before, done.related);
    if (!settled) co_return settled.error();
    done.records.of<Project>().push_back(std::move(wanted));
    co_return done;
}

Result<std::vector<Membership>> read_members(json::value const &list, Call const &call) {
    auto const *const array = list.if_array();
    if (!array) return Error{.code = Code::blank, .field = "ProjectMembers"};
    std::vector<Membership> members;
    auto const context = self().context(call);
    for (auto const &item : *array) {
        auto const read = read_into(members.emplace_back(), membership_table, Face::sent, item, context);
        if (!read) return read.error();
    }
    return members;
}

// These on the team, too, under numbers of their own.
ReplyTalk add_members(std::string project, std::vector<Membership> members) {
    auto look = project_by_id(std::move(project));
    Result<Reply> const before = co_await look;
    if (!before) co_return before.error();
    Project arrival; // the new ones alone: those that are there are known by other numbers already
    auto &arriving = arrival.team.emplace();
    for (auto &member : members) {
        member.id.clear();
        arriving.push_back(member.member());
    }
    auto settling = settled(std::move(arrival), {});
    Result<Reply> const done = co_await settling;
    if (!done) co_return done.error();
    auto team = *before->one<Project>().team;
    for (auto const &member : *done->one<Project>().team) {
        auto const same = std::ranges::find(team, member.person.id,
                                            [](Member const &other) -> std::string const & { return other.person.id; });
        if (member.person.id.empty() || same == team.end())
            team.push_back(member);
        else
            *same = member;
    }
    auto update = ask_whole(team_of(before->one<Project>(), std::move(team), members));
    Result<Reply> reply = co_await update;
    co_return reply;
}

// Those of the project's places that have such a number are to be as it is said.
ReplyTalk change_members(Reply before, std::vector<Membership> members) {
    auto const &project = before.one<Project>();
    Project wanted;
    wanted.team = *project.team;
    for (auto &place : *wanted.team) {
        if (auto const *const person = before.related.find<Person>(place.person.id))
            place.person.id = person_id(*person);
        auto const same = std::ranges::find(members, place.id, &Membership::id);
        if (same != members.end()) place = same->member();
    }
    auto settling = settled(std::move(wanted), project);
    Result<Reply> done = co_await settling;
    if (!done) co_return done;
    auto update = ask_whole(team_of(project, *done->one<Project>().team, members));
    Result<Reply> reply = co_await update;
    co_return reply;
}

struct Leaving {
    Reply project;
    std::vector<std::string> numbers;
};
// These places by their projects; whoever takes some of them off knows that all are there.
Talk<Request, Result<Reply>, Result<std::vector<Leaving>>> leaving_of(std::vector<std::string> numbers,
                                                                      Call const &call) {
    std::vector<Leaving> all;
    for (auto &number : numbers) {
        auto look = project_of_member(number);
        Result<Reply> project = co_await look;
        if (!project) co_return project.error();
        Error const unknown{.code = Code::not_found, .detail = number};
        auto const places = places_on(*project, call);
        if (std::ranges::find(places, number, &Membership::id) == places.end()) co_return unknown;
        auto const known = std::ranges::find_if(
            all, [&](Leaving const &one) { return *one.project.one<Project>().id == places.front().project_id; });
        auto &leaving = known == all.end() ? all.emplace_back(Leaving{std::move(*project), {}}) : *known;
        leaving.numbers.push_back(std::move(number));
    }
    co_return all;
}

ReplyTalk remove_members(Reply before, std::vector<std::string> numbers) {
    auto const &project = before.one<Project>();
    std::vector<Member> team;
    std::vector<std::string> gone;
    for (auto const &place : *project.team) {
        if (std::ranges::find(numbers, place.id) == numbers.end()) {
            team.push_back(place);
            continue;
        }
        auto const *const person = before.related.find<Person>(place.person.id);
        gone.push_back(person ? person_id(*person) : place.person.id);
        // Whoever is responsible stays so, and stands on the team in the model alone.
        bool const responsible = project.manager && project.manager->id == place.person.id;
        if (responsible) team.push_back({.person = {.id = place.person.id}, .whole = true});
    }
    auto request = team_of(project, std::move(team), {});
    keep_participations(project, request.of<Project>(), {}, gone);
    auto update = ask_whole(std::move(request));
    Result<Reply> reply = co_await update;
    co_return reply;
}

wire::Response answer_member(Call const &call, Membership const &entry) {
    bool const by_agent = call.operation->name.starts_with("agent.");
    auto const context = self().context(call);
    Body body{.json = {}, .element = "ProjectMember"};
    {
        Text out(body.json, context);
        View const view{.extras = false};
        write(by_agent ? membership_table : membership_entity_table, view, entry, out);
    }
    return respond(call, 200, std::move(body));
}

wire::Response answer_found(Call const &call, Reply const &reply, std::string const &number) {
    auto const entries = places_on(reply, call);
    auto const found = std::ranges::find(entries, number, &Membership::id);
    if (found != entries.end()) return answer_member(call, *found);
    return self().refuse(call, {.code = Code::not_found, .detail = number});
}

// A place as a PUT or a PATCH leaves it.
Result<Membership> changed(Membership entry, json::value const &body, Call const &call) {
    if (body.is_null()) return Error{.code = Code::blank};
    auto const context = self().context(call);
    auto const number = entry.id;
    json::value said = body;
    if (call.request.method == "PATCH") {
        auto changes = changes_by(body, membership_table, entry, context);
        if (!changes) return changes.error();
        said = std::move(*changes);
    }
    auto const read = read_into(entry, membership_table, Face::sent, said, context);
    if (!read) return read.error();
    entry.id = number;
    return entry;
}

Serve create_member(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto const project = text_of(*body, "ProjectId");
    Error const nowhere{.code = Code::blank, .field = "ProjectId"};
    if (project.empty()) co_return self().refuse(call, nowhere);
    json::array one;
    one.push_back(*body);
    json::value const list(std::move(one));
    auto members = read_members(list, call);
    if (!members) co_return self().refuse(call, members.error());
    auto const wanted = members->front();
    auto adding = add_members(project, std::move(*members));
    Result<Reply> const reply = co_await adding;
    Error const unknown{.code = Code::unknown_reference, .field = "ProjectId", .detail = project};
    if (!reply && reply.error().code == Code::not_found) co_return self().refuse(call, unknown);
    if (!reply) co_return self().refuse(call, reply.error());
    auto const entries = places_on(*reply, call);
    auto const found = std::ranges::find_if(entries, [&](Membership const &entry) {
        return wanted.person_id.empty() ? entry.company_id == wanted.company_id : entry.person_id == wanted.person_id;
    });
    Error const lost{.code = Code::internal};
    if (found == entries.end()) co_return self().refuse(call, lost);
    co_return answer_member(call, *found);
}

Serve default_member(Call &call) { co_return answer_member(call, {}); }

enum class Deed : unsigned char { show, change, remove };

Serve existing_member(Call &call, Deed deed) {
    auto const number = std::string(call.id);
    auto look = project_of_member(number);
    Result<Reply> before = co_await look;
    if (!before) co_return self().refuse(call, before.error());
    auto const entries = places_on(*before, call);
    auto const found = std::ranges::find(entries, number, &Membership::id);
    Error const unknown{.code = Code::not_found, .detail = number};
    if (found == entries.end()) co_return self().refuse(call, unknown);
    if (deed == Deed::show) co_return answer_member(call, *found);
    if (deed == Deed::remove) {
        std::vector<std::string> numbers{number};
        auto removing = remove_members(std::move(*before), std::move(numbers));
        Result<Reply> const removed = co_await removing;
        if (!removed) co_return self().refuse(call, removed.error());
        co_return respond(call, 204);
    }
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto entry = changed(*found, *body, call);
    if (!entry) co_return self().refuse(call, entry.error());
    std::vector<Membership> members{*entry};
    auto changing = change_members(std::move(*before), std::move(members));
    Result<Reply> const reply = co_await changing;
    if (!reply) co_return self().refuse(call, reply.error());
    co_return answer_found(call, *reply, number);
}

} // namespace

Serve serve_project_member(Call &call) {
    auto const method = std::string_view(call.request.method);
    if (method == "POST") return create_member(call);
    if (call.id.empty()) return default_member(call);
    return existing_member(call, method == "GET" ? Deed::show : method == "DELETE" ? Deed::remove : Deed::change);
}

Serve agent_default_member(Call &call) { return default_member(call); }

namespace {

Serve named_member(Call &call, Deed deed) {
    auto const *const id = call.target.find_any_case("projectMemberId");
    if (!id || !is_record_number(*id))
        return self().refusal_talk(call, {.code = Code::blank, .field = "projectMemberId"});
    name_record(call, *id);
    return existing_member(call, deed);
}

} // namespace

Serve agent_get_member(Call &call) { return named_member(call, Deed::show); }
Serve agent_delete_member(Call &call) { return named_member(call, Deed::remove); }

Serve agent_save_member(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto const id = text_of(*body, "ProjectmemberId");
    if (id.empty() || id == blank::zero) return create_member(call);
    name_record(call, id);
    return existing_member(call, Deed::change);
}

Serve agent_list_members(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto look = project_by_id(text_of(*body, "ProjectId"));
    Result<Reply> const reply = co_await look;
    bool const nowhere = !reply && reply.error().code == Code::not_found;
    if (!reply && !nowhere) co_return self().refuse(call, reply.error());
    auto const entries = nowhere ? std::vector<Membership>() : places_on(*reply, call);
    auto const context = self().context(call);
    Body list{.json = {}, .element = "ArrayOfProjectMember"};
    {
        Text out(list.json, context);
        View const view{.extras = false};
        out.put('[');
        for (auto const &entry : entries) {
            out.next();
            write(membership_table, view, entry, out);
        }
        out.put(']');
    }
    co_return respond(call, 200, std::move(list));
}

Serve agent_add_members(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto const *const list = member_of(*body, "ProjectMembers");
    auto members = read_members(list ? *list : json::value(), call);
    if (!members) co_return self().refuse(call, members.error());
    auto adding = add_members(text_of(*body, "ProjectEntityId"), std::move(*members));
    Result<Reply> const reply = co_await adding;
    if (!reply) co_return self().refuse(call, reply.error());
    co_return respond(call, 204);
}

Serve agent_update_members(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto const *const list = member_of(*body, "ProjectMembers");
    auto const *const array = list ? list->if_array() : nullptr;
    Error const none{.code = Code::blank, .field = "ProjectMembers"};
    if (!array) co_return self().refuse(call, none);
    auto look = project_by_id(text_of(*body, "ProjectId"));
    Result<Reply> before = co_await look;
    if (!before) co_return self().refuse(call, before.error());
    auto const entries = places_on(*before, call);
    std::vector<Membership> members;
    for (auto const &item : *array) {
        auto const number = text_of(item, "ProjectmemberId");
        auto const found = std::ranges::find(entries, number, &Membership::id);
        Error const unknown{.code = Code::unknown_reference, .field = "ProjectMembers", .detail = number};
        if (found == entries.end()) co_return self().refuse(call, unknown);
        auto entry = changed(*found, item, call);
        if (!entry) co_return self().refuse(call, entry.error());
        members.push_back(std::move(*entry));
    }
    auto changing = change_members(std::move(*before), std::move(members));
    Result<Reply> const reply = co_await changing;
    if (!reply) co_return self().refuse(call, reply.error());
    co_return respond(call, 204);
}

Serve agent_delete_members(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto numbers = numbers_under(*body, "MemberIds");
    if (!numbers) co_return self().refuse(call, numbers.error());
    auto look = project_by_id(text_of(*body, "ProjectEntityId"));
    Result<Reply> before = co_await look;
    if (!before) co_return self().refuse(call, before.error());
    auto const places = places_on(*before, call);
    for (auto const &number : *numbers) {
        Error const unknown{.code = Code::unknown_reference, .field = "MemberIds", .detail = number};
        if (std::ranges::find(places, number, &Membership::id) == places.end()) co_return self().refuse(call, unknown);
    }
    auto removing = remove_members(std::move(*before), std::move(*numbers));
    Result<Reply> const removed = co_await removing;
    if (!removed) co_return self().refuse(call, removed.error());
    co_return respond(call, 204);
}

Serve agent_delete_members_by_id(Call &call) {
    auto const body = self().document(call);
    if (!body) co_return self().refuse(call, body.error());
    auto numbers = numbers_under(*body, "ProjectMemberIds");
    if (!numbers) co_return self().refuse(call, numbers.error());
    auto looking = leaving_of(std::move(*numbers), call);
    Result<std::vector<Leaving>> all = co_await looking;
    if (!all) co_return self().refuse(call, all.error());
    for (auto &[project, gone] : *all) {
        auto removing = remove_members(std::move(project), std::move(gone));
        Result<Reply> const removed = co_await removing;
        if (!removed) co_return self().refuse(call, removed.error());
    }
    co_return respond(call, 204);
}

} // namespace dialects::superoffice
