#include "backends/sql/kind_rules.hpp"
#include "backends/sql/statements.hpp"
#include "backends/sql/team.hpp"
#include "canonical/rules.hpp"

#include <algorithm>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace backends::sql {

using canonical::Code, canonical::CustomOption, canonical::Error, canonical::Person, canonical::PersonGroup,
    canonical::Project, canonical::ProjectStatus, canonical::Ref, canonical::Slot, canonical::Task, canonical::TaskList,
    canonical::Workflow, canonical::WorkflowStatus;

namespace {

Error in_use(std::string const &id) { return {.code = Code::in_use, .detail = id}; }

Error refused(Code code, std::string_view field, std::string const &detail) {
    return {.code = code, .field = std::string(field), .detail = detail};
}

std::vector<ProjectStatus> all_statuses(Connection &connection) {
    std::vector<ProjectStatus> statuses;
    auto rows = connection.run("SELECT id, phase, position, is_default FROM project_statuses ORDER BY position, id");
    while (rows.next()) {
        auto &status = statuses.emplace_back();
        from_column(rows, 0, status.id.emplace());
        from_column(rows, 1, status.phase.emplace());
        from_column(rows, 2, status.position.emplace());
        from_column(rows, 3, status.is_default.emplace());
    }
    return statuses;
}

// The one that stands in where nobody names one.
Slot<Ref> default_of(Connection &connection, std::string_view table) {
    auto rows = connection.run("SELECT id FROM " + std::string(table) + " WHERE is_default = 1 ORDER BY id LIMIT 1");
    if (!rows.next()) return {};
    return Ref{.id = std::string(rows.text(0))};
}

// The id in one column of one record, or nothing.
std::optional<std::int64_t> look_up(Connection &connection, std::string_view table, std::string_view column,
                                    std::string const &id) {
    std::string text("SELECT ");
    text.append(column).append(" FROM ").append(table).append(" WHERE id = $1");
    auto rows = connection.run(text, parse_id(id).value_or(0));
    if (!rows.next() || rows.is_null(0)) return {};
    return rows.integer(0);
}

// What happens to the projects that have a status.
void update_projects_with(Occasion const &occasion, std::int64_t status, Project patch) {
    patch.updated = occasion.now;
    if (!occasion.actor.empty()) patch.editor = occasion.actor;
    occasion.connection.execute(update_rows(patch, "status", status));
}

} // namespace

std::vector<WorkflowStatus> statuses_of_workflow(Connection &connection, std::int64_t workflow) {
    std::vector<WorkflowStatus> statuses;
    auto rows = connection.run("SELECT id, category FROM workflow_statuses WHERE workflow = $1 ORDER BY position, id",
                               workflow);
    while (rows.next()) {
        auto &status = statuses.emplace_back();
        from_column(rows, 0, status.id.emplace());
        from_column(rows, 1, status.category.emplace());
    }
    return statuses;
}

void move_tasks(Occasion const &occasion, std::int64_t project, std::string_view column,
                std::map<std::string, std::string> const &map) {
    auto &connection = occasion.connection;
    // All of them first: a status may be both left and entered.
    std::vector<std::pair<std::int64_t, std::int64_t>> moves;
    std::string const text = "SELECT id, " + std::string(column) + " FROM tasks WHERE project = $1";
    for (auto rows = connection.run(text, project); rows.next();) {
        auto const target = map.find(std::string(rows.text(1)));
        if (target != map.end()) moves.emplace_back(rows.integer(0), parse_id(target->second).value_or(0));
    }
    for (auto const &[task, status] : moves)
        connection.execute("UPDATE tasks SET status = $1, version = version + 1, updated = $2, is_done ="
                           " (SELECT s.category = 2 FROM workflow_statuses s WHERE s.id = $3) WHERE id = $4",
                           status, std::int64_t(occasion.now.time_since_epoch().count()), status, task);
}

void adopt_workflow(Occasion const &occasion, std::int64_t project, Ref const &from, Ref const &to) {
    auto const next = statuses_of_workflow(occasion.connection, *parse_id(to.id));
    if (next.empty()) return;
    std::map<std::string, std::string> map;
    for (auto const &status : statuses_of_workflow(occasion.connection, *parse_id(from.id))) {
        auto const same = std::ranges::find(next, *status.category, [](auto const &other) { return *other.category; });
        map.emplace(*status.id, *(same == next.end() ? next.front() : *same).id);
    }
    move_tasks(occasion, project, "status", map);
}

Refusal before_create(Occasion const &occasion, Project &project) {
    auto &connection = occasion.connection;
    if (project.type.absent()) project.type = default_of(connection, "project_types");
    if (project.workflow.absent()) project.workflow = default_of(connection, "workflows");
    if (project.number.absent() && !*project.is_template) project.number = next_project_number(connection);
    canonical::settle_phase(project, {}, all_statuses(connection), occasion.now);
    settle_team(project, {}, *project.created);
    return {};
}

Refusal before_update(Occasion const &occasion, Project &patch, Project const &current) {
    auto &connection = occasion.connection;
    patch.archived.clear();
    patch.closed.clear();
    if (!patch.phase.absent() || !patch.status.absent())
        canonical::settle_phase(patch, current, all_statuses(connection), occasion.now);
    settle_team(patch, current, occasion.now);
    if (patch.workflow && current.workflow && patch.workflow->id != current.workflow->id)
        adopt_workflow(occasion, *parse_id(*current.id), *current.workflow, *patch.workflow);
    return {};
}

namespace {

std::string full_name(Person const &person) {
    auto name = *person.given_name;
    if (!name.empty() && !person.family_name->empty()) name += ' ';
    return name += *person.family_name;
}

} // namespace

void fill_in(Person &person) {
    if (!person.name.absent()) return;
    if (auto name = full_name(person); !name.empty()) person.name = std::move(name);
}

Refusal before_update(Occasion const &, Person &patch, Person const &current) {
    // A name that was made of the two others goes on being made of them.
    bool const parts_said = !patch.given_name.absent() || !patch.family_name.absent();
    if (!parts_said || !patch.name.absent() || *current.name != full_name(current)) return {};
    Person after = current;
    if (!patch.given_name.absent()) after.given_name = patch.given_name;
    if (!patch.family_name.absent()) after.family_name = patch.family_name;
    if (auto name = full_name(after); !name.empty()) patch.name = std::move(name);
    return {};
}

namespace {

// One of its own where nobody gives one.
template <class E> Refusal settle_guid(Connection &connection, E &record) {
    auto &guid = record.guid;
    if (!guid || guid->empty()) guid = to_string(boost::uuids::random_generator()());
    if (!is_guid(*guid)) return refused(Code::bad_value, "guid", *guid);
    std::ranges::transform(*guid, guid->begin(), [](char c) { return c >= 'A' && c <= 'F' ? char(c + 32) : c; });
    auto const table = std::string(table_of(canonical::kind_of<E>));
    if (connection.run("SELECT 1 FROM " + table + " WHERE guid = $1", *guid).next())
        return refused(Code::conflict, "guid", *guid);
    return {};
}

} // namespace

Refusal before_create(Occasion const &occasion, Person &person) { return settle_guid(occasion.connection, person); }
Refusal before_create(Occasion const &occasion, PersonGroup &group) { return settle_guid(occasion.connection, group); }

std::vector<References::Scope> scopes_of(Occasion const &occasion, Task &patch, Task const &current) {
    auto &references = occasion.references;
    std::vector<References::Scope> scopes;
    std::optional<std::int64_t> project;
    if (patch.project) {
        if (auto const found = references.find("projects", *patch.project)) project = *found;
    } else if (patch.list && !patch.list->id.empty()) {
        project = look_up(occasion.connection, "task_lists", "project", patch.list->id);
        if (project && current.project.absent()) patch.project = Ref{.id = std::to_string(*project)};
    }
    if (!project && current.project) project = parse_id(current.project->id);
    if (!project) return scopes;
    scopes.push_back({.member = "list", .column = "project", .id = *project});
    if (auto const workflow = look_up(occasion.connection, "projects", "workflow", std::to_string(*project)))
        scopes.push_back({.member = "status", .column = "workflow", .id = *workflow});
    return scopes;
}

namespace {

// The list is one of the project's, and the status one of its workflow's.
Refusal check_place(Connection &connection, Task const &task, Ref const &project) {
    if (task.list && look_up(connection, "task_lists", "project", task.list->id) != parse_id(project.id))
        return refused(Code::unknown_reference, "list", task.list->id);
    auto const workflow = look_up(connection, "projects", "workflow", project.id);
    if (task.status && workflow && look_up(connection, "workflow_statuses", "workflow", task.status->id) != workflow)
        return refused(Code::unknown_reference, "status", task.status->id);
    return {};
}

// A task's number within its project.
std::int64_t take_number(Connection &connection, std::int64_t project, Slot<std::int64_t> const &given) {
    connection.execute("UPDATE projects SET last_task_number = CASE WHEN $1 > last_task_number THEN $2"
                       " ELSE last_task_number END WHERE id = $3",
                       given.value_or(0), given.value_or(0), project);
    if (given) return *given;
    auto rows = connection.run(
        "UPDATE projects SET last_task_number = last_task_number + 1 WHERE id = $1 RETURNING last_task_number",
        project);
    rows.next();
    auto const number = rows.integer(0);
    while (rows.next()) {
    }
    return number;
}

Slot<Ref> first_status(Connection &connection, Ref const &project) {
    auto const workflow = look_up(connection, "projects", "workflow", project.id);
    if (!workflow) return std::nullopt;
    auto const statuses = statuses_of_workflow(connection, *workflow);
    if (statuses.empty()) return std::nullopt;
    return Ref{.id = *statuses.front().id};
}

void settle_done(Connection &connection, Task &task) {
    if (!task.status || !task.is_done.absent()) return;
    auto const category = look_up(connection, "workflow_statuses", "category", task.status->id);
    task.is_done = category == std::int64_t(canonical::Category::closed);
}

} // namespace

Refusal before_create(Occasion const &occasion, Task &task) {
    auto &connection = occasion.connection;
    auto const project = *task.project;
    if (auto checked = check_place(connection, task, project); !checked) return checked;
    if (task.status.absent()) task.status = first_status(connection, project);
    settle_done(connection, task);
    task.number = take_number(connection, *parse_id(project.id), task.number);
    return {};
}

Refusal before_update(Occasion const &occasion, Task &patch, Task const &current) {
    auto &connection = occasion.connection;
    bool const moves = patch.project && patch.project->id != current.project->id;
    auto const &project = moves ? *patch.project : *current.project;
    if (moves && patch.list.absent()) patch.list = std::nullopt;
    if (auto checked = check_place(connection, patch, project); !checked) return checked;
    if (moves) {
        // Its status stays where both projects have the same workflow.
        bool const fits = check_place(connection, {.status = current.status}, project).has_value();
        if (!fits && patch.status.absent()) patch.status = first_status(connection, project);
        patch.number = take_number(connection, *parse_id(project.id), {});
    }
    settle_done(connection, patch);
    return {};
}

// What sees only two states may have asked for one of them.
Refusal before_create(Occasion const &, ProjectStatus &status) {
    if (status.phase) status.phase = canonical::settled(*status.phase, canonical::Phase::active);
    return {};
}

Refusal before_update(Occasion const &, ProjectStatus &patch, ProjectStatus const &current) {
    if (patch.phase) patch.phase = canonical::settled(*patch.phase, *current.phase);
    return {};
}

Refusal before_update(Occasion const &, WorkflowStatus &patch, WorkflowStatus const &current) {
    if (patch.workflow && patch.workflow->id != current.workflow->id)
        return refused(Code::bad_value, "workflow", patch.workflow->id);
    return {};
}

Refusal before_update(Occasion const &, CustomOption &patch, CustomOption const &current) {
    if (patch.field && patch.field->id != current.field->id) return refused(Code::bad_value, "field", patch.field->id);
    return {};
}

Refusal before_update(Occasion const &, TaskList &patch, TaskList const &current) {
    if (patch.project && patch.project->id != current.project->id)
        return refused(Code::bad_value, "project", patch.project->id);
    return {};
}

void after_update(Occasion const &occasion, ProjectStatus const &patch, ProjectStatus const &current) {
    if (!patch.phase || *patch.phase == *current.phase) return;
    // Its projects come into the new phase as if each of them had got this status just now.
    Project before, change;
    before.phase = current.phase;
    before.status = change.status = Ref{.id = *current.id};
    canonical::settle_phase(change, before, all_statuses(occasion.connection), occasion.now);
    update_projects_with(occasion, *parse_id(*current.id), change);
}

Refusal before_remove(Occasion const &occasion, ProjectStatus const &status) {
    auto const id = *parse_id(*status.id);
    if (!any_row(occasion.connection, "projects", "status", id)) return {};
    auto others = all_statuses(occasion.connection);
    std::erase_if(others, [&](ProjectStatus const &other) { return *other.id == *status.id; });
    auto const *heir = canonical::status_of(*status.phase, others);
    if (!heir) return in_use(*status.id);
    Project change;
    change.status = Ref{.id = *heir->id};
    update_projects_with(occasion, id, change);
    return {};
}

Refusal before_remove(Occasion const &occasion, Workflow const &workflow) {
    auto const id = *parse_id(*workflow.id);
    if (any_row(occasion.connection, "projects", "workflow", id)) return in_use(*workflow.id);
    auto rows = occasion.connection.run("SELECT 1 FROM workflow_statuses s JOIN tasks t ON t.status = s.id"
                                        " WHERE s.workflow = $1 LIMIT 1",
                                        id);
    if (rows.next()) return in_use(*workflow.id);
    return {};
}

Refusal before_remove(Occasion const &occasion, WorkflowStatus const &status) {
    if (any_row(occasion.connection, "tasks", "status", *parse_id(*status.id))) return in_use(*status.id);
    return {};
}

Refusal before_remove(Occasion const &occasion, canonical::Company const &company) {
    if (any_row(occasion.connection, "projects", "company", *parse_id(*company.id))) return in_use(*company.id);
    return {};
}

Refusal before_remove(Occasion const &occasion, Person const &person) {
    // The other references to a person are foreign keys and are set null by the database.
    occasion.connection.execute("UPDATE projects SET default_assignee = NULL WHERE default_assignee = $1",
                                *parse_id(*person.id));
    return {};
}

} // namespace backends::sql
