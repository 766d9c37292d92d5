#include "dialects/onlyoffice/client.hpp"

#include "canonical/rules.hpp"
#include "dialects/engine/crypto.hpp"
#include "dialects/engine/documents/json.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/projects.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace dialects::onlyoffice {

using canonical::Code, canonical::Error, canonical::Kind, canonical::Member, canonical::Reply, canonical::Request,
    canonical::Result, canonical::Tag, canonical::Verb;

namespace {

constexpr std::size_t page_size = 1'000; // the largest

constexpr std::string_view token_form[]{"token"}, login_form[]{"login", "password"};
constexpr std::span<std::string_view const> forms[]{token_form, login_form};

constexpr Field<Tag> tag_rows[]{
    shown<&Tag::id, codec::id>("id"), both<&Tag::name, codec::easy_text>("title", blank::text),
    sent<&Tag::name, codec::easy_text>("data"), // of a new one
};
constexpr Table<Tag> tag_table{.dialect = "onlyoffice", .rows = tag_rows, .letters = codec::Case::ignored};
constexpr TableSet tag_tables = TableSet{}.with(tag_table);

// What is asked for. Whole projects and all people are told by filters alone.
constexpr Operation asked[]{
    {"GET", "project/filter", "project.list", Kind::project, Verb::list},
    {"GET", "project/{id}", "project.get", Kind::project, Verb::get},
    {"POST", "project", "project.create", Kind::project, Verb::create},
    {"PUT", "project/{id}", "project.update", Kind::project, Verb::update},
    {"DELETE", "project/{id}", "project.remove", Kind::project, Verb::remove},
    {"GET", "project/tag", "project_tag.list", Kind::tag, Verb::list, nullptr, &tag_tables},
    {"POST", "project/tag", "project_tag.create", Kind::tag, Verb::create, nullptr, &tag_tables},
    {"GET", "people/filter", "person.list", Kind::person, Verb::list},
    {"GET", "people/{id}", "person.get", Kind::person, Verb::get},
    {"POST", "people", "person.create", Kind::person, Verb::create},
    {"PUT", "people/{id}", "person.update", Kind::person, Verb::update},
    {"GET", "project/status", "task_status.list", Kind::workflow_status, Verb::list},
};

std::string_view text_at(boost::json::value const &j, std::string_view pointer) {
    boost::system::error_code error;
    auto const *const found = j.find_pointer(pointer, error);
    auto const *const text = found ? found->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

boost::json::array ids_of(std::vector<Member> const &team) {
    boost::json::array ids;
    for (auto const &member : team) ids.emplace_back(member.person.id);
    return ids;
}

// A change leaves out nothing that the service would take for cleared.
void fill_in(Project &patch, Project const &before) {
    if (patch.name.absent()) patch.name = before.name;
    if (patch.manager.absent()) patch.manager = before.manager;
    if (patch.description.absent()) patch.description = before.description;
    if (patch.is_private.absent()) patch.is_private = before.is_private;
    if (patch.team.absent()) patch.team = before.team;
}

} // namespace

Client const *OnlyOffice::client() const {
    static Service const service;
    return &service;
}

Dialect const &Service::dialect() const { return instance(); }

Rate Service::rate() const { return {.requests = 500, .in = std::chrono::seconds(10)}; }

std::span<std::span<std::string_view const> const> Service::credential_forms() const { return forms; }

Operation const *Service::operation_for(Request const &request) const {
    for (auto const &operation : asked)
        if (operation.kind == request.kind && operation.verb == request.verb) return &operation;
    return nullptr;
}

std::span<Service::Held const> Service::held_by_talks() const {
    static constexpr Held held[]{{canonical::member<&canonical::Project::team>()},
                                 {canonical::member<&canonical::Project::tags>()}};
    return held;
}

wire::Request Service::address(Operation const &operation, std::string_view id) const {
    auto ask = Client::address(operation, id);
    ask.target.insert(0, "/api/2.0");
    return ask;
}

void Service::sign(Account const &account, wire::Request &request) const {
    auto const token = account.secret("token");
    if (!token.empty()) return request.headers.set("Authorization", token);
    auto const login = std::string(account.secret("login")) + ':' + std::string(account.secret("password"));
    request.headers.set("Authorization", "Basic " + crypto::encode_base64(login));
}

// Two of the three states cannot be asked for together.
std::string Service::filter_query(Request const &request) const {
    auto const closed = pushed(request).closed;
    return request.kind == Kind::project && closed.value_or(false) ? "status=closed" : std::string();
}

std::string Service::page_query(Kind kind, std::size_t page) const {
    if (kind != Kind::project && kind != Kind::person) return {};
    return "count=" + std::to_string(page_size) + "&startIndex=" + std::to_string(page * page_size);
}

bool Service::is_last(boost::json::value const &answer, std::size_t page, std::size_t records) const {
    boost::system::error_code error;
    auto const *const total = answer.find_pointer("/total", error);
    if (total && total->is_int64()) return total->get_int64() <= std::int64_t(page * page_size + records);
    return records < page_size;
}

// The team goes with the fields: without it the service leaves nobody but the responsible.
void Service::put(Request const &request, std::string object, wire::Request &to) const {
    auto const *const project = std::get_if<Project>(&request.patch);
    if (project && !project->team.absent()) {
        object.pop_back();
        object += object.size() > 1 ? "," : "";
        object += R"("participants":)" + boost::json::serialize(ids_of(*project->team)) + '}';
    }
    Client::put(request, std::move(object), to);
}

// Most of what is wrong with a value is told by 400 or 500 and a sentence.
Error Service::problem(wire::Response const &response) const {
    auto whole = Client::problem(response);
    auto const said = parse_json(response.body);
    auto const message = said ? text_at(*said, "/error/message") : std::string_view();
    if (response.status == 500 && said) whole.code = Code::bad_value;
    if (whole.code != Code::bad_value) return whole;
    whole.detail = message;
    constexpr std::string_view name_of_parameter = "Parameter name: ";
    if (auto const at = message.find(name_of_parameter); at != message.npos) {
        whole.code = Code::blank;
        whole.field = message.substr(at + name_of_parameter.size());
    }
    return whole;
}

// --- talks

Errand<void> Service::act(Account const &account, std::string_view operation, std::string id,
                          boost::json::object body) const {
    auto question = call_of(operation, id);
    question.body = boost::json::serialize(body);
    question.headers.set("Content-Type", media_type());
    auto asking = ask(account, std::move(question));
    Result<boost::json::value> const said = co_await asking;
    if (!said) co_return said.error();
    co_return Result<void>();
}

// Lists do not tell who is on a team.
Errand<void> Service::supplement(Account const &account, Request const &request, Reply &reply) const {
    if (request.kind != Kind::project || request.verb != Verb::get) co_return Result<void>();
    auto &project = reply.records.of<Project>().front();
    auto look = ask(account, call_of("project_team.list", *project.id));
    Result<boost::json::value> const said = co_await look;
    if (!said) co_return said.error();
    auto const *const object = said->if_object();
    auto const *const list = object ? object->if_contains("response") : nullptr;
    Error const unreadable{.code = Code::unavailable, .detail = "an answer without a team"};
    if (!list || !list->is_array()) co_return unreadable;
    project.team.emplace();
    for (auto const &person : list->get_array()) {
        Member member;
        member.person.id = text_at(person, "/id");
        if (!member.person.id.empty()) project.team->push_back(std::move(member));
    }
    co_return Result<void>();
}

Perform Service::save(Account const &account, Request const &request) const {
    return request.kind == Kind::project ? save_project(account, request) : Client::save(account, request);
}

// Fields by one call, then the team, the tags and the state, each by its own and only as they differ.
Perform Service::save_project(Account const &account, Request request) const {
    auto &patch = request.of<Project>();
    auto const team = patch.team;
    auto const tags = patch.tags;
    auto const wanted_phase = patch.phase;
    patch.phase.clear();
    Project before;
    if (request.verb == Verb::update) {
        auto look = get(account, request);
        Result<Reply> present = co_await look;
        if (!present) co_return present.error();
        before = std::move(present->records.of<Project>().front());
    }
    bool const fields = request.verb == Verb::create || says_something(dialect().tables(), request.patch);
    if (fields) {
        if (request.verb == Verb::update) fill_in(patch, before);
        auto send = send_fields(account, request);
        Result<Reply> sent = co_await send;
        if (!sent) co_return sent.error();
        if (request.verb == Verb::create) {
            before = std::move(sent->records.of<Project>().front());
            request.id = *before.id;
        }
    }
    if (!team.absent() && !fields && ids_of(*team) != ids_of(*before.team)) {
        auto change = act(account, "project_team.replace", request.id, {{"participants", ids_of(*team)}});
        Result<void> const done = co_await change;
        if (!done) co_return done.error();
    }
    if (!tags.absent()) {
        std::string names;
        for (auto const &tag : *tags) names.append(names.empty() ? "" : ",").append(tag.name);
        auto change = act(account, "project.update_tags", request.id, {{"tags", names}});
        Result<void> const done = co_await change;
        if (!done) co_return done.error();
    }
    auto const phase = before.phase.value_or(Phase::active);
    if (wanted_phase && canonical::settled(*wanted_phase, phase) != phase) {
        auto const word = Status::wire(canonical::settled(*wanted_phase, phase));
        auto change = act(account, "project.update_status", request.id, {{"status", std::stoi(std::string(word))}});
        Result<void> const done = co_await change;
        if (!done) co_return done.error();
    }
    auto look = get(account, request);
    Result<Reply> whole = co_await look;
    co_return whole;
}

} // namespace dialects::onlyoffice
