#include "dialects/worksection/client.hpp"

#include "canonical/rules.hpp"
#include "dialects/engine/crypto.hpp"
#include "dialects/engine/documents/json.hpp"
#include "dialects/worksection/tables.hpp"
#include "dialects/worksection/worksection.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace dialects::worksection {

using canonical::Code, canonical::Error, canonical::Kind, canonical::Reply, canonical::Request, canonical::Result,
    canonical::Tag, canonical::TagGroup, canonical::Verb;

namespace {

constexpr std::string_view admin_path = "/api/admin/v2", user_path = "/api/oauth2";
// The service takes no longer addresses; what does not fit goes into a body, which no hash covers.
constexpr std::size_t longest_query = 7'000;

constexpr std::string_view key_form[]{"api_key"}, token_form[]{"access_token"};
constexpr std::span<std::string_view const> forms[]{key_form, token_form};

// --- tags: lists of them are shown in a way of their own

inline constexpr codec::Word<canonical::Access> access_words[]{{"public", canonical::Access::everyone},
                                                               {"private", canonical::Access::own_company}};
constexpr Field<Tag> tag_rows[]{
    shown<&Tag::id, codec::id>("id"),
    shown<&Tag::name, codec::easy_text>("title", blank::text),
    shown<&Tag::group, codec::card<codec::id, "id", "title", "">>("group"),
};
constexpr Table<Tag> tag_table{.dialect = "worksection", .rows = tag_rows};
constexpr Field<TagGroup> tag_group_rows[]{
    shown<&TagGroup::id, codec::id>("id"),
    shown<&TagGroup::name, codec::easy_text>("title", blank::text),
    shown<&TagGroup::access, codec::words<access_words>>("access", R"("public")"),
};
constexpr Table<TagGroup> tag_group_table{.dialect = "worksection", .rows = tag_group_rows};
constexpr TableSet tag_tables = tables.with(tag_table).with(tag_group_table);

// What is asked for, with the tables by which answers are read.
constexpr Operation asked[]{
    {"POST", "get_projects", "project.list", Kind::project, Verb::list},
    {"POST", "get_project", "project.get", Kind::project, Verb::get},
    {"POST", "post_project", "project.create", Kind::project, Verb::create},
    {"POST", "update_project", "project.update", Kind::project, Verb::update},
    {"POST", "get_project_groups", "project_group.list", Kind::company, Verb::list},
    {"POST", "add_project_group", "project_group.create", Kind::company, Verb::create},
    {"POST", "get_users", "user.list", Kind::person, Verb::list},
    {"POST", "add_user", "user.create", Kind::person, Verb::create},
    {"POST", "get_project_tags", "project_tag.list", Kind::tag, Verb::list, nullptr, &tag_tables},
    {"POST", "get_project_tag_groups", "project_tag_group.list", Kind::tag_group, Verb::list, nullptr, &tag_tables},
};

// --- what is wrong

// The service's numbers have several meanings; its messages have one.
constexpr struct {
    std::string_view message;
    Code code;
} meanings[]{
    {"Project is invalid", Code::not_found},
    {"Field is required", Code::blank},
    {"Invalid email", Code::unknown_reference},
    {"Tag is invalid", Code::unknown_reference},
    {"Access denied", Code::forbidden},
    {"Action hash is missed or invalid", Code::unauthenticated},
    {"Invalid token", Code::unauthenticated},
    {"Access token is expired", Code::unauthenticated},
    {"Too many requests", Code::too_many_requests},
    {"Action is invalid", Code::not_offered},
};

std::string_view text_in(boost::json::object const &object, std::string_view key) {
    auto const *const found = object.if_contains(key);
    auto const *const text = found ? found->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

bool is_done_already(Error const &error) { return error.code == Code::conflict; }

// --- parameters

// A flat object of the tables as parameters: objects in it with a point before their members.
void add_parameters(boost::json::object const &object, std::string const &prefix, std::string &query) {
    for (auto const &[key, value] : object) {
        auto name = prefix + std::string(key);
        if (auto const *const inner = value.if_object()) {
            add_parameters(*inner, name + '.', query);
            continue;
        }
        codec::Scalar const scalar(value);
        query.append(query.empty() ? "" : "&").append(wire::encode_percent(name)).append("=");
        if (scalar) query += wire::encode_percent(scalar.text);
    }
}

std::string comma_separated(std::vector<std::string> const &items) {
    std::string text;
    for (auto const &item : items) text.append(text.empty() ? "" : ",").append(item);
    return wire::encode_percent(text);
}

std::vector<std::string> addresses(std::vector<canonical::Member> const &team) {
    std::vector<std::string> all;
    for (auto const &member : team)
        if (!member.person.email.empty()) all.push_back(member.person.email);
    return all;
}
std::vector<std::string> numbers(std::vector<canonical::Ref> const &tags) {
    std::vector<std::string> all;
    for (auto const &tag : tags) all.push_back(tag.id);
    return all;
}
// What is in the one and not in the other.
std::vector<std::string> without(std::vector<std::string> some, std::vector<std::string> const &others) {
    std::erase_if(some, [&](auto const &each) { return std::ranges::find(others, each) != others.end(); });
    return some;
}

} // namespace

Client const *Worksection::client() const {
    static Service const service;
    return &service;
}

Dialect const &Service::dialect() const { return instance(); }

// One in a second. A few at once are let through now and then. (reference: the help page on limits)
Rate Service::rate() const { return {.requests = 5, .in = std::chrono::seconds(5)}; }

std::span<std::span<std::string_view const> const> Service::credential_forms() const { return forms; }

Operation const *Service::operation_for(Request const &request) const {
    for (auto const &operation : asked)
        if (operation.kind == request.kind && operation.verb == request.verb) return &operation;
    return nullptr;
}

wire::Request Service::address(Operation const &operation, std::string_view id) const {
    wire::Request ask;
    ask.method = "POST";
    ask.target = std::string(admin_path) + "/?action=" + std::string(operation.path);
    if (!id.empty()) add_query(ask.target, "id_project=" + wire::encode_percent(id));
    return ask;
}

// The hash covers the query as it goes out; a body is covered by the time alone.
std::span<Service::Held const> Service::held_by_talks() const {
    static constexpr Held held[]{{canonical::member<&canonical::Project::team>()},
                                 {canonical::member<&canonical::Project::tags>()},
                                 {canonical::member<&canonical::Project::phase>(), Fidelity::approximated}};
    return held;
}

void Service::sign(Account const &account, wire::Request &request) const {
    auto const token = account.secret("access_token"), key = account.secret("api_key");
    auto const query = request.target.substr(request.target.find('?') + 1);
    if (!token.empty()) {
        request.target.replace(0, admin_path.size(), user_path);
        request.headers.set("Authorization", "Bearer " + std::string(token));
    } else if (request.body.empty()) {
        add_query(request.target, "hash=" + crypto::md5_hex(query + std::string(key)));
    } else {
        auto const now = std::chrono::system_clock::now().time_since_epoch();
        auto const time = std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now).count());
        constexpr std::string_view start = "action=";
        auto const action = query.substr(start.size(), query.find('&') - start.size());
        request.headers.set("Authorization", "Admin " + time + '_' + crypto::hmac_sha256_hex(key, action + ':' + time));
    }
}

std::string_view Service::inclusion(Kind kind) const {
    return kind == Kind::project ? "extra=text%2Coptions%2Cusers" : std::string_view();
}

// All that is not archived cannot be asked for together.
std::string Service::filter_query(Request const &request) const {
    auto const closed = pushed(request).closed;
    return request.kind == Kind::project && closed.value_or(false) ? "filter=archive" : std::string();
}

void Service::put(Request const &, std::string object, wire::Request &to) const {
    auto const fields = parse_json(object);
    if (!fields || !fields->is_object()) return;
    std::string query;
    add_parameters(fields->get_object(), {}, query);
    if (to.target.size() + query.size() <= longest_query) return add_query(to.target, query);
    auto flat = fields->get_object();
    auto const start = to.target.find("id_project=");
    if (start != to.target.npos) {
        auto const from = start + std::string_view("id_project=").size();
        flat["id_project"] = to.target.substr(from, to.target.find('&', start) - from);
    }
    to.body = boost::json::serialize(flat);
    to.headers.set("Content-Type", "application/json");
}

boost::json::value const *Service::records_in(boost::json::value const &answer, Operation const &operation) const {
    static boost::json::value const none{boost::json::array()};
    auto const *const data = Client::records_in(answer, operation);
    if (!data) return operation.verb == Verb::list ? &none : nullptr; // it may be left out where there are none
    return data;
}

std::optional<Error> Service::complaint(boost::json::value const &answer) const {
    auto const *const object = answer.if_object();
    if (!object) return Error{.code = Code::unavailable, .detail = "the service's answer is no object"};
    if (text_in(*object, "status") == "ok") return {};
    auto const message = text_in(*object, "message"), details = text_in(*object, "message_details");
    if (message.find("already") != message.npos) return Error{.code = Code::conflict, .detail = std::string(message)};
    for (auto const &[words, code] : meanings) {
        if (words != message) continue;
        Error error{.code = code, .detail = std::string(details)};
        if (code == Code::blank) error.field = details;
        if (code == Code::too_many_requests) error.detail = "1";
        return error;
    }
    return Error{.code = Code::unavailable, .detail = std::string(message)};
}

// --- talks

Errand<void> Service::act(Account const &account, std::string_view operation, std::string id,
                          std::string parameters) const {
    auto question = call_of(operation, id);
    add_query(question.target, parameters);
    auto asking = ask(account, std::move(question));
    Result<boost::json::value> const said = co_await asking;
    if (!said && !is_done_already(said.error())) co_return said.error();
    co_return Result<void>();
}

Perform Service::save(Account const &account, Request const &request) const {
    return request.kind == Kind::project ? save_project(account, request) : Client::save(account, request);
}

// Fields by one call; state, members and tags by one each, and only as they differ.
Perform Service::save_project(Account const &account, Request request) const {
    auto &patch = request.of<Project>();
    Project before;
    if (request.verb == Verb::create) {
        if (patch.creator.absent() && !request.actor.email.empty()) patch.creator = request.actor;
    } else {
        auto look = get(account, request);
        Result<Reply> present = co_await look;
        if (!present) co_return present.error();
        before = std::move(present->records.of<Project>().front());
        patch.creator.clear(); // what only a new project is given
        patch.description.clear();
        patch.company.clear();
    }
    auto send = send_fields(account, request);
    Result<Reply> sent = co_await send;
    if (!sent) co_return sent.error();
    if (request.verb == Verb::create) {
        before = std::move(sent->records.of<Project>().front());
        request.id = *before.id;
    }
    if (!patch.team.absent()) {
        auto const present = addresses(*before.team), wanted = addresses(*patch.team);
        auto const leave = without(present, wanted), join = without(wanted, present);
        if (!leave.empty()) {
            auto change = act(account, "project.delete_members", request.id, "members=" + comma_separated(leave));
            Result<void> const done = co_await change;
            if (!done) co_return done.error();
        }
        if (!join.empty()) {
            auto change = act(account, "project.add_members", request.id, "members=" + comma_separated(join));
            Result<void> const done = co_await change;
            if (!done) co_return done.error();
        }
    }
    if (!patch.tags.absent()) {
        auto const present = numbers(*before.tags), wanted = numbers(*patch.tags);
        auto const minus = without(present, wanted), plus = without(wanted, present);
        if (!minus.empty() || !plus.empty()) {
            auto change = act(account, "project.update_tags", request.id,
                              "plus=" + comma_separated(plus) + "&minus=" + comma_separated(minus));
            Result<void> const done = co_await change;
            if (!done) co_return done.error();
        }
    }
    if (patch.phase) {
        auto const phase = before.phase.value_or(Phase::active);
        bool const closes = canonical::settled(*patch.phase, phase) == Phase::closed;
        if (closes != (phase == Phase::closed)) {
            auto change = act(account, closes ? "project.close" : "project.activate", request.id, {});
            Result<void> const done = co_await change;
            if (!done) co_return done.error();
        }
    }
    auto look = get(account, request);
    Result<Reply> whole = co_await look;
    co_return whole;
}

} // namespace dialects::worksection
