#include "dialects/productive/projects.hpp"

#include "canonical/rules.hpp"
#include "dialects/productive/answers.hpp"
#include "dialects/productive/condition.hpp"
#include "dialects/productive/copying.hpp"
#include "dialects/productive/documents.hpp"
#include "dialects/productive/requests.hpp"
#include "dialects/productive/tables.hpp"
#include "dialects/productive/validation.hpp"

namespace dialects::productive {

using canonical::Kind, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

// An error of the backend about a project, by the names of attributes.
Error named(Error error) {
    error.field = attribute_of(wire_path(tables, Kind::project, error.field));
    for (auto &further : error.more) further = named(std::move(further));
    return error;
}

// What the backend cannot do for a list is wrong with its filter.
Error about_query(Error error) {
    bool const filter =
        error.code == Code::bad_value || error.code == Code::unknown_operator || error.code == Code::unknown_field;
    if (!filter) return error;
    return {.code = Code::malformed,
            .field = "filter",
            .detail = "Records cannot be found by '" + error.field + "' in that way"};
}

Error lost(std::string_view attribute) { return {.code = Code::unknown_reference, .field = std::string(attribute)}; }

// A change of a project: what is asked of the backend, and what the client said.
struct Change {
    Wanted wanted;
    Sent sent;

    Verb verb() const { return wanted.request.verb; }
    // The project that it starts from: the one that is changed or copied.
    bool has_origin() const { return !wanted.request.id.empty(); }
};

// Fits what was said to the project it is for.
void settle(Sent &sent, Verb verb, canonical::Project const &origin) {
    auto &patch = sent.patch;
    if (verb == Verb::copy) {
        if (patch.manager.absent() && origin.manager) patch.manager = origin.manager;
        return;
    }
    auto const phase = origin.phase.value_or(canonical::Phase::active);
    if (patch.phase && canonical::settled(*patch.phase, phase) == phase) patch.phase.clear();
    if (phase == canonical::Phase::closed && patch.phase.absent()) leave_out_what_is_archived(sent);
}

// A workspace may have other types of projects than these two; there the client tells them apart.
bool only_the_type_is_lost(Error const &error) {
    return error.code == Code::unknown_reference && error.field == "type" && error.more.empty();
}

// A part of a talk.
template <class Outcome> using Part = Talk<Request, Result<Reply>, Outcome>;

// The project that a change starts from, as the answer will be shown.
Part<Result<Reply>> look_at_origin(Change const &change) {
    Request look{.verb = Verb::get, .kind = Kind::project};
    look.id = change.wanted.request.id;
    look.dialect = change.wanted.request.dialect;
    look.query = change.wanted.request.query;
    Result<Reply> found = co_await look;
    bool const no_template = !found && change.verb() == Verb::copy && found.error().code == Code::not_found;
    if (no_template) co_return lost("template");
    co_return found;
}

// The first record that is referred to and does not exist hides everything else that is wrong.
Part<Error> worst_of(Error wrong, std::vector<Reference> references) {
    for (auto &reference : references) {
        Result<Reply> there = co_await reference.question;
        if (!there && there.error().code == Code::not_found) co_return lost(reference.attribute);
        if (!there) co_return there.error();
    }
    co_return wrong;
}

// Looks at the project, checks what was said, and asks for the change; all over again where somebody else was faster.
Serve carry_out(Call &call, Change change) {
    constexpr int most_attempts = 4;
    bool knows_types = true;
    for (int attempt = 1;; ++attempt) {
        auto sent = change.sent;
        Reply before;
        canonical::Project origin;
        if (change.has_origin()) {
            auto look = look_at_origin(change);
            Result<Reply> found = co_await look;
            if (!found) co_return refusal(call, found.error());
            before = std::move(*found);
            origin = before.one<canonical::Project>();
        }
        settle(sent, change.verb(), origin);
        auto const wrong = check(sent, change.verb(), origin);
        if (wrong) {
            auto look = worst_of(*wrong, references_of(sent.patch));
            Error const worst = co_await look;
            co_return refusal(call, worst);
        }
        if (change.verb() == Verb::update && says_nothing(sent.patch)) {
            auto unchanged = finish(call, std::move(change.wanted), std::move(before));
            wire::Response response = co_await unchanged;
            co_return response;
        }
        if (!knows_types) sent.patch.type.clear();
        auto request = change.wanted.request;
        request.patch = std::move(sent.patch);
        if (change.verb() == Verb::update && origin.version) request.unchanged_version = *origin.version;
        Result<Reply> reply = co_await request;
        if (reply) {
            auto done = finish(call, std::move(change.wanted), std::move(*reply));
            wire::Response response = co_await done;
            co_return response;
        }
        bool const meanwhile = reply.error().code == Code::changed;
        bool const other_types = knows_types && only_the_type_is_lost(reply.error());
        if (other_types) knows_types = false;
        if ((!meanwhile && !other_types) || attempt == most_attempts) co_return refusal(call, named(reply.error()));
    }
}

Serve set_phase(Call &call, canonical::Phase phase) {
    auto wanted = wanted_of(call);
    if (!wanted) return refused(call, wanted.error());
    Change change{.wanted = std::move(*wanted), .sent = {}};
    change.sent.patch.phase = phase;
    return carry_out(call, std::move(change));
}

// The condition that names projects in place of whom they name; nothing (null) where there is none.
canonical::Filter *find_by_projects(canonical::Filter &filter) {
    if (filter.key == named_by_projects) return &filter;
    for (auto &child : filter.children)
        if (auto *const found = find_by_projects(child)) return found;
    return nullptr;
}

Request projects_of(canonical::Filter const &condition) {
    Request list{.verb = Verb::list, .kind = Kind::project};
    canonical::Filter these{.op = canonical::Operator::in, .field = {canonical::member<&Project::id>()}};
    these.values = condition.values;
    list.query.filter.require(std::move(these));
    return list;
}

void name_records(canonical::Filter &condition, std::vector<Project> const &projects) {
    using enum canonical::Operator;
    condition.key.clear();
    condition.values.clear();
    condition.op = condition.op == not_equal || condition.op == not_in ? not_in : in;
    auto const name = [&condition](canonical::Ref const &ref) {
        if (!ref.id.empty()) condition.values.emplace_back(ref.id);
    };
    bool const companies = condition.field.member.kind == Kind::company;
    for (auto const &project : projects) {
        if (companies && project.company) name(*project.company);
        if (companies) continue;
        for (auto const &member : *project.team) name(member.person);
    }
}

} // namespace

Serve ask(Call &call, Wanted wanted) {
    while (auto *const condition = find_by_projects(wanted.request.query.filter)) {
        auto look = projects_of(*condition);
        Result<Reply> const projects = co_await look;
        if (!projects) co_return refusal(call, about_query(projects.error()));
        name_records(*condition, projects->records.of<Project>());
    }
    Result<Reply> reply = co_await wanted.request;
    if (!reply)
        co_return refusal(call, wanted.request.verb == Verb::list ? about_query(reply.error()) : named(reply.error()));
    auto rest = finish(call, std::move(wanted), std::move(*reply));
    wire::Response response = co_await rest;
    co_return response;
}

Serve finish(Call &call, Wanted wanted, Reply reply) {
    for (auto const &step : further_steps(relations_of(wanted))) {
        auto question = dialects::question(step, reply);
        if (!question) continue;
        Result<Reply> more = co_await *question;
        if (!more) co_return refusal(call, more.error());
        merge(step, std::move(*more), reply);
    }
    auto question = organization_question(wanted);
    if (question) {
        Result<Reply> more = co_await *question;
        if (!more) co_return refusal(call, more.error());
        add_organization(std::move(*more), reply);
    }
    co_return answer(call, wanted, reply);
}

Serve save_project(Call &call) {
    auto wanted = wanted_of(call);
    if (!wanted) return refused(call, wanted.error());
    auto const body = read_body(call);
    if (!body) return refused(call, body.error());
    auto sent = read_project(*body, call.operation->verb, context_of(call));
    if (!sent) return refused(call, sent.error());
    return carry_out(call, {.wanted = std::move(*wanted), .sent = std::move(*sent)});
}

Serve archive_project(Call &call) { return set_phase(call, canonical::Phase::closed); }
Serve restore_project(Call &call) { return set_phase(call, canonical::Phase::not_closed); }

Serve copy_project(Call &call) {
    auto wanted = wanted_of(call);
    if (!wanted) return refused(call, wanted.error());
    auto const body = read_body(call);
    if (!body) return refused(call, body.error());
    auto sent = read_project(*body, Verb::copy, context_of(call));
    if (!sent) return refused(call, sent.error());
    // An old form of the path says which project is meant.
    auto &source = sent->patch.source;
    if (!call.id.empty()) source = Ref{.id = std::string(call.id)};
    if (source) wanted->request.id = source->id;
    wanted->request.arguments = read_copy_parts(*body, sent->unreadable);
    sent->patch.extras.loose = {}; // nothing of the copy itself
    return carry_out(call, {.wanted = std::move(*wanted), .sent = std::move(*sent)});
}

Serve change_workflow(Call &call) {
    auto wanted = wanted_of(call);
    if (!wanted) return refused(call, wanted.error());
    auto const body = read_body(call);
    if (!body) return refused(call, body.error());
    auto const sent = read_project(*body, Verb::update, context_of(call));
    if (!sent) return refused(call, sent.error());
    auto map = read_workflow_map(*body);
    if (!map) return refused(call, map.error());
    for (auto const &error : sent->unreadable)
        if (error.field == "workflow") return refused(call, error);
    if (sent->patch.workflow) map->workflow = sent->patch.workflow->id;
    if (map->workflow.empty() && call.operation->verb == Verb::change_workflow) return refused(call, lost("workflow"));
    wanted->request.arguments = std::move(*map);
    return ask(call, std::move(*wanted));
}

} // namespace dialects::productive
