// What each kind of records can be filtered and sorted by.
#include "dialects/engine/filters.hpp"
#include "dialects/productive/condition.hpp"
#include "dialects/productive/tables.hpp"

namespace dialects::productive {

using canonical::Filter, canonical::Kind, canonical::Operator, canonical::Part, canonical::Role;

namespace {

template <auto M, Part part = Part::self> constexpr canonical::Field field{canonical::member<M>(), part};

// As project_type() shows it: types of other tools do not tell.
template <bool client> Filter is_of_type() {
    constexpr auto type = field<&Project::type, Part::id>;
    auto told = compare(type, Operator::equal, std::string(client ? "2" : "1"));
    auto has_company = opposite(compare(field<&Project::company, Part::id>, Operator::equal, nullptr));
    Filter guessed;
    guessed.require(opposite(dialects::condition(type, Operator::equal, {std::string("1"), std::string("2")})));
    guessed.require(client ? std::move(has_company) : opposite(std::move(has_company)));
    std::vector<Filter> either;
    either.push_back(std::move(told));
    either.push_back(std::move(guessed));
    return any_of(std::move(either));
}
constexpr Coded project_types[]{{1, is_of_type<false>}, {2, is_of_type<true>}};

template <Phase phase> Filter is_in_phase() {
    return dialects::condition(field<&Project::phase>, Operator::equal, {phase});
}
constexpr Coded project_statuses[]{{1, is_in_phase<Phase::not_closed>}, {2, is_in_phase<Phase::closed>}};

template <Category category> Filter is_of_category() {
    return compare(field<&WorkflowStatus::category>, Operator::equal, category);
}
constexpr Coded categories[]{
    {1, is_of_category<Category::open>}, {2, is_of_category<Category::started>}, {3, is_of_category<Category::closed>}};

template <auto M> Filter is_inactive() { return compare(field<M>, Operator::equal, false); }
template <auto M> Filter is_active() { return opposite(is_inactive<M>()); }
constexpr Coded company_statuses[]{{1, is_active<&Company::is_active>}, {2, is_inactive<&Company::is_active>}};
constexpr Coded person_statuses[]{{1, is_active<&Person::is_active>}, {2, is_inactive<&Person::is_active>}};

// Users and contacts; nobody stands for somebody else.
Filter is_contact() { return compare(field<&Person::role>, Operator::equal, Role::contact); }
Filter is_user() { return opposite(is_contact()); }
Filter is_nobody() { return any_of({}); }
constexpr Coded person_types[]{{1, is_user}, {2, is_contact}, {3, is_nobody}};
constexpr Coded employments[]{{1, is_user}, {2, is_contact}};

template <auto const &Codes> Result<Filter> one_of(Condition const &condition) { return coded(condition, Codes); }

// Time is tracked on what is active.
Result<Filter> for_tracking(Condition const &condition) {
    auto const flag = read_flag(condition);
    if (!flag) return flag.error();
    return *flag ? is_in_phase<Phase::not_closed>() : Filter{};
}

constexpr Form id_form{"Integer", true, ids}, text_form{"String", false, texts}, search_form{"String", false, search},
    flag_form{"Boolean", false, flags}, presence_form{"Boolean", false, presence}, time_form{"Date", true, times},
    custom_form{"String", false, custom_values}, tracking_form{"Boolean", false, for_tracking},
    ignored_form{"Boolean", false, passed_over}, type_form{"Integer", true, one_of<project_types>},
    status_form{"Integer", true, one_of<project_statuses>}, category_form{"Integer", true, one_of<categories>},
    company_status_form{"Integer", true, one_of<company_statuses>},
    person_status_form{"Integer", true, one_of<person_statuses>},
    person_type_form{"Integer", true, one_of<person_types>}, employment_form{"Integer", true, one_of<employments>};

template <auto M, Part part = Part::self> constexpr canonical::Field by[]{field<M, part>};
constexpr canonical::Field by_people[]{field<&Project::team, Part::id>, field<&Project::manager, Part::id>,
                                       field<&Project::co_managers, Part::id>};
constexpr canonical::Field project_texts[]{field<&Project::name>, field<&Project::number>,
                                           field<&Project::company, Part::name>};
constexpr canonical::Field company_texts[]{field<&Company::name>, field<&Company::code>};
constexpr canonical::Field person_texts[]{field<&Person::name>, field<&Person::email>};

constexpr FilterRow filters[]{
    {Kind::project, "id", &id_form, by<&Project::id>},
    {Kind::project, "project_id", &id_form, by<&Project::id>},
    {Kind::project, "project_type", &type_form},
    {Kind::project, "company_id", &id_form, by<&Project::company, Part::id>},
    {Kind::project, "responsible_id", &id_form, by<&Project::manager, Part::id>},
    {Kind::project, "person_id", &id_form, by_people},
    {Kind::project, "status", &status_form},
    {Kind::project, "query", &search_form, project_texts},
    {Kind::project, "full_query", &search_form, project_texts},
    {Kind::project, "jump_query", &search_form, project_texts},
    {Kind::project, "name", &text_form, by<&Project::name>},
    {Kind::project, "number", &text_form, by<&Project::number>},
    {Kind::project, "project_number", &text_form, by<&Project::number>},
    {Kind::project, "created_at", &time_form, by<&Project::created>},
    {Kind::project, "workflow_id", &id_form, by<&Project::workflow, Part::id>},
    {Kind::project, "template", &flag_form, by<&Project::is_template>, Templates::told},
    {Kind::project, "with_templates", &ignored_form, {}, Templates::asked},
    {Kind::project, "for_tracking", &tracking_form},
    {Kind::project, "custom_fields", &custom_form, by<&Project::custom>},
    {Kind::project, "public_access", &ignored_form}, // without effect in the service too
    {Kind::workflow, "id", &id_form, by<&Workflow::id>},
    {Kind::workflow, "name", &text_form, by<&Workflow::name>},
    {Kind::workflow, "query", &search_form, by<&Workflow::name>},
    {Kind::workflow, "archived", &presence_form, by<&Workflow::archived>},
    {Kind::workflow_status, "id", &id_form, by<&WorkflowStatus::id>},
    {Kind::workflow_status, "workflow_id", &id_form, by<&WorkflowStatus::workflow, Part::id>},
    {Kind::workflow_status, "category_id", &category_form},
    {Kind::workflow_status, "name", &text_form, by<&WorkflowStatus::name>},
    {Kind::workflow_status, "query", &search_form, by<&WorkflowStatus::name>},
    {Kind::company, "id", &id_form, by<&Company::id>},
    {Kind::company, "name", &text_form, by<&Company::name>},
    {Kind::company, "company_code", &text_form, by<&Company::code>},
    {Kind::company, "vat", &text_form, by<&Company::tax_number>},
    {Kind::company, "status", &company_status_form},
    {Kind::company, "query", &search_form, company_texts},
    {Kind::company, "created_at", &time_form, by<&Company::created>},
    {Kind::company, "last_activity_at", &time_form, by<&Company::updated>},
    {Kind::company, "project_id", &id_form, by<&Company::id>, Templates::left_out, true},
    {Kind::person, "id", &id_form, by<&Person::id>},
    {Kind::person, "email", &text_form, by<&Person::email>},
    {Kind::person, "first_name", &text_form, by<&Person::given_name>},
    {Kind::person, "last_name", &text_form, by<&Person::family_name>},
    {Kind::person, "title", &text_form, by<&Person::title>},
    {Kind::person, "status", &person_status_form},
    {Kind::person, "company_id", &id_form, by<&Person::company, Part::id>},
    {Kind::person, "person_type", &person_type_form},
    {Kind::person, "hrm_type_id", &employment_form},
    {Kind::person, "team", &id_form, by<&Person::groups, Part::id>},
    {Kind::person, "query", &search_form, person_texts},
    {Kind::person, "project_id", &id_form, by<&Person::id>, Templates::left_out, true},
    {Kind::tag, "name", &text_form, by<&Tag::name>},
    {Kind::person_group, "id", &id_form, by<&PersonGroup::id>},
    {Kind::person_group, "name", &text_form, by<&PersonGroup::name>},
    {Kind::person_group, "query", &search_form, by<&PersonGroup::name>},
    {Kind::custom_field, "id", &id_form, by<&CustomField::id>},
    {Kind::custom_field, "name", &text_form, by<&CustomField::name>},
    {Kind::custom_field, "customizable_type", &text_form, by<&CustomField::applies_to>},
    {Kind::custom_field, "archived", &presence_form, by<&CustomField::archived>},
    {Kind::custom_option, "id", &id_form, by<&CustomOption::id>},
    {Kind::custom_option, "name", &text_form, by<&CustomOption::name>},
    {Kind::custom_option, "custom_field_id", &id_form, by<&CustomOption::field, Part::id>},
    {Kind::custom_option, "archived", &presence_form, by<&CustomOption::archived>},
};

struct SortRow {
    Kind kind;
    std::string_view name;
    canonical::Field by;
};
constexpr SortRow sorts[]{
    {Kind::project, "name", field<&Project::name>},
    {Kind::project, "number", field<&Project::number>},
    {Kind::project, "project_number", field<&Project::number>},
    {Kind::project, "company_name", field<&Project::company, Part::name>},
    {Kind::project, "created_at", field<&Project::created>},
    {Kind::project, "last_activity_at", field<&Project::updated>},
    {Kind::workflow, "name", field<&Workflow::name>},
    {Kind::workflow_status, "name", field<&WorkflowStatus::name>},
    {Kind::workflow_status, "position", field<&WorkflowStatus::position>},
    {Kind::company, "name", field<&Company::name>},
    {Kind::company, "company_code", field<&Company::code>},
    {Kind::company, "created_at", field<&Company::created>},
    {Kind::company, "last_activity_at", field<&Company::updated>},
    {Kind::person, "name", field<&Person::name>},
    {Kind::person, "email", field<&Person::email>},
    {Kind::person, "title", field<&Person::title>},
    {Kind::person, "company_name", field<&Person::company, Part::name>},
    {Kind::tag, "name", field<&Tag::name>},
    {Kind::person_group, "name", field<&PersonGroup::name>},
    {Kind::custom_field, "name", field<&CustomField::name>},
    {Kind::custom_field, "position", field<&CustomField::position>},
    {Kind::custom_option, "name", field<&CustomOption::name>},
    {Kind::custom_option, "position", field<&CustomOption::position>},
};

} // namespace

FilterRow const *find_filter(Kind kind, std::string_view name) {
    for (auto const &row : filters)
        if (row.kind == kind && row.name == name) return &row;
    return nullptr;
}

canonical::Field const *find_sort(Kind kind, std::string_view name) {
    for (auto const &row : sorts)
        if (row.kind == kind && row.name == name) return &row.by;
    return nullptr;
}

} // namespace dialects::productive
