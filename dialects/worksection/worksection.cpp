#include "dialects/worksection/worksection.hpp"

#include "dialects/engine/filters.hpp"
#include "dialects/worksection/answers.hpp"
#include "dialects/worksection/custom_fields.hpp"
#include "dialects/worksection/directory.hpp"
#include "dialects/worksection/parameters.hpp"
#include "dialects/worksection/schedules.hpp"
#include "dialects/worksection/signatures.hpp"
#include "dialects/worksection/tables.hpp"
#include "dialects/worksection/tags.hpp"
#include "dialects/worksection/tokens.hpp"
#include "dialects/worksection/updates.hpp"

#include <algorithm>

namespace dialects::worksection {

using canonical::Filter, canonical::Kind, canonical::Operator, canonical::Reply, canonical::Verb;

namespace {

// Every action by GET and by POST; `method` is of no account.
constexpr Operation operation_rows[]{
    {"GET", "get_projects", "project.list", Kind::project, Verb::list, get_projects},
    {"GET", "get_project", "project.get", Kind::project, Verb::get, get_projects},
    {"POST", "update_project", "project.update", Kind::project, Verb::update, update_project},
    {"POST", "close_project", "project.close", Kind::project, Verb::update, close_project},
    {"POST", "activate_project", "project.activate", Kind::project, Verb::update, activate_project},
    {"POST", "post_project", "project.create", Kind::project, Verb::create, post_project},
    {"POST", "add_project_members", "project.add_members", Kind::project, Verb::update, add_project_members},
    {"POST", "delete_project_members", "project.delete_members", Kind::project, Verb::update, delete_project_members},
    {"GET", "get_project_groups", "project_group.list", Kind::company, Verb::list},
    {"POST", "add_project_group", "project_group.create", Kind::company, Verb::create, add_folder},
    {"POST", "add_project_groups", "project_group.create", Kind::company, Verb::create, add_folder},
    {"GET", "get_project_tags", "project_tag.list", Kind::tag, Verb::list, get_tags},
    {"POST", "add_project_tags", "project_tag.create", Kind::tag, Verb::create, add_tags},
    {"POST", "update_project_tags", "project.update_tags", Kind::project, Verb::update, update_project_tags},
    {"GET", "get_project_tag_groups", "project_tag_group.list", Kind::tag_group, Verb::list, get_tag_groups},
    {"POST", "add_project_tag_groups", "project_tag_group.create", Kind::tag_group, Verb::create, add_tag_groups},
    {"GET", "get_task_tags", "task_tag.list", Kind::tag, Verb::list, get_tags},
    {"POST", "add_task_tags", "task_tag.create", Kind::tag, Verb::create, add_tags},
    {"GET", "get_task_tag_groups", "task_tag_group.list", Kind::tag_group, Verb::list, get_tag_groups},
    {"POST", "add_task_tag_groups", "task_tag_group.create", Kind::tag_group, Verb::create, add_tag_groups},
    {"GET", "get_project_custom_fields", "custom_field.list", Kind::custom_field, Verb::list, get_custom_fields},
    {"GET", "get_task_custom_fields", "custom_field.list_of_tasks", Kind::custom_field, Verb::list, get_custom_fields},
    {"GET", "me", "user.me", Kind::person, Verb::list, serve_me},
    {"GET", "get_users", "user.list", Kind::person, Verb::list},
    {"POST", "add_user", "user.create", Kind::person, Verb::create, add_user},
    {"GET", "get_users_schedule", "schedule.list", Kind::person, Verb::list, get_schedules},
    {"POST", "update_users_schedule", "schedule.update", Kind::person, Verb::update, update_schedules},
    {"GET", "get_user_groups", "user_group.list", Kind::company, Verb::list, get_teams},
    {"POST", "add_user_group", "user_group.create", Kind::company, Verb::create, add_team},
    {"GET", "get_contacts", "contact.list", Kind::person, Verb::list, nullptr, &contact_tables},
    {"POST", "add_contact", "contact.create", Kind::person, Verb::create, add_contact, &contact_tables},
    {"GET", "get_contact_groups", "contact_group.list", Kind::person_group, Verb::list, get_contact_folders},
    {"POST", "add_contact_group", "contact_group.create", Kind::person_group, Verb::create, add_contact_folder},
    {"POST", "oauth2/token", "token.create", Kind::person, Verb::get, refresh_token},
    {"POST", "oauth2/refresh", "token.refresh", Kind::person, Verb::get, refresh_token},
    {"POST", "oauth2/resource", "token.owner", Kind::person, Verb::get, token_owner, &owner_tables},
};

// Not actions but paths, below that of the users' API.
constexpr std::string_view of_tokens = "oauth2/";

constexpr std::string_view key_form[]{"api_key"}, token_form[]{"access_token"},
    client_form[]{"client_id", "client_secret", "refresh_token"},
    whole_form[]{"access_token", "client_id", "client_secret", "refresh_token"};
constexpr std::span<std::string_view const> forms[]{key_form, token_form, client_form, whole_form};

// Parameters that are no fields of a project.
constexpr std::string_view controls[]{"action",        "hash",    "access_token", "client_id", "client_secret",
                                      "refresh_token", "page",    "id_project",   "extra",     "filter",
                                      "status",        "members", "tags"};
// What an update cannot change; the service reads it over.
constexpr std::string_view fixed_by_creation[]{"email_user_from", "text", "company"};

// Shown to everybody; the rest only to those who ask for it by `extra`.
constexpr std::string_view always_shown[]{"id",          "name",     "page",       "status",     "company",
                                          "user_from",   "user_to",  "date_added", "date_start", "date_end",
                                          "date_closed", "max_time", "max_money",  "tags"};

constexpr std::int64_t most_records = 10'000;

// Some clients send all parameters that they know: what is empty is not given, but for a day, which it clears, and a
// title, which is missing then.
void leave_out_empty(boost::json::object &fields) {
    constexpr std::string_view meant[]{"title", "datestart", "dateend"};
    for (auto field = fields.begin(); field != fields.end();) {
        if (auto *const inner = field->value().if_object()) leave_out_empty(*inner);
        bool const idle =
            field->value() == "" && std::ranges::find(meant, std::string_view(field->key())) == std::end(meant);
        field = idle ? fields.stable_erase(field) : field + 1;
    }
}

// "/project/8530/", as old clients name a project; by mistake also "/project=8530/".
std::optional<std::string> id_of_page(std::string_view page) {
    constexpr std::string_view start = "/project";
    if (!page.starts_with(start)) return {};
    page.remove_prefix(start.size());
    if (!page.starts_with('/') && !page.starts_with('=')) return {};
    page.remove_prefix(1);
    auto const id = page.substr(0, page.find('/'));
    if (id.empty() || id.find_first_not_of("0123456789") != id.npos) return {};
    return std::string(id);
}

// Users are people who can sign in; the others are contacts.
Filter those_of(Operation const &operation) {
    if (operation.kind != Kind::person) return {};
    bool const contacts = operation.tables == &contact_tables;
    return {.op = contacts ? Operator::equal : Operator::not_equal,
            .field = {canonical::member<&canonical::Person::role>()},
            .values = {Role::contact}};
}

} // namespace

Worksection const &instance() {
    static Worksection const worksection;
    return worksection;
}

std::span<Operation const> Worksection::operations() const { return operation_rows; }
TableSet const &Worksection::tables() const { return worksection::tables; }
std::span<std::span<std::string_view const> const> Worksection::credential_forms() const { return forms; }

Result<void> Worksection::find(Call &call) const {
    bool const about_token = is_user_api(call.settings) && call.segments().size() == 1;
    if (!call.segments().empty() && !about_token) return Error{.code = Code::unknown_route};
    if (call.request.method != "GET" && call.request.method != "POST") return Error{.code = Code::wrong_method};
    auto given = read_parameters(call);
    if (!given) return given.error();
    call.parameters = std::move(*given);
    auto action = parameter(*call.parameters, "action");
    if (about_token)
        action = std::string(of_tokens) + call.segments().front();
    else if (action.empty())
        return Error{.code = Code::blank, .field = "action"};
    for (auto const &operation : operation_rows) {
        if (operation.path != action || operation.path.starts_with(of_tokens) != about_token) continue;
        call.operation = &operation;
        return {};
    }
    return Error{.code = Code::unknown_route};
}

bool Worksection::serves(Settings const &settings, Operation const &operation) const {
    return is_user_api(settings) || !operation.path.starts_with(of_tokens);
}
bool Worksection::is_open(Operation const &operation) const { return operation.path.starts_with(of_tokens); }

Result<void> Worksection::identify(Call &call) const {
    bool const bare = call.segments().empty();
    if (bare && call.parameters && given(call, "action").empty()) return Error{.code = Code::blank, .field = "action"};
    if (is_user_api(call.settings)) {
        auto const owner = by_token(call);
        if (!owner) return owner.error();
        call.caller = *owner;
    } else if (call.request.headers.find("Authorization").starts_with("Admin ")) {
        auto const *action = call.target.find("action");
        call.caller = by_signed_time(call, action ? *action : std::string_view());
    } else {
        call.caller = by_hash(call, given(call, "hash"));
    }
    if (!call.caller) return Error{.code = Code::unauthenticated};
    return {};
}

Result<std::string> Worksection::project_id(Call const &call) const {
    auto const page = parameter(*call.parameters, "page");
    auto id = parameter(*call.parameters, "id_project");
    if (!id.empty()) return id;
    if (page.empty()) return Error{.code = Code::blank, .field = "id_project"};
    auto named = id_of_page(page);
    if (!named) return Error{.code = Code::malformed, .field = "page"};
    return std::move(*named);
}

Result<boost::json::value> Worksection::document(Call const &call) const {
    boost::json::object fields(call.parameters->get_object(), call.memory);
    for (auto const name : controls) fields.erase(name);
    if (call.operation->verb != Verb::create)
        for (auto const name : fixed_by_creation) fields.erase(name);
    if (is_user_api(call.settings)) fields.erase("email_user_from"); // it is whoever the token belongs to
    leave_out_empty(fields);
    return boost::json::value(std::move(fields));
}

Result<void> Worksection::read_query(Call const &call, Wanted &wanted) const {
    auto const &given = *call.parameters;
    auto &query = wanted.request.query;
    if (wanted.request.kind != Kind::project) {
        if (wanted.request.verb == Verb::list) query.filter.require(those_of(*call.operation));
        return {};
    }
    auto &only = wanted.selection.only.emplace(std::begin(always_shown), std::end(always_shown));
    for (auto const &extra : list_parameter(given, "extra")) {
        if (extra == "text" || extra == "html") only.emplace_back("text");
        if (extra == "options" || extra == "users" || extra == "custom_fields") only.push_back(extra);
    }
    if (wanted.request.verb == Verb::create) return {};
    if (wanted.request.verb != Verb::list) {
        auto id = project_id(call);
        if (!id) return id.error();
        wanted.request.id = std::move(*id);
        return {};
    }
    query.page.limit = most_records + 1;
    auto state = parameter(given, "filter");
    if (state.empty()) state = parameter(given, "status");
    if (state.empty()) return {};
    auto const surroundings = context(call);
    auto filter = condition(*find_asked(tables(), Kind::project, "status"), Operator::equal, {&state, 1}, surroundings);
    if (!filter) return Error{.code = Code::blank, .field = "filter"};
    query.filter.require(std::move(*filter));
    return {};
}

wire::Response Worksection::answer(Call const &call, Wanted const &wanted, Reply &reply) const {
    if (reply.records.of<Project>().size() > std::size_t(most_records))
        return refusal(call, Error{.code = Code::too_large, .field = "records"});
    auto surroundings = context(call);
    surroundings.related = &reply.related;
    View view{.face = Face::shown, .extras = false};
    std::vector<std::string_view> only;
    if (wanted.selection.only) {
        only.assign(wanted.selection.only->begin(), wanted.selection.only->end());
        view.only = only;
    }
    bool const list = wanted.request.verb == Verb::list;
    std::string data;
    {
        Text text(data, surroundings);
        if (list) text.put('[');
        canonical::with_kind(wanted.request.kind, [&]<class E>(std::type_identity<E>) {
            auto const *const table = tables_of(*call.operation).of<E>();
            bool first = true;
            for (auto const &record : reply.records.of<E>()) {
                if (!std::exchange(first, false)) text.next();
                if (table) write(*table, view, record, text);
            }
        });
        if (list) text.put(']');
    }
    std::string url;
    if (wanted.request.verb == Verb::create && is_first_version(call.settings)) {
        Text text(url, surroundings);
        write_url(reply.one<Project>(), text);
    }
    return respond(data, url);
}

std::string Worksection::written(Call const &call, canonical::Entity const &record) const {
    auto const surroundings = context(call);
    std::string data;
    {
        Text text(data, surroundings);
        write(tables_of(*call.operation), View{.face = Face::shown, .extras = false}, record, text);
    }
    return data;
}

wire::Response Worksection::refuse(Call const &call, Error const &error) const { return refusal(call, error); }

std::optional<wire::Response> Worksection::preflight(Call const &) const {
    wire::Response response{.status = 204};
    response.headers.set("Access-Control-Allow-Origin", "*");
    response.headers.set("Access-Control-Allow-Methods", "GET, POST");
    response.headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept, Sdk-Client");
    return response;
}

std::string Worksection::example(std::string_view base_url) const {
    return "'" + std::string(base_url) + "/?action=get_projects&hash=9d18160ab044d7370225b269699ad515'";
}

} // namespace dialects::worksection
