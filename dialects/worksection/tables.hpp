#pragma once
// Worksection's project: what a client sends has other names and forms than what it is shown, and what is not set is
// left out. (reference: the vendor's help pages on update_project and get_project, the vendor's request collection)
#include "dialects/engine/fields.hpp"

namespace dialects::worksection {

using canonical::Company, canonical::Phase, canonical::Project, canonical::Ref, canonical::Role;

using Person = codec::card<codec::text_id, "id", "name", "email">;
using Minute = codec::instant<"YYYY-MM-DD hh:mm", codec::Show::zone>;

inline constexpr codec::Word<Phase> status_words[]{{"active", Phase::active},     {"pending", Phase::paused},
                                                   {"archive", Phase::closed},    {"archived", Phase::closed},
                                                   {"active", Phase::not_closed}, {"archive", Phase::not_active}};
using Status = codec::words<status_words>;

// Days come as DD.MM.YYYY, from some clients as YYYY-MM-DD.
struct day {
    static bool read(json::value const &j, canonical::Date &d, Context const &context) {
        return codec::date<"DD.MM.YYYY">::read(j, d, context) || codec::date<"YYYY-MM-DD">::read(j, d, context);
    }
    static void write(canonical::Date d, Text &out) { codec::date<"DD.MM.YYYY">::write(d, out); }
};

// People are named by their email address; NOONE is nobody. What is no address is told as one that nobody has.
struct email {
    static constexpr Code failure = Code::unknown_reference;
    static bool read(json::value const &j, Ref &ref, Context const &context);
    static void write(Ref const &ref, Text &out) { out.string(ref.email); }
    static bool same(Ref const &a, Ref const &b) { return a.email == b.email; }
};
// ANY is whoever wants to.
struct email_or_any {
    static constexpr Code failure = Code::unknown_reference;
    static bool read(json::value const &j, Ref &ref, Context const &context);
    static void write(Ref const &ref, Text &out) { out.string(ref.id == canonical::anyone ? "ANY" : ref.email); }
    static bool same(Ref const &a, Ref const &b) {
        return a.email == b.email || (a.id == b.id && a.id == canonical::anyone);
    }
};

void write_page(Project const &project, Text &out);
void write_url(Project const &project, Text &out);
void write_manager(Project const &project, Text &out);
// Those that have a value, by their related definitions. (reference: the vendor's Python SDK 2.1)
void write_custom_fields(Project const &project, Text &out);
// Status and labels are one thing here: {"502":"In progress","510":"vip"}.
void write_tags(Field<Project> const &row, Project const &project, Writer &to);
bool read_tags(Field<Project> const &row, json::value const &j, Project &project, Packer &, Context const &);

constexpr Field<Project> tags_row() {
    return {.wire = "tags",
            .face = Face::shown,
            .blank = blank::left_out,
            .read = read_tags,
            .write = write_tags,
            .fidelity = Fidelity::emulated};
}

constexpr Field<Project> option(Path wire) {
    return kept_as<Project, bool, codec::flag01>(wire, Face::both, blank::zero);
}

inline constexpr Field<Project> project_rows[]{
    shown<&Project::id, codec::text_id>("id", blank::left_out),
    shown<&Project::name, codec::easy_text>("name", blank::text),
    sent<&Project::name, codec::easy_text>("title", blank::text),
    computed<write_page, Project>("page"),
    shown<&Project::phase, Status>("status", blank::left_out, Fidelity::converted),
    both<&Project::company, codec::by_name>("company", blank::text),
    shown<&Project::creator, Person>("user_from", blank::left_out),
    sent<&Project::creator, email>("email_user_from", blank::left_out),
    written_by<write_manager>(shown<&Project::manager, Person>("user_to")),
    sent<&Project::manager, email>("email_manager", R"("NOONE")"),
    alias<&Project::manager, email>("email_user_manager"), // as one old client spells it
    sent<&Project::default_assignee, email_or_any>("email_user_to", R"("NOONE")"),
    alias<&Project::default_assignee, email_or_any>("emaul_user_to"), // as the vendor's SDK 3 spells it
    both<&Project::description, codec::easy_text>("text", blank::text),
    shown<&Project::created, Minute>("date_added", blank::left_out),
    shown<&Project::starts, codec::date<"YYYY-MM-DD">>("date_start", blank::left_out),
    shown<&Project::ends, codec::date<"YYYY-MM-DD">>("date_end", blank::left_out),
    sent<&Project::starts, day>("datestart", blank::text),
    sent<&Project::ends, day>("dateend", blank::text),
    shown<&Project::closed, Minute>("date_closed", blank::left_out),
    option("options/allow_close"),
    option("options/allow_give"),
    option("options/allow_term"),
    option("options/allow_limit"),
    option("options/require_term"),
    option("options/require_tag"),
    option("options/require_limit"),
    option("options/require_hidden"),
    option("options/deny_comments_edit"),
    option("options/deny_task_edit"),
    option("options/deny_task_delete"),
    option("options/time_require"),
    option("options/time_today"),
    option("options/timer_only"),
    both<&Project::budget_hours, codec::decimal>("max_time", blank::left_out),
    both<&Project::budget_money, codec::decimal>("max_money", blank::left_out),
    tags_row(),
    shown<&Project::team, codec::list<codec::person_of<Person>>>("users", blank::list),
    computed<write_custom_fields, Project>("custom_fields"),
};
inline constexpr Table<Project> project_table{.dialect = "worksection", .rows = project_rows};
static_assert(well_formed(project_table));

// At most one of these may be set; setting one clears the others.
inline constexpr std::string_view cost_options[]{"options/time_require", "options/time_today", "options/timer_only"};

// Shown in lower case, understood in any.
inline constexpr codec::Word<Role> role_words[]{{"owner", Role::owner},   {"account admin", Role::admin},
                                                {"user", Role::member},   {"guest", Role::guest},
                                                {"reader", Role::guest},  {"team admin", Role::admin},
                                                {"guest", Role::contact}, {"department admin", Role::admin}};
using UserRole = codec::words<role_words, codec::Style::quoted, codec::Case::ignored>;
// Those that a client may give.
inline constexpr codec::Word<Role> new_role_words[]{
    {"user", Role::member}, {"guest", Role::guest}, {"reader", Role::guest}};
using NewRole = codec::words<new_role_words, codec::Style::quoted, codec::Case::ignored>;

// The company stands for the team. A picture that everybody has, because clients load one.
void write_avatar(canonical::Person const &person, Text &out);

inline constexpr Field<canonical::Person> user_rows[]{
    shown<&canonical::Person::id, codec::text_id>("id", blank::left_out),
    both<&canonical::Person::given_name, codec::easy_text>("first_name", blank::text),
    both<&canonical::Person::family_name, codec::easy_text>("last_name", blank::text),
    shown<&canonical::Person::name, codec::easy_text>("name", blank::text),
    both<&canonical::Person::title, codec::easy_text>("title", blank::text),
    kept<canonical::Person>("rate", Face::shown, blank::left_out),
    computed<write_avatar, canonical::Person>("avatar"),
    both<&canonical::Person::company, codec::by_name>("group", blank::text),
    kept_as<canonical::Person, std::string, codec::easy_text>("department", Face::both, blank::text),
    shown<&canonical::Person::role, UserRole>("role", R"("user")", Fidelity::approximated),
    sent<&canonical::Person::role, NewRole>("role", R"("user")", Fidelity::approximated),
    both<&canonical::Person::email, codec::easy_text>("email", blank::left_out),
    both<&canonical::Person::phone, codec::easy_text>("phone", blank::left_out),
    kept_as<canonical::Person, std::string, codec::easy_text>("phone2", Face::both, blank::left_out),
    kept_as<canonical::Person, std::string, codec::easy_text>("phone3", Face::both, blank::left_out),
    kept_as<canonical::Person, std::string, codec::easy_text>("phone4", Face::both, blank::left_out),
    kept_as<canonical::Person, std::string, codec::easy_text>("address", Face::both, blank::left_out),
    kept_as<canonical::Person, std::string, codec::easy_text>("address2", Face::both, blank::left_out),
};
inline constexpr Table<canonical::Person> user_table{.dialect = "worksection", .rows = user_rows};
static_assert(well_formed(user_table));

// Where clients find the account: what stands before the path of an API.
std::string account_url(Context const &context);
void write_account_url(canonical::Person const &person, Text &out);

// Whose token it is.
inline constexpr Field<canonical::Person> owner_rows[]{
    shown<&canonical::Person::id, codec::text_id>("id", blank::left_out),
    shown<&canonical::Person::given_name, codec::easy_text>("first_name", blank::text),
    shown<&canonical::Person::family_name, codec::easy_text>("last_name", blank::text),
    shown<&canonical::Person::email, codec::easy_text>("email", blank::left_out),
    computed<write_account_url, canonical::Person>("account_url"),
};
inline constexpr Table<canonical::Person> owner_table{.dialect = "worksection", .rows = owner_rows};
static_assert(well_formed(owner_table));

// Somebody in the address book, in a folder of it.
struct folder_name {
    using Item = codec::by_name;
    static bool read(json::value const &j, std::vector<Ref> &groups, Context const &context);
    static void write(std::vector<Ref> const &groups, Text &out);
    static bool same(std::vector<Ref> const &a, std::vector<Ref> const &b) {
        return a.empty() || b.empty() ? a.empty() == b.empty() : a.front().name == b.front().name;
    }
};

inline constexpr Field<canonical::Person> contact_rows[]{
    shown<&canonical::Person::id, codec::text_id>("id", blank::left_out),
    shown<&canonical::Person::given_name, codec::easy_text>("first_name", blank::text),
    shown<&canonical::Person::family_name, codec::easy_text>("last_name", blank::text),
    both<&canonical::Person::name, codec::easy_text>("name", blank::text),
    both<&canonical::Person::title, codec::easy_text>("title", blank::text),
    both<&canonical::Person::groups, folder_name>("group", R"("DEFAULT")"),
    both<&canonical::Person::email, codec::easy_text>("email", blank::left_out),
    both<&canonical::Person::phone, codec::easy_text>("phone", blank::left_out),
    kept_as<canonical::Person, std::string, codec::easy_text>("phone2", Face::both, blank::left_out),
    kept_as<canonical::Person, std::string, codec::easy_text>("phone3", Face::both, blank::left_out),
    kept_as<canonical::Person, std::string, codec::easy_text>("phone4", Face::both, blank::left_out),
    kept_as<canonical::Person, std::string, codec::easy_text>("address", Face::both, blank::left_out),
    kept_as<canonical::Person, std::string, codec::easy_text>("address2", Face::both, blank::left_out),
};
inline constexpr Table<canonical::Person> contact_table{.dialect = "worksection", .rows = contact_rows};
static_assert(well_formed(contact_table));

// Teams are companies, and so are the folders that projects stand in; those made for projects alone are of type folder.
inline constexpr codec::Word<bool> client_words[]{{"0", true}, {"1", false}};
using IsClient = codec::words<client_words, codec::Style::bare>; // of who is not our own

// Those that clients make for projects alone.
bool is_folder(Company const &company);
constexpr auto is_team = [](Company const &company, Context const &) { return !is_folder(company); };

inline constexpr Field<Company> team_rows[]{
    shown<&Company::id, codec::text_id>("id", blank::left_out),
    both<&Company::name, codec::easy_text>("title", blank::text),
    kept_as<Company, std::string, codec::easy_text>("type", Face::shown, R"("company")"),
    shown_when<&Company::is_own, IsClient, is_team>("client", "1"),
    sent<&Company::is_own, IsClient>("client", "1"),
};
inline constexpr Table<Company> team_table{.dialect = "worksection", .rows = team_rows};
static_assert(well_formed(team_table));

inline constexpr TableSet tables = TableSet{}.with(project_table).with(user_table).with(team_table);
inline constexpr TableSet owner_tables = TableSet{}.with(owner_table);
inline constexpr TableSet contact_tables = TableSet{}.with(contact_table);

} // namespace dialects::worksection
