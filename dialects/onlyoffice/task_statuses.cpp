#include "dialects/onlyoffice/task_statuses.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/asker.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/parameters.hpp"

#include <fmt/format.h>

namespace dialects::onlyoffice {

using canonical::Category, canonical::Kind, canonical::Part, canonical::Reply, canonical::Request, canonical::Verb,
    canonical::Workflow, canonical::WorkflowStatus;

namespace {

constexpr codec::Word<Category> type_words[]{{"1", Category::open},
                                             {"2", Category::closed},
                                             {"open", Category::open},
                                             {"closed", Category::closed},
                                             {"1", Category::started}};
using StatusType = codec::words<type_words, codec::Style::bare, codec::Case::ignored>;

void write_can_change(WorkflowStatus const &status, Text &out) { out.flag(status.category == Category::closed); }

constexpr std::string_view usual_color = R"("#83888d")";

constexpr Field<WorkflowStatus> rows[]{
    both<&WorkflowStatus::category, StatusType>("statusType"),
    computed<write_can_change, WorkflowStatus>("canChangeAvailable"),
    shown<&WorkflowStatus::id, codec::id>("id"),
    kept<WorkflowStatus>("image", Face::both, R"("PHN2Zy8+")"), // a picture of nothing
    kept<WorkflowStatus>("imageType", Face::both, R"("image/svg+xml")"),
    both<&WorkflowStatus::name, codec::easy_text>("title", blank::text),
    kept<WorkflowStatus>("description", Face::both, blank::null),
    both<&WorkflowStatus::color, codec::easy_text>("color", usual_color),
    both<&WorkflowStatus::position, codec::integer>("order", blank::zero),
    fixed<WorkflowStatus>("isDefault", Face::shown, blank::no),
    kept<WorkflowStatus>("available", Face::both, blank::yes),
};
constexpr Table<WorkflowStatus> constant_table{.dialect = "onlyoffice", .rows = rows, .letters = codec::Case::ignored};
static_assert(well_formed(constant_table));

constexpr std::string_view of_every_portal =
    R"({"statusType":1,"canChangeAvailable":false,"id":-1,"image":"PHN2Zy8+","imageType":"image/svg+xml",)"
    R"("title":"Open","description":null,"color":"#83888d","order":0,"isDefault":true,"available":true},)"
    R"({"statusType":2,"canChangeAvailable":true,"id":-2,"image":"PHN2Zy8+","imageType":"image/svg+xml",)"
    R"("title":"Closed","description":null,"color":"#83888d","order":0,"isDefault":true,"available":true})";

template <class T> using Inner = Talk<Request, Result<Reply>, Result<T>>;

std::string written(Call const &call, std::span<WorkflowStatus const> statuses) {
    auto const surroundings = instance().context(call);
    View const view{.face = Face::shown, .extras = false};
    std::string body;
    {
        Text text(body, surroundings);
        bool first = true;
        for (auto const &status : statuses) {
            if (!std::exchange(first, false)) text.put(',');
            write(task_status_table, view, status, text);
        }
    }
    return body;
}

// The default one, which comes into being with its first status.
Inner<std::string> workflow() {
    auto look = one_where<&Workflow::is_default>(true);
    Result<Reply> found = co_await look;
    if (!found) co_return found.error();
    if (found->records.of<Workflow>().empty()) {
        Request create{.verb = Verb::create, .kind = Kind::workflow, .patch = Workflow{}};
        create.of<Workflow>().name = "Default";
        create.of<Workflow>().is_default = true;
        found = co_await create;
        if (!found) co_return found.error();
    }
    std::string id = *found->one<Workflow>().id;
    co_return id;
}

// What a client says of one status; what it says is empty stays as it was.
Result<canonical::Entity> read_status(json::value const &given, Call const &call) {
    auto const *const object = given.if_object();
    if (!object) return Error{.code = Code::blank, .field = "status"};
    json::object said(call.memory);
    for (auto const &[key, value] : *object)
        if (auto const *text = value.if_string(); !value.is_null() && !(text && text->empty())) said[key] = value;
    auto const surroundings = instance().context(call);
    json::value const document(std::move(said));
    canonical::Entity entity = WorkflowStatus{};
    auto const read = read_into(entity, TableSet{}.with(task_status_table), Face::sent, document, surroundings);
    if (!read) return read.error();
    std::get<WorkflowStatus>(entity).extras.loose = {};
    return entity;
}

Result<Request> update_of(json::value const &given, Call const &call) {
    auto patch = read_status(given, call);
    if (!patch) return patch.error();
    auto const *const id = find_parameter(given, "id");
    std::string number;
    if (id) {
        codec::Scalar const scalar(*id);
        if (scalar) number = scalar.text;
    }
    if (number.empty()) return Error{.code = Code::blank, .field = "id"};
    Result<Request> update(boost::system::in_place_value);
    update->verb = Verb::update;
    update->kind = Kind::workflow_status;
    update->id = number;
    update->patch = std::move(*patch);
    return update;
}

} // namespace

Table<WorkflowStatus> const task_status_table = constant_table;

Serve list_task_statuses(Call &call) {
    auto look = one_where<&Workflow::is_default>(true);
    Result<Reply> const found = co_await look;
    if (!found) co_return instance().refuse(call, found.error());
    std::vector<WorkflowStatus> own;
    if (!found->records.of<Workflow>().empty()) {
        auto list = all_where<&WorkflowStatus::workflow>(*found->one<Workflow>().id, Part::id);
        list.query.sort = {{.field = {canonical::member<&WorkflowStatus::position>()}}};
        Result<Reply> statuses = co_await list;
        if (!statuses) co_return instance().refuse(call, statuses.error());
        own = std::move(statuses->records.of<WorkflowStatus>());
    }
    auto const body = fmt::format("[{}{}{}]", written(call, own), own.empty() ? "" : ",", of_every_portal);
    Counts const counts{.count = own.size() + 2};
    co_return respond(call, body, counts);
}

Serve create_task_status(Call &call) {
    auto const &self = instance();
    auto look = parameters_of_admin(call);
    Result<json::value> const given = co_await look;
    if (!given) co_return self.refuse(call, given.error());
    auto const *const said = find_parameter(*given, "status");
    auto patch = read_status(said ? *said : *given, call);
    if (!patch) co_return self.refuse(call, patch.error());
    Request create{.verb = Verb::create, .kind = Kind::workflow_status, .patch = std::move(*patch)};
    Error const untitled{.code = Code::blank, .field = "title"};
    if (!create.of<WorkflowStatus>().name) co_return self.refuse(call, untitled);
    auto find_workflow = workflow();
    Result<std::string> const home = co_await find_workflow;
    if (!home) co_return self.refuse(call, home.error());
    create.of<WorkflowStatus>().workflow = Ref{.id = *home};
    Result<Reply> const reply = co_await create;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const body = written(call, {&reply->one<WorkflowStatus>(), 1});
    co_return respond(call, body);
}

Serve update_task_status(Call &call) {
    auto const &self = instance();
    auto look = parameters_of_admin(call);
    Result<json::value> const given = co_await look;
    if (!given) co_return self.refuse(call, given.error());
    auto const *const said = find_parameter(*given, "newStatus");
    auto update = update_of(said ? *said : *given, call);
    if (!update) co_return self.refuse(call, update.error());
    Result<Reply> const reply = co_await *update;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const body = written(call, {&reply->one<WorkflowStatus>(), 1});
    co_return respond(call, body);
}

Serve update_task_statuses(Call &call) {
    auto const &self = instance();
    auto look = parameters_of_admin(call);
    Result<json::value> const given = co_await look;
    if (!given) co_return self.refuse(call, given.error());
    auto const *const list = find_parameter(*given, "statuses");
    auto const *const said = list ? list->if_array() : nullptr;
    Error const none{.code = Code::blank, .field = "statuses"};
    if (!said) co_return self.refuse(call, none);
    std::vector<WorkflowStatus> changed;
    for (auto const &each : *said) {
        auto update = update_of(each, call);
        if (!update) co_return self.refuse(call, update.error());
        Result<Reply> const reply = co_await *update;
        if (!reply) co_return self.refuse(call, reply.error());
        changed.push_back(reply->one<WorkflowStatus>());
    }
    auto const body = "[" + written(call, changed) + "]";
    Counts const counts{.count = changed.size()};
    co_return respond(call, body, counts);
}

Serve remove_task_status(Call &call) {
    auto const &self = instance();
    auto look = parameters_of_admin(call);
    Result<json::value> const given = co_await look;
    if (!given) co_return self.refuse(call, given.error());
    Request get{.kind = Kind::workflow_status, .id = std::string(call.id)};
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self.refuse(call, reply.error());
    Request remove{.verb = Verb::remove, .kind = Kind::workflow_status, .id = std::string(call.id)};
    Result<Reply> const removed = co_await remove;
    if (!removed) co_return self.refuse(call, removed.error());
    auto const body = written(call, {&reply->one<WorkflowStatus>(), 1});
    co_return respond(call, body);
}

} // namespace dialects::onlyoffice
