#pragma once
// Productive's resources: attributes and relationships nest; a relation that nobody asked for does not look like an
// empty one. What the model has no member for is kept under its path. (reference: the vendor's pages on each resource;
// answers recorded from the service)
#include "dialects/engine/relation.hpp"

namespace dialects::productive {

using canonical::Category, canonical::Company, canonical::CustomField, canonical::CustomOption, canonical::FieldType,
    canonical::Person, canonical::PersonGroup, canonical::Phase, canonical::Project, canonical::Tag,
    canonical::Workflow, canonical::WorkflowStatus;

using Time = codec::instant<"YYYY-MM-DDThh:mm:ss.fff", codec::Show::zone_with_offset>;
using WholeSeconds = codec::instant<"YYYY-MM-DDThh:mm:ss.000", codec::Show::zone_with_offset>;
using Integers = codec::list<codec::integer>;

// Tags are shown as a list of texts; one text with commas is understood, too.
struct TagNames : codec::list<codec::text> {
    static bool read(json::value const &j, std::vector<std::string> &names, Context const &context);
};

// A name; one of nothing but spaces is none.
struct Name : codec::easy_text {
    static bool is_nothing(json::value const &j) {
        auto const *text = j.if_string();
        return text && text->find_first_not_of(" \t\r\n") == text->npos;
    }
};

// Any JSON object, as its text.
struct FreeMap {
    static bool read(json::value const &j, std::string &s, Context const &) {
        if (j.is_object()) s = text_of(j);
        return j.is_object() && !s.empty();
    }
    static void write(std::string const &s, Text &out) { out.raw(s); }
};

inline constexpr codec::Word<Category> category_words[]{
    {"1", Category::open}, {"2", Category::started}, {"3", Category::closed}};
using CategoryId = codec::words<category_words, codec::Style::bare>;

// What the service keeps for itself, in the forms that occur.
template <class E, Face face = Face::shown>
constexpr auto kept_flag =
    [](Path wire, std::string_view blank = blank::no) { return kept_as<E, bool, codec::easy_flag>(wire, face, blank); };
template <class E, Face face = Face::shown>
constexpr auto kept_text = [](Path wire, std::string_view blank = blank::null) {
    return kept_as<E, std::string, codec::easy_text>(wire, face, blank);
};
template <class E, Face face = Face::shown>
constexpr auto kept_number =
    [](Path wire) { return kept_as<E, std::int64_t, codec::integer>(wire, face, blank::null); };
template <class E, Face face = Face::shown>
constexpr auto kept_map =
    [](Path wire, std::string_view blank = blank::map) { return kept_as<E, std::string, FreeMap>(wire, face, blank); };

// A place that was kept shows itself; otherwise `Write(entity, text)` works out what stands there.
template <auto Write, class E> constexpr Field<E> unless_kept(Field<E> row) {
    row.write = [](Field<E> const &self, E const &e, Writer &to) {
        auto const json = to.kept(self.kept);
        if (!json.empty())
            to.at(self.wire).raw(json);
        else if (to.view.face == Face::shown)
            Write(e, to.at(self.wire));
    };
    return row;
}

// The parts of a person's name: where only the whole is known, its last word and what stands before it.
std::string_view given_name(Person const &person);
std::string_view family_name(Person const &person);

// "1" internal or "2" client, as far as a project's type says; else by whether there is a client.
std::string_view project_type(Project const &project);

void write_organization(Text &out);

template <class E> void write_organization_of(E const &, Text &out) { write_organization(out); }
template <class E> constexpr Field<E> organization_row() {
    return computed<write_organization_of<E>, E>("relationships/organization");
}

namespace detail {

void write_project_type(Project const &project, Text &out);
void write_custom(Project const &project, Text &out);
void write_duplication(Project const &project, Text &out);
void write_color(WorkflowStatus const &status, Text &out);
bool read_archived(Field<Project> const &row, json::value const &j, Project &project, Packer &, Context const &);

void write_organization_id(Company const &, Text &out);
void write_zone(Company const &, Text &out);
void write_role(Person const &person, Text &out);
void write_user_id(Person const &person, Text &out);

constexpr Field<Project> project_type_row() {
    auto row = written_by<write_project_type>(both<&Project::type, codec::by_id>("attributes/project_type_id"));
    row.same = [](Project const &a, Project const &b, Face face) {
        if (face == Face::sent && a.type.absent() != b.type.absent()) return false;
        return project_type(a) == project_type(b);
    };
    return row;
}

constexpr Field<Project> archived_row() {
    auto row = shown<&Project::archived, WholeSeconds>("attributes/archived_at");
    row.read = read_archived;
    return row;
}

// Absent until somebody sets it, and shown as an empty map right after a change.
constexpr Field<Project> positions_row(Path wire) {
    auto row = kept_map<Project, Face::both>(wire, blank::null);
    row.write = [](Field<Project> const &self, Project const &, Writer &to) {
        auto json = to.kept(self.kept);
        bool const changed =
            to.context().verb == canonical::Verb::create || to.context().verb == canonical::Verb::update;
        if (json.empty() && to.view.face == Face::shown) json = changed ? blank::map : self.blank;
        if (!json.empty()) to.at(self.wire).raw(json);
    };
    return row;
}

// A new project has none at all.
constexpr Field<Project> preferences_row() {
    auto row = kept_map<Project, Face::both>("attributes/preferences");
    row.write = [](Field<Project> const &self, Project const &, Writer &to) {
        auto json = to.kept(self.kept);
        bool const is_new = to.context().verb == canonical::Verb::create;
        if (json.empty() && to.view.face == Face::shown) json = is_new ? blank::null : self.blank;
        if (!json.empty()) to.at(self.wire).raw(json);
    };
    return row;
}

constexpr Field<Person> role_row() {
    auto row = unless_kept<write_role>(kept_number<Person>("attributes/role_id"));
    row.read = [](Field<Person> const &self, json::value const &j, Person &person, Packer &to, Context const &context) {
        if (j == 1) person.role = canonical::Role::owner;
        return kept_number<Person>(self.wire).read(self, j, person, to, context);
    };
    return row;
}

template <std::string_view (*Name)(Person const &), auto M> constexpr Field<Person> name_row(Path wire) {
    auto row = shown<M, codec::easy_text>(wire, blank::text);
    row.write = [](Field<Person> const &self, Person const &person, Writer &to) {
        to.at(self.wire).string(Name(person));
    };
    row.same = [](Person const &a, Person const &b, Face) { return Name(a) == Name(b); };
    return row;
}

// A record is active or has been put away; since when, only its last change tells.
template <class E> constexpr Field<E> inactive_row(Path wire) {
    auto row = shown<&E::is_active, codec::easy_flag>(wire);
    row.fidelity = Fidelity::approximated;
    row.read = [](Field<E> const &, json::value const &j, E &e, Packer &, Context const &) {
        e.is_active = j.is_null();
        return j.is_null() || j.is_string();
    };
    row.write = [](Field<E> const &self, E const &e, Writer &to) {
        auto &out = to.at(self.wire);
        if (e.is_active && !*e.is_active)
            Time::write(*e.updated, out);
        else
            out.raw(blank::null);
    };
    row.same = [](E const &a, E const &b, Face) {
        auto const is_inactive = [](E const &e) { return e.is_active && !*e.is_active; };
        return is_inactive(a) == is_inactive(b);
    };
    return row;
}

// The records that refer to this one by `M`, where they are asked for. Each of them says so itself.
template <auto M, Literal Type, class E> constexpr Field<E> members_row(Path wire) {
    using Part = typename canonical::detail::ClassOf<decltype(M)>::Class;
    auto row = kept_relation<E>(wire, blank::no_records);
    row.read = [](Field<E> const &, json::value const &, E &, Packer &, Context const &) { return true; };
    row.write = [](Field<E> const &self, E const &whole, Writer &to) {
        auto &out = to.at(self.wire);
        if (!to.view.includes(self.wire.name())) return out.raw(blank::not_included);
        out.raw(R"({"data":[)");
        if (auto const *related = to.context().related) {
            for (auto const &part : related->of<Part>()) {
                if ((part.*M)->id != *whole.id) continue;
                out.next();
                codec::relation<Type>::write_key(*part.id, out);
            }
        }
        out.raw("]}");
    };
    row.fidelity = Fidelity::emulated;
    return row;
}

} // namespace detail

inline constexpr Field<Project> project_rows[]{
    shown<&Project::id, codec::text_id>("id"),
    fixed<Project>("type", Face::both, R"("projects")"),
    both<&Project::name, codec::easy_text>("attributes/name", blank::text),
    shown<&Project::number, codec::easy_text>("attributes/number"),
    detail::preferences_row(),
    shown<&Project::number, codec::easy_text>("attributes/project_number"),
    detail::project_type_row(),
    kept_number<Project, Face::both>("attributes/project_color_id"),
    shown<&Project::updated, WholeSeconds>("attributes/last_activity_at"),
    kept_flag<Project>("attributes/time_on_tasks"),
    kept_map<Project, Face::both>("attributes/tag_colors"),
    detail::archived_row(),
    shown<&Project::created, Time>("attributes/created_at"),
    shown<&Project::is_template, codec::easy_flag>("attributes/template", blank::no),
    unless_kept<detail::write_duplication>(kept_text<Project>("attributes/duplication_status")),
    written_by<detail::write_custom>(both<&Project::custom, codec::custom_map>("attributes/custom_fields")),
    kept_as<Project, std::vector<std::int64_t>, Integers>("attributes/task_custom_fields_ids", Face::both, blank::null),
    detail::positions_row("attributes/task_custom_fields_positions"),
    kept_as<Project, std::vector<std::int64_t>, Integers>("attributes/page_custom_fields_ids", Face::both, blank::null),
    detail::positions_row("attributes/page_custom_fields_positions"),
    kept_flag<Project>("attributes/sample_data"),
    alias<&Project::company, codec::by_id>("attributes/company_id"),
    alias<&Project::manager, codec::by_id>("attributes/project_manager_id"),
    alias<&Project::workflow, codec::by_id>("attributes/workflow_id"),
    organization_row<Project>(),
    both<&Project::company, codec::relation<"companies">>("relationships/company"),
    both<&Project::manager, codec::relation<"people">>("relationships/project_manager"),
    shown<&Project::editor, codec::relation<"people">>("relationships/last_actor"),
    both<&Project::workflow, codec::relation<"workflows">>("relationships/workflow"),
    kept_relation<Project>("relationships/custom_field_people", blank::no_records),
    kept_relation<Project>("relationships/custom_field_attachments", blank::no_records),
    shown<&Project::source, codec::relation<"projects">>("relationships/template_object"),
};
inline constexpr Table<Project> project_table{.dialect = "productive", .rows = project_rows};
static_assert(well_formed(project_table));

// What a copy may be given: less than a new project, and a description.
inline constexpr Field<Project> copy_rows[]{
    fixed<Project>("type", Face::sent, R"("projects")"),
    both<&Project::name, codec::easy_text>("attributes/name", blank::text),
    sent<&Project::description, codec::easy_text>("attributes/description"),
    sent<&Project::type, codec::by_id>("attributes/project_type_id"),
    kept_number<Project, Face::sent>("attributes/project_color_id"),
    sent<&Project::source, codec::by_id>("attributes/template_id"),
    sent<&Project::company, codec::by_id>("attributes/company_id"),
    sent<&Project::manager, codec::by_id>("attributes/project_manager_id"),
    alias<&Project::source, codec::relation<"projects">>("relationships/template"),
    alias<&Project::company, codec::relation<"companies">>("relationships/company"),
    alias<&Project::manager, codec::relation<"people">>("relationships/project_manager"),
};
inline constexpr Table<Project> copy_table{.dialect = "productive", .rows = copy_rows};
static_assert(well_formed(copy_table));

inline constexpr Field<Company> company_rows[]{
    shown<&Company::id, codec::text_id>("id"),
    fixed<Company>("type", Face::both, R"("companies")"),
    both<&Company::name, Name>("attributes/name", blank::text),
    kept_text<Company, Face::both>("attributes/billing_name"),
    both<&Company::tax_number, codec::easy_text>("attributes/vat"),
    kept_text<Company, Face::both>("attributes/default_currency"),
    shown<&Company::created, Time>("attributes/created_at"),
    shown<&Company::updated, Time>("attributes/last_activity_at"),
    detail::inactive_row<Company>("attributes/archived_at"),
    kept_text<Company, Face::both>("attributes/avatar_url"),
    kept_text<Company>("attributes/original_avatar_url"),
    kept_map<Company, Face::both>("attributes/invoice_email_recipients"),
    kept_map<Company, Face::both>("attributes/custom_fields", blank::null),
    both<&Company::code, codec::easy_text>("attributes/company_code"),
    kept_text<Company, Face::both>("attributes/domain"),
    kept_flag<Company>("attributes/projectless_budgets"),
    kept_number<Company, Face::both>("attributes/default_subsidiary_id"),
    kept_number<Company, Face::both>("attributes/default_tax_rate_id"),
    kept_number<Company, Face::both>("attributes/default_document_type_id"),
    kept_number<Company, Face::both>("attributes/due_days"),
    kept_as<Company, std::vector<std::string>, TagNames>("attributes/tag_list", Face::both, blank::list),
    kept_map<Company>("attributes/contact"),
    kept_flag<Company>("attributes/sample_data"),
    kept_map<Company, Face::both>("attributes/settings"),
    kept_text<Company, Face::both>("attributes/external_id"),
    kept_flag<Company>("attributes/external_sync"),
    kept_number<Company, Face::both>("attributes/parent_company_id"),
    organization_row<Company>(),
    kept_relation<Company>("relationships/default_subsidiary", blank::no_record),
    kept_relation<Company>("relationships/default_tax_rate", blank::no_record),
    kept<Company>("relationships/default_document_type", Face::shown, blank::no_record), // shown in any case
    kept_relation<Company>("relationships/custom_field_people", blank::no_records),
    kept_relation<Company>("relationships/custom_field_attachments", blank::no_records),
    kept<Company>("relationships/parent_company", Face::shown, blank::no_record),
};
inline constexpr Table<Company> company_table{.dialect = "productive", .rows = company_rows};
static_assert(well_formed(company_table));

// A person who is archived is inactive, and this says so beside it.
inline constexpr std::string_view kept_archived = "attributes/archived_at";

inline constexpr Field<Person> person_rows[]{
    shown<&Person::id, codec::text_id>("id"),
    fixed<Person>("type", Face::both, R"("people")"),
    sent<&Person::given_name, Name>("attributes/first_name", blank::text),
    detail::name_row<given_name, &Person::given_name>("attributes/first_name"),
    sent<&Person::family_name, Name>("attributes/last_name", blank::text),
    detail::name_row<family_name, &Person::family_name>("attributes/last_name"),
    both<&Person::email, codec::easy_text>("attributes/email"),
    kept_text<Person, Face::both>("attributes/nickname"),
    both<&Person::title, codec::easy_text>("attributes/title"),
    kept_text<Person, Face::both>("attributes/avatar_url"),
    kept_text<Person>("attributes/original_avatar_url"),
    kept_text<Person, Face::both>("attributes/status_emoji"),
    kept_text<Person, Face::both>("attributes/status_text"),
    detail::role_row(),
    kept_flag<Person>("attributes/is_user", blank::yes),
    unless_kept<detail::write_user_id>(kept_number<Person>("attributes/user_id")),
    kept_as<Person, std::int64_t, codec::integer>("attributes/hrm_type_id", Face::shown, "1"),
    kept_flag<Person>("attributes/virtual"),
    kept_flag<Person>("attributes/placeholder"),
    kept_flag<Person>("attributes/autotracking"),
    kept_flag<Person>("attributes/sample_data"),
    kept_flag<Person>("attributes/champion"),
    kept_flag<Person>("attributes/agent"),
    kept_flag<Person>("attributes/two_factor_auth"),
    kept_flag<Person>("attributes/external_sync"),
    kept_flag<Person>("attributes/time_unlocked"),
    kept_flag<Person>("attributes/time_off_status_sync"),
    kept_flag<Person>("attributes/timesheet_submission_disabled"),
    kept_text<Person>(kept_archived),
    detail::inactive_row<Person>("attributes/deactivated_at"),
    kept_text<Person>("attributes/invited_at"),
    kept_text<Person>("attributes/joined_at"),
    kept_text<Person>("attributes/last_seen_at"),
    shown<&Person::updated, Time>("attributes/last_activity_at"),
    kept_text<Person>("attributes/status_expires_at"),
    shown<&Person::created, Time>("attributes/created_at"),
    kept_as<Person, std::vector<std::string>, TagNames>("attributes/tag_list", Face::both, blank::list),
    kept_map<Person>("attributes/contact"),
    kept_map<Person, Face::both>("attributes/custom_fields", blank::null),
    kept_text<Person>("attributes/availabilities", R"("[]")"),
    kept_text<Person>("attributes/offboarding_status", R"("not_initiated")"),
    kept_number<Person>("attributes/color_id"),
    kept_text<Person>("attributes/external_id"),
    kept_number<Person>("attributes/offboarding_id"),
    kept_number<Person>("attributes/time_tracking_policy_id"),
    kept_text<Person>("attributes/time_unlocked_on"),
    kept_text<Person>("attributes/time_unlocked_start_date"),
    kept_text<Person>("attributes/time_unlocked_end_date"),
    kept_number<Person>("attributes/time_unlocked_period_id"),
    kept_number<Person>("attributes/time_unlocked_interval"),
    alias<&Person::company, codec::by_id>("attributes/company_id"),
    organization_row<Person>(),
    both<&Person::company, codec::relation<"companies">>("relationships/company"),
    kept_relation<Person>("relationships/custom_role", blank::no_record),
    kept_relation<Person>("relationships/manager", blank::no_record),
    kept_relation<Person>("relationships/subsidiary", blank::no_record),
    kept_relation<Person>("relationships/approval_policy_assignment", blank::no_record),
    kept_relation<Person>("relationships/teams", blank::no_records),
    kept_relation<Person>("relationships/service_types", blank::no_records),
    kept_relation<Person>("relationships/time_tracking_policy", blank::no_record),
    kept_relation<Person>("relationships/custom_field_people", blank::no_records),
    kept_relation<Person>("relationships/custom_field_attachments", blank::no_records),
};
inline constexpr Table<Person> person_table{.dialect = "productive", .rows = person_rows};
static_assert(well_formed(person_table));

inline constexpr Field<Workflow> workflow_rows[]{
    shown<&Workflow::id, codec::text_id>("id"),
    fixed<Workflow>("type", Face::both, R"("workflows")"),
    both<&Workflow::name, Name>("attributes/name", blank::text),
    shown<&Workflow::archived, Time>("attributes/archived_at"),
    organization_row<Workflow>(),
    detail::members_row<&WorkflowStatus::workflow, "workflow_statuses", Workflow>("relationships/workflow_statuses"),
};
inline constexpr Table<Workflow> workflow_table{.dialect = "productive", .rows = workflow_rows};
static_assert(well_formed(workflow_table));

inline constexpr Field<WorkflowStatus> workflow_status_rows[]{
    shown<&WorkflowStatus::id, codec::text_id>("id"),
    fixed<WorkflowStatus>("type", Face::both, R"("workflow_statuses")"),
    both<&WorkflowStatus::name, Name>("attributes/name", blank::text),
    unless_kept<detail::write_color>(kept_text<WorkflowStatus, Face::both>("attributes/color_id")),
    both<&WorkflowStatus::position, codec::integer>("attributes/position"),
    both<&WorkflowStatus::category, CategoryId>("attributes/category_id"),
    alias<&WorkflowStatus::workflow, codec::by_id>("attributes/workflow_id"),
    organization_row<WorkflowStatus>(),
    both<&WorkflowStatus::workflow, codec::relation<"workflows">>("relationships/workflow"),
};
inline constexpr Table<WorkflowStatus> workflow_status_table{.dialect = "productive", .rows = workflow_status_rows};
static_assert(well_formed(workflow_status_table));

// No relationships at all. (reference: recorded answers)
inline constexpr Field<Tag> tag_rows[]{
    shown<&Tag::id, codec::text_id>("id"),
    fixed<Tag>("type", Face::both, R"("tags")"),
    shown<&Tag::name, codec::easy_text>("attributes/name", blank::text),
    kept_number<Tag>("attributes/color_id"),
};
inline constexpr Table<Tag> tag_table{.dialect = "productive", .rows = tag_rows};
static_assert(well_formed(tag_table));

// Groups of people with a login. (reference: recorded answers)
inline constexpr Field<PersonGroup> team_rows[]{
    shown<&PersonGroup::id, codec::text_id>("id"),
    fixed<PersonGroup>("type", Face::both, R"("teams")"),
    shown<&PersonGroup::name, codec::easy_text>("attributes/name", blank::text),
    kept_number<PersonGroup>("attributes/color_id"),
    kept_number<PersonGroup>("attributes/icon_id"),
    organization_row<PersonGroup>(),
};
inline constexpr Table<PersonGroup> team_table{.dialect = "productive", .rows = team_rows};
static_assert(well_formed(team_table));

// Flags are texts here.
inline constexpr codec::Word<FieldType> data_types[]{
    {"1", FieldType::text},    {"2", FieldType::number}, {"3", FieldType::choice}, {"4", FieldType::date},
    {"5", FieldType::choices}, {"6", FieldType::person}, {"7", FieldType::file},   {"1", FieldType::flag}};
using DataType = codec::words<data_types, codec::Style::bare>;

inline constexpr Field<CustomField> custom_field_rows[]{
    shown<&CustomField::id, codec::text_id>("id"),
    fixed<CustomField>("type", Face::both, R"("custom_fields")"),
    shown<&CustomField::created, Time>("attributes/created_at"),
    shown<&CustomField::updated, Time>("attributes/updated_at"),
    both<&CustomField::name, Name>("attributes/name", blank::text),
    both<&CustomField::type, DataType>("attributes/data_type_id"),
    both<&CustomField::is_required, codec::easy_flag>("attributes/required", blank::no),
    both<&CustomField::description, codec::easy_text>("attributes/description"),
    shown<&CustomField::archived, Time>("attributes/archived_at"),
    kept_number<CustomField, Face::both>("attributes/aggregation_type_id"),
    kept_number<CustomField, Face::both>("attributes/formatting_type_id"),
    kept_flag<CustomField, Face::both>("attributes/global", blank::yes),
    kept_flag<CustomField, Face::both>("attributes/show_in_add_edit_views"),
    kept_flag<CustomField, Face::both>("attributes/sensitive"),
    both<&CustomField::position, codec::integer>("attributes/position"),
    kept_flag<CustomField, Face::both>("attributes/quick_add_enabled"),
    both<&CustomField::applies_to, codec::easy_text>("attributes/customizable_type"),
    organization_row<CustomField>(),
    kept_relation<CustomField>("relationships/project", blank::no_record),
    kept_relation<CustomField>("relationships/section", blank::no_record),
    kept_relation<CustomField>("relationships/survey", blank::no_record),
    detail::members_row<&CustomOption::field, "custom_field_options", CustomField>("relationships/options"),
    kept_relation<CustomField>("relationships/custom_field_people", blank::no_records),
};
inline constexpr Table<CustomField> custom_field_table{.dialect = "productive", .rows = custom_field_rows};
static_assert(well_formed(custom_field_table));

inline constexpr Field<CustomOption> custom_option_rows[]{
    shown<&CustomOption::id, codec::text_id>("id"),
    fixed<CustomOption>("type", Face::both, R"("custom_field_options")"),
    both<&CustomOption::name, Name>("attributes/name", blank::text),
    shown<&CustomOption::archived, Time>("attributes/archived_at"),
    both<&CustomOption::position, codec::integer>("attributes/position"),
    kept_number<CustomOption, Face::both>("attributes/color_id"),
    alias<&CustomOption::field, codec::by_id>("attributes/custom_field_id"),
    organization_row<CustomOption>(),
    both<&CustomOption::field, codec::relation<"custom_fields">>("relationships/custom_field"),
};
inline constexpr Table<CustomOption> custom_option_table{.dialect = "productive", .rows = custom_option_rows};
static_assert(well_formed(custom_option_table));

// The workspace, as far as the company that runs it stands for it. Its number is not that of the company.
inline constexpr Field<Company> organization_rows[]{
    computed<detail::write_organization_id, Company>("id"),
    fixed<Company>("type", Face::shown, R"("organizations")"),
    shown<&Company::name, codec::easy_text>("attributes/name"),
    kept<Company>("attributes/currency", Face::shown, blank::null, "attributes/default_currency"),
    computed<detail::write_zone, Company>("attributes/time_zone"),
    shown<&Company::created, Time>("attributes/created_at"),
};
inline constexpr Table<Company> organization_table{.dialect = "productive", .rows = organization_rows};
static_assert(well_formed(organization_table));

// Those who send bills: the companies that run the workspace.
inline constexpr Field<Company> subsidiary_rows[]{
    shown<&Company::id, codec::text_id>("id"),
    fixed<Company>("type", Face::shown, R"("subsidiaries")"),
    shown<&Company::name, codec::easy_text>("attributes/name"),
    detail::inactive_row<Company>("attributes/archived_at"),
    organization_row<Company>(),
};
inline constexpr Table<Company> subsidiary_table{.dialect = "productive", .rows = subsidiary_rows};
static_assert(well_formed(subsidiary_table));

inline constexpr TableSet tables = TableSet{}
                                       .with(project_table)
                                       .with(company_table)
                                       .with(person_table)
                                       .with(workflow_table)
                                       .with(workflow_status_table)
                                       .with(tag_table)
                                       .with(team_table)
                                       .with(custom_field_table)
                                       .with(custom_option_table);

} // namespace dialects::productive
