#pragma once
// Paymo's objects: flat, the same names on both faces, always whole. (reference: the vendor's public API documentation,
// one page an object)
#include "dialects/engine/fields.hpp"

namespace dialects::paymo {

using canonical::Category, canonical::WorkflowStatus;
using canonical::Company, canonical::Decimal, canonical::Person, canonical::Phase, canonical::Project,
    canonical::ProjectStatus, canonical::Role, canonical::Task, canonical::TaskList, canonical::Workflow;

using Instant = codec::instant<"YYYY-MM-DDThh:mm:ss", codec::Show::utc, "Z">;
using Day = codec::date<"YYYY-MM-DD">;
using People = codec::list<codec::by_id>;
using Team = codec::list<codec::person_of<codec::by_id>>;

// Active means that time can be added. On the way in, "false" keeps a project paused that is so.
inline constexpr codec::Word<Phase> active_words[]{
    {"true", Phase::active},  {"1", Phase::active},     {"false", Phase::not_active}, {"true", Phase::not_closed},
    {"false", Phase::paused}, {"false", Phase::closed}, {"0", Phase::not_active}};
using Active = codec::words<active_words, codec::Style::bare, codec::Case::ignored>;

inline constexpr codec::Word<int> billing_modes[]{{"task", 0}, {"project", 1}, {"company", 2}};
using BillingMode = codec::words<billing_modes>;

// The first letters of the name's words: what the service makes up where nobody gives a code.
std::string initials(std::string_view name);

void write_code(Project const &project, Text &out);
void write_managers(Project const &project, Text &out);
bool read_managers(Field<Project> const &, json::value const &, Project &, Packer &, Context const &);
void write_billing_type(Project const &project, Text &out);

constexpr Field<Project> managers_row() {
    auto row = written_by<write_managers>(both<&Project::manager, codec::by_id>("managers", blank::list));
    row.read = read_managers;
    row.same = [](Project const &a, Project const &b, Face) {
        if (!a.manager || !b.manager) return !a.manager && !b.manager; // there are no others without the first
        auto const id = [](canonical::Ref const &ref) { return ref.id; };
        return id(*a.manager) == id(*b.manager) && std::ranges::equal(*a.co_managers, *b.co_managers, {}, id, id);
    };
    return row;
}

inline constexpr Field<Project> project_rows[]{
    shown<&Project::id, codec::id>("id"),
    both<&Project::name, codec::easy_text>("name", blank::text),
    written_by<write_code>(both<&Project::code, codec::easy_text>("code", blank::text)),
    shown<&Project::last_task_number, codec::integer>("task_code_increment", blank::zero),
    both<&Project::description, codec::easy_text>("description", blank::text),
    both<&Project::company, codec::by_id>("client_id"),
    both<&Project::status, codec::by_id>("status_id"),
    both<&Project::phase, Active>("active", blank::no, Fidelity::approximated),
    kept_as<Project, bool, codec::easy_flag>("adjustable_hours", Face::both, blank::no),
    kept_as<Project, int, BillingMode>("hourly_billing_mode", Face::both, blank::null),
    both<&Project::budget_hours, codec::decimal>("budget_hours"),
    both<&Project::hourly_rate, codec::decimal>("price_per_hour"),
    kept<Project>("estimated_price", Face::shown, blank::null),
    both<&Project::fixed_price, codec::decimal>("price"),
    kept_as<Project, bool, codec::easy_flag>("invoiced", Face::both, blank::no),
    kept_as<Project, std::int64_t, codec::integer>("invoice_item_id", Face::both, blank::null),
    both<&Project::billable, codec::easy_flag>("billable", blank::no),
    both<&Project::flat_billing, codec::easy_flag>("flat_billing", blank::no),
    both<&Project::color, codec::easy_text>("color"),
    both<&Project::team, Team>("users", blank::list),
    managers_row(),
    both<&Project::workflow, codec::by_id>("workflow_id"),
    shown<&Project::created, Instant>("created_on"),
    shown<&Project::updated, Instant>("updated_on"),
    computed<write_billing_type, Project>("billing_type"),
};
inline constexpr Table<Project> project_table{.dialect = "paymo", .rows = project_rows};
static_assert(well_formed(project_table));

inline constexpr Field<ProjectStatus> project_status_rows[]{
    shown<&ProjectStatus::id, codec::id>("id"),
    both<&ProjectStatus::name, codec::easy_text>("name", blank::text),
    both<&ProjectStatus::phase, Active>("active", blank::yes, Fidelity::approximated),
    shown<&ProjectStatus::is_locked, codec::easy_flag>("readonly", blank::no),
    both<&ProjectStatus::position, codec::integer>("seq"),
    shown<&ProjectStatus::created, Instant>("created_on"),
    shown<&ProjectStatus::updated, Instant>("updated_on"),
};
inline constexpr Table<ProjectStatus> project_status_table{.dialect = "paymo", .rows = project_status_rows};
static_assert(well_formed(project_status_table));

inline constexpr Field<Workflow> workflow_rows[]{
    shown<&Workflow::id, codec::id>("id"),
    both<&Workflow::name, codec::easy_text>("name", blank::text),
    both<&Workflow::is_default, codec::easy_flag>("is_default", blank::no),
    shown<&Workflow::created, Instant>("created_on"),
    shown<&Workflow::updated, Instant>("updated_on"),
};
inline constexpr Table<Workflow> workflow_table{.dialect = "paymo", .rows = workflow_rows};
static_assert(well_formed(workflow_table));

// Six hexadecimal digits without the sign in front that the model has.
struct BareColor {
    static bool read(json::value const &j, std::string &color, Context const &context);
    static void write(std::string const &color, Text &out) { out.string(bare(color)); }
    static bool same(std::string const &a, std::string const &b) { return bare(a) == bare(b); }

private:
    static std::string_view bare(std::string_view color) { return color.substr(color.starts_with('#') ? 1 : 0); }
};

// The first and the last of a workflow; those between have no name.
inline constexpr codec::Word<Category> action_words[]{
    {"backlog", Category::open}, {"complete", Category::closed}, {"", Category::started}};

inline constexpr Field<WorkflowStatus> workflow_status_rows[]{
    shown<&WorkflowStatus::id, codec::id>("id"),
    both<&WorkflowStatus::workflow, codec::by_id>("workflow_id"),
    both<&WorkflowStatus::name, codec::easy_text>("name", blank::text),
    both<&WorkflowStatus::color, BareColor>("color"),
    shown<&WorkflowStatus::category, codec::words<action_words>>("action", blank::text),
    shown<&WorkflowStatus::position, codec::integer>("seq"),
    shown<&WorkflowStatus::created, Instant>("created_on"),
    shown<&WorkflowStatus::updated, Instant>("updated_on"),
};
inline constexpr Table<WorkflowStatus> workflow_status_table{.dialect = "paymo", .rows = workflow_status_rows};
static_assert(well_formed(workflow_status_table));

inline constexpr codec::Word<Role> role_words[]{{"Admin", Role::admin},
                                                {"Admin", Role::owner},
                                                {"Employee", Role::member},
                                                {"Guest", Role::guest},
                                                {"Guest", Role::contact}};
using UserType = codec::words<role_words, codec::Style::quoted, codec::Case::ignored>;

// The projects among the related records that the person is on the team of, or manages.
void write_assigned_projects(Person const &person, Text &out);
void write_managed_projects(Person const &person, Text &out);

// Shown as it is worked out; what is sent stands in the bag until somebody sees to it.
template <auto Write> constexpr Field<Person> projects_row(Path wire) {
    auto row = computed<Write, Person>(wire, blank::list);
    row.face = Face::both;
    row.read = [](Field<Person> const &self, json::value const &j, Person &, Packer &to, Context const &) {
        to.add({}, self.wire.whole).value(j);
        return true;
    };
    row.write = [](Field<Person> const &self, Person const &person, Writer &to) {
        if (to.view.face == Face::shown) Write(person, to.at(self.wire));
    };
    row.fidelity = Fidelity::converted;
    return row;
}

inline constexpr Field<Person> user_rows[]{
    shown<&Person::id, codec::id>("id"),
    both<&Person::name, codec::easy_text>("name", blank::text),
    both<&Person::email, codec::easy_text>("email", blank::text),
    both<&Person::role, UserType>("type", R"("Employee")", Fidelity::approximated),
    both<&Person::is_active, codec::easy_flag>("active", blank::yes),
    both<&Person::time_zone, codec::easy_text>("timezone", R"("Etc/UTC")"),
    both<&Person::phone, codec::easy_text>("phone", blank::text),
    kept_as<Person, std::string, codec::easy_text>("skype", Face::both, blank::null),
    both<&Person::title, codec::easy_text>("position", blank::text),
    kept_as<Person, Decimal, codec::decimal>("workday_hours", Face::both, blank::null),
    kept_as<Person, Decimal, codec::decimal>("price_per_hour", Face::both, blank::null),
    kept_as<Person, std::string, codec::easy_text>("date_format", Face::both, R"("Y-m-d")"),
    kept_as<Person, std::string, codec::easy_text>("time_format", Face::both, R"("H:i")"),
    kept_as<Person, std::string, codec::easy_text>("decimal_sep", Face::both, R"(".")"),
    kept_as<Person, std::string, codec::easy_text>("thousands_sep", Face::both, R"(",")"),
    kept_as<Person, std::string, codec::easy_text>("week_start", Face::both, R"("1")"),
    kept_as<Person, std::string, codec::easy_text>("language", Face::both, R"("en")"),
    kept_as<Person, std::string, codec::easy_text>("theme", Face::both, blank::null),
    projects_row<write_assigned_projects>("assigned_projects"),
    projects_row<write_managed_projects>("managed_projects"),
    fixed<Person>("is_online", Face::shown, blank::no),
    fixed<Person>("image", Face::shown, blank::null),
    shown<&Person::created, Instant>("created_on"),
    shown<&Person::updated, Instant>("updated_on"),
};
inline constexpr Table<Person> user_table{.dialect = "paymo", .rows = user_rows};
static_assert(well_formed(user_table));

inline constexpr Field<Person> contact_rows[]{
    shown<&Person::id, codec::id>("id"),
    both<&Person::company, codec::by_id>("client_id"),
    both<&Person::name, codec::easy_text>("name", blank::text),
    both<&Person::email, codec::easy_text>("email", blank::text),
    kept_as<Person, std::string, codec::easy_text>("mobile", Face::both, blank::text),
    both<&Person::phone, codec::easy_text>("phone", blank::text),
    kept_as<Person, std::string, codec::easy_text>("fax", Face::both, blank::text),
    kept_as<Person, std::string, codec::easy_text>("skype", Face::both, blank::text),
    kept_as<Person, std::string, codec::easy_text>("notes", Face::both, blank::null),
    both<&Person::title, codec::easy_text>("position", blank::text),
    kept_as<Person, bool, codec::easy_flag>("is_main", Face::both, blank::no),
    kept_as<Person, bool, codec::easy_flag>("access", Face::both, blank::no),
    fixed<Person>("image", Face::shown, blank::null),
    shown<&Person::created, Instant>("created_on"),
    shown<&Person::updated, Instant>("updated_on"),
};
inline constexpr Table<Person> contact_table{.dialect = "paymo", .rows = contact_rows};
static_assert(well_formed(contact_table));

inline constexpr Field<Project> template_rows[]{
    shown<&Project::id, codec::id>("id"),
    both<&Project::name, codec::easy_text>("name", blank::text),
    shown<&Project::created, Instant>("created_on"),
    shown<&Project::updated, Instant>("updated_on"),
};
inline constexpr Table<Project> template_table{.dialect = "paymo", .rows = template_rows};
static_assert(well_formed(template_table));

// The settings of the company that runs the workspace: numbers and flags among them are texts.
inline constexpr Field<Company> own_company_rows[]{
    shown<&Company::id, codec::id>("id"),
    both<&Company::name, codec::easy_text>("name", blank::text),
    both<&Company::address, codec::easy_text>("address", blank::text),
    both<&Company::phone, codec::easy_text>("phone", blank::text),
    both<&Company::email, codec::easy_text>("email", blank::text),
    both<&Company::website, codec::easy_text>("url", blank::text),
    both<&Company::tax_number, codec::easy_text>("fiscal_information", blank::text),
    both<&Company::country, codec::easy_text>("country", blank::text),
    fixed<Company>("image", Face::shown, blank::null),
    fixed<Company>("active", Face::shown, blank::yes),
    fixed<Company>("account_type", Face::shown, R"("commercial")"),
    kept_as<Company, std::string, codec::easy_text>("timezone", Face::both, R"("Etc/UTC")"),
    kept_as<Company, std::string, codec::easy_text>("default_currency", Face::both, R"("EUR")"),
    kept_as<Company, std::string, codec::easy_text>("default_price_per_hour", Face::both, blank::text),
    kept_as<Company, std::string, codec::easy_text>("apply_tax_to_expenses", Face::both, blank::text),
    kept_as<Company, std::string, codec::easy_text>("tax_on_tax", Face::both, blank::text),
    kept_as<Company, std::string, codec::easy_text>("currency_position", Face::both, R"("left")"),
    kept_as<Company, std::string, codec::easy_text>("next_invoice_number", Face::both, R"("1")"),
    kept_as<Company, std::string, codec::easy_text>("next_estimate_number", Face::both, R"("1")"),
    kept<Company>("online_payments", Face::shown, blank::no),
    kept_as<Company, std::string, codec::easy_text>("date_format", Face::both, R"("Y-m-d")"),
    kept_as<Company, std::string, codec::easy_text>("time_format", Face::both, R"("H:i")"),
    kept_as<Company, std::string, codec::easy_text>("decimal_sep", Face::both, R"(".")"),
    kept_as<Company, std::string, codec::easy_text>("thousands_sep", Face::both, R"(",")"),
    kept_as<Company, std::string, codec::easy_text>("week_start", Face::both, R"("1")"),
    kept_as<Company, std::string, codec::easy_text>("workday_start", Face::both, R"("09:00")"),
    kept_as<Company, std::string, codec::easy_text>("workday_end", Face::both, R"("18:00")"),
    kept_as<Company, std::string, codec::easy_text>("working_days", Face::both, R"("1,2,3,4,5")"),
    kept_as<Company, std::string, codec::easy_text>("language", Face::both, R"("en")"),
    kept_as<Company, std::string, codec::easy_text>("due_interval", Face::both, R"("30")"),
    kept<Company>("invoice_format", Face::both, blank::text),
    kept<Company>("estimate_format", Face::both, blank::text),
    fixed<Company>("max_users", Face::shown, blank::null),
    fixed<Company>("current_users", Face::shown, blank::null),
    fixed<Company>("max_projects", Face::shown, blank::null),
    fixed<Company>("current_projects", Face::shown, blank::null),
    fixed<Company>("max_invoices", Face::shown, blank::null),
    fixed<Company>("current_invoices", Face::shown, blank::null),
    shown<&Company::created, Instant>("created_on"),
    shown<&Company::updated, Instant>("updated_on"),
};
inline constexpr Table<Company> own_company_table{.dialect = "paymo", .rows = own_company_rows};
static_assert(well_formed(own_company_table));

inline constexpr Field<Company> company_rows[]{
    shown<&Company::id, codec::id>("id"),
    both<&Company::name, codec::easy_text>("name", blank::text),
    both<&Company::address, codec::easy_text>("address", blank::text),
    both<&Company::city, codec::easy_text>("city", blank::text),
    both<&Company::state, codec::easy_text>("state", blank::text),
    both<&Company::postal_code, codec::easy_text>("postal_code", blank::text),
    both<&Company::country, codec::easy_text>("country", blank::text),
    both<&Company::phone, codec::easy_text>("phone", blank::text),
    kept_as<Company, std::string, codec::easy_text>("fax", Face::both, blank::text),
    both<&Company::email, codec::easy_text>("email", blank::text),
    both<&Company::website, codec::easy_text>("website", blank::text),
    both<&Company::tax_number, codec::easy_text>("fiscal_information", blank::text),
    both<&Company::is_active, codec::easy_flag>("active", blank::yes),
    shown<&Company::created, Instant>("created_on"),
    shown<&Company::updated, Instant>("updated_on"),
};
inline constexpr Table<Company> company_table{.dialect = "paymo", .rows = company_rows};
static_assert(well_formed(company_table));

inline constexpr Field<TaskList> task_list_rows[]{
    shown<&TaskList::id, codec::id>("id"),
    both<&TaskList::name, codec::easy_text>("name", blank::text),
    both<&TaskList::project, codec::by_id>("project_id"),
    both<&TaskList::position, codec::integer>("seq"),
    kept_as<TaskList, std::int64_t, codec::integer>("milestone_id", Face::both, blank::null),
    shown<&TaskList::created, Instant>("created_on"),
    shown<&TaskList::updated, Instant>("updated_on"),
};
inline constexpr Table<TaskList> task_list_table{.dialect = "paymo", .rows = task_list_rows};
static_assert(well_formed(task_list_table));

// Of a task that somebody has finished.
void write_completed_on(Task const &task, Text &out);
void write_task_code(Task const &task, Text &out);
void write_first_assignee(Task const &task, Text &out);

inline constexpr Field<Task> task_rows[]{
    shown<&Task::id, codec::id>("id"),
    both<&Task::name, codec::easy_text>("name", blank::text),
    computed<write_task_code, Task>("code", blank::text),
    both<&Task::project, codec::by_id>("project_id"),
    both<&Task::list, codec::by_id>("tasklist_id"),
    both<&Task::position, codec::integer>("seq", blank::zero),
    both<&Task::description, codec::easy_text>("description", blank::text),
    both<&Task::is_done, codec::easy_flag>("complete", blank::no),
    computed<write_completed_on, Task>("completed_on"),
    fixed<Task>("completed_by", Face::shown, blank::null),
    both<&Task::ends, Day>("due_date"),
    both<&Task::starts, Day>("start_date"),
    computed<write_first_assignee, Task>("user_id"),
    both<&Task::assignees, People>("users", blank::list),
    kept_as<Task, bool, codec::easy_flag>("billable", Face::both, blank::no),
    kept_as<Task, bool, codec::easy_flag>("flat_billing", Face::both, blank::no),
    kept_as<Task, Decimal, codec::decimal>("price_per_hour", Face::both, blank::null),
    both<&Task::budget_hours, codec::decimal>("budget_hours"),
    kept<Task>("estimated_price", Face::shown, blank::null),
    kept_as<Task, Decimal, codec::decimal>("price", Face::both, blank::null),
    kept_as<Task, bool, codec::easy_flag>("invoiced", Face::both, blank::no),
    kept_as<Task, std::int64_t, codec::integer>("invoice_item_id", Face::both, blank::null),
    kept_as<Task, std::int64_t, codec::integer>("priority", Face::both, "50"),
    both<&Task::status, codec::by_id>("status_id"),
    shown<&Task::created, Instant>("created_on"),
    shown<&Task::updated, Instant>("updated_on"),
};
inline constexpr Table<Task> task_table{.dialect = "paymo", .rows = task_rows};
static_assert(well_formed(task_table));

// Lists and tasks of templates.
inline constexpr Field<TaskList> template_list_rows[]{
    shown<&TaskList::id, codec::id>("id"),
    both<&TaskList::name, codec::easy_text>("name", blank::text),
    both<&TaskList::position, codec::integer>("seq", blank::zero),
    both<&TaskList::project, codec::by_id>("template_id"),
    shown<&TaskList::created, Instant>("created_on"),
    shown<&TaskList::updated, Instant>("updated_on"),
};
inline constexpr Table<TaskList> template_list_table{.dialect = "paymo", .rows = template_list_rows};
static_assert(well_formed(template_list_table));

inline constexpr Field<Task> template_task_rows[]{
    shown<&Task::id, codec::id>("id"),
    both<&Task::name, codec::easy_text>("name", blank::text),
    shown<&Task::project, codec::by_id>("template_id"),
    both<&Task::list, codec::by_id>("tasklist_id"),
    both<&Task::position, codec::integer>("seq", blank::zero),
    both<&Task::description, codec::easy_text>("description", blank::text),
    kept_as<Task, bool, codec::easy_flag>("billable", Face::both, blank::no),
    both<&Task::budget_hours, codec::decimal>("budget_hours"),
    kept_as<Task, Decimal, codec::decimal>("price_per_hour", Face::both, blank::null),
    both<&Task::assignees, People>("users", blank::list),
    shown<&Task::created, Instant>("created_on"),
    shown<&Task::updated, Instant>("updated_on"),
};
inline constexpr Table<Task> template_task_table{.dialect = "paymo", .rows = template_task_rows};
static_assert(well_formed(template_task_table));

inline constexpr TableSet tables = TableSet{}
                                       .with(project_table)
                                       .with(project_status_table)
                                       .with(workflow_table)
                                       .with(workflow_status_table)
                                       .with(user_table)
                                       .with(company_table)
                                       .with(task_list_table)
                                       .with(task_table);
inline constexpr TableSet contact_tables = TableSet{}.with(contact_table);
inline constexpr TableSet template_tables = TableSet{}.with(template_table);
inline constexpr TableSet template_part_tables = TableSet{}.with(template_list_table).with(template_task_table);
inline constexpr TableSet own_company_tables = TableSet{}.with(own_company_table);

} // namespace dialects::paymo
