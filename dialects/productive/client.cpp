#include "dialects/productive/client.hpp"

#include "dialects/engine/documents/json.hpp"
#include "dialects/productive/productive.hpp"
#include "dialects/productive/tables.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace dialects::productive {

using canonical::Error, canonical::Kind, canonical::Member, canonical::Reply, canonical::Request, canonical::Result,
    canonical::Verb;

namespace {

constexpr std::size_t page_size = 200; // the largest

// Relations show their ids only where they are asked for.
constexpr struct {
    Kind kind;
    std::string_view include;
} inclusions[]{
    {Kind::project, "include=company,project_manager,workflow,last_actor,template_object"},
    {Kind::person, "include=company"},
    {Kind::workflow_status, "include=workflow"},
    {Kind::custom_option, "include=custom_field"},
};

// Which action puts a record away, and which one brings it back.
constexpr struct {
    Kind kind;
    std::string_view away, back;
} actions[]{
    {Kind::project, "project.archive", "project.restore"},
    {Kind::person, "person.archive", "person.restore"},
    {Kind::company, "company.archive", "company.restore"},
    {Kind::workflow, "workflow.archive", "workflow.restore"},
    {Kind::custom_field, "custom_field.archive", {}},
    {Kind::custom_option, "custom_field_option.archive", "custom_field_option.restore"},
};

auto const &action_of(Kind kind) {
    return *std::ranges::find(actions, kind, [](auto const &each) { return each.kind; });
}

bool can_be_put_away(Kind kind) {
    return std::ranges::any_of(actions, [&](auto const &each) { return each.kind == kind; });
}

// Whether a patch puts its record away or brings it back; nothing where it says nothing of that.
std::optional<bool> puts_away(canonical::Entity const &patch) {
    return std::visit(
        []<class E>(E const &record) -> std::optional<bool> {
            if constexpr (requires { record.is_active; }) {
                if (record.is_active) return !*record.is_active;
            } else if constexpr (std::is_same_v<E, canonical::Project>) {
                if (record.phase)
                    return *record.phase == canonical::Phase::closed || *record.phase == canonical::Phase::not_active;
            } else if constexpr (requires { record.archived; }) {
                if (!record.archived.absent()) return bool(record.archived);
            }
            return {};
        },
        patch);
}

// What the service wants of every new project, where nobody says it.
void fill_in(canonical::Project &project, Reply const &workflows) {
    if (!project.type) project.type = canonical::Ref{.id = std::string(project_type(project))};
    auto const &known = workflows.records.of<canonical::Workflow>();
    if (!project.workflow && !known.empty()) project.workflow = canonical::Ref{.id = *known.front().id};
}

// What is wrong with a map of statuses, by the service's words.
Error about_map(Error error) {
    constexpr struct {
        std::string_view words;
        Code code;
    } meanings[]{{"doesn't contain all", Code::incomplete_map},
                 {"contains invalid statuses", Code::bad_map_value},
                 {"can't be blank", Code::blank}};
    for (auto const &[words, code] : meanings)
        if (error.detail.find(words) != error.detail.npos) error.code = code;
    if (error.field.starts_with("attributes/")) error.field.erase(0, error.field.rfind('/') + 1);
    for (auto &further : error.more) further = about_map(std::move(further));
    return error;
}

std::string_view text_at(boost::json::value const &j, std::string_view pointer) {
    boost::system::error_code error;
    auto const *const found = j.find_pointer(pointer, error);
    auto const *const text = found ? found->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

// What an error object says is wrong. The detail tells a blank value from a bad one.
Error read_problem(boost::json::value const &j, Code code) {
    Error error{.code = code, .detail = std::string(text_at(j, "/detail"))};
    auto const pointer = text_at(j, "/source/pointer");
    constexpr std::string_view root = "data/";
    error.field = pointer.starts_with(root) ? pointer.substr(root.size()) : pointer;
    if (code != Code::bad_value) return error;
    if (error.detail.find("can't be blank") != error.detail.npos) error.code = Code::blank;
    if (error.detail.find("not included in the list") != error.detail.npos) error.code = Code::not_in_list;
    return error;
}

constexpr std::string_view form[]{"token", "organization"};
constexpr std::span<std::string_view const> forms[]{form};

} // namespace

Client const *Productive::client() const {
    static Service const service;
    return &service;
}

std::span<std::span<std::string_view const> const> Service::credential_forms() const { return forms; }

Dialect const &Service::dialect() const { return *find_dialect("productive"); }

Rate Service::rate() const { return {.requests = 100, .in = std::chrono::seconds(10)}; }

std::span<Service::Held const> Service::held_by_talks() const {
    static constexpr Held held[]{{canonical::member<&canonical::Project::team>()},
                                 {canonical::member<&canonical::Project::phase>(), Fidelity::approximated},
                                 {canonical::member<&canonical::Company::is_active>()},
                                 {canonical::member<&canonical::Person::is_active>()},
                                 {canonical::member<&canonical::Workflow::archived>()}};
    return held;
}

void Service::sign(Account const &account, wire::Request &request) const {
    request.headers.set("X-Auth-Token", account.secret("token"));
    request.headers.set("X-Organization-Id", account.secret("organization"));
}

std::string_view Service::inclusion(Kind kind) const {
    for (auto const &each : inclusions)
        if (each.kind == kind) return each.include;
    return {};
}

void Service::put(Request const &request, std::string object, wire::Request &to) const {
    Client::put(request, R"({"data":)" + std::move(object) + '}', to);
}

std::string Service::filter_query(Request const &request) const {
    auto const [ids, closed] = pushed(request);
    std::string query;
    if (!ids.empty()) query += "filter[id]=" + joined(ids);
    if (closed && request.kind == Kind::project) {
        if (!query.empty()) query += '&';
        query += *closed ? "filter[status]=2" : "filter[status]=1";
    }
    return query;
}

std::string Service::page_query(Kind, std::size_t page) const {
    return "page[number]=" + std::to_string(page + 1) + "&page[size]=" + std::to_string(page_size);
}

bool Service::is_last(boost::json::value const &answer, std::size_t page, std::size_t records) const {
    boost::system::error_code error;
    auto const *const pages = answer.find_pointer("/meta/total_pages", error);
    if (pages && pages->is_int64()) return pages->get_int64() <= std::int64_t(page + 1);
    return records < page_size;
}

Error Service::problem(wire::Response const &response) const {
    auto whole = Client::problem(response);
    if (whole.code == Code::too_many_requests && whole.detail.empty())
        whole.detail = response.headers.find("X-RateLimit-Reset");
    if (whole.code != Code::bad_value && whole.code != Code::conflict) return whole;
    auto const said = parse_json(response.body);
    boost::system::error_code unused;
    auto const *const errors = said ? said->find_pointer("/errors", unused) : nullptr;
    if (!errors || !errors->is_array() || errors->get_array().empty()) return whole;
    auto const &list = errors->get_array();
    auto first = read_problem(list[0], whole.code);
    for (std::size_t i = 1; i < list.size(); ++i) first.more.push_back(read_problem(list[i], whole.code));
    return first;
}

// --- talks

Errand<void> Service::act(Account const &account, std::string_view operation, std::string id) const {
    auto question = ask(account, call_of(operation, id));
    Result<boost::json::value> const said = co_await question;
    if (!said) co_return said.error();
    co_return Result<void>();
}

Perform Service::save(Account const &account, Request const &request) const {
    return request.kind == Kind::project ? save_project(account, request) : save_record(account, request);
}

// Fields first, then whether it is put away. What is put away takes few fields: it is brought back before them.
Perform Service::save_project(Account const &account, Request request) const {
    auto &patch = request.of<canonical::Project>();
    bool is_away = false, more = false;
    if (request.verb == Verb::create) {
        Request const all{.kind = Kind::workflow};
        auto look = list(account, all);
        Result<Reply> const workflows = co_await look;
        if (!workflows) co_return workflows.error();
        fill_in(patch, *workflows);
    } else {
        auto look = get(account, request);
        Result<Reply> const before = co_await look;
        if (!before) co_return before.error();
        is_away = bool(before->one<canonical::Project>().archived);
    }
    auto const wanted_away = puts_away(request.patch);
    if (is_away && wanted_away == false) {
        auto bring_back = act(account, "project.restore", request.id);
        Result<void> const done = co_await bring_back;
        if (!done) co_return done.error();
        is_away = false;
        more = true;
    }
    auto send = send_fields(account, request);
    Result<Reply> sent = co_await send;
    if (!sent) co_return sent.error();
    if (request.verb == Verb::create) request.id = *sent->one<canonical::Project>().id;
    if (patch.team) {
        auto change = change_team(account, request.id, *patch.team);
        Result<void> const done = co_await change;
        if (!done) co_return done.error();
    }
    // Only the answer to a change shows some fields as the service leaves them then.
    bool const told = !more && !(!is_away && wanted_away == true) && !sent->records.of<canonical::Project>().empty();
    if (told) {
        auto rest = supplement(account, request, *sent);
        Result<void> const whole = co_await rest;
        if (!whole) co_return whole.error();
        co_return sent;
    }
    if (!is_away && wanted_away == true) {
        auto put_away = act(account, "project.archive", request.id);
        Result<void> const done = co_await put_away;
        if (!done) co_return done.error();
    }
    auto look = get(account, request);
    Result<Reply> whole = co_await look;
    co_return whole;
}

Perform Service::save_record(Account const &account, Request request) const {
    auto send = send_fields(account, request);
    Result<Reply> sent = co_await send;
    if (!sent) co_return sent.error();
    if (request.verb == Verb::create)
        canonical::with_kind(request.kind, [&]<class E>(std::type_identity<E>) { request.id = *sent->one<E>().id; });
    auto const away = puts_away(request.patch);
    bool const acts = away && can_be_put_away(request.kind) && (*away || request.verb == Verb::update);
    if (acts) {
        auto const &action = action_of(request.kind);
        auto const name = *away ? action.away : action.back;
        Error const not_offered{.code = Code::not_offered};
        if (name.empty()) co_return not_offered;
        auto change = act(account, name, request.id);
        Result<void> const done = co_await change;
        if (!done) co_return done.error();
    }
    auto look = get(account, request);
    Result<Reply> whole = co_await look;
    co_return whole;
}

// What the service does by itself.
Perform Service::copy(Account const &account, Request const &request) const {
    if (request.verb == Verb::copy) {
        Error const not_offered{.code = Code::not_offered}; // made by hand: parts of it may be kept elsewhere
        co_return not_offered;
    }
    auto const &map = std::get<canonical::WorkflowMap>(request.arguments);
    bool const changes = request.verb == Verb::change_workflow;
    auto ask_for = call_of(changes ? "project.change_workflow" : "project.map_to_workflow", request.id);
    add_query(ask_for.target, inclusion(Kind::project));
    boost::json::object attributes, pairs;
    for (auto const &[from, to] : map.map) pairs[from] = to;
    if (map.given) attributes["map"] = pairs;
    if (!map.workflow.empty()) attributes["workflow_id"] = map.workflow;
    boost::json::object const data{{"type", "projects"}, {"attributes", attributes}};
    ask_for.body = boost::json::serialize(boost::json::object{{"data", data}});
    ask_for.headers.set("Content-Type", media_type());
    auto change = ask(account, std::move(ask_for));
    Result<boost::json::value> const said = co_await change;
    if (!said) co_return about_map(said.error());
    auto look = get(account, request);
    Result<Reply> whole = co_await look;
    co_return whole;
}

// People and companies are never deleted, but put away.
Perform Service::remove(Account const &account, Request const &request) const {
    if (operation_for(request)) return Client::remove(account, request);
    auto const put_away = [](Service const &self, Account const &who, Request const &wanted) -> Perform {
        Error const not_offered{.code = Code::not_offered};
        if (!can_be_put_away(wanted.kind)) co_return not_offered;
        auto change = self.act(who, action_of(wanted.kind).away, wanted.id);
        Result<void> const done = co_await change;
        if (!done) co_return done.error();
        Reply const nothing;
        co_return nothing;
    };
    return put_away(*this, account, request);
}

// --- teams

Errand<boost::json::array> Service::memberships(Account const &account, std::string projects) const {
    boost::json::array all;
    auto first = call_of("membership.list", {});
    add_query(first.target, "filter[project_id]=" + projects);
    add_query(first.target, "filter[type_id]=1&include=person,project");
    for (std::size_t page = 0;; ++page) {
        auto paged = first;
        add_query(paged.target, page_query(Kind::project, page));
        auto look = ask(account, std::move(paged));
        Result<boost::json::value> said = co_await look;
        if (!said) co_return said.error();
        boost::system::error_code unused;
        auto *const data = said->find_pointer("/data", unused);
        Error const unreadable{.code = Code::unavailable, .detail = "an answer without memberships"};
        if (!data || !data->is_array()) co_return unreadable;
        auto const &some = data->get_array();
        all.insert(all.end(), some.begin(), some.end());
        if (some.empty() || is_last(*said, page, some.size())) break;
    }
    co_return all;
}

Errand<void> Service::supplement(Account const &account, Request const &request, Reply &reply) const {
    if (request.kind != Kind::project) co_return Result<void>();
    auto &projects = reply.records.of<canonical::Project>();
    for (std::size_t from = 0; from < projects.size(); from += page_size) {
        auto const some = std::span(projects).subspan(from, std::min(page_size, projects.size() - from));
        std::string ids;
        for (auto const &project : some) ids.append(ids.empty() ? "" : ",").append(*project.id);
        auto look = memberships(account, std::move(ids));
        Result<boost::json::array> const found = co_await look;
        if (!found) co_return found.error();
        for (auto &project : some) project.team.emplace();
        for (auto const &membership : *found) {
            auto const of = text_at(membership, "/relationships/project/data/id");
            auto const who = text_at(membership, "/relationships/person/data/id");
            auto const project = std::ranges::find_if(some, [&](auto const &each) { return *each.id == of; });
            if (who.empty() || project == some.end()) continue;
            Member member{.id = std::string(text_at(membership, "/id"))};
            member.person.id = who;
            project->team->push_back(std::move(member));
        }
    }
    co_return Result<void>();
}

// By difference: who stays is left alone.
Errand<void> Service::change_team(Account const &account, std::string project, std::vector<Member> wanted) const {
    auto look = memberships(account, project);
    Result<boost::json::array> const present = co_await look;
    if (!present) co_return present.error();
    for (auto const &membership : *present) {
        auto const who = text_at(membership, "/relationships/person/data/id");
        auto const stays = std::ranges::find_if(wanted, [&](Member const &m) { return m.person.id == who; });
        if (stays != wanted.end()) {
            wanted.erase(stays);
            continue;
        }
        auto remove = ask(account, call_of("membership.remove", text_at(membership, "/id")));
        Result<boost::json::value> const gone = co_await remove;
        if (!gone) co_return gone.error();
    }
    for (auto const &member : wanted) {
        auto create = call_of("membership.create", {});
        boost::json::object const place{
            {"type_id", 1}, {"access_type_id", 5}, {"person_id", member.person.id}, {"project_id", project}};
        boost::json::object const data{{"type", "memberships"}, {"attributes", place}};
        create.body = boost::json::serialize(boost::json::object{{"data", data}});
        create.headers.set("Content-Type", media_type());
        auto join = ask(account, std::move(create));
        Result<boost::json::value> const joined = co_await join;
        if (!joined) co_return joined.error();
    }
    co_return Result<void>();
}

} // namespace dialects::productive
