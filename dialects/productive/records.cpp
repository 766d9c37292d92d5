#include "dialects/productive/records.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/productive/answers.hpp"
#include "dialects/productive/projects.hpp"
#include "dialects/productive/requests.hpp"
#include "dialects/productive/tables.hpp"
#include "dialects/productive/validation.hpp"

#include <algorithm>

namespace dialects::productive {

using canonical::Entity, canonical::Kind, canonical::Part, canonical::Reply, canonical::Request, canonical::Task,
    canonical::Verb;

namespace {

// What a new record cannot be without, by the names of attributes.
struct Needed {
    Kind kind;
    std::string_view attribute, path;
};
constexpr Needed needed[]{
    {Kind::company, "name", "attributes/name"},
    {Kind::person, "first_name", "attributes/first_name"},
    {Kind::person, "last_name", "attributes/last_name"},
    {Kind::workflow, "name", "attributes/name"},
    {Kind::workflow_status, "name", "attributes/name"},
    {Kind::workflow_status, "category_id", "attributes/category_id"},
    {Kind::custom_field, "name", "attributes/name"},
    {Kind::custom_field, "data_type_id", "attributes/data_type_id"},
    {Kind::custom_field, "customizable_type", "attributes/customizable_type"},
    {Kind::custom_option, "name", "attributes/name"},
};
// A relation without which there is no record: it is told alone.
constexpr Needed needed_relations[]{
    {Kind::workflow_status, "workflow", "relationships/workflow"},
    {Kind::custom_option, "custom_field", "relationships/custom_field"},
};

void add(std::optional<Error> &problem, Error error) {
    if (problem)
        problem->more.push_back(std::move(error));
    else
        problem = std::move(error);
}

// Said to be nothing, or (of a new one) not said.
bool is_lacking(Entity const &patch, std::string_view path, bool new_record) {
    return std::visit(
        [&]<class E>(E const &record) {
            auto const *const table = tables.of<E>();
            if (!table) return false;
            auto const row = std::ranges::find_if(
                table->rows, [&](auto const &each) { return each.wire.whole == path && on(each.face, Face::sent); });
            if (row == table->rows.end() || !row->is_empty || !row->is_empty(record)) return false;
            if (new_record) return true;
            // Of an update only what it says is empty counts: same() tells silence from that.
            return row->same && !row->same(record, E{}, Face::sent);
        },
        patch);
}

std::optional<Error> lacking(Request const &request) {
    bool const new_record = request.verb == Verb::create;
    for (auto const &[kind, attribute, path] : needed_relations)
        if (kind == request.kind && is_lacking(request.patch, path, new_record))
            return Error{.code = Code::unknown_reference, .field = std::string(attribute)};
    std::optional<Error> problem;
    for (auto const &[kind, attribute, path] : needed)
        if (kind == request.kind && is_lacking(request.patch, path, new_record))
            add(problem, {.code = Code::blank, .field = std::string(attribute)});
    return problem;
}

Error by_attribute(Error error) {
    error.field = attribute_of(error.field);
    for (auto &further : error.more) further = by_attribute(std::move(further));
    return error;
}

// A client that gives a company no code gets one: two letters of each of the first two words, or four of the only one.
std::string code_of(std::string_view name) {
    std::vector<std::string> words(1);
    for (char const c : name) {
        char const upper = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
        if ((upper >= 'A' && upper <= 'Z') || (upper >= '0' && upper <= '9'))
            words.back() += upper;
        else if (c == ' ' && !words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    if (words.empty()) return {};
    return words.size() == 1 ? words[0].substr(0, 4) : words[0].substr(0, 2) + words[1].substr(0, 2);
}

// People are deactivated or archived, and both times are shown of those who are archived.
void keep_archived(Call const &call, Request &request, bool active) {
    bool const archives = call.operation->path.ends_with("/archive") || call.operation->path.ends_with("/restore");
    if (request.kind != Kind::person || !archives) return;
    auto const context = context_of(call);
    Packer kept(request.of<Person>().extras.kept, context);
    auto &out = kept.add({}, kept_archived);
    if (active)
        out.raw(blank::null);
    else
        Time::write(call.now, out);
}

// The fields of records that are put away and brought back.
void set_active(Request &request, bool active, canonical::Instant now) {
    std::visit(
        [&](auto &record) {
            if constexpr (requires { record.is_active; }) record.is_active = active;
            if constexpr (requires { record.archived; }) {
                if (active)
                    record.archived = std::nullopt;
                else
                    record.archived = now;
            }
        },
        request.patch);
}

Serve set_active_talk(Call &call, bool active) {
    auto wanted = wanted_of(call);
    if (!wanted) return refused(call, wanted.error());
    set_active(wanted->request, active, call.now);
    keep_archived(call, wanted->request, active);
    return ask(call, std::move(*wanted));
}

} // namespace

Serve save_record(Call &call) {
    auto wanted = wanted_of(call);
    if (!wanted) return refused(call, wanted.error());
    auto const body = read_body(call);
    if (!body) return refused(call, body.error());
    auto &request = wanted->request;
    if (body->is_null()) {
        Error const nothing{.code = Code::malformed, .detail = "There is no body"};
        return refused(call, nothing);
    }
    auto const read = read_into(request.patch, tables, Face::sent, *body, context_of(call));
    if (!read) return refused(call, by_attribute(read.error()));
    // What no attribute of the service is called is passed over.
    std::visit(
        [](auto &patch) {
            patch.id.clear();
            patch.extras.loose = {};
        },
        request.patch);
    if (auto const problem = lacking(request)) return refused(call, *problem);
    if (request.verb == Verb::create && request.kind == Kind::company) {
        auto &company = request.of<Company>();
        if (!company.code) company.code = code_of(*company.name);
    }
    return ask(call, std::move(*wanted));
}

Serve archive_record(Call &call) { return set_active_talk(call, false); }
Serve restore_record(Call &call) { return set_active_talk(call, true); }

Serve invite_person(Call &call) {
    auto wanted = wanted_of(call);
    if (!wanted) return refused(call, wanted.error());
    auto const context = context_of(call);
    {
        Packer kept(wanted->request.of<Person>().extras.kept, context); // filled once this is gone
        Time::write(call.now, kept.add({}, "attributes/invited_at"));
    }
    return ask(call, std::move(*wanted));
}

Serve virtualize_person(Call &call) {
    auto wanted = wanted_of(call);
    if (!wanted) return refused(call, wanted.error());
    auto const context = context_of(call);
    Packer(wanted->request.of<Person>().extras.kept, context).add({}, "attributes/virtual").raw(blank::yes);
    return ask(call, std::move(*wanted));
}

Serve archive_workflow(Call &call) {
    auto wanted = wanted_of(call);
    if (!wanted) co_return refusal(call, wanted.error());
    auto look = one_where<&Project::workflow>(std::string(call.id), Part::id);
    Result<Reply> const projects = co_await look;
    if (!projects) co_return refusal(call, projects.error());
    Error const in_use{.code = Code::in_use, .detail = std::string(call.id)};
    if (!projects->records.of<Project>().empty()) co_return refusal(call, in_use);
    set_active(wanted->request, false, call.now);
    auto rest = ask(call, std::move(*wanted));
    wire::Response response = co_await rest;
    co_return response;
}

Serve remove_status(Call &call) {
    auto const body = read_body(call);
    if (!body) co_return refusal(call, body.error());
    std::string target;
    auto const *const resource = body->if_object();
    auto const *const attributes = resource ? resource->if_contains("attributes") : nullptr;
    if (auto const *const object = attributes ? attributes->if_object() : nullptr)
        if (auto const *const id = object->if_contains("target_workflow_status_id")) {
            codec::Scalar const scalar(*id);
            if (scalar) target = scalar.text;
        }
    Request get{.kind = Kind::workflow_status, .id = std::string(call.id)};
    Result<Reply> const status = co_await get;
    if (!status) co_return refusal(call, status.error());
    Error const no_target{.code = Code::blank, .field = "target_workflow_status_id"};
    if (target.empty()) co_return refusal(call, no_target);
    Request other{.kind = Kind::workflow_status, .id = target};
    Result<Reply> const heir = co_await other;
    Error const lost{.code = Code::unknown_reference, .field = "target_workflow_status"};
    bool const fits = heir && target != call.id &&
                      heir->one<WorkflowStatus>().workflow->id == status->one<WorkflowStatus>().workflow->id;
    if (!fits) co_return refusal(call, lost);
    auto look = all_where<&Task::status>(std::string(call.id), Part::id);
    Result<Reply> const tasks = co_await look;
    if (!tasks) co_return refusal(call, tasks.error());
    for (auto const &task : tasks->records.of<Task>()) {
        Request move{.verb = Verb::update, .kind = Kind::task, .id = *task.id, .patch = Task{}};
        move.of<Task>().status = Ref{.id = target};
        Result<Reply> const moved = co_await move;
        if (!moved) co_return refusal(call, moved.error());
    }
    Request remove{.verb = Verb::remove, .kind = Kind::workflow_status, .id = std::string(call.id)};
    Result<Reply> const removed = co_await remove;
    if (!removed) co_return refusal(call, removed.error());
    co_return no_content(call);
}

} // namespace dialects::productive
