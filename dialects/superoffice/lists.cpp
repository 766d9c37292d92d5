#include "dialects/superoffice/lists.hpp"

#include "dialects/engine/read.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/bodies.hpp"
#include "dialects/superoffice/cards.hpp"
#include "dialects/superoffice/superoffice.hpp"

namespace dialects::superoffice {

using canonical::Kind, canonical::Operator, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

SuperOffice const &self() { return static_cast<SuperOffice const &>(*find_dialect("superoffice")); }

// The numbers by which the two lists are known.
constexpr std::int64_t status_list = 71, type_list = 70;

// An item of a list, whatever it is of.
struct Item {
    std::string id = {}, name = {}, tooltip = {};
    std::int64_t rank = 0;
    bool deleted = false;
    canonical::Bag extras = {};
};
constexpr Field<Item> item_rows[]{
    part<&Item::id, record_id>("Id", blank::zero),
    part<&Item::name, localized_text>("Name", blank::text),
    part<&Item::tooltip, localized_text>("Tooltip", blank::text),
    part<&Item::deleted, codec::easy_flag>("Deleted", blank::no),
    part<&Item::rank, codec::integer>("Rank", blank::zero),
};
constexpr Table<Item> item_table{.dialect = "superoffice", .rows = item_rows, .letters = codec::Case::ignored};
static_assert(well_formed(item_table));

template <class E> Item item_of(E const &record) {
    return {.id = *record.id, .name = *record.name, .tooltip = *record.description, .rank = *record.position};
}

void write_item(Item const &item, std::int64_t list, Text &out) {
    out.raw(R"({"Id":)");
    codec::id::write(item.id, out);
    out.raw(R"(,"Name":)");
    localized_text::write(item.name, out);
    out.raw(R"(,"Tooltip":)");
    localized_text::write(item.tooltip, out);
    out.raw(R"(,"Deleted":false,"UdListDefinitionId":)");
    out.number(list);
    out.raw(R"(,"Rank":)");
    out.number(item.rank);
    out.raw(R"(,"TableRight":null,"FieldProperties":{}})");
}

void write_choice(Item const &item, std::string_view extra, Text &out) {
    out.raw(R"({"Id":)");
    codec::id::write(item.id, out);
    out.raw(R"(,"Name":)");
    localized_text::write(item.name, out);
    out.raw(R"(,"ToolTip":)");
    localized_text::write(item.tooltip, out);
    out.raw(R"(,"Deleted":false,"Rank":)");
    out.number(item.rank);
    out.raw(R"(,"Type":"","ChildItems":[],"IconHint":"","ColorBlock":0,"ExtraInfo":)");
    out.string(extra);
    out.raw(R"(,"StyleHint":"","FullName":)");
    localized_text::write(item.name, out);
    out.raw(R"(,"TableRight":null,"FieldProperties":{}})");
}

template <class E> Request all_of() {
    Request request{.verb = Verb::list, .kind = canonical::kind_of<E>};
    if constexpr (requires(E e) { e.position; }) request.query.sort = {{.field = {canonical::member<&E::position>()}}};
    return request;
}

template <class F> wire::Response answer(Call const &call, std::string_view element, F const &write) {
    auto const context = self().context(call);
    Body body{.json = {}, .element = element};
    {
        Text out(body.json, context);
        write(out);
    }
    return respond(call, 200, std::move(body));
}

template <class E> Serve list_items(Call &call, std::int64_t list) {
    auto ask = all_of<E>();
    Result<Reply> const reply = co_await ask;
    if (!reply) co_return self().refuse(call, reply.error());
    co_return answer(call, "ArrayOfListItemEntity", [&](Text &out) {
        out.put('[');
        for (auto const &record : reply->records.of<E>()) {
            out.next();
            write_item(item_of(record), list, out);
        }
        out.put(']');
    });
}

// A status as it was sent; its phase stays as it is, a new one begins as an active one.
Result<Item> read_item(Call const &call) {
    auto const body = self().document(call);
    if (!body) return body.error();
    if (body->is_null()) return Error{.code = Code::blank};
    Item item;
    auto const read = read_into(item, item_table, Face::both, *body, self().context(call));
    if (!read) return read.error();
    if (item.name.empty()) return Error{.code = Code::blank, .field = "Name"};
    return item;
}

Request change_of(Verb verb, Call const &call, Item const &item) {
    Request request{.verb = verb, .kind = Kind::project_status, .id = std::string(call.id), .patch = ProjectStatus{}};
    auto &status = request.of<ProjectStatus>();
    status.name = item.name;
    status.description = item.tooltip;
    if (item.rank > 0) status.position = item.rank;
    return request;
}

wire::Response answer_status(Call const &call, ProjectStatus const &status) {
    return answer(call, "ListItemEntity", [&](Text &out) { write_item(item_of(status), status_list, out); });
}

Serve change_status(Call &call, Verb verb) {
    auto const item = read_item(call);
    if (!item) co_return self().refuse(call, item.error());
    auto change = change_of(verb, call, *item);
    Result<Reply> const reply = co_await change;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project_status));
    co_return answer_status(call, reply->one<ProjectStatus>());
}

template <class E> Serve agent_items(Call &call, Table<E> const &table) {
    auto ask = all_of<E>();
    Result<Reply> const reply = co_await ask;
    if (!reply) co_return self().refuse(call, reply.error());
    co_return answer(call, "Array", [&](Text &out) {
        View const view{.extras = false};
        out.put('[');
        for (auto const &record : reply->records.of<E>()) {
            out.next();
            write(table, view, record, out);
        }
        out.put(']');
    });
}

constexpr std::string_view choice_lists[]{"associate", "projectstatus", "projecttype"};

// A user as a choice, with the numbers of the person and the company.
Item item_of_user(Person const &person) { return {.id = *person.id, .name = *person.name, .tooltip = *person.login}; }

} // namespace

Serve list_statuses(Call &call) { return list_items<ProjectStatus>(call, status_list); }
Serve list_types(Call &call) { return list_items<ProjectType>(call, type_list); }
Serve create_status(Call &call) { return change_status(call, Verb::create); }
Serve replace_status(Call &call) { return change_status(call, Verb::update); }
Serve agent_statuses(Call &call) { return agent_items(call, status_table); }
Serve agent_types(Call &call) { return agent_items(call, type_table); }

Serve get_status(Call &call) {
    Request get{.kind = Kind::project_status, .id = std::string(call.id)};
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self().refuse(call, reply.error());
    co_return answer_status(call, reply->one<ProjectStatus>());
}

Serve remove_status(Call &call) {
    Request remove{.verb = Verb::remove, .kind = Kind::project_status, .id = std::string(call.id)};
    Result<Reply> const reply = co_await remove;
    if (!reply) co_return self().refuse(call, reply.error());
    co_return respond(call, 204);
}

Serve get_choice_lists(Call &call) {
    co_return answer(call, "ArrayOfstring", [](Text &out) {
        out.put('[');
        for (auto const name : choice_lists) {
            out.next();
            out.string(name);
        }
        out.put(']');
    });
}

namespace {

Serve choices(Call &call, std::string name) {
    if (name == "projectstatus") {
        auto ask = all_of<ProjectStatus>();
        Result<Reply> const reply = co_await ask;
        if (!reply) co_return self().refuse(call, reply.error());
        co_return answer(call, "ArrayOfMDOListItem", [&](Text &out) {
            out.put('[');
            for (auto const &status : reply->records.of<ProjectStatus>()) {
                out.next();
                write_choice(item_of(status), "IsDeleted=False&ProjectTypeStatusLinkId=" + *status.id + "&", out);
            }
            out.put(']');
        });
    }
    if (name == "projecttype") {
        auto ask = all_of<ProjectType>();
        Result<Reply> const reply = co_await ask;
        if (!reply) co_return self().refuse(call, reply.error());
        co_return answer(call, "ArrayOfMDOListItem", [&](Text &out) {
            out.put('[');
            for (auto const &type : reply->records.of<ProjectType>()) {
                out.next();
                write_choice(item_of(type), "duration=3&unit=3", out);
            }
            out.put(']');
        });
    }
    Error const unknown{.code = Code::unknown_route};
    if (name != "associate") co_return self().refuse(call, unknown);
    Request users{.verb = Verb::list, .kind = Kind::person};
    users.query.sort = {{.field = {canonical::member<&Person::name>()}}};
    users.query.filter.require(
        {.op = Operator::not_equal, .field = {canonical::member<&Person::role>()}, .values = {Role::contact}});
    Result<Reply> const reply = co_await users;
    if (!reply) co_return self().refuse(call, reply.error());
    co_return answer(call, "ArrayOfMDOListItem", [&](Text &out) {
        out.put('[');
        for (auto const &person : reply->records.of<Person>()) {
            out.next();
            write_choice(item_of_user(person), "person_id=" + person_id(person) + "&contact_id=" + person.company->id,
                         out);
        }
        out.put(']');
    });
}

} // namespace

Serve get_choices(Call &call) { return choices(call, wire::lower(call.segments().back())); }

Serve agent_choices(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto const name = text_of(*body, "Name");
    if (name.empty()) return self().refusal_talk(call, {.code = Code::blank, .field = "Name"});
    return choices(call, wire::lower(name));
}

Serve agent_items_of_list(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto const list = wire::lower(text_of(*body, "UdListDefinitionName"));
    if (list == "projstatus" || list == "projectstatus") return list_statuses(call);
    if (list == "projtype" || list == "projecttype") return list_types(call);
    return self().refusal_talk(call, {.code = Code::not_found, .detail = list});
}

Serve agent_status(Call &call) {
    auto const *const id = call.target.find_any_case("projectStatusId");
    Request get{.kind = Kind::project_status, .id = id ? *id : std::string()};
    Error const nameless{.code = Code::blank, .field = "projectStatusId"};
    if (get.id.empty()) co_return self().refuse(call, nameless);
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self().refuse(call, reply.error());
    co_return answer(call, "ProjectStatus", [&](Text &out) {
        View const view{.extras = false};
        write(status_table, view, reply->one<ProjectStatus>(), out);
    });
}

Serve default_item(Call &call) {
    co_return answer(call, "ListItemEntity", [](Text &out) { write_item({.id = "0"}, status_list, out); });
}

} // namespace dialects::superoffice
