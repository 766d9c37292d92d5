#include "dialects/paymo/resources.hpp"

#include "dialects/engine/questions.hpp"

#include <algorithm>

namespace dialects::paymo {

using canonical::Company, canonical::Entity, canonical::Filter, canonical::Kind, canonical::Operator, canonical::Person,
    canonical::Project, canonical::Role, canonical::WorkflowStatus;

namespace {

Filter users() { return where<&Person::role>(Operator::not_equal, Role::contact); }
Filter contacts() { return where<&Person::role>(Role::contact); }
Filter clients() { return where<&Company::is_own>(false); }
Filter own_company() { return where<&Company::is_own>(true); }
Filter projects() { return where<&Project::is_template>(false); }
Filter templates() { return where<&Project::is_template>(true); }

void fill_in_user(Entity &entity) {
    auto &user = std::get<Person>(entity);
    // (reference: page on users: only the address is required)
    if (!user.name && user.email) user.name = user.email->substr(0, user.email->find('@'));
}
void fill_in_contact(Entity &entity) { std::get<Person>(entity).role = Role::contact; }
void fill_in_template(Entity &entity) { std::get<Project>(entity).is_template = true; }
// Statuses between the first and the last mean that work goes on.
void fill_in_status(Entity &entity) { std::get<WorkflowStatus>(entity).category = canonical::Category::started; }

constexpr std::string_view a_name[]{"name"}, an_address[]{"email"}, of_contact[]{"name", "client_id"},
    of_status[]{"name", "color", "workflow_id"}, of_template_list[]{"name", "template_id"},
    of_template_task[]{"name", "tasklist_id"};

constexpr Resource all[]{
    {"projectstatuses", "projectstatuses", "projectstatus", Kind::project_status},
    {"projects", "projects", "project", Kind::project, projects, nullptr, a_name},
    {"projecttemplates", "project_templates", "project_template", Kind::project, templates, fill_in_template, a_name},
    {"workflows", "workflows", "workflow", Kind::workflow, nullptr, nullptr, a_name},
    {"workflowstatuses", "workflowstatuses", "workflowstatus", Kind::workflow_status, nullptr, fill_in_status,
     of_status},
    {"users", "users", "user", Kind::person, users, fill_in_user, an_address},
    {"me", "users", "user", Kind::person},
    {"clientcontacts", "clientcontacts", "clientcontact", Kind::person, contacts, fill_in_contact, of_contact},
    {"clients", "clients", "client", Kind::company, clients, nullptr, a_name},
    {"company", "company", "company", Kind::company, own_company},
    {"sessions", "sessions", "session", Kind::person},
    {"tasklists", "tasklists", "tasklist", Kind::task_list},
    {"tasks", "tasks", "task", Kind::task},
    {"projecttemplatestasklists", "project_templates_tasklists", "project_templates_tasklist", Kind::task_list, nullptr,
     nullptr, of_template_list},
    {"projecttemplatestasks", "project_templates_tasks", "project_templates_task", Kind::task, nullptr, nullptr,
     of_template_task},
};

} // namespace

std::span<Resource const> resources() { return all; }

Resource const &resource_of(Operation const &operation) {
    auto const path = operation.path.substr(0, operation.path.find('/'));
    return *std::ranges::find(all, path, &Resource::path);
}

Resource const *resource_of(Kind kind) {
    auto const found = std::ranges::find(all, kind, &Resource::kind);
    return found == std::end(all) ? nullptr : &*found;
}

} // namespace dialects::paymo
