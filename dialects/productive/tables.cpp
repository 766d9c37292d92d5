#include "dialects/productive/tables.hpp"

#include "dialects/engine/wire.hpp"

namespace dialects::productive {

std::string_view project_type(Project const &project) {
    if (project.type && project.type->id == "1") return "1";
    if (project.type && project.type->id == "2") return "2";
    return project.company ? "2" : "1";
}

std::string_view given_name(Person const &person) {
    if (person.given_name || person.family_name) return *person.given_name;
    std::string_view const whole = *person.name;
    return whole.substr(0, std::min(whole.rfind(' '), whole.size()));
}

std::string_view family_name(Person const &person) {
    if (person.given_name || person.family_name) return *person.family_name;
    std::string_view const whole = *person.name;
    auto const space = whole.rfind(' ');
    return space == whole.npos ? std::string_view() : whole.substr(space + 1);
}

bool TagNames::read(json::value const &j, std::vector<std::string> &names, Context const &context) {
    auto const *text = j.if_string();
    if (!text) return codec::list<codec::text>::read(j, names, context);
    names.clear();
    for (auto const name : wire::list_items(*text)) names.emplace_back(name);
    return true;
}

void write_organization(Text &out) {
    out.raw(R"({"data":{"type":"organizations","id":)");
    out.string(out.context.organization);
    out.raw("}}");
}

namespace detail {

void write_project_type(Project const &project, Text &out) { out.raw(project_type(project)); }

void write_custom(Project const &project, Text &out) {
    if (project.custom->empty())
        out.raw(blank::null);
    else
        codec::custom_map::write(*project.custom, out);
}

// Copies are whole as soon as they are answered.
void write_duplication(Project const &project, Text &out) { out.string(project.source ? "done" : "idle"); }

void write_color(WorkflowStatus const &status, Text &out) { out.string(CategoryId::wire(*status.category)); }

bool read_archived(Field<Project> const &, json::value const &j, Project &project, Packer &, Context const &context) {
    project.archived = std::nullopt;
    project.phase = j.is_null() ? Phase::active : Phase::closed;
    return j.is_null() || WholeSeconds::read(j, project.archived.emplace(), context);
}

void write_organization_id(Company const &, Text &out) { out.string(out.context.organization); }

void write_zone(Company const &, Text &out) { out.string(out.context.zone.name()); }

// Of the roles only the owner's number is known.
void write_role(Person const &person, Text &out) {
    if (person.role && *person.role == canonical::Role::owner)
        out.raw("1");
    else
        out.raw(blank::null);
}

void write_user_id(Person const &person, Text &out) { codec::id::write(*person.id, out); }

} // namespace detail

} // namespace dialects::productive
