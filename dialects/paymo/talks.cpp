#include "dialects/paymo/talks.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/paymo/answers.hpp"
#include "dialects/paymo/include.hpp"
#include "dialects/paymo/paymo.hpp"
#include "dialects/paymo/resources.hpp"
#include "dialects/paymo/tables.hpp"
#include "dialects/paymo/where.hpp"

#include <algorithm>

namespace dialects::paymo {

using canonical::Filter, canonical::Kind, canonical::Operator, canonical::Part, canonical::Reply, canonical::Request,
    canonical::Verb;

namespace {

Paymo const &self() { return static_cast<Paymo const &>(*find_dialect("paymo")); }

// --- before the question

// What a new record cannot be without and has not got, all of it.
std::optional<Error> lacking(TableSet const &known, Resource const &resource, canonical::Entity const &entity) {
    std::optional<Error> problem;
    std::visit(
        [&]<class E>(E const &record) {
            for (auto const path : resource.needed) {
                auto const &rows = known.of<E>()->rows;
                auto const row = std::ranges::find(rows, path, [](auto const &each) { return each.wire.whole; });
                if (!row->is_empty(record)) continue;
                Error blank{.code = Code::blank, .field = std::string(path)};
                if (problem)
                    problem->more.push_back(std::move(blank));
                else
                    problem = std::move(blank);
            }
        },
        entity);
    return problem;
}

// What a new project gets where nobody says anything: the caller as its manager, a code, a colour.
constexpr std::string_view first_colour = "#68BE5E";

void fill_in(Project &project, Caller const &caller) {
    canonical::Ref const self{.email = caller.person};
    if (project.team.absent()) project.team = std::vector<canonical::Member>{{.person = self}};
    if (project.manager.absent()) project.manager = self;
    if (project.code.absent()) project.code = initials(*project.name);
    if (project.color.absent()) project.color = std::string(first_colour);
}

// A project without a client belongs to this one, which comes into being with the first of them.
constexpr std::string_view sample_client = "Sample Client";

canonical::Request make_sample_client() {
    canonical::Request request{.verb = Verb::create, .kind = Kind::company, .patch = Company{}};
    request.of<Company>().name = std::string(sample_client);
    return request;
}

// A number that no row of the table claims, taken out of what would be kept; nothing where it is not there.
std::string take_number(canonical::Bag &bag, std::string_view key) {
    std::string number(bag.loose.find({}, key));
    std::erase(number, '"');
    bag.loose = {};
    return number == "null" ? std::string() : number;
}

// Templates are made of projects, and projects of templates, by copying lists and tasks.
void copy_instead(Request &request, std::string source, bool as_template) {
    canonical::CopyParts const parts{.task_lists = true,
                                     .open_tasks = true,
                                     .closed_tasks = true,
                                     .assignees = !as_template,
                                     .task_descriptions = true,
                                     .estimates = true,
                                     .as_template = as_template};
    request.verb = Verb::copy;
    request.id = std::move(source);
    request.arguments = parts;
}

// --- beside the question

Request status_of_new_workflow(std::string const &workflow, std::string name, Category category) {
    Request request{.verb = Verb::create, .kind = Kind::workflow_status, .patch = WorkflowStatus{}};
    auto &status = request.of<WorkflowStatus>();
    status.name = std::move(name);
    status.category = category;
    status.workflow = canonical::Ref{.id = workflow};
    return request;
}

Request projects_of_company(std::string const &company) { return all_where<&Project::company>(company, Part::id); }

constexpr std::int64_t most_related = 2500; // (reference: the vendor's staff: more are cut off silently)

bool shows(Selection const &selection, std::string_view field) {
    return !selection.only || std::ranges::find(*selection.only, field) != selection.only->end();
}

// The projects that users are on, whose numbers their records show.
std::optional<Request> projects_of_people(Wanted const &wanted, Reply const &reply) {
    auto const &people = reply.records.of<Person>();
    bool const shown = shows(wanted.selection, "assigned_projects") || shows(wanted.selection, "managed_projects");
    if (people.empty() || !shown) return {};
    Request request{.verb = Verb::list, .kind = Kind::project};
    request.query.page.limit = most_related;
    Filter mine{.op = Operator::any};
    for (auto const member : {canonical::member<&Project::team>(), canonical::member<&Project::manager>(),
                              canonical::member<&Project::co_managers>()}) {
        Filter in{.op = Operator::in, .field = {member, Part::id}};
        for (auto const &person : people) in.values.emplace_back(*person.id);
        mine.children.push_back(std::move(in));
    }
    request.query.filter.require(std::move(mine));
    return request;
}

// The projects of tasks, whose codes begin with theirs.
std::optional<Request> projects_of_tasks(Wanted const &wanted, Reply const &reply) {
    if (reply.records.of<Task>().empty() || !shows(wanted.selection, "code")) return {};
    return question({.key = find_relation(Kind::task, "project")}, reply);
}

std::optional<Request> what_rows_need(Wanted const &wanted, Reply const &reply) {
    if (wanted.request.kind == Kind::person) return projects_of_people(wanted, reply);
    if (wanted.request.kind == Kind::task) return projects_of_tasks(wanted, reply);
    return {};
}

ChildConditions child_conditions(Call const &call, Kind kind) {
    auto const *text = call.target.find("where");
    if (!text) return {};
    auto const surroundings = self().context(call);
    WhereAsked const asked{
        .tables = self().tables_of(*call.operation), .context = surroundings, .me = call.caller->person};
    auto where = read_where(*text, kind, asked);
    return where ? std::move(where->of_children) : ChildConditions();
}

// Asks what comes along, and answers.
Serve with_relations(Call &call, Wanted &wanted, Reply &reply) {
    auto needed = what_rows_need(wanted, reply);
    if (needed) {
        Result<Reply> more = co_await *needed;
        if (!more) co_return self().refuse(call, more.error());
        for (auto &project : more->records.of<Project>()) reply.related.of<Project>().push_back(std::move(project));
    }
    WantedRelations const relations{.keys = relation_keys(),
                                    .selection = wanted.selection,
                                    .kind = wanted.request.kind,
                                    .conditions = child_conditions(call, wanted.request.kind)};
    for (auto const &step : further_steps(relations)) {
        auto ask = question(step, reply);
        if (!ask) continue;
        Result<Reply> more = co_await *ask;
        if (!more) co_return self().refuse(call, self().named(more.error(), ask->kind));
        merge(step, std::move(*more), reply);
    }
    co_return self().answer(call, wanted, reply);
}

void want_first_relations(Call const &call, Wanted &wanted) {
    WantedRelations const relations{.keys = relation_keys(),
                                    .selection = wanted.selection,
                                    .kind = wanted.request.kind,
                                    .conditions = child_conditions(call, wanted.request.kind)};
    wanted.request.query.related = first_relations(relations);
}

} // namespace

Serve Paymo::serve(Call &call) const {
    if (call.operation->serve) return call.operation->serve(call);
    auto const talk = [](Paymo const &paymo, Call &about) -> Serve {
        auto wanted = paymo.understand(about);
        if (!wanted) co_return paymo.refuse(about, wanted.error());
        auto &request = wanted->request;
        auto const &resource = resource_of(*about.operation);
        if (request.verb == Verb::create) {
            if (resource.fill_in) resource.fill_in(request.patch);
            auto const problem = lacking(paymo.tables_of(*about.operation), resource, request.patch);
            if (problem) co_return paymo.refuse(about, *problem);
        }
        if (request.kind == Kind::project && request.verb == Verb::create) {
            auto &project = request.of<Project>();
            bool const is_template = project.is_template.value_or(false);
            auto source = take_number(project.extras, is_template ? "project_id" : "template_id");
            if (!is_template) fill_in(project, *about.caller);
            if (!is_template && !project.company) {
                auto look = one_where<&Company::name>(std::string(sample_client));
                Result<Reply> client = co_await look;
                if (client && client->records.of<Company>().empty()) {
                    auto make = make_sample_client();
                    client = co_await make;
                }
                if (!client) co_return paymo.refuse(about, client.error());
                project.company = canonical::Ref{.id = *client->one<Company>().id};
            }
            if (!source.empty()) copy_instead(request, std::move(source), is_template);
        }
        // A client takes its projects along. (reference: page on clients)
        if (request.kind == Kind::company && request.verb == Verb::remove) {
            auto list = projects_of_company(request.id);
            Result<Reply> const projects = co_await list;
            if (!projects) co_return paymo.refuse(about, projects.error());
            for (auto const &project : projects->records.of<Project>()) {
                Request remove{.verb = Verb::remove, .kind = Kind::project, .id = *project.id};
                Result<Reply> const removed = co_await remove;
                if (!removed) co_return paymo.refuse(about, removed.error());
            }
        }
        want_first_relations(about, *wanted);
        Result<Reply> reply = co_await request;
        if (!reply) co_return paymo.refuse(about, paymo.named(reply.error(), request.kind));
        // A new workflow has its first and its last status. (reference: page on workflows)
        if (request.kind == Kind::workflow && request.verb == Verb::create) {
            auto const id = *reply->one<Workflow>().id;
            auto first = status_of_new_workflow(id, "Backlog", Category::open);
            Result<Reply> made = co_await first;
            if (!made) co_return paymo.refuse(about, made.error());
            auto last = status_of_new_workflow(id, "Complete", Category::closed);
            made = co_await last;
            if (!made) co_return paymo.refuse(about, made.error());
        }
        auto rest = with_relations(about, *wanted, *reply);
        wire::Response response = co_await rest;
        co_return response;
    };
    return talk(*this, call);
}

Serve serve_me(Call &call) {
    auto wanted = self().understand(call);
    if (!wanted) co_return self().refuse(call, wanted.error());
    auto &request = wanted->request;
    request.query.page.limit = 1;
    request.query.filter.require(where<&Person::email>(call.caller->person));
    Result<Reply> reply = co_await request;
    if (!reply) co_return self().refuse(call, reply.error());
    auto rest = with_relations(call, *wanted, *reply);
    wire::Response response = co_await rest;
    co_return response;
}

Serve serve_company(Call &call) {
    auto wanted = self().understand(call);
    if (!wanted) co_return self().refuse(call, wanted.error());
    Request look{.verb = Verb::list, .kind = Kind::company};
    look.query.page.limit = 1;
    look.query.filter.require(resource_of(*call.operation).which());
    Result<Reply> reply = co_await look;
    if (!reply) co_return self().refuse(call, reply.error());
    Error const none{.code = Code::not_found};
    if (reply->records.of<Company>().empty()) co_return self().refuse(call, none);
    if (wanted->request.verb == Verb::update) {
        wanted->request.id = *reply->one<Company>().id;
        reply = co_await wanted->request;
        if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::company));
    }
    co_return self().answer(call, *wanted, *reply);
}

} // namespace dialects::paymo
