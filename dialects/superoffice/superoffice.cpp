#include "dialects/superoffice/superoffice.hpp"

#include "dialects/engine/documents/body.hpp"
#include "dialects/superoffice/agents.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/archives.hpp"
#include "dialects/superoffice/bodies.hpp"
#include "dialects/superoffice/contacts.hpp"
#include "dialects/superoffice/entities.hpp"
#include "dialects/superoffice/field_descriptions.hpp"
#include "dialects/superoffice/lists.hpp"
#include "dialects/superoffice/principal.hpp"
#include "dialects/superoffice/project_members.hpp"
#include "dialects/superoffice/root.hpp"
#include "dialects/superoffice/session.hpp"
#include "dialects/superoffice/tables.hpp"
#include "dialects/superoffice/talks.hpp"
#include "dialects/superoffice/users.hpp"
#include "dialects/superoffice/zones.hpp"

#include <set>

namespace dialects::superoffice {

using canonical::Kind, canonical::Relation, canonical::Verb;

namespace {

constexpr std::string_view simple = "project.simple", blank_project = "project.default", root = "api.describe";

Serve describe_paths(Call &call);

// Literals win over {id}.
constexpr Operation operation_rows[]{
    {"GET", "", root, Kind::project, Verb::list, describe_paths},
    {"GET", "api", "root.api", Kind::project, Verb::list, get_api},
    {"GET", "api/state/{tenant}", "root.state", Kind::project, Verb::list, get_state},
    {"POST", "login/{tenant}/oauth/tokens", "root.token", Kind::person, Verb::list, refresh_token},
    {"GET", "Project/default", blank_project, Kind::project, Verb::get},
    {"GET", "Project/Duplicates/{name}", "project.duplicates", Kind::project, Verb::list, list_duplicates_of_project},
    {"GET", "Project/DuplicateRules", "project.duplicate_rules", Kind::project, Verb::list, list_duplicate_rules},
    {"POST", "Project/Validate", "project.validate", Kind::project, Verb::get, validate_project},
    {"GET", "Project/CustomField", "custom_field.list", Kind::custom_field, Verb::list, list_custom_fields,
     &custom_field_tables},
    {"GET", "Project/CustomField/{name}", "custom_field.get", Kind::custom_field, Verb::list, list_custom_fields,
     &custom_field_tables},
    {"GET", "Project/UdefLayout", "custom_field.layout", Kind::custom_field, Verb::list, list_layout, &layout_tables},
    {"GET", "Project/UdefLayout/Published", "custom_field.layout", Kind::custom_field, Verb::list, list_layout,
     &layout_tables},
    {"GET", "Project/UdefLayout/Published/{name}", "custom_field.layout", Kind::custom_field, Verb::list, list_layout,
     &layout_tables},
    {"GET", "Project/UdefLayout/Changed", "custom_field.changed", Kind::custom_field, Verb::list, is_layout_pending},
    {"GET", "Project/UdefLayout/Publish", "custom_field.publishing", Kind::custom_field, Verb::list, is_layout_pending},
    {"GET", "Project/UdefLayout/{name}", "custom_field.layout", Kind::custom_field, Verb::list, list_layout,
     &layout_tables},
    {"GET", "Project", "project.list", Kind::project, Verb::list, list_projects},
    {"GET", "Project/{id}/Members", "project.members", Kind::project, Verb::get, list_members},
    {"POST", "Project", "project.create", Kind::project, Verb::create},
    {"GET", "Project/{id}", "project.get", Kind::project, Verb::get},
    {"PUT", "Project/{id}", "project.replace", Kind::project, Verb::update},
    {"PATCH", "Project/{id}", "project.patch", Kind::project, Verb::update},
    {"DELETE", "Project/{id}", "project.remove", Kind::project, Verb::remove},
    {"GET", "Project/{id}/Simple", simple, Kind::project, Verb::get},
    {"GET", "Project/{id}/ForeignKey", "project.foreign_keys", Kind::project, Verb::get, get_foreign_keys},
    {"GET", "Project/{id}/Guide", "project.guide", Kind::project, Verb::get, list_nothing_of_project},
    {"GET", "Project/{id}/Activities", "project.activities", Kind::project, Verb::get, list_activities},
    {"GET", "Project/{id}/Links", "project.links", Kind::project, Verb::get, list_links},
    {"GET", "Project/{id}/Image", "project_image.get", Kind::project, Verb::get, get_image},
    {"GET", "Project/{id}/HasGuide", "project.has_guide", Kind::project, Verb::get, has_guide},
    {"GET", "Project/{id}/NextMilestone", "project.next_milestone", Kind::project, Verb::get, next_milestone},
    {"GET", "Project/{id}/IsNumberValid/{number}", "project.is_number_free", Kind::project, Verb::list, is_number_free},
    {"GET", "Project/{id}/Contacts", "project.companies", Kind::company, Verb::list, list_companies},
    {"GET", "ProjectMember", "project_member.list", Kind::project, Verb::list, list_members},
    {"GET", "ProjectMember/default", "project_member.default", Kind::project, Verb::get, serve_project_member},
    {"POST", "ProjectMember", "project_member.create", Kind::project, Verb::update, serve_project_member},
    {"GET", "ProjectMember/{id}", "project_member.get", Kind::project, Verb::get, serve_project_member},
    {"PUT", "ProjectMember/{id}", "project_member.replace", Kind::project, Verb::update, serve_project_member},
    {"PATCH", "ProjectMember/{id}", "project_member.patch", Kind::project, Verb::update, serve_project_member},
    {"DELETE", "ProjectMember/{id}", "project_member.remove", Kind::project, Verb::update, serve_project_member},
    {"GET", "Person", "person.list", Kind::person, Verb::list, list_people},
    {"GET", "Person/default", "person.default", Kind::person, Verb::get, serve_person, &entity_tables},
    {"POST", "Person", "person.create", Kind::person, Verb::create, serve_person, &entity_tables},
    {"GET", "Person/{id}", "person.get", Kind::person, Verb::get, serve_person, &entity_tables},
    {"GET", "Person/{id}/Simple", "person.simple", Kind::person, Verb::get, serve_person, &entity_tables},
    {"PUT", "Person/{id}", "person.replace", Kind::person, Verb::update, serve_person, &entity_tables},
    {"PATCH", "Person/{id}", "person.patch", Kind::person, Verb::update, serve_person, &entity_tables},
    {"DELETE", "Person/{id}", "person.remove", Kind::person, Verb::remove, serve_person, &entity_tables},
    {"GET", "Contact", "contact.list", Kind::company, Verb::list, list_companies},
    {"GET", "Contact/Duplicates/{name}", "contact.duplicates", Kind::company, Verb::list, list_duplicates_of_contact},
    {"GET", "Contact/default", "contact.default", Kind::company, Verb::get, serve_contact, &entity_tables},
    {"POST", "Contact", "contact.create", Kind::company, Verb::create, serve_contact, &entity_tables},
    {"GET", "Contact/{id}", "contact.get", Kind::company, Verb::get, serve_contact, &entity_tables},
    {"GET", "Contact/{id}/Simple", "contact.simple", Kind::company, Verb::get, serve_contact, &entity_tables},
    {"GET", "Contact/{id}/Persons", "contact.people", Kind::person, Verb::list, list_people},
    {"GET", "Contact/{id}/Projects", "contact.projects", Kind::project, Verb::list, list_projects},
    {"PUT", "Contact/{id}", "contact.replace", Kind::company, Verb::update, serve_contact, &entity_tables},
    {"PATCH", "Contact/{id}", "contact.patch", Kind::company, Verb::update, serve_contact, &entity_tables},
    {"DELETE", "Contact/{id}", "contact.remove", Kind::company, Verb::remove, serve_contact, &entity_tables},
    {"GET", "User", "user.list", Kind::person, Verb::list, list_users},
    {"GET", "User/currentPrincipal", "user.principal", Kind::person, Verb::list, get_principal},
    {"GET", "User/currentAssociate", "user.associate", Kind::person, Verb::list, get_current_associate},
    {"GET", "User/currentToken", "user.ticket", Kind::person, Verb::list, get_ticket},
    {"GET", "User/current", "user.current", Kind::person, Verb::list, get_user, &user_tables},
    {"GET", "User/{name}", "user.get", Kind::person, Verb::list, get_user, &user_tables},
    {"GET", "Archive", "archive.list", Kind::project, Verb::list, list_archives},
    {"GET", "Archive/$metadata", "archive.describe_all", Kind::project, Verb::list, describe_archives},
    {"GET", "Archive/{name}", "archive.get", Kind::project, Verb::list, get_archive},
    {"POST", "Archive/{name}", "archive.get", Kind::project, Verb::list, get_archive},
    {"GET", "Archive/{name}/$metadata", "archive.describe", Kind::project, Verb::list, describe_archive},
    {"POST", "Agents/Archive/GetArchiveListByColumns", "agent.archive.get", Kind::project, Verb::list, agent_archive},
    {"POST", "Agents/Archive/GetArchiveListByColumns2", "agent.archive.get", Kind::project, Verb::list, agent_archive},
    {"GET", "List", "list.list", Kind::project_status, Verb::list, list_lists},
    {"GET", "List/{name}", "list.get", Kind::project_status, Verb::list, get_list},
    {"GET", "List/{name}/Items", "list_item.list", Kind::project_status, Verb::list, list_items},
    {"GET", "List/{name}/Items/Default", "list_item.default", Kind::project_status, Verb::get, default_item},
    {"GET", "List/{name}/Items/{id}", "list_item.get", Kind::project_status, Verb::list, get_item},
    {"GET", "List/{name}/Items/{id}/UserGroups", "list_item.groups", Kind::project_status, Verb::list, list_nothing},
    {"GET", "List/{name}/Items/{id}/Headings", "list_item.headings", Kind::project_status, Verb::list, list_nothing},
    {"GET", "List/{name}/Headings", "list.headings", Kind::project_status, Verb::list, list_nothing},
    {"GET", "List/{name}/MDOItems", "choice_list.get", Kind::project_status, Verb::list, get_choices},
    {"POST", "List/ProjectStatus/Items", "project_status.create", Kind::project_status, Verb::create, create_item},
    {"PUT", "List/ProjectStatus/Items/{id}", "project_status.replace", Kind::project_status, Verb::update,
     replace_item},
    {"DELETE", "List/ProjectStatus/Items/{id}", "project_status.remove", Kind::project_status, Verb::remove,
     remove_item},
    {"POST", "List/ProjectType/Items", "project_type.create", Kind::project_type, Verb::create, create_item},
    {"PUT", "List/ProjectType/Items/{id}", "project_type.replace", Kind::project_type, Verb::update, replace_item},
    {"DELETE", "List/ProjectType/Items/{id}", "project_type.remove", Kind::project_type, Verb::remove, remove_item},
    {"POST", "List/{name}/Items", "list_item.create", Kind::project_status, Verb::create, create_item},
    {"PUT", "List/{name}/Items/{id}", "list_item.replace", Kind::project_status, Verb::update, replace_item},
    {"DELETE", "List/{name}/Items/{id}", "list_item.remove", Kind::project_status, Verb::remove, remove_item},
    {"GET", "MDOList", "choice_list.list", Kind::project_status, Verb::list, get_choice_lists},
    {"GET", "MDOList/{name}", "choice_list.get", Kind::project_status, Verb::list, get_choices},
    {"GET", "MDOList/{name}/selectable", "choice_list.selectable", Kind::project_status, Verb::list,
     get_selectable_choices},
    {"POST", "Agents/Project/GetProjectEntity", "agent.project.get", Kind::project, Verb::get, agent_get_project},
    {"POST", "Agents/Project/SaveProjectEntity", "agent.project.save", Kind::project, Verb::update, agent_save_project},
    {"POST", "Agents/Project/GetProjectEntityWithoutMembers", "agent.project.get_bare", Kind::project, Verb::get,
     agent_get_bare_project},
    {"POST", "Agents/Project/SaveProjectEntityWithoutMembers", "agent.project.save_bare", Kind::project, Verb::update,
     agent_save_bare_project},
    {"POST", "Agents/Project/DeleteProjectEntity", "agent.project.remove", Kind::project, Verb::remove,
     agent_delete_project},
    {"POST", "Agents/Project/CreateDefaultProjectEntity", "agent.project.default", Kind::project, Verb::get,
     agent_default_project},
    {"POST", "Agents/Project/SetCompleted", "agent.project.complete", Kind::project, Verb::update, agent_set_completed},
    {"POST", "Agents/Project/AddProjectMembers", "agent.project.add_members", Kind::project, Verb::update,
     agent_add_members},
    {"POST", "Agents/Project/GetProject", simple, Kind::project, Verb::get, agent_get_project},
    {"POST", "Agents/Project/GetProjectList", "agent.project.list", Kind::project, Verb::list, agent_list_projects},
    {"POST", "Agents/Project/GetMyProjects", "agent.project.own", Kind::project, Verb::list, agent_list_projects},
    {"POST", "Agents/Project/GetMyMemberProjects", "agent.project.own", Kind::project, Verb::list, agent_list_projects},
    {"POST", "Agents/Project/GetProjectsFromPerson", "agent.project.list", Kind::project, Verb::list,
     agent_list_projects},
    {"POST", "Agents/Project/GetProjectsFromContact", "agent.project.list", Kind::project, Verb::list,
     agent_list_projects},
    {"POST", "Agents/Project/GetNextProjectStatus", "agent.project.next_status", Kind::project, Verb::list,
     agent_next_status},
    {"POST", "Agents/Project/HasGuide", "agent.project.has_guide", Kind::project, Verb::list, agent_has_guide},
    {"POST", "Agents/Project/GetNextMilestone", "agent.project.next_milestone", Kind::project, Verb::get,
     agent_next_milestone},
    {"POST", "Agents/Project/IsNumberValid", "agent.project.is_number_free", Kind::project, Verb::list,
     agent_is_number_free},
    {"POST", "Agents/Project/GetDuplicates", "agent.project.duplicates", Kind::project, Verb::list, agent_duplicates},
    {"POST", "Agents/Project/ValidateProjectEntity", "agent.project.validate", Kind::project, Verb::get,
     validate_project},
    {"POST", "Agents/Project/CreateDefaultProjectMember", "agent.project_member.default", Kind::project, Verb::get,
     agent_default_member},
    {"POST", "Agents/Project/GetProjectMember", "agent.project_member.get", Kind::project, Verb::get, agent_get_member},
    {"POST", "Agents/Project/SaveProjectMember", "agent.project_member.save", Kind::project, Verb::update,
     agent_save_member},
    {"POST", "Agents/Project/DeleteProjectMember", "agent.project_member.remove", Kind::project, Verb::update,
     agent_delete_member},
    {"POST", "Agents/Project/GetProjectMembers", "agent.project.list_members", Kind::project, Verb::list,
     agent_list_members},
    {"POST", "Agents/Project/UpdateProjectMembers", "agent.project.update_members", Kind::project, Verb::update,
     agent_update_members},
    {"POST", "Agents/Project/DeleteProjectMemberByIds", "agent.project_member.remove", Kind::project, Verb::update,
     agent_delete_members_by_id},
    {"POST", "Agents/Project/DeleteProjectMembers", "agent.project.delete_members", Kind::project, Verb::update,
     agent_delete_members},
    {"POST", "Agents/Contact/CreateDefaultContactEntity", "agent.contact.default", Kind::company, Verb::get,
     agent_contact, &entity_tables},
    {"POST", "Agents/Contact/GetContactEntity", "agent.contact.get", Kind::company, Verb::get, agent_contact,
     &entity_tables},
    {"POST", "Agents/Contact/SaveContactEntity", "agent.contact.save", Kind::company, Verb::update, agent_contact,
     &entity_tables},
    {"POST", "Agents/Contact/DeleteContactEntity", "agent.contact.remove", Kind::company, Verb::remove, agent_contact,
     &entity_tables},
    {"POST", "Agents/Contact/GetContact", "agent.contact.simple", Kind::company, Verb::get, agent_contact,
     &entity_tables},
    {"POST", "Agents/Contact/GetContactList", "agent.contact.list", Kind::company, Verb::list, agent_contacts},
    {"POST", "Agents/Person/CreateDefaultPersonEntity", "agent.person.default", Kind::person, Verb::get, agent_person,
     &entity_tables},
    {"POST", "Agents/Person/GetPersonEntity", "agent.person.get", Kind::person, Verb::get, agent_person,
     &entity_tables},
    {"POST", "Agents/Person/SavePersonEntity", "agent.person.save", Kind::person, Verb::update, agent_person,
     &entity_tables},
    {"POST", "Agents/Person/DeletePersonEntity", "agent.person.remove", Kind::person, Verb::remove, agent_person,
     &entity_tables},
    {"POST", "Agents/Person/GetPerson", "agent.person.simple", Kind::person, Verb::get, agent_person, &entity_tables},
    {"POST", "Agents/Person/GetPersonList", "agent.person.list", Kind::person, Verb::list, agent_people},
    {"POST", "Agents/Associate/GetAssociate", "agent.associate.get", Kind::person, Verb::get, agent_associate},
    {"POST", "Agents/Associate/GetAssociateList", "agent.associate.list", Kind::person, Verb::list, agent_associates},
    {"POST", "Agents/Associate/GetAssociatesByGroup", "agent.associate.list_group", Kind::person, Verb::list,
     agent_associates_of_group},
    {"POST", "Agents/List/GetProjectStatuses", "agent.project_status.list", Kind::project_status, Verb::list,
     agent_statuses},
    {"POST", "Agents/List/GetProjectStatus", "agent.project_status.get", Kind::project_status, Verb::get, agent_status},
    {"POST", "Agents/List/GetAllFromListName", "agent.list_item.list", Kind::project_status, Verb::list,
     agent_items_of_list},
    {"POST", "Agents/List/SaveListItemEntity", "agent.list_item.save", Kind::project_status, Verb::update,
     agent_save_item},
    {"POST", "Agents/MDO/GetList", "agent.choice_list.get", Kind::project_status, Verb::list, agent_choices},
    {"POST", "Agents/MDO/GetSimpleList", "agent.choice_list.get", Kind::project_status, Verb::list, agent_choices},
    {"POST", "Agents/List/GetProjectTypes", "agent.project_type.list", Kind::project_type, Verb::list, agent_types},
};

constexpr std::string_view password_form[]{"username", "password"}, ticket_form[]{"ticket"}, token_form[]{"token"},
    client_form[]{"organization", "client_id", "client_secret", "refresh_token"};
constexpr std::span<std::string_view const> forms[]{password_form, ticket_form, token_form, client_form};

constexpr BodyType body_types[]{
    {"application/json", BodyForm::json},
    {"text/json", BodyForm::json},
    {"application/json-patch+json", BodyForm::json},
    {"application/merge-patch+json", BodyForm::json},
    {"application/xml", BodyForm::xml},
    {"text/xml", BodyForm::xml},
    {"application/x-www-form-urlencoded", BodyForm::form},
};
constexpr std::string_view list_elements[]{"ProjectMembers", "Urls", "Links"};
constexpr std::string_view dictionary_elements[]{"UserDefinedFields", "ExtraFields", "CustomFields"};

// Bodies are written by hand too: single quotes, no quotes, commas at the end.
constexpr BodyRules body_rules{.types = body_types,
                               .sniff = true,
                               .json = {.last_key_wins = true, .relaxed = true},
                               .nest = {.dots = true},
                               .xml = {.lists = list_elements, .dictionaries = dictionary_elements}};

// "https://gw.example:443"
std::string with_port(std::string origin) {
    auto const host = origin.find("://") + 3, bracket = origin.find(']', host); // of an IPv6 address
    auto const port = origin.find(':', bracket == origin.npos ? host : bracket);
    if (port == origin.npos) origin += origin.starts_with("https:") ? ":443" : ":80";
    return origin;
}

bool begins_as_json(std::string_view body) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
    auto const first = body.find_first_not_of(" \t\r\n");
    return first != body.npos && (body[first] == '{' || body[first] == '[');
}

// Of a project without its members.
bool is_bare(Operation const &operation) { return operation.path.ends_with("WithoutMembers"); }

// The project that such an agent is to save, its members left as they are.
boost::json::value without_members(boost::json::value const &body) {
    auto const *const entity = member_of(body, "ProjectEntity");
    boost::json::object project;
    if (auto const *const members = (entity ? *entity : body).if_object())
        for (auto const &[name, value] : *members)
            if (!wire::same_letters(name, "ProjectMembers")) project.emplace(name, value);
    return project;
}

// "name, projectStatus/id": a question mark at the end of it is noise that some samples have.
std::vector<std::string> selected(std::string_view list) {
    std::vector<std::string> paths;
    while (!list.empty()) {
        auto const comma = std::min(list.find(','), list.size());
        auto path = wire::trim(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
        while (path.ends_with('?')) path.remove_suffix(1);
        if (!path.empty()) paths.emplace_back(path);
    }
    return paths;
}

// Each address with what may be done there.
Serve describe_paths(Call &call) {
    auto const context = find_dialect("superoffice")->context(call);
    Body body{.json = {}, .element = "Paths"};
    {
        Text out(body.json, context);
        out.put('{');
        std::set<std::string_view> told;
        for (auto const &operation : operation_rows) {
            if (operation.path.empty() || is_of_root(operation) || !told.insert(operation.path).second) continue;
            out.key(context.base + "/" + std::string(operation.path));
            out.put('{');
            for (auto const &same : operation_rows) {
                if (same.path != operation.path) continue;
                out.key(same.method);
                out.string(same.name);
            }
            out.put('}');
        }
        out.put('}');
    }
    co_return respond(call, 200, std::move(body));
}

} // namespace

std::span<Operation const> SuperOffice::operations() const { return operation_rows; }
TableSet const &SuperOffice::tables() const { return superoffice::tables; }
std::span<std::span<std::string_view const> const> SuperOffice::credential_forms() const { return forms; }

Result<void> SuperOffice::find(Call &call) const {
    if (auto const own = segments_of_root(call.settings)) call.prefix -= *own;
    if (auto found = Dialect::find(call); !found) return found;
    if (!serves(call.settings, *call.operation)) {
        call.operation = nullptr;
        return Error{.code = Code::unknown_route};
    }
    bool const by_id = call.operation->path.find("{id}") != std::string_view::npos;
    if (!by_id || is_record_number(call.id)) return {};
    call.operation = nullptr;
    call.id = {};
    return Error{.code = Code::unknown_route};
}

bool SuperOffice::is_open(Operation const &operation) const { return operation.name == root || is_of_root(operation); }

bool SuperOffice::serves(Settings const &settings, Operation const &operation) const {
    return segments_of_root(settings).has_value() == is_of_root(operation);
}

Result<void> SuperOffice::identify(Call &call) const { return superoffice::identify(call); }

Serve SuperOffice::refusal_talk(Call const &call, Error error) const {
    auto const talk = [](SuperOffice const &self, Call const &about, Error why) -> Serve {
        co_return self.refuse(about, why);
    };
    return talk(*this, call, std::move(error));
}

Serve SuperOffice::serve(Call &call) const {
    if (call.operation->serve) return call.operation->serve(call);
    if (call.operation->name == blank_project) return default_project(*this, call);
    switch (call.operation->verb) {
    case Verb::create:
        return create_project(*this, call);
    case Verb::update:
        return change_project(*this, call);
    case Verb::remove:
        return remove_project(*this, call);
    default:
        return read_project(*this, call);
    }
}

wire::Response SuperOffice::refuse(Call const &call, Error const &error) const { return refusal(call, error); }

std::optional<wire::Response> SuperOffice::preflight(Call const &call) const {
    wire::Response response{.status = 204};
    auto const origin = call.request.headers.find("Origin");
    response.headers.set("Access-Control-Allow-Origin", origin.empty() ? "*" : origin);
    response.headers.set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
    response.headers.set("Access-Control-Allow-Headers",
                         "Authorization, Accept, Accept-Language, Content-Type, If-Modified-Since, "
                         "If-Unmodified-Since, SO-AppToken, SO-Browser-TZ-Offset, SO-Culture, SO-Language, "
                         "SO-TimeZone, X-XSRF-TOKEN");
    return response;
}

// A patch is known by its shape, whatever type it is sent with; and no form begins as JSON does, though tools say so.
Result<boost::json::value> SuperOffice::document(Call const &call) const {
    auto const &request = call.request;
    auto const form = body_form(request, body_rules);
    bool const patch = request.method == "PATCH", mistyped = form && *form == BodyForm::form;
    if ((patch || mistyped) && begins_as_json(request.body))
        return parse_json(request.body, body_rules.json, call.memory);
    auto body = dialects::document(request, body_rules, call.memory);
    if (body && is_bare(*call.operation)) return without_members(*body);
    return body;
}

Result<void> SuperOffice::read_query(Call const &call, Wanted &wanted) const {
    auto const zone = read_zone(call.request.headers.find("SO-TimeZone"), call.settings.zone);
    if (!zone) return zone.error();
    wanted.request.query.related = {Relation::people, Relation::status, Relation::type};
    auto const *select = call.target.find_any_case("$select");
    auto paths = select ? selected(*select) : std::vector<std::string>();
    if (paths.empty()) return {};
    paths.insert(paths.end(), {"ProjectId", "_Links"}); // always there
    wanted.selection.only = std::move(paths);
    return {};
}

wire::Response SuperOffice::answer(Call const &call, Wanted const &wanted, canonical::Reply &reply) const {
    auto const &operation = *call.operation;
    auto surroundings = context(call);
    surroundings.related = &reply.related;
    View view{.rest = View::Rest::blank, .any_case = true, .extras = false};
    std::vector<std::string_view> only;
    if (wanted.selection.only) {
        only.assign(wanted.selection.only->begin(), wanted.selection.only->end());
        view.only = only;
    }
    bool const short_form = operation.name == simple;
    bool const agent = operation.name.starts_with("agent.");
    if (is_bare(operation)) reply.records.of<Project>().front().team = std::nullopt;
    Body body{.json = {}, .element = short_form ? "Project" : "ProjectEntity"};
    {
        Text text(body.json, surroundings);
        auto const &table = short_form ? simple_table : agent ? agent_table : project_table;
        write(table, view, reply.one<Project>(), text);
    }
    auto response = respond(call, 200, std::move(body));
    if (agent) return response;
    if (operation.verb == Verb::update) response.reason = "ProjectEntity updated.";
    if (operation.verb == Verb::get && operation.name != blank_project) response.reason = "ProjectEntity found.";
    return response;
}

Context SuperOffice::context(Call const &call) const {
    auto context = Context::of(call);
    auto const zone = read_zone(call.request.headers.find("SO-TimeZone"), call.settings.zone);
    if (zone) {
        context.zone = zone->zone;
        context.times = zone->times;
    }
    auto tongue = tongue_of(call.request.headers);
    context.language = std::move(tongue.language);
    context.culture = std::move(tongue.culture);
    context.base = with_port(context.origin) + call.settings.path;
    context.may_write = !call.caller || call.caller->may_write;
    return context;
}

std::string SuperOffice::example(std::string_view base_url) const {
    return "-u tje0:Tje0 '" + std::string(base_url) + "/Project/200?$select=Name,ProjectStatus,Completed'";
}

} // namespace dialects::superoffice
