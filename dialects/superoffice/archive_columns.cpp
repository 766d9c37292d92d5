#include "dialects/superoffice/archive_columns.hpp"

#include "dialects/superoffice/custom_fields.hpp"
#include "dialects/superoffice/elements.hpp"
#include "dialects/superoffice/member_columns.hpp"

namespace dialects::superoffice {

using canonical::Company, canonical::Part, canonical::Relation;

namespace {

void never(auto const &, Text &out) { out.raw(blank::no); }
void nothing(auto const &, Text &out) { out.raw(blank::text); }
void zero(auto const &, Text &out) { out.raw(blank::zero); }
void no_moment(auto const &, Text &out) { out.raw(no_time); }

using enum ColumnType;

// --- projects

void is_project(Project const &, Text &out) { out.string("Project"); }
void has_text(Project const &project, Text &out) { out.flag(!project.description->empty() || !project.note->empty()); }

// A reference by its name, and by its number; nobody is shown them unasked.
template <auto M> constexpr Column<Project> name_column(std::string_view name) {
    return {.name = name,
            .type = text,
            .write = [](Project const &project, Text &out) { out.string((*(project.*M)).name); },
            .field = canonical::Field{canonical::member<M>(), Part::name},
            .usual = false};
}
template <auto M> constexpr Column<Project> number_of(std::string_view name) {
    return column<M, number>(name, Usual::no);
}

// What only this tool says of a project.
std::string_view kept(Project const &project, std::string_view name) { return project.extras.kept.find({}, name); }
void write_kept_time(std::string_view json, std::optional<Instant> blank, Text &out) {
    write_time(json.empty() ? blank : unpack_time(json), Clock::planned, out);
}
void write_start(Project const &project, Text &out) { write_kept_time(kept(project, "StartDate"), {}, out); }
void write_event(Project const &project, Text &out) {
    auto const number = kept(project, "EventId");
    out.raw(number.empty() ? blank::zero : number);
}
void write_is_published(Project const &project, Text &out) {
    auto const flag = kept(project, "IsPublished");
    out.raw(flag.empty() ? blank::no : flag);
}
void write_published_from(Project const &project, Text &out) { write_kept_time(kept(project, "PublishFrom"), {}, out); }
void write_published_to(Project const &project, Text &out) {
    write_kept_time(kept(project, "PublishTo"), end_of_time, out);
}

void write_url(Project const &project, Text &out) { write_of_first(kept(project, "Urls"), "Value", out); }
void write_url_name(Project const &project, Text &out) { write_of_first(kept(project, "Urls"), "Description", out); }

void write_rank(Project const &project, Text &out) {
    auto const *const status = out.context.find<ProjectStatus>(project.status->id);
    out.number(status ? *status->position : 0);
}

// Of the user who is responsible.
void write_of_manager(Project const &project, std::string_view name, Text &out) {
    static Person const nobody;
    auto const *const person = out.context.find<Person>(project.manager->id);
    auto const *const column = find_column(user_columns(), name);
    if (column)
        column->write(person ? *person : nobody, out);
    else
        out.raw(blank::text);
}

// Of the first place on the team.
void write_of_member(Project const &project, std::string_view name, Text &out) {
    auto const places = entries_of(project, out.context);
    auto const *const column = find_column(member_columns(), name);
    if (column)
        column->write(places.empty() ? Membership() : places.front(), out);
    else
        out.raw(blank::text);
}

constexpr Column<Project> of_projects[]{
    column<&Project::id, number>("projectId"),
    column<&Project::name, text>("name"),
    column<&Project::name, text>("text"),
    column<&Project::number, text>("number"),
    column<&Project::manager, associate>("associateId"),
    column<&Project::type, list>("type"),
    column<&Project::status, list>("status"),
    column<Project>("hasGuide", never),
    column<Project>("nextMilestone", no_moment),
    column<&Project::ends, date>("endDate"),
    column<Project>("imageThumbnail", nothing),
    column<Project>("activeErpLinks", never),
    column<&Project::creator, associate>("registeredBy"),
    column<&Project::created, instant>("registeredDate"),
    column<Project>("hasInfoText", has_text),
    column<&Project::description, text>("description"),
    column<&Project::phase, completed>("completed"),
    column<Project>("icon", is_project),
    column<&Project::editor, associate>("updatedBy"),
    column<&Project::updated, instant>("updatedDate"),
    name_column<&Project::manager>("projectAssociate/fullName"),
    number_of<&Project::manager>("projectAssociate/associateDbId"),
    name_column<&Project::editor>("updatedByFullName"),
    name_column<&Project::creator>("registeredByFullName"),
    {.name = "statusRank", .type = number, .write = write_rank, .usual = false, .needs = Relation::status},
    shown_column<Project>("startDate", date, write_start),
    shown_column<Project>("eventId", number, write_event),
    shown_column<Project>("projectUrl/URLAddress", text, write_url),
    shown_column<Project>("projectUrl/URLDescription", text, write_url_name),
    shown_column<Project>("projectPublish/isPublished", flag, write_is_published),
    shown_column<Project>("projectPublish/publishedFrom", date, write_published_from),
    shown_column<Project>("projectPublish/publishedTo", date, write_published_to),
    shown_column<Project>("projectPublish/publishedBy", text, nothing),
    shown_column<Project>("projectEvent/isExternalEvent", flag, never),
    shown_column<Project>("projectEvent/eventDate", date, no_moment),
    shown_column<Project>("projectEvent/hasSignOn", flag, never),
    shown_column<Project>("projectEvent/hasSignOff", flag, never),
    {.name = "projectUdef/",
     .type = text,
     .field = canonical::Field{canonical::member<&Project::custom>()},
     .usual = false,
     .write_under = write_custom_cell},
    {.name = "projectAssociate/", .type = text, .usual = false, .write_under = write_of_manager},
    {.name = "projectMember/", .type = text, .usual = false, .write_under = write_of_member},
};

// --- people and companies

void write_record_number(Person const &person, Text &out) {
    bool const known = person.id || person.contact_record;
    codec::id::write(known ? person_id(person) : std::string(blank::zero), out);
}
void is_user(Person const &person, Text &out) { out.flag(person.role.value_or(Role::member) != Role::contact); }
void has_company(Person const &person, Text &out) { out.flag(!person.company->id.empty()); }
void write_group(Person const &person, Text &out) {
    out.string(person.groups && !person.groups->empty() ? person.groups->front().name : std::string());
}
void write_group_number(Person const &person, Text &out) {
    auto const number = person.extras.kept.find({}, "GroupIdx");
    out.raw(number.empty() ? blank::zero : number);
}
void write_role(Person const &, Text &out) { out.string("User"); }

// People have numbers of their own where a tool keeps them apart from users; else those of the users.
constexpr Column<Person> number_as_person{.name = "personId",
                                          .type = number,
                                          .write = write_record_number,
                                          .field = canonical::Field{canonical::member<&Person::contact_record>()},
                                          .otherwise = canonical::Field{canonical::member<&Person::id>()}};

constexpr Column<Person> of_people[]{
    number_as_person,
    column<&Person::given_name, text>("firstName"),
    column<&Person::family_name, text>("lastName"),
    column<&Person::name, text>("fullName"),
    column<&Person::company, number>("contactId"),
    column<&Person::title, text>("title"),
    column<&Person::email, text>("email/emailAddress"),
    column<&Person::phone, text>("personDirectPhone/formattedNumber"),
    column<&Person::is_active, retired>("retired"),
    column<&Person::created, instant>("personRegisteredDate"),
    column<&Person::updated, instant>("personUpdatedDate"),
    shown_column<Person>("middleName", text, nothing),
    shown_column<Person>("position", list, nothing),
    shown_column<Person>("personNumber", text, nothing),
    shown_column<Person>("rank", number, zero),
    shown_column<Person>("hasCompany", flag, has_company),
    shown_column<Person>("personUpdatedBy", associate, nothing),
    shown_column<Person>("personRegisteredBy", associate, nothing),
    shown_column<Person>("personAssociateId", associate, nothing),
    shown_column<Person>("personCategory", list, nothing),
};

constexpr Column<Person> of_users[]{
    column<&Person::id, number>("associateDbId"),
    column<&Person::login, text>("assocName"),
    column<&Person::given_name, text>("firstName"),
    column<&Person::family_name, text>("lastName"),
    column<&Person::name, text>("fullName"),
    number_as_person,
    column<&Person::company, number>("contactId"),
    column<&Person::company, list>("contactName"),
    column<&Person::email, text>("personEmail"),
    column<&Person::email, text>("userName"),
    column<&Person::is_active, flag>("isActive"),
    column<Person>("canLogin", is_user),
    shown_column<Person>("middleName", text, nothing),
    shown_column<Person>("assocTooltip", text, nothing),
    shown_column<Person>("usergroup", list, write_group),
    shown_column<Person>("usergroupId", number, write_group_number),
    shown_column<Person>("role", list, write_role),
};

constexpr Column<Company> of_companies[]{
    column<&Company::id, number>("contactId"),
    column<&Company::name, text>("name"),
    column<&Company::name, text>("nameDepartment"),
    column<Company>("department", nothing),
    column<&Company::country, text>("country"),
    column<&Company::code, text>("code"),
    column<&Company::tax_number, text>("orgnr"),
    column<&Company::phone, text>("contactPhone/formattedNumber"),
    column<&Company::email, text>("email/emailAddress"),
    column<&Company::website, text>("url/URLAddress"),
    column<&Company::created, instant>("registeredDate"),
    column<&Company::updated, instant>("updatedDate"),
    shown_column<Company>("category", list, nothing),
    shown_column<Company>("business", list, nothing),
    shown_column<Company>("number", text, nothing),
    shown_column<Company>("associateId", associate, nothing),
    shown_column<Company>("contactAssociate/fullName", text, nothing),
};

// --- what hangs on a project: tasks are its appointments

using canonical::Task;

void write_assignee(Task const &task, Text &out) {
    auto const &people = *task.assignees;
    if (people.empty()) return out.string("");
    detail::write_initials(people.front(), out);
}

constexpr Column<Task> of_activities[]{
    column<&Task::id, number>("appointmentId"),
    column<&Task::starts, date>("date"),
    column<&Task::ends, date>("endDate"),
    column<&Task::name, text>("text"),
    column<Task>("type", nothing),
    column<Task>("associateId", write_assignee),
    column<&Task::project, number>("projectId"),
    column<&Task::is_done, flag>("completed"),
    column<&Task::creator, associate>("registeredBy"),
    column<&Task::created, instant>("registeredDate"),
    column<&Task::updated, instant>("updatedDate"),
    shown_column<Task>("updatedBy", associate, nothing),
    shown_column<Task>("icon", text, nothing),
    shown_column<Task>("contactId", number, zero),
    shown_column<Task>("personId", number, zero),
    shown_column<Task>("priority", list, nothing),
    shown_column<Task>("location", text, nothing),
    shown_column<Task>("isMilestone", flag, never),
    shown_column<Task>("recordTypeText", text, nothing),
};

void write_link_number(Link const &link, Text &out) {
    codec::id::write(link.link_id.empty() ? std::string(blank::zero) : link.link_id, out);
}
void write_link_description(Link const &link, Text &out) { out.string(link.description); }
void write_link_text(Link const &link, Text &out) { out.string(link.extra.empty() ? link.description : link.extra); }

constexpr Column<Link> of_links[]{
    {.name = "linkId", .type = number, .write = write_link_number},
    column<Link>("linkDescription", write_link_description),
    column<Link>("text", write_link_text),
};

} // namespace

Columns<canonical::Task> activity_columns() { return of_activities; }
Columns<Link> link_columns() { return of_links; }
Columns<Project> project_columns() { return of_projects; }
Columns<Person> person_columns() { return of_people; }
Columns<Person> user_columns() { return of_users; }
Columns<Company> company_columns() { return of_companies; }

} // namespace dialects::superoffice
