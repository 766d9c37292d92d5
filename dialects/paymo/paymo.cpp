#include "dialects/paymo/paymo.hpp"

#include "dialects/engine/crypto.hpp"
#include "dialects/engine/documents/body.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/paymo/answers.hpp"
#include "dialects/paymo/include.hpp"
#include "dialects/paymo/tables.hpp"
#include "dialects/paymo/where.hpp"

#include <charconv>

namespace dialects::paymo {

using canonical::Kind, canonical::Verb;

namespace {

constexpr Operation operation_rows[]{
    {"GET", "projectstatuses", "project_status.list", Kind::project_status, Verb::list},
    {"POST", "projectstatuses", "project_status.create", Kind::project_status, Verb::create},
    {"GET", "projectstatuses/{id}", "project_status.get", Kind::project_status, Verb::get},
    {"PUT", "projectstatuses/{id}", "project_status.update", Kind::project_status, Verb::update},
    {"POST", "projectstatuses/{id}", "project_status.update", Kind::project_status, Verb::update},
    {"DELETE", "projectstatuses/{id}", "project_status.remove", Kind::project_status, Verb::remove},
    {"GET", "projects", "project.list", Kind::project, Verb::list},
    {"POST", "projects", "project.create", Kind::project, Verb::create},
    {"GET", "projects/{id}", "project.get", Kind::project, Verb::get},
    {"PUT", "projects/{id}", "project.update", Kind::project, Verb::update},
    {"POST", "projects/{id}", "project.update", Kind::project, Verb::update},
    {"DELETE", "projects/{id}", "project.remove", Kind::project, Verb::remove},
};

constexpr std::string_view api_key_form[]{"api_key"}, login_form[]{"email", "password"};
constexpr std::span<std::string_view const> forms[]{api_key_form, login_form};

// Bodies are the bare object; XML wraps it in one root element of whatever name.
constexpr BodyType body_types[]{
    {"application/json", BodyForm::json},         {"text/xml", BodyForm::xml},
    {"application/xml", BodyForm::xml},           {"application/x-www-form-urlencoded", BodyForm::form},
    {"multipart/form-data", BodyForm::multipart},
};

// The conditions of `where` that narrow included children; the rest of it is in the request already.
ChildConditions child_conditions(Call const &call, Kind kind, Context const &context) {
    auto const *text = call.target.find("where");
    auto where = text ? read_where(*text, kind, context) : Result<Where>(Where{});
    return where ? std::move(where->of_children) : decltype(where->of_children){};
}

Result<void> add_where(Wanted &wanted, std::string const &text, Context const &context) {
    auto where = read_where(text, wanted.request.kind, context);
    if (!where) return where.error();
    for (auto &condition : where->filter.children) wanted.request.query.filter.require(std::move(condition));
    return {};
}

std::optional<std::int64_t> number(std::string const *text) {
    std::int64_t n = 0;
    if (!text) return {};
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), n);
    if (error != std::errc{} || end != text->data() + text->size() || n < 0) return {};
    return n;
}

constexpr std::int64_t largest_page = 2500;

// What a new project gets where nobody says anything: the caller as its manager, a code, a colour.
constexpr std::string_view first_colour = "#68BE5E";

void fill_in(Project &project, Caller const &caller) {
    canonical::Ref const self{.email = caller.person};
    if (project.team.absent()) project.team = std::vector<canonical::Member>{{.person = self}};
    if (project.manager.absent()) project.manager = self;
    if (project.code.absent()) project.code = initials(*project.name);
    if (project.color.absent()) project.color = std::string(first_colour);
}

// A project without a client belongs to this one, which comes into being with the first of them.
constexpr std::string_view sample_client = "Sample Client";

canonical::Request look_for_sample_client() {
    canonical::Request request{.verb = Verb::list, .kind = Kind::company, .dialect = "paymo"};
    request.query.page.limit = 1;
    request.query.filter.require({.op = canonical::Operator::equal,
                                  .field = {canonical::member<&Company::name>()},
                                  .values = {std::string(sample_client)}});
    return request;
}

canonical::Request make_sample_client() {
    canonical::Request request{.verb = Verb::create, .kind = Kind::company, .patch = Company{}, .dialect = "paymo"};
    request.of<Company>().name = std::string(sample_client);
    return request;
}

} // namespace

std::span<Operation const> Paymo::operations() const { return operation_rows; }
TableSet const &Paymo::tables() const { return paymo::tables; }
std::span<std::span<std::string_view const> const> Paymo::credential_forms() const { return forms; }

// Basic, with an account's email and password or with an API key as the user name. (reference: authentication page)
Result<void> Paymo::identify(Call &call) const {
    Error const refused{.code = Code::unauthenticated};
    auto const header = call.request.headers.find("Authorization");
    if (header.size() < 6 || !wire::same_letters(header.substr(0, 6), "Basic ")) return refused;
    auto const text = crypto::decode_base64(header.substr(6));
    if (!text) return refused;
    auto const colon = std::min(text->find(':'), text->size());
    auto const user = std::string_view(*text).substr(0, colon);
    auto const password = std::string_view(*text).substr(std::min(colon + 1, text->size()));
    for (auto const &caller : call.callers) {
        bool const known = user.find('@') == user.npos
                               ? caller.matches("api_key", user)
                               : caller.matches("email", user) && caller.matches("password", password);
        if (known) call.caller = &caller;
    }
    if (!call.caller) return refused;
    return {};
}

Serve Paymo::serve(Call &call) const {
    auto const talk = [](Paymo const &self, Call &about) -> Serve {
        auto wanted = self.understand(about);
        if (!wanted) co_return self.refuse(about, wanted.error());
        auto &request = wanted->request;
        if (request.kind == Kind::project && request.verb == Verb::create) {
            auto &project = request.of<Project>();
            Error const nameless{.code = Code::blank, .field = "name"};
            if (!project.name || project.name->empty()) co_return self.refuse(about, nameless);
            fill_in(project, *about.caller);
            if (!project.company) {
                auto look = look_for_sample_client();
                Result<canonical::Reply> client = co_await look;
                if (client && client->records.of<Company>().empty()) {
                    auto make = make_sample_client();
                    client = co_await make;
                }
                if (!client) co_return self.refuse(about, client.error());
                project.company = canonical::Ref{.id = *client->one<Company>().id};
            }
        }
        WantedRelations const relations{.keys = relation_keys(),
                                        .selection = wanted->selection,
                                        .kind = request.kind,
                                        .conditions = child_conditions(about, request.kind, self.context(about))};
        request.query.related = first_relations(relations);
        Result<canonical::Reply> reply = co_await request;
        if (!reply) co_return self.refuse(about, self.named(reply.error(), request.kind));
        for (auto const &step : further_steps(relations)) {
            auto ask = question(step, *reply);
            if (!ask) continue;
            Result<canonical::Reply> more = co_await *ask;
            if (!more) co_return self.refuse(about, self.named(more.error(), ask->kind));
            merge(step, std::move(*more), *reply);
        }
        co_return self.answer(about, *wanted, *reply);
    };
    return talk(*this, call);
}

Result<boost::json::value> Paymo::document(Call const &call) const {
    static constexpr BodyRules rules{.types = body_types, .sniff = true};
    auto body = dialects::document(call.request, rules, call.memory);
    if (!body && body.error().code == Code::malformed)
        return Error{.code = Code::malformed, .field = "body", .detail = "Syntax error"};
    // Fields may stand in the query instead, where nothing is in the body.
    if (body && call.request.body.empty() && call.request.method == "POST") {
        boost::json::object fields(call.memory);
        for (auto const &pair : call.target.query)
            if (pair.name != "include") fields[pair.name] = pair.value;
        return boost::json::value(std::move(fields));
    }
    return body;
}

Result<void> Paymo::read_query(Call const &call, Wanted &wanted) const {
    auto &request = wanted.request;
    auto const surroundings = context(call);
    std::string include;
    for (auto const &pair : call.target.query) {
        if (pair.name == "include" || pair.name == "partial_include") include += "," + pair.value;
        if (pair.name == "where" && (request.verb == Verb::list || request.verb == Verb::get)) {
            if (auto const done = add_where(wanted, pair.value, surroundings); !done) return done.error();
        }
    }
    auto selection = read_include(include, request.kind);
    if (!selection) return selection.error();
    wanted.selection = std::move(*selection);
    if (request.verb != Verb::list) return {};

    if (auto const *order = call.target.find("order"); order && !order->empty()) {
        auto sort = read_order(*order, request.kind);
        if (!sort) return sort.error();
        request.query.sort.push_back(*sort);
    } else if (request.kind == Kind::project_status) {
        request.query.sort.push_back({.field = {canonical::member<&ProjectStatus::position>()}});
    }
    // Either of both alone means nothing.
    auto const page = number(call.target.find("page")), size = number(call.target.find("page_size"));
    if (page && size && *size > 0) {
        request.query.page.limit = std::min(*size, largest_page);
        request.query.page.offset = *page > INT32_MAX ? INT64_MAX / 2 : *page * request.query.page.limit;
    }
    return {};
}

wire::Response Paymo::answer(Call const &call, Wanted const &wanted, canonical::Reply &reply) const {
    auto const kind = wanted.request.kind;
    if (wanted.request.verb == Verb::remove) return respond(call, 200, "{}");
    std::string body;
    auto const surroundings = context(call);
    {
        Text text(body, surroundings);
        text.put('{');
        text.key(envelope(kind));
        write_records(kind, wanted.selection, reply, text);
        text.put('}');
    }
    bool const created = wanted.request.verb == Verb::create;
    auto response = respond(call, created ? 201 : 200, std::move(body));
    if (created) {
        auto const id = canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) { return *reply.one<E>().id; });
        response.headers.set("Location", surroundings.base + "/" + call.target.segments.back() + "/" + id);
    }
    return response;
}

wire::Response Paymo::refuse(Call const &call, Error const &error) const { return refusal(call, error); }

std::optional<wire::Response> Paymo::preflight(Call const &call) const {
    wire::Response response{.status = 204};
    auto const origin = call.request.headers.find("Origin");
    response.headers.set("Access-Control-Allow-Origin", origin.empty() ? "*" : origin);
    response.headers.set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
    response.headers.set("Access-Control-Allow-Headers", "Authorization, X-Session, Content-Type, Accept");
    return response;
}

std::string_view Paymo::envelope(Kind kind) const { return envelope_key(kind); }

std::string Paymo::example(std::string_view base_url) const {
    return "-u 0123456789abcdef0123456789abcdef:X '" + std::string(base_url) + "/projectstatuses?include=projects'";
}

} // namespace dialects::paymo
