#include "dialects/superoffice/client.hpp"

#include "dialects/engine/crypto.hpp"
#include "dialects/engine/documents/json.hpp"
#include "dialects/superoffice/contacts.hpp"
#include "dialects/superoffice/superoffice.hpp"
#include "dialects/superoffice/tables.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace dialects::superoffice {

using canonical::Company, canonical::Error, canonical::Kind, canonical::Reply, canonical::Request, canonical::Result,
    canonical::Verb;

namespace {

constexpr std::string_view base_path = "/api/v1";
constexpr std::size_t page_size = 500;

constexpr std::string_view password_form[]{"username", "password"}, ticket_form[]{"ticket", "app_token"},
    token_form[]{"token"};
constexpr std::span<std::string_view const> forms[]{password_form, ticket_form, token_form};

// --- rows of archives: what of a record stands in a list of them

constexpr Field<Project> project_columns[]{
    shown<&Project::id, codec::id>("projectId"),
    shown<&Project::name, codec::easy_text>("name", blank::text),
    shown<&Project::number, codec::easy_text>("number", blank::text),
    shown<&Project::description, codec::easy_text>("description", blank::text),
    shown<&Project::type, codec::by_name>("type", blank::text),
    shown<&Project::status, codec::by_name>("status", blank::text),
    shown<&Project::phase, Completed>("completed", blank::no),
    shown<&Project::ends, codec::date<"YYYY-MM-DD", "T00:00:00">>("endDate", no_time),
    recorded<&Project::created>("registeredDate"),
    recorded<&Project::updated>("updatedDate"),
    shown<&Project::manager, codec::by<&Ref::id, record_id>>("projectAssociate/associateDbId", blank::zero),
};
constexpr Table<Project> project_row_table{.dialect = "superoffice", .rows = project_columns};
static_assert(well_formed(project_row_table));

constexpr Field<Person> user_columns[]{
    shown<&Person::id, codec::id>("associateDbId"),
    shown<&Person::login, codec::easy_text>("assocName", blank::text),
    shown<&Person::given_name, codec::easy_text>("firstName", blank::text),
    shown<&Person::family_name, codec::easy_text>("lastName", blank::text),
    shown<&Person::name, codec::easy_text>("fullName", blank::text),
    shown<&Person::contact_record, codec::id>("personId", blank::zero),
    shown<&Person::company, codec::by<&Ref::id, record_id>>("contactId", blank::zero),
    shown<&Person::email, codec::easy_text>("personEmail", blank::text),
    shown<&Person::is_active, codec::easy_flag>("isActive", blank::no),
};
constexpr Table<Person> user_row_table{.dialect = "superoffice", .rows = user_columns};
static_assert(well_formed(user_row_table));

constexpr Field<Company> company_columns[]{
    shown<&Company::id, codec::id>("contactId"),
    shown<&Company::name, codec::easy_text>("name", blank::text),
    shown<&Company::code, codec::easy_text>("code", blank::text),
    shown<&Company::tax_number, codec::easy_text>("orgnr", blank::text),
    shown<&Company::phone, codec::easy_text>("contactPhone/formattedNumber", blank::text),
    shown<&Company::email, codec::easy_text>("email/emailAddress", blank::text),
    shown<&Company::website, codec::easy_text>("url/URLAddress", blank::text),
};
constexpr Table<Company> company_row_table{.dialect = "superoffice", .rows = company_columns};
static_assert(well_formed(company_row_table));
constexpr TableSet row_tables = TableSet{}.with(project_row_table).with(user_row_table).with(company_row_table);

// Items of lists have a rank, and a name where a project's own card has a value.
template <class E>
constexpr Field<E> item_rows[]{
    shown<&E::id, codec::id>("Id", blank::zero),
    both<&E::name, codec::easy_text>("Name", blank::text),
    both<&E::description, codec::easy_text>("Tooltip", blank::text),
    both<&E::position, codec::integer>("Rank", blank::zero),
};
constexpr Table<ProjectStatus> status_item_table{.dialect = "superoffice", .rows = item_rows<ProjectStatus>};
constexpr Table<ProjectType> type_item_table{.dialect = "superoffice", .rows = item_rows<ProjectType>};
constexpr TableSet item_tables = TableSet{}.with(status_item_table).with(type_item_table);

constexpr Operation asked[]{
    {"GET", "Project", "project.list", Kind::project, Verb::list, nullptr, &row_tables},
    {"GET", "Project/{id}", "project.get", Kind::project, Verb::get},
    {"POST", "Project", "project.create", Kind::project, Verb::create},
    {"PUT", "Project/{id}", "project.replace", Kind::project, Verb::update},
    {"DELETE", "Project/{id}", "project.remove", Kind::project, Verb::remove},
    {"GET", "User", "user.list", Kind::person, Verb::list, nullptr, &row_tables},
    {"GET", "Contact", "contact.list", Kind::company, Verb::list, nullptr, &row_tables},
    {"POST", "Contact", "contact.create", Kind::company, Verb::create, nullptr, &entity_tables},
    {"DELETE", "Contact/{id}", "contact.remove", Kind::company, Verb::remove},
    {"GET", "List/ProjectStatus/Items", "project_status.list", Kind::project_status, Verb::list, nullptr, &item_tables},
    {"POST", "List/ProjectStatus/Items", "project_status.create", Kind::project_status, Verb::create, nullptr,
     &item_tables},
    {"PUT", "List/ProjectStatus/Items/{id}", "project_status.update", Kind::project_status, Verb::update, nullptr,
     &item_tables},
    {"DELETE", "List/ProjectStatus/Items/{id}", "project_status.remove", Kind::project_status, Verb::remove},
    {"GET", "List/ProjectType/Items", "project_type.list", Kind::project_type, Verb::list, nullptr, &item_tables},
    {"POST", "List/ProjectType/Items", "project_type.create", Kind::project_type, Verb::create, nullptr, &item_tables},
    {"PUT", "List/ProjectType/Items/{id}", "project_type.update", Kind::project_type, Verb::update, nullptr,
     &item_tables},
    {"DELETE", "List/ProjectType/Items/{id}", "project_type.remove", Kind::project_type, Verb::remove},
};

// The columns of a table, as $select names them.
template <class E> std::string selection(Table<E> const &table) {
    std::string names = "$select=";
    for (auto const &row : table.rows) names.append(&row == &table.rows.front() ? "" : ",").append(row.wire.whole);
    return names;
}

// "email/emailAddress": a cell becomes a member of an object of its own.
boost::json::object nested(boost::json::object const &row) {
    boost::json::object out;
    for (auto const &[key, value] : row) {
        std::string_view const name = key;
        auto const slash = name.find('/');
        if (slash == name.npos) {
            out[name] = value;
            continue;
        }
        auto &inner = out[name.substr(0, slash)];
        if (!inner.is_object()) inner = boost::json::object();
        inner.get_object()[name.substr(slash + 1)] = value;
    }
    return out;
}

std::string number_in(boost::json::value const &j, std::string_view key) {
    auto const *const object = j.if_object();
    auto const *const value = object ? object->if_contains(key) : nullptr;
    if (!value) return {};
    codec::Scalar const scalar(*value);
    return std::string(scalar.text);
}

// Somebody who is no user has a number as a person alone.
constexpr std::string_view no_user = "person-";

// What is said replaces what was there; of an object, member by member.
void merge(boost::json::object &whole, boost::json::object const &said) {
    for (auto const &[key, value] : said) {
        auto *const present = whole.if_contains(key);
        bool const both = present && present->is_object() && value.is_object();
        if (both && (key == "UserDefinedFields" || key == "CustomFields" || key == "ExtraFields"))
            merge(present->get_object(), value.get_object());
        else
            whole[key] = value;
    }
}

// Who stays keeps what the service knows of their place.
boost::json::array members_of(boost::json::object const &whole, std::vector<std::string> const &people) {
    boost::json::array entries;
    auto const *const present = whole.if_contains("ProjectMembers");
    for (auto const &person : people) {
        boost::json::value entry = boost::json::object{{"ProjectmemberId", 0}, {"PersonId", std::stoll(person)}};
        if (present && present->is_array())
            for (auto const &known : present->get_array())
                if (number_in(known, "PersonId") == person) entry = known;
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace

Client const *SuperOffice::client() const {
    static Service const service;
    return &service;
}

Dialect const &Service::dialect() const { return *find_dialect("superoffice"); }

// (reference: a client library that keeps to what its author was told; none is published)
Rate Service::rate() const { return {.requests = 10, .in = std::chrono::seconds(1)}; }

std::span<std::span<std::string_view const> const> Service::credential_forms() const { return forms; }

Operation const *Service::operation_for(Request const &request) const {
    for (auto const &operation : asked)
        if (operation.kind == request.kind && operation.verb == request.verb) return &operation;
    return nullptr;
}

std::span<Service::Held const> Service::held_by_talks() const {
    static constexpr Held held[]{{canonical::member<&canonical::Project::team>()}};
    return held;
}

void Service::sign(Account const &account, wire::Request &request) const {
    auto const token = account.secret("token"), ticket = account.secret("ticket");
    if (!token.empty()) return request.headers.set("Authorization", "Bearer " + std::string(token));
    if (!ticket.empty()) {
        request.headers.set("Authorization", "SOTicket " + std::string(ticket));
        return request.headers.set("SO-AppToken", account.secret("app_token"));
    }
    auto const login = std::string(account.secret("username")) + ':' + std::string(account.secret("password"));
    request.headers.set("Authorization", "Basic " + crypto::encode_base64(login));
}

wire::Request Service::address(Operation const &operation, std::string_view id) const {
    auto ask = Client::address(operation, id);
    ask.target.insert(0, base_path);
    if (operation.tables != &row_tables) return ask;
    if (operation.kind == Kind::project) add_query(ask.target, selection(project_row_table));
    if (operation.kind == Kind::person) add_query(ask.target, selection(user_row_table));
    if (operation.kind == Kind::company) add_query(ask.target, selection(company_row_table));
    return ask;
}

std::string Service::filter_query(Request const &request) const {
    auto const [ids, closed] = pushed(request);
    std::string_view const number = request.kind == Kind::project   ? "projectId"
                                    : request.kind == Kind::person  ? "associateDbId"
                                    : request.kind == Kind::company ? "contactId"
                                                                    : std::string_view();
    bool const plain =
        std::ranges::all_of(ids, [](auto const &id) { return id.find_first_not_of("0123456789") == id.npos; });
    std::vector<std::string> conditions;
    if (!ids.empty() && !number.empty() && plain)
        conditions.push_back(std::string(number) + " in (" + joined(ids) + ")");
    if (closed && request.kind == Kind::project)
        conditions.push_back(*closed ? "completed = true" : "completed = false");
    return conditions.empty() ? std::string() : "$filter=" + wire::encode_percent(joined(conditions, " and "));
}

std::string Service::page_query(Kind kind, std::size_t page) const {
    if (kind == Kind::project_status || kind == Kind::project_type) return {};
    return "$top=" + std::to_string(page_size) + "&$skip=" + std::to_string(page * page_size);
}

bool Service::is_last(boost::json::value const &answer, std::size_t, std::size_t records) const {
    return answer.is_array() || records < page_size;
}

boost::json::value const *Service::records_in(boost::json::value const &answer, Operation const &operation) const {
    auto const *const object = answer.if_object();
    return operation.tables == &row_tables && object ? object->if_contains("value") : &answer;
}

void Service::rearrange(boost::json::value &answer) const {
    auto *const object = answer.if_object();
    auto *const rows = object ? object->if_contains("value") : nullptr;
    if (!rows || !rows->is_array() || !object->contains("odata.metadata")) return;
    for (auto &row : rows->get_array())
        if (row.is_object()) row = nested(row.get_object());
}

Error Service::problem(wire::Response const &response) const {
    auto whole = Client::problem(response);
    auto const said = parse_json(response.body);
    auto const *const object = said ? said->if_object() : nullptr;
    if (!object || whole.code != Code::bad_value) return whole;
    for (auto const key : {"ErrorMessage", "Message", "MessageDetail"})
        if (auto const *const text = object->if_contains(key); text && text->is_string() && whole.detail.empty())
            whole.detail = text->get_string();
    return whole;
}

// --- people: users are known by one number, people by another

std::string Service::Users::user_of(std::string_view person) const {
    for (auto const &[record, user] : numbers)
        if (record == person) return user;
    return std::string(no_user) + std::string(person);
}

std::string Service::Users::person_of(std::string_view user) const {
    if (user.starts_with(no_user)) return std::string(user.substr(no_user.size()));
    for (auto const &[record, number] : numbers)
        if (number == user) return record;
    return {};
}

Errand<Service::Users> Service::users(Account const &account) const {
    Request const all{.kind = Kind::person};
    auto look = list(account, all);
    Result<Reply> const found = co_await look;
    if (!found) co_return found.error();
    Users users;
    for (auto const &person : found->records.of<Person>())
        users.numbers.emplace_back(*person.contact_record, *person.id);
    co_return users;
}

Errand<void> Service::add_teams(Account const &account, std::span<Project> projects) const {
    std::string ids;
    for (auto &project : projects) {
        ids.append(ids.empty() ? "" : ",").append(*project.id);
        project.team.emplace();
    }
    wire::Request first;
    first.method = "GET";
    first.target = std::string(base_path) + "/ProjectMember";
    add_query(first.target,
              "$select=projectMemberId,projectId,personId,contactId&$filter=projectId%20in%20(" + ids + ")");
    for (std::size_t page = 0;; ++page) {
        auto paged = first;
        add_query(paged.target, page_query(Kind::project, page));
        auto look = ask(account, std::move(paged));
        Result<boost::json::value> const said = co_await look;
        if (!said) co_return said.error();
        auto const *const rows = said->is_object() ? said->get_object().if_contains("value") : nullptr;
        Error const unreadable{.code = Code::unavailable, .detail = "an answer without members of projects"};
        if (!rows || !rows->is_array()) co_return unreadable;
        for (auto const &row : rows->get_array()) {
            auto const of = number_in(row, "projectId"), person = number_in(row, "personId");
            auto const project = std::ranges::find_if(projects, [&](auto const &each) { return *each.id == of; });
            if (project == projects.end() || person.empty() || person == "0") continue;
            Member member{.id = number_in(row, "projectMemberId")};
            member.person.id = person;
            project->team->push_back(std::move(member));
        }
        if (rows->get_array().size() < page_size) break;
    }
    co_return Result<void>();
}

Errand<void> Service::supplement(Account const &account, Request const &request, Reply &reply) const {
    if (request.kind != Kind::project) co_return Result<void>();
    auto &projects = reply.records.of<Project>();
    constexpr std::size_t at_once = 100;
    for (std::size_t from = 0; request.verb == Verb::list && from < projects.size(); from += at_once) {
        auto teams = add_teams(account, std::span(projects).subspan(from, std::min(at_once, projects.size() - from)));
        Result<void> const added = co_await teams;
        if (!added) co_return added.error();
    }
    bool const anybody = std::ranges::any_of(projects, [](auto const &each) { return !each.team->empty(); });
    if (!anybody) co_return Result<void>();
    auto look = users(account);
    Result<Users> const known = co_await look;
    if (!known) co_return known.error();
    for (auto &project : projects)
        for (auto &member : *project.team) member.person.id = known->user_of(member.person.id);
    co_return Result<void>();
}

// --- changes

Perform Service::save(Account const &account, Request const &request) const {
    return request.kind == Kind::project ? save_project(account, request) : Client::save(account, request);
}

// A project is written whole: what is said is put over what the service shows of it, whatever that is.
Perform Service::save_project(Account const &account, Request request) const {
    auto &patch = request.of<Project>();
    auto const team = patch.team;
    patch.team.clear();
    boost::json::object whole;
    if (request.verb == Verb::update) {
        auto look = ask(account, call_of("project.get", request.id));
        Result<boost::json::value> const present = co_await look;
        if (!present) co_return present.error();
        Error const unreadable{.code = Code::unavailable, .detail = "a project that cannot be read"};
        if (!present->is_object()) co_return unreadable;
        whole = present->get_object();
    }
    auto const *const operation = operation_for(request);
    auto send = question(account, request, *operation);
    auto const said = parse_json(send.body);
    if (said && said->is_object()) merge(whole, said->get_object());
    if (!team.absent()) {
        auto look = users(account);
        Result<Users> const known = co_await look;
        if (!known) co_return known.error();
        std::vector<std::string> people;
        for (auto const &member : *team) people.push_back(known->person_of(member.person.id));
        std::erase_if(people, [](auto const &person) { return person.empty(); });
        whole["ProjectMembers"] = members_of(whole, people);
    }
    send.body = boost::json::serialize(whole);
    auto asking = ask(account, std::move(send));
    Result<boost::json::value> const done = co_await asking;
    if (!done) co_return done.error();
    Reply reply;
    auto const taken = take(*done, account, request, *operation, reply);
    if (!taken) co_return taken.error();
    request.id = *reply.one<Project>().id;
    auto look = get(account, request);
    Result<Reply> saved = co_await look;
    co_return saved;
}

} // namespace dialects::superoffice
