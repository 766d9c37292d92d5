#include "dialects/productive/productive.hpp"

#include "dialects/productive/answers.hpp"
#include "dialects/productive/documents.hpp"
#include "dialects/productive/identity.hpp"
#include "dialects/productive/memberships.hpp"
#include "dialects/productive/preferences.hpp"
#include "dialects/productive/projects.hpp"
#include "dialects/productive/records.hpp"
#include "dialects/productive/requests.hpp"
#include "dialects/productive/tables.hpp"

namespace dialects::productive {

using canonical::Kind, canonical::Verb;

namespace {

// Actions on a record take PUT for PATCH.
constexpr Operation operation_rows[]{
    {"GET", "projects", "project.list", Kind::project, Verb::list},
    {"POST", "projects", "project.create", Kind::project, Verb::create, save_project},
    {"POST", "projects/copy", "project.copy", Kind::project, Verb::copy, copy_project},
    {"GET", "projects/{id}", "project.get", Kind::project, Verb::get},
    {"PATCH", "projects/{id}", "project.update", Kind::project, Verb::update, save_project},
    {"DELETE", "projects/{id}", "project.remove", Kind::project, Verb::remove},
    {"PATCH", "projects/{id}/archive", "project.archive", Kind::project, Verb::update, archive_project},
    {"PUT", "projects/{id}/archive", "project.archive", Kind::project, Verb::update, archive_project},
    {"PATCH", "projects/{id}/restore", "project.restore", Kind::project, Verb::update, restore_project},
    {"PUT", "projects/{id}/restore", "project.restore", Kind::project, Verb::update, restore_project},
    {"PATCH", "projects/{id}/change_workflow", "project.change_workflow", Kind::project, Verb::change_workflow,
     change_workflow},
    {"PUT", "projects/{id}/change_workflow", "project.change_workflow", Kind::project, Verb::change_workflow,
     change_workflow},
    {"PATCH", "projects/{id}/map_to_workflow", "project.map_to_workflow", Kind::project, Verb::map_to_workflow,
     change_workflow},
    {"PUT", "projects/{id}/map_to_workflow", "project.map_to_workflow", Kind::project, Verb::map_to_workflow,
     change_workflow},
    {"POST", "projects/{id}/copy", "project.copy", Kind::project, Verb::copy, copy_project},
    {"GET", "workflows", "workflow.list", Kind::workflow, Verb::list},
    {"GET", "workflows/{id}", "workflow.get", Kind::workflow, Verb::get},
    {"GET", "workflow_statuses", "workflow_status.list", Kind::workflow_status, Verb::list},
    {"GET", "workflow_statuses/{id}", "workflow_status.get", Kind::workflow_status, Verb::get},
    {"GET", "companies", "company.list", Kind::company, Verb::list},
    {"GET", "companies/{id}", "company.get", Kind::company, Verb::get},
    {"GET", "people", "person.list", Kind::person, Verb::list},
    {"GET", "people/{id}", "person.get", Kind::person, Verb::get},
    {"POST", "workflows", "workflow.create", Kind::workflow, Verb::create, save_record},
    {"PATCH", "workflows/{id}", "workflow.update", Kind::workflow, Verb::update, save_record},
    {"DELETE", "workflows/{id}", "workflow.remove", Kind::workflow, Verb::remove},
    {"PATCH", "workflows/{id}/archive", "workflow.archive", Kind::workflow, Verb::update, archive_workflow},
    {"PUT", "workflows/{id}/archive", "workflow.archive", Kind::workflow, Verb::update, archive_workflow},
    {"PATCH", "workflows/{id}/restore", "workflow.restore", Kind::workflow, Verb::update, restore_record},
    {"PUT", "workflows/{id}/restore", "workflow.restore", Kind::workflow, Verb::update, restore_record},
    {"POST", "workflow_statuses", "workflow_status.create", Kind::workflow_status, Verb::create, save_record},
    {"PATCH", "workflow_statuses/{id}", "workflow_status.update", Kind::workflow_status, Verb::update, save_record},
    {"DELETE", "workflow_statuses/{id}", "workflow_status.remove", Kind::workflow_status, Verb::remove, remove_status},
    {"POST", "companies", "company.create", Kind::company, Verb::create, save_record},
    {"PATCH", "companies/{id}", "company.update", Kind::company, Verb::update, save_record},
    {"PATCH", "companies/{id}/archive", "company.archive", Kind::company, Verb::update, archive_record},
    {"PUT", "companies/{id}/archive", "company.archive", Kind::company, Verb::update, archive_record},
    {"PATCH", "companies/{id}/restore", "company.restore", Kind::company, Verb::update, restore_record},
    {"PUT", "companies/{id}/restore", "company.restore", Kind::company, Verb::update, restore_record},
    {"POST", "people", "person.create", Kind::person, Verb::create, save_record},
    {"PATCH", "people/{id}", "person.update", Kind::person, Verb::update, save_record},
    {"PATCH", "people/{id}/archive", "person.archive", Kind::person, Verb::update, archive_record},
    {"PUT", "people/{id}/archive", "person.archive", Kind::person, Verb::update, archive_record},
    {"PATCH", "people/{id}/restore", "person.restore", Kind::person, Verb::update, restore_record},
    {"PUT", "people/{id}/restore", "person.restore", Kind::person, Verb::update, restore_record},
    {"PATCH", "people/{id}/deactivate", "person.deactivate", Kind::person, Verb::update, archive_record},
    {"PUT", "people/{id}/deactivate", "person.deactivate", Kind::person, Verb::update, archive_record},
    {"PATCH", "people/{id}/activate", "person.activate", Kind::person, Verb::update, restore_record},
    {"PUT", "people/{id}/activate", "person.activate", Kind::person, Verb::update, restore_record},
    {"PATCH", "people/{id}/invite", "person.invite", Kind::person, Verb::update, invite_person},
    {"PUT", "people/{id}/invite", "person.invite", Kind::person, Verb::update, invite_person},
    {"PATCH", "people/{id}/resend", "person.resend", Kind::person, Verb::update, invite_person},
    {"PUT", "people/{id}/resend", "person.resend", Kind::person, Verb::update, invite_person},
    {"PATCH", "people/{id}/virtualize", "person.virtualize", Kind::person, Verb::update, virtualize_person},
    {"PUT", "people/{id}/virtualize", "person.virtualize", Kind::person, Verb::update, virtualize_person},
    {"GET", "memberships", "membership.list", Kind::project, Verb::list, list_team_memberships},
    {"GET", "memberships/{id}", "membership.get", Kind::project, Verb::get, get_team_membership},
    {"POST", "memberships", "membership.create", Kind::project, Verb::update, create_team_membership},
    {"PATCH", "memberships/{id}", "membership.update", Kind::project, Verb::update, update_team_membership},
    {"DELETE", "memberships/{id}", "membership.remove", Kind::project, Verb::update, remove_team_membership},
    {"GET", "project_assignments", "project_assignment.list", Kind::project, Verb::list, list_preferences},
    {"GET", "project_assignments/{id}", "project_assignment.get", Kind::project, Verb::get, get_preference},
    {"POST", "project_assignments", "project_assignment.create", Kind::project, Verb::update, create_preference},
    {"PATCH", "project_assignments/{id}", "project_assignment.update", Kind::project, Verb::update, update_preference},
    {"DELETE", "project_assignments/{id}", "project_assignment.remove", Kind::project, Verb::update, remove_preference},
    {"GET", "project_preferences", "project_preference.list", Kind::project, Verb::list, list_preferences},
    {"GET", "project_preferences/{id}", "project_preference.get", Kind::project, Verb::get, get_preference},
    {"POST", "project_preferences", "project_preference.create", Kind::project, Verb::update, create_preference},
    {"PATCH", "project_preferences/{id}", "project_preference.update", Kind::project, Verb::update, update_preference},
    {"DELETE", "project_preferences/{id}", "project_preference.remove", Kind::project, Verb::update, remove_preference},
    {"GET", "teams", "team.list", Kind::person_group, Verb::list},
    {"GET", "teams/{id}", "team.get", Kind::person_group, Verb::get},
    {"GET", "subsidiaries", "subsidiary.list", Kind::company, Verb::list, list_subsidiaries},
    {"GET", "subsidiaries/{id}", "subsidiary.get", Kind::company, Verb::list, list_subsidiaries},
    {"GET", "tags", "tag.list", Kind::tag, Verb::list},
    {"GET", "tags/{id}", "tag.get", Kind::tag, Verb::get},
    {"GET", "custom_fields", "custom_field.list", Kind::custom_field, Verb::list},
    {"GET", "custom_fields/{id}", "custom_field.get", Kind::custom_field, Verb::get},
    {"POST", "custom_fields", "custom_field.create", Kind::custom_field, Verb::create, save_record},
    {"PATCH", "custom_fields/{id}", "custom_field.update", Kind::custom_field, Verb::update, save_record},
    {"PATCH", "custom_fields/{id}/archive", "custom_field.archive", Kind::custom_field, Verb::update, archive_record},
    {"PUT", "custom_fields/{id}/archive", "custom_field.archive", Kind::custom_field, Verb::update, archive_record},
    {"GET", "custom_field_options", "custom_field_option.list", Kind::custom_option, Verb::list},
    {"GET", "custom_field_options/{id}", "custom_field_option.get", Kind::custom_option, Verb::get},
    {"POST", "custom_field_options", "custom_field_option.create", Kind::custom_option, Verb::create, save_record},
    {"PATCH", "custom_field_options/{id}", "custom_field_option.update", Kind::custom_option, Verb::update,
     save_record},
    {"PATCH", "custom_field_options/{id}/archive", "custom_field_option.archive", Kind::custom_option, Verb::update,
     archive_record},
    {"PUT", "custom_field_options/{id}/archive", "custom_field_option.archive", Kind::custom_option, Verb::update,
     archive_record},
    {"PATCH", "custom_field_options/{id}/restore", "custom_field_option.restore", Kind::custom_option, Verb::update,
     restore_record},
    {"PUT", "custom_field_options/{id}/restore", "custom_field_option.restore", Kind::custom_option, Verb::update,
     restore_record},
    {"GET", "organization_memberships", "organization_membership.list", Kind::person, Verb::list, list_memberships},
    {"GET", "users", "user.list", Kind::person, Verb::list, list_users},
    {"GET", "users/{id}", "user.get", Kind::person, Verb::list, list_users},
    {"GET", "organizations/{id}", "organization.get", Kind::company, Verb::list, list_organizations},
    {"GET", "organization_memberships/{id}", "organization_membership.get", Kind::person, Verb::list, list_memberships},
    {"GET", "organizations", "organization.list", Kind::company, Verb::list, list_organizations},
};

constexpr std::string_view token_form[]{"token"}, full_form[]{"token", "organization"};
constexpr std::span<std::string_view const> forms[]{full_form, token_form};

} // namespace

std::span<Operation const> Productive::operations() const { return operation_rows; }
TableSet const &Productive::tables() const { return productive::tables; }
std::span<std::span<std::string_view const> const> Productive::credential_forms() const { return forms; }

// By a token, within an organization. Which one is clear where the token belongs to one alone; who asks for their own
// memberships is not asked. (reference: the vendor's page on authentication; failures recorded from the service)
Result<void> Productive::identify(Call &call) const {
    auto const &headers = call.request.headers;
    auto const token = headers.find("X-Auth-Token"), organization = headers.find("X-Organization-Id");
    bool const any_organization = call.operation && is_about_caller(*call.operation);
    int known = 0;
    Caller const *found = nullptr;
    for (auto const &caller : call.callers) {
        if (!caller.matches("token", token)) continue;
        ++known;
        bool const fits = organization.empty() || any_organization || organization == organization_of(call, &caller);
        if (fits && !found) found = &caller;
    }
    if (token.empty() || known == 0) return Error{.code = Code::unauthenticated};
    if (organization.empty() && known > 1 && !any_organization)
        return Error{.code = Code::forbidden, .field = "organization"};
    if (!found) return Error{.code = Code::forbidden, .field = "person"};
    call.caller = found;
    return {};
}

Serve Productive::serve(Call &call) const {
    if (auto const welcome = negotiate(call); !welcome) return refused(call, welcome.error());
    if (call.operation->serve) return call.operation->serve(call);
    auto wanted = understand(call);
    if (!wanted) return refused(call, wanted.error());
    return ask(call, std::move(*wanted));
}

wire::Response Productive::refuse(Call const &call, Error const &error) const { return refusal(call, error); }

std::optional<wire::Response> Productive::preflight(Call const &call) const {
    auto response = no_content(call);
    auto const origin = call.request.headers.find("Origin");
    response.headers.set("Access-Control-Allow-Origin", origin.empty() ? "*" : origin);
    response.headers.set("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE");
    response.headers.set("Access-Control-Allow-Headers",
                         "X-Auth-Token, X-Organization-Id, Content-Type, Accept, X-Feature-Flags");
    return response;
}

std::string_view Productive::envelope(Kind) const { return "data"; }

std::string Productive::example(std::string_view base_url) const {
    return "-H 'X-Auth-Token: demo-productive-token' -H 'X-Organization-Id: 1000' '" + std::string(base_url) +
           "/projects?include=company&sort=name'";
}

Result<boost::json::value> Productive::document(Call const &call) const { return read_body(call); }

Result<void> Productive::read_query(Call const &call, Wanted &wanted) const {
    return productive::read_query(call, wanted);
}

wire::Response Productive::answer(Call const &call, Wanted const &wanted, canonical::Reply &reply) const {
    return productive::answer(call, wanted, reply);
}

Context Productive::context(Call const &call) const { return context_of(call); }

} // namespace dialects::productive
