#pragma once
// Paymo's objects: flat, the same names on both faces, always whole. (reference: the vendor's public API documentation,
// one page an object)
#include "dialects/engine/fields.hpp"

namespace dialects::paymo {

using canonical::Category, canonical::WorkflowStatus;
using canonical::Company, canonical::Decimal, canonical::Phase, canonical::Project, canonical::ProjectStatus,
    canonical::Task, canonical::TaskList, canonical::Workflow;

using Instant = codec::instant<"YYYY-MM-DDThh:mm:ss", codec::Show::utc, "Z">;
using Day = codec::date<"YYYY-MM-DD">;
using People = codec::list<codec::by_id>;
using Team = codec::list<codec::person_of<codec::by_id>>;

// Active means that time can be added. On the way in, "false" keeps a project paused that is so.
inline constexpr codec::Word<Phase> active_words[]{
    {"true", Phase::active},  {"1", Phase::active},     {"false", Phase::not_active}, {"false", Phase::not_closed},
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

inline constexpr TableSet tables = TableSet{}
                                       .with(project_table)
                                       .with(project_status_table)
                                       .with(workflow_table)
                                       .with(company_table)
                                       .with(task_list_table);

} // namespace dialects::paymo
