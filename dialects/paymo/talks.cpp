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
#include <boost/json/parse.hpp>

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

// The numbers of a list that is kept for nobody, taken out of the bag; nothing where it is not said. What is no list of
// numbers is a bad value.
using Numbers = std::optional<std::vector<std::string>>;
Result<Numbers> take_numbers(canonical::Extras &extras, std::string_view key) {
    auto const text = std::string(extras.find({}, key));
    if (text.empty()) return Numbers();
    canonical::Extras rest;
    for (std::size_t i = 0; i < extras.size(); ++i)
        if (extras[i].key != key) rest.add(extras[i]);
    extras = std::move(rest);
    Error const bad{.code = Code::bad_value, .field = std::string(key), .detail = wire::excerpt(text)};
    boost::system::error_code error;
    auto const said = boost::json::parse(text, error);
    auto const *const items = error ? nullptr : said.if_array();
    if (!items) return bad;
    std::vector<std::string> numbers;
    static Context const none;
    for (auto const &item : *items)
        if (!codec::id::read(item, numbers.emplace_back(), none)) return bad;
    return Numbers(std::move(numbers));
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

// --- the projects of a user, as the user's record says them

struct ProjectsOfUser {
    Numbers assigned, managed; // nothing: not said

    bool said() const { return assigned || managed; }
};

Result<ProjectsOfUser> take_projects(canonical::Extras &kept) {
    auto assigned = take_numbers(kept, "assigned_projects"), managed = take_numbers(kept, "managed_projects");
    if (!assigned) return assigned.error();
    if (!managed) return managed.error();
    return ProjectsOfUser{.assigned = std::move(*assigned), .managed = std::move(*managed)};
}

bool has(std::vector<std::string> const &numbers, std::string const &number) {
    return std::ranges::find(numbers, number) != numbers.end();
}

using Asking = Talk<Request, Result<Reply>, Result<Reply>>;

// All that are named, or which of them is not there.
Asking named_projects(ProjectsOfUser wanted) {
    Filter named{.op = Operator::in, .field = {canonical::member<&Project::id>()}};
    for (auto const *numbers : {&wanted.assigned, &wanted.managed})
        if (*numbers)
            for (auto const &number : **numbers) named.values.emplace_back(number);
    Request list{.verb = Verb::list, .kind = Kind::project};
    list.query.filter.require(std::move(named));
    Result<Reply> reply = co_await list;
    if (!reply) co_return reply;
    auto const is_missing = [&](std::string const &number) { return !reply->records.find<Project>(number); };
    for (auto const &[numbers, field] :
         {std::pair(&wanted.assigned, "assigned_projects"), std::pair(&wanted.managed, "managed_projects")}) {
        if (!*numbers) continue;
        auto const missing = std::ranges::find_if(**numbers, is_missing);
        Error const unknown{.code = Code::unknown_reference,
                            .field = field,
                            .detail = missing == (*numbers)->end() ? std::string() : *missing};
        if (missing != (*numbers)->end()) co_return unknown;
    }
    co_return reply;
}

bool is_on_team(Project const &project, std::string const &person) {
    return std::ranges::any_of(*project.team, [&](auto const &member) { return member.person.id == person; });
}
bool is_manager(Project const &project, std::string const &person) {
    return (project.manager && project.manager->id == person) ||
           std::ranges::any_of(*project.co_managers, [&](auto const &other) { return other.id == person; });
}

// What makes somebody's place in a project the one that is wanted; nothing where it is.
std::optional<Request> placed(Project const &project, std::string const &person, ProjectsOfUser const &wanted) {
    canonical::Ref const user{.id = person};
    bool const manages = wanted.managed ? has(*wanted.managed, *project.id) : is_manager(project, person);
    bool const stays = wanted.assigned ? has(*wanted.assigned, *project.id) : is_on_team(project, person);
    bool const on_team = stays || (manages && wanted.managed.has_value());
    Request update{.verb = Verb::update, .kind = Kind::project, .id = *project.id, .patch = Project{}};
    canonical::ListChange team{.member = canonical::member<&Project::team>()},
        co_managers{.member = canonical::member<&Project::co_managers>()};
    if (on_team && !is_on_team(project, person)) team.add = {user};
    if (!on_team && is_on_team(project, person)) team.remove = {user};
    bool const alone = !project.manager || project.manager->id.empty();
    if (on_team && manages && !is_manager(project, person)) {
        if (alone)
            update.of<Project>().manager = user;
        else
            co_managers.add = {user};
    }
    if (on_team && !manages && is_manager(project, person)) {
        if (!alone && project.manager->id == person)
            update.of<Project>().manager = std::nullopt;
        else
            co_managers.remove = {user};
    }
    for (auto const &change : {team, co_managers})
        if (!change.add.empty() || !change.remove.empty()) update.changes.push_back(change);
    if (update.changes.empty() && update.of<Project>().manager.absent()) return {};
    return update;
}

Asking place_user(std::string person, ProjectsOfUser wanted, Reply named) {
    Reply done;
    Request list{.verb = Verb::list, .kind = Kind::project};
    Filter theirs{.op = Operator::any};
    theirs.children = {where<&Project::team>(person, Part::id), where<&Project::manager>(person, Part::id),
                       where<&Project::co_managers>(person, Part::id)};
    list.query.filter.require(std::move(theirs));
    Result<Reply> present = co_await list;
    if (!present) co_return present;
    auto projects = std::move(present->records.of<Project>());
    for (auto &project : named.records.of<Project>()) {
        auto const same = [&](Project const &other) { return *other.id == *project.id; };
        if (std::ranges::none_of(projects, same)) projects.push_back(std::move(project));
    }
    for (auto const &project : projects) {
        auto update = placed(project, person, wanted);
        if (!update) continue;
        Result<Reply> changed = co_await *update;
        if (!changed) co_return changed;
    }
    co_return done;
}

// --- the order of a project's lists

// The lists in the order that is said; the others stay behind them.
Asking put_lists_in_order(std::string project, std::vector<std::string> order) {
    auto list = all_where<&TaskList::project>(project, Part::id);
    Result<Reply> lists = co_await list;
    if (!lists) co_return lists;
    auto const is_missing = [&](std::string const &number) { return !lists->records.find<TaskList>(number); };
    auto const missing = std::ranges::find_if(order, is_missing);
    Error const unknown{.code = Code::unknown_reference,
                        .field = "tasklists_order",
                        .detail = missing == order.end() ? std::string() : *missing};
    if (missing != order.end()) co_return unknown;
    std::vector<TaskList> const known = lists->records.of<TaskList>();
    for (auto const &each : known)
        if (!has(order, *each.id)) order.push_back(*each.id);
    for (std::size_t i = 0; i < order.size(); ++i) {
        Request update{.verb = Verb::update, .kind = Kind::task_list, .id = order[i], .patch = TaskList{}};
        update.of<TaskList>().position = std::int64_t(i);
        Result<Reply> changed = co_await update;
        if (!changed) co_return changed;
    }
    co_return lists;
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
        ProjectsOfUser projects_of_user;
        Reply named;
        if (request.kind == Kind::person && canonical::writes(request.verb) && resource.path == "users") {
            auto taken = take_projects(request.of<Person>().extras.kept);
            if (!taken) co_return paymo.refuse(about, taken.error());
            projects_of_user = std::move(*taken);
            if (projects_of_user.said()) {
                auto look = named_projects(projects_of_user);
                Result<Reply> found = co_await look;
                if (!found) co_return paymo.refuse(about, found.error());
                named = std::move(*found);
            }
        }
        if (request.kind == Kind::project && request.verb == Verb::update) {
            auto order = take_numbers(request.of<Project>().extras.loose, "tasklists_order");
            if (!order) co_return paymo.refuse(about, order.error());
            if (*order) {
                auto ordering = put_lists_in_order(request.id, std::move(**order));
                Result<Reply> const ordered = co_await ordering;
                if (!ordered) co_return paymo.refuse(about, ordered.error());
            }
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
        if (projects_of_user.said()) {
            auto placing = place_user(*reply->one<Person>().id, std::move(projects_of_user), std::move(named));
            Result<Reply> const placed = co_await placing;
            if (!placed) co_return paymo.refuse(about, paymo.named(placed.error(), Kind::project));
        }
        auto rest = with_relations(about, *wanted, *reply);
        wire::Response response = co_await rest;
        co_return response;
    };
    return talk(*this, call);
}

namespace {

// The project that a list or a task belongs to, or is to belong to.
std::string template_of(canonical::Entity const &part) {
    if (auto const *const list = std::get_if<TaskList>(&part)) return list->project->id;
    return std::get<Task>(part).project->id;
}

// A new task belongs to the template of its list.
Asking find_list_of(Task const &task) {
    Request get{.kind = Kind::task_list, .id = task.list->id};
    Result<Reply> list = co_await get;
    Error const unknown{.code = Code::unknown_reference, .field = "tasklist_id", .detail = task.list->id};
    if (!list) co_return unknown;
    co_return list;
}

} // namespace

Serve serve_template_part(Call &call) {
    auto wanted = self().understand(call);
    if (!wanted) co_return self().refuse(call, wanted.error());
    auto &request = wanted->request;
    auto const problem = request.verb == Verb::create
                             ? lacking(template_part_tables, resource_of(*call.operation), request.patch)
                             : std::nullopt;
    if (problem) co_return self().refuse(call, *problem);
    auto look = all_where<&Project::is_template>(true);
    Result<Reply> const templates = co_await look;
    if (!templates) co_return self().refuse(call, templates.error());
    auto const is_template = [&](std::string const &id) { return templates->records.find<Project>(id) != nullptr; };
    if (request.verb == Verb::create && request.kind == Kind::task) {
        auto finding = find_list_of(request.of<Task>());
        Result<Reply> const list = co_await finding;
        if (!list) co_return self().refuse(call, list.error());
        request.of<Task>().project = canonical::Ref{.id = list->one<TaskList>().project->id};
    }
    Error const unknown{.code = Code::unknown_reference,
                        .field = request.kind == Kind::task ? "tasklist_id" : "template_id",
                        .detail = request.verb == Verb::create ? template_of(request.patch) : std::string()};
    if (request.verb == Verb::create && !is_template(template_of(request.patch)))
        co_return self().refuse(call, unknown);
    if (request.verb == Verb::list) {
        auto const project =
            request.kind == Kind::task ? canonical::member<&Task::project>() : canonical::member<&TaskList::project>();
        Filter of_templates{.op = Operator::in, .field = {project, Part::id}};
        for (auto const &each : templates->records.of<Project>()) of_templates.values.emplace_back(*each.id);
        request.query.filter.require(std::move(of_templates));
    }
    if (!request.id.empty()) {
        Request get{.kind = request.kind, .id = request.id};
        Result<Reply> const part = co_await get;
        Error const gone{.code = Code::not_found};
        if (!part) co_return self().refuse(call, gone);
        auto const of = request.kind == Kind::task ? part->one<Task>().project->id : part->one<TaskList>().project->id;
        if (!is_template(of)) co_return self().refuse(call, gone);
    }
    want_first_relations(call, *wanted);
    Result<Reply> reply = co_await request;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), request.kind));
    auto rest = with_relations(call, *wanted, *reply);
    wire::Response response = co_await rest;
    co_return response;
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
