// What is done with projects beyond a change of fields: copies, and changes of workflow with a map.
#include "backends/sql/rows.hpp"
#include "backends/sql/statements.hpp"
#include "backends/sql/writer.hpp"
#include "canonical/rules.hpp"

#include <algorithm>

namespace backends::sql {

using canonical::Code, canonical::CopyParts, canonical::Error, canonical::Project, canonical::Ref, canonical::Request,
    canonical::Task, canonical::TaskList, canonical::Workflow, canonical::WorkflowMap, canonical::WorkflowStatus;

namespace {

// What a copy takes over; what it lacks, a new project gets.
Project model_of(Project const &source, CopyParts const &parts) {
    Project copy = source;
    for_each_member(copy, [](auto &slot, Column const &column, canonical::MemberId) {
        static constexpr std::string_view own[] = {
            "id",      "number",  "code",   "phase",    "status", "version",         "created",
            "updated", "creator", "editor", "archived", "closed", "last_task_number"};
        if (std::ranges::find(own, column.name) != std::end(own) || is_counted(column.shape)) slot.clear();
    });
    if (parts.team) {
        for (auto &member : *copy.team) {
            member.id.clear();
            member.joined.reset();
        }
    } else {
        copy.team.clear();
        copy.manager.clear();
        copy.co_managers.clear();
        if (copy.default_assignee->id != canonical::anyone) copy.default_assignee.clear();
    }
    if (!parts.custom_values) copy.custom.clear();
    copy.is_template = parts.as_template;
    copy.source = Ref{.id = *source.id};
    return copy;
}

template <class E> void lay_over(E &entity, E const &patch) {
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        if (!(patch.*d.pointer).absent()) entity.*d.pointer = patch.*d.pointer;
    });
    entity.extras.merge(patch.extras);
}

template <class E> std::vector<E> all_of_project(Connection &connection, std::string_view order, std::int64_t project) {
    std::string text("SELECT id FROM ");
    text.append(table_of(canonical::kind_of<E>)).append(" WHERE project = $1 ORDER BY ").append(order);
    std::vector<std::int64_t> ids;
    for (auto rows = connection.run(text, project); rows.next();) ids.push_back(rows.integer(0));
    return read_all<E>(connection, ids, {});
}

void leave_out(Task &task, CopyParts const &parts) {
    if (!parts.assignees || !parts.team) task.assignees.clear();
    if (!parts.task_tags) task.tags.clear();
    if (!parts.task_descriptions) task.description.clear();
    if (!parts.estimates) task.budget_hours.clear();
    if (parts.task_dates) return;
    task.starts.clear();
    task.ends.clear();
}

template <class E> void stamp(E &record, std::int64_t id, Occasion const &occasion) {
    record.id = std::to_string(id);
    record.version = 1;
    record.created = record.updated = occasion.now;
    if constexpr (requires { record.creator; }) {
        record.creator.clear();
        if (!occasion.actor.empty()) record.creator = occasion.actor;
    }
}

// The workflow of a map: the one it names, else the project's own.
std::optional<Workflow> workflow_of(Connection &connection, WorkflowMap const &wanted, Project const &project) {
    auto const id = parse_id(wanted.workflow.empty() ? project.workflow->id : wanted.workflow);
    return id ? read_one<Workflow>(connection, *id, {}) : std::nullopt;
}

} // namespace

Writer::Id Writer::copy_project(Request const &request) {
    auto const id = reader_.identify(canonical::Kind::project, request.id);
    auto const source = id ? read_one<Project>(connection_, *id, request.dialect) : std::nullopt;
    if (!source) return Error{.code = Code::unknown_reference, .field = "source", .detail = request.id};
    auto const &parts = std::get<CopyParts>(request.arguments);
    auto copy = model_of(*source, parts);
    lay_over(copy, std::get<Project>(request.patch));
    copy.id.clear();
    auto created = create(request, std::move(copy));
    if (!created) return created;

    connection_.execute("INSERT INTO extras (kind, id, dialect, body) SELECT kind, $1, dialect, body FROM extras"
                        " WHERE kind = 'project' AND id = $2 AND dialect <> $3",
                        *created, *id, request.dialect);
    if (parts.task_lists) copy_tasks(occasion_of(request), *source, *created, parts);
    return created;
}

void Writer::copy_tasks(Occasion const &occasion, Project const &source, std::int64_t project, CopyParts const &parts) {
    auto const source_id = *parse_id(*source.id);
    auto const owner = Ref{.id = std::to_string(project)};
    std::map<std::string, std::string> lists;
    for (auto &list : all_of_project<TaskList>(connection_, "position, id", source_id)) {
        auto const original = *list.id;
        stamp(list, next_id(connection_, "task_lists"), occasion);
        list.project = owner;
        connection_.execute(insert_row(list));
        lists.emplace(original, *list.id);
    }
    std::int64_t number = 0;
    for (auto &task : all_of_project<Task>(connection_, "number, id", source_id)) {
        if (*task.is_done ? !parts.closed_tasks : !parts.open_tasks) continue;
        leave_out(task, parts);
        auto const id = next_id(connection_, "tasks");
        stamp(task, id, occasion);
        task.project = owner;
        if (task.list) task.list = Ref{.id = lists.at(task.list->id)};
        task.number = ++number;
        connection_.execute(insert_row(task));
        write_lists(task, id);
    }
    connection_.execute("UPDATE projects SET last_task_number = $1 WHERE id = $2", number, project);

    auto const copy = read_one<Project>(connection_, project, {});
    if (number > 0 && source.workflow && copy->workflow && copy->workflow->id != source.workflow->id)
        adopt_workflow(occasion, project, *source.workflow, *copy->workflow);
}

Writer::Id Writer::change_workflow(Request const &request) {
    auto const project = find_changeable<Project>(request);
    if (!project) return project.error();
    auto const &wanted = std::get<WorkflowMap>(request.arguments);
    auto const target = workflow_of(connection_, wanted, *project);
    auto const statuses = [&](std::string_view workflow) {
        return statuses_of_workflow(connection_, parse_id(workflow).value_or(0));
    };
    auto const current = statuses(project->workflow->id);
    auto const next = target ? statuses(*target->id) : std::vector<WorkflowStatus>{};
    if (auto wrong = canonical::check_workflow_change(wanted, target ? &*target : nullptr, current, next))
        return std::move(*wrong);

    auto const occasion = occasion_of(request);
    auto const id = *parse_id(*project->id);
    move_tasks(occasion, id, "status", wanted.map);
    set_workflow(occasion, id, Ref{.id = *target->id});
    return id;
}

Writer::Id Writer::map_to_workflow(Request const &request) {
    auto const project = find_changeable<Project>(request);
    if (!project) return project.error();
    auto const &wanted = std::get<WorkflowMap>(request.arguments);
    auto const target = workflow_of(connection_, wanted, *project);
    if (!target && !wanted.workflow.empty())
        return Error{.code = Code::unknown_reference, .field = "workflow", .detail = wanted.workflow};
    auto const id = *parse_id(*project->id);
    auto const lists = all_of_project<TaskList>(connection_, "position, id", id);
    auto const statuses =
        target ? statuses_of_workflow(connection_, *parse_id(*target->id)) : std::vector<WorkflowStatus>{};
    if (auto wrong = canonical::check_list_map(wanted, lists, statuses)) return std::move(*wrong);

    auto const occasion = occasion_of(request);
    move_tasks(occasion, id, "list", wanted.map);
    set_workflow(occasion, id, Ref{.id = *target->id});
    return id;
}

void Writer::set_workflow(Occasion const &occasion, std::int64_t project, Ref workflow) {
    Project patch;
    patch.workflow = std::move(workflow);
    patch.updated = occasion.now;
    if (!occasion.actor.empty()) patch.editor = occasion.actor;
    connection_.execute(update_rows(patch, "id", project));
}

} // namespace backends::sql
