#include "dialects/paymo/paymo.hpp"

#include "dialects/engine/crypto.hpp"
#include "dialects/engine/documents/body.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/paymo/answers.hpp"
#include "dialects/paymo/include.hpp"
#include "dialects/paymo/resources.hpp"
#include "dialects/paymo/sessions.hpp"
#include "dialects/paymo/tables.hpp"
#include "dialects/paymo/talks.hpp"
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
    {"GET", "projecttemplates", "project_template.list", Kind::project, Verb::list, nullptr, &template_tables},
    {"POST", "projecttemplates", "project_template.create", Kind::project, Verb::create, nullptr, &template_tables},
    {"GET", "projecttemplates/{id}", "project_template.get", Kind::project, Verb::get, nullptr, &template_tables},
    {"PUT", "projecttemplates/{id}", "project_template.update", Kind::project, Verb::update, nullptr, &template_tables},
    {"POST", "projecttemplates/{id}", "project_template.update", Kind::project, Verb::update, nullptr,
     &template_tables},
    {"DELETE", "projecttemplates/{id}", "project_template.remove", Kind::project, Verb::remove, nullptr,
     &template_tables},
    {"GET", "projecttemplatestasklists", "template_task_list.list", Kind::task_list, Verb::list, serve_template_part,
     &template_part_tables},
    {"POST", "projecttemplatestasklists", "template_task_list.create", Kind::task_list, Verb::create,
     serve_template_part, &template_part_tables},
    {"GET", "projecttemplatestasklists/{id}", "template_task_list.get", Kind::task_list, Verb::get, serve_template_part,
     &template_part_tables},
    {"PUT", "projecttemplatestasklists/{id}", "template_task_list.update", Kind::task_list, Verb::update,
     serve_template_part, &template_part_tables},
    {"POST", "projecttemplatestasklists/{id}", "template_task_list.update", Kind::task_list, Verb::update,
     serve_template_part, &template_part_tables},
    {"DELETE", "projecttemplatestasklists/{id}", "template_task_list.remove", Kind::task_list, Verb::remove,
     serve_template_part, &template_part_tables},
    {"GET", "projecttemplatestasks", "template_task.list", Kind::task, Verb::list, serve_template_part,
     &template_part_tables},
    {"POST", "projecttemplatestasks", "template_task.create", Kind::task, Verb::create, serve_template_part,
     &template_part_tables},
    {"GET", "projecttemplatestasks/{id}", "template_task.get", Kind::task, Verb::get, serve_template_part,
     &template_part_tables},
    {"PUT", "projecttemplatestasks/{id}", "template_task.update", Kind::task, Verb::update, serve_template_part,
     &template_part_tables},
    {"POST", "projecttemplatestasks/{id}", "template_task.update", Kind::task, Verb::update, serve_template_part,
     &template_part_tables},
    {"DELETE", "projecttemplatestasks/{id}", "template_task.remove", Kind::task, Verb::remove, serve_template_part,
     &template_part_tables},
    {"GET", "workflows", "workflow.list", Kind::workflow, Verb::list},
    {"POST", "workflows", "workflow.create", Kind::workflow, Verb::create},
    {"GET", "workflows/{id}", "workflow.get", Kind::workflow, Verb::get},
    {"PUT", "workflows/{id}", "workflow.update", Kind::workflow, Verb::update},
    {"POST", "workflows/{id}", "workflow.update", Kind::workflow, Verb::update},
    {"DELETE", "workflows/{id}", "workflow.remove", Kind::workflow, Verb::remove},
    {"GET", "workflowstatuses", "workflow_status.list", Kind::workflow_status, Verb::list},
    {"POST", "workflowstatuses", "workflow_status.create", Kind::workflow_status, Verb::create},
    {"GET", "workflowstatuses/{id}", "workflow_status.get", Kind::workflow_status, Verb::get},
    {"PUT", "workflowstatuses/{id}", "workflow_status.update", Kind::workflow_status, Verb::update},
    {"POST", "workflowstatuses/{id}", "workflow_status.update", Kind::workflow_status, Verb::update},
    {"DELETE", "workflowstatuses/{id}", "workflow_status.remove", Kind::workflow_status, Verb::remove},
    {"GET", "users", "user.list", Kind::person, Verb::list},
    {"POST", "users", "user.create", Kind::person, Verb::create},
    {"GET", "users/{id}", "user.get", Kind::person, Verb::get},
    {"PUT", "users/{id}", "user.update", Kind::person, Verb::update},
    {"POST", "users/{id}", "user.update", Kind::person, Verb::update},
    {"DELETE", "users/{id}", "user.remove", Kind::person, Verb::remove},
    {"GET", "me", "user.me", Kind::person, Verb::list, serve_me},
    {"GET", "clients", "client.list", Kind::company, Verb::list},
    {"POST", "clients", "client.create", Kind::company, Verb::create},
    {"GET", "clients/{id}", "client.get", Kind::company, Verb::get},
    {"PUT", "clients/{id}", "client.update", Kind::company, Verb::update},
    {"POST", "clients/{id}", "client.update", Kind::company, Verb::update},
    {"DELETE", "clients/{id}", "client.remove", Kind::company, Verb::remove},
    {"GET", "clientcontacts", "client_contact.list", Kind::person, Verb::list, nullptr, &contact_tables},
    {"POST", "clientcontacts", "client_contact.create", Kind::person, Verb::create, nullptr, &contact_tables},
    {"GET", "clientcontacts/{id}", "client_contact.get", Kind::person, Verb::get, nullptr, &contact_tables},
    {"PUT", "clientcontacts/{id}", "client_contact.update", Kind::person, Verb::update, nullptr, &contact_tables},
    {"POST", "clientcontacts/{id}", "client_contact.update", Kind::person, Verb::update, nullptr, &contact_tables},
    {"DELETE", "clientcontacts/{id}", "client_contact.remove", Kind::person, Verb::remove, nullptr, &contact_tables},
    {"GET", "company", "company.get", Kind::company, Verb::list, serve_company, &own_company_tables},
    {"PUT", "company", "company.update", Kind::company, Verb::update, serve_company, &own_company_tables},
    {"POST", "company", "company.update", Kind::company, Verb::update, serve_company, &own_company_tables},
    {"GET", "sessions", "session.list", Kind::person, Verb::list, serve_sessions},
    {"GET", "sessions/{id}", "session.get", Kind::person, Verb::get, serve_sessions},
    {"POST", "sessions", "session.create", Kind::person, Verb::get, serve_new_session},
    {"DELETE", "sessions/{id}", "session.remove", Kind::person, Verb::get, serve_end_of_session},
    {"GET", "tasklists", "task_list.list", Kind::task_list, Verb::list},
    {"GET", "tasklists/{id}", "task_list.get", Kind::task_list, Verb::get},
    {"GET", "tasks", "task.list", Kind::task, Verb::list},
    {"GET", "tasks/{id}", "task.get", Kind::task, Verb::get},
};

constexpr std::string_view api_key_form[]{"api_key"}, login_form[]{"email", "password"};
constexpr std::span<std::string_view const> forms[]{api_key_form, login_form};

// Bodies are the bare object; XML wraps it in one root element of whatever name.
constexpr BodyType body_types[]{
    {"application/json", BodyForm::json},         {"text/xml", BodyForm::xml},
    {"application/xml", BodyForm::xml},           {"application/x-www-form-urlencoded", BodyForm::form},
    {"multipart/form-data", BodyForm::multipart},
};

Result<void> add_where(Wanted &wanted, std::string const &text, WhereAsked const &asked) {
    auto where = read_where(text, wanted.request.kind, asked);
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

// By place where there is one, else by id.
void add_usual_order(canonical::Request &request) {
    using canonical::member;
    auto const by = [&](canonical::MemberId place) { request.query.sort.push_back({.field = {place}}); };
    if (request.kind == Kind::project_status) by(member<&ProjectStatus::position>());
    if (request.kind == Kind::task_list) by(member<&TaskList::position>());
    if (request.kind == Kind::task) by(member<&Task::position>());
    if (request.kind == Kind::workflow_status) by(member<&WorkflowStatus::position>());
}

} // namespace

std::span<Operation const> Paymo::operations() const { return operation_rows; }
TableSet const &Paymo::tables() const { return paymo::tables; }
std::span<std::span<std::string_view const> const> Paymo::credential_forms() const { return forms; }

// Basic, with an account's email and password or with an API key as the user name. (reference: authentication page)
Result<void> Paymo::identify(Call &call) const {
    Error const refused{.code = Code::unauthenticated};
    if (call.request.headers.has("X-Session")) {
        call.caller = caller_of_session(call);
        if (!call.caller) return refused;
        return {};
    }
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
    auto const &known = tables_of(*call.operation);
    WhereAsked const asked{.tables = known, .context = surroundings, .me = call.caller->person};
    std::string include;
    for (auto const &pair : call.target.query) {
        if (pair.name == "include" || pair.name == "partial_include") include += "," + pair.value;
        if (pair.name == "where" && (request.verb == Verb::list || request.verb == Verb::get)) {
            if (auto const done = add_where(wanted, pair.value, asked); !done) return done.error();
        }
    }
    auto selection = read_include(include, request.kind, known);
    if (!selection) return selection.error();
    wanted.selection = std::move(*selection);
    if (request.verb != Verb::list) return {};
    if (auto const which = resource_of(*call.operation).which) request.query.filter.require(which());

    if (auto const *order = call.target.find("order"); order && !order->empty()) {
        auto sort = read_order(*order, request.kind, known);
        if (!sort) return sort.error();
        request.query.sort.push_back(*sort);
    } else {
        add_usual_order(request);
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
    auto surroundings = context(call);
    surroundings.related = &reply.related;
    auto const &resource = resource_of(*call.operation);
    bool const alone = resource.path == "company"; // the only one that is no list
    {
        Text text(body, surroundings);
        text.put('{');
        text.key(resource.key);
        if (!alone) text.put('[');
        write_records(kind, tables_of(*call.operation), wanted.selection, reply, text);
        if (!alone) text.put(']');
        text.put('}');
    }
    bool const created = wanted.request.verb == Verb::create || wanted.request.verb == Verb::copy;
    auto response = respond(call, created ? 201 : 200, std::move(body));
    if (created) {
        auto const id = canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) { return *reply.one<E>().id; });
        auto const path = std::string(resource.path);
        response.headers.set("Location", surroundings.base + "/" + path + "/" + id);
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

std::string_view Paymo::envelope(Kind kind) const {
    auto const *const resource = resource_of(kind);
    return resource ? resource->key : std::string_view();
}

std::string_view Paymo::envelope_of(Operation const &operation) const { return resource_of(operation).key; }

std::string Paymo::example(std::string_view base_url) const {
    return "-u 0123456789abcdef0123456789abcdef:X '" + std::string(base_url) + "/projectstatuses?include=projects'";
}

} // namespace dialects::paymo
