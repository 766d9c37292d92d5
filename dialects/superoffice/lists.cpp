#include "dialects/superoffice/lists.hpp"

#include "canonical/lower.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/bodies.hpp"
#include "dialects/superoffice/change.hpp"
#include "dialects/superoffice/countries.hpp"
#include "dialects/superoffice/superoffice.hpp"

namespace dialects::superoffice {

using canonical::Kind, canonical::Operator, canonical::PersonGroup, canonical::Reply, canonical::Request,
    canonical::Verb;

namespace {

SuperOffice const &self() { return static_cast<SuperOffice const &>(*find_dialect("superoffice")); }

// Where the items of a list come from. Of some that the tool has, a workspace here has none.
enum class Origin : unsigned char { statuses, types, users, groups, functions, countries, nowhere };

struct List {
    std::int64_t number; // all but the first two: ours
    std::string_view name, internal_name, choices;
    Origin origin = Origin::nowhere;
};
constexpr List lists[]{
    {70, "ProjectType", "ProjType", "projecttype", Origin::types},
    {71, "ProjectStatus", "ProjStatus", "projectstatus", Origin::statuses},
    {101, "Associate", "Associate", "associate", Origin::users},
    {102, "UserGroup", "UserGroup", "usergroup", Origin::groups},
    {103, "Country", "Country", "country", Origin::countries},
    {104, "Business", "Business", "business"},
    {105, "Category", "Category", "category"},
    {106, "Currency", "Currency", "currency"},
    {107, "MrMrs", "MrMrs", "mrmrs"},
    {108, "PersPos", "PersPos", "position"},
    {109, "Priority", "Priority", "priority"},
    {110, "ProjectMemberType", "PMembType", "pmembtype", Origin::functions},
    {111, "Source", "Source", "source"},
};

// By its number or one of its names; nothing (null) for any other.
List const *find_list(std::string_view name) {
    for (auto const &list : lists)
        for (auto const known : {list.name, list.internal_name, list.choices})
            if (wire::same_letters(name, known) || name == std::to_string(list.number)) return &list;
    return nullptr;
}

// The list that the path names: List/{name}/…, MDOList/{name}/…
List const *list_in(Call const &call) { return find_list(call.segments()[1]); }

// An item of a list, whatever it is of.
struct Item {
    std::string id = {}, name = {}, tooltip = {};
    std::int64_t rank = 0;
    bool deleted = false;
    std::string extra = {}; // what only a choice says
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

// --- what items are

template <class E> Item named_item(E const &record) {
    return {.id = *record.id, .name = *record.name, .tooltip = *record.description};
}
Item item_of(ProjectStatus const &status) {
    auto item = named_item(status);
    item.rank = *status.position;
    item.extra = "IsDeleted=False&ProjectTypeStatusLinkId=" + *status.id + "&";
    return item;
}
Item item_of(ProjectType const &type) {
    auto item = named_item(type);
    item.rank = *type.position;
    constexpr std::string_view days = "1";
    item.extra = "duration=" + std::to_string(usual_duration.count()) + "&unit=" + std::string(days);
    return item;
}
Item item_of(PersonGroup const &group) { return named_item(group); }
Item item_of(Person const &person) {
    return {.id = *person.id,
            .name = *person.name,
            .tooltip = *person.login,
            .extra = "person_id=" + person_id(person) + "&contact_id=" + person.company->id};
}

std::vector<Item> countries() {
    std::vector<Item> items;
    for_each_country([&](std::string_view code, std::string_view number) {
        items.push_back({.id = std::to_string(std::stoi(std::string(number))), .name = std::string(code)});
    });
    return items;
}

template <class E> Request all_of() {
    Request request{.verb = Verb::list, .kind = canonical::kind_of<E>};
    if constexpr (requires(E e) { e.position; })
        request.query.sort = {{.field = {canonical::member<&E::position>()}}};
    else
        request.query.sort = {{.field = {canonical::member<&E::name>()}}};
    return request;
}

// What is asked for the items; nothing where they are known.
std::optional<Request> question_for(Origin origin) {
    switch (origin) {
    case Origin::statuses:
        return all_of<ProjectStatus>();
    case Origin::types:
        return all_of<ProjectType>();
    case Origin::groups: {
        auto request = all_of<PersonGroup>();
        request.query.filter.require({.op = Operator::not_equal,
                                      .field = {canonical::member<&PersonGroup::is_of_contacts>()},
                                      .values = {true}});
        return request;
    }
    case Origin::users: {
        auto request = all_of<Person>();
        request.query.filter.require(
            {.op = Operator::not_equal, .field = {canonical::member<&Person::role>()}, .values = {Role::contact}});
        return request;
    }
    case Origin::functions: {
        constexpr std::int64_t most = 10'000;
        Request request{.verb = Verb::list, .kind = Kind::project};
        request.query.page.limit = most;
        return request;
    }
    default:
        return {};
    }
}

// What people do on the teams of projects, each once, by their names.
std::vector<Item> functions_on(std::vector<canonical::Project> const &projects) {
    std::vector<Item> items;
    for (auto const &project : projects)
        for (auto const &member : *project.team)
            if (auto const &role = member.role;
                !role.name.empty() && std::ranges::find(items, role.id, &Item::id) == items.end())
                items.push_back({.id = role.id, .name = role.name});
    std::ranges::sort(items, {}, &Item::name);
    return items;
}

using Asking = Talk<Request, Result<Reply>, Result<std::vector<Item>>>;
Asking items_of(Origin origin) {
    std::vector<Item> items;
    if (origin == Origin::countries) items = countries();
    auto question = question_for(origin);
    if (!question) co_return items;
    Result<Reply> reply = co_await *question;
    if (!reply) co_return reply.error();
    if (origin == Origin::functions) co_return functions_on(reply->records.of<canonical::Project>());
    reply->records.for_each_list([&](auto const &records) {
        for (auto const &record : records)
            if constexpr (requires { item_of(record); }) items.push_back(item_of(record));
    });
    co_return items;
}

// --- how they look

void write_item(Item const &item, List const &list, Text &out) {
    out.raw(R"({"Id":)");
    codec::id::write(item.id, out);
    out.raw(R"(,"Name":)");
    localized_text::write(item.name, out);
    out.raw(R"(,"Tooltip":)");
    localized_text::write(item.tooltip, out);
    out.raw(R"(,"Deleted":false,"UdListDefinitionId":)");
    out.number(list.number);
    out.raw(R"(,"Rank":)");
    out.number(item.rank);
    out.raw(R"(,"TableRight":null,"FieldProperties":{}})");
}

void write_choice(Item const &item, Text &out) {
    out.raw(R"({"Id":)");
    codec::id::write(item.id, out);
    out.raw(R"(,"Name":)");
    localized_text::write(item.name, out);
    out.raw(R"(,"ToolTip":)");
    localized_text::write(item.tooltip, out);
    out.raw(R"(,"Deleted":false,"Rank":)");
    out.number(item.rank);
    out.raw(R"(,"Type":"","ChildItems":[],"IconHint":"","ColorBlock":0,"ExtraInfo":)");
    out.string(item.extra);
    out.raw(R"(,"StyleHint":"","FullName":)");
    localized_text::write(item.name, out);
    out.raw(R"(,"TableRight":null,"FieldProperties":{})");
}

void write_list(List const &list, Text &out) {
    out.raw(R"({"Id":)");
    out.number(list.number);
    out.raw(R"(,"Name":)");
    out.string(list.name);
    out.raw(R"(,"Tooltip":"","Deleted":false,"Rank":)");
    out.number(std::int64_t(&list - lists) + 1);
    out.raw(R"(,"IsCustomList":false,"IsMDOList":true,"UseGroupsAndHeadings":false,"ListType":)");
    out.string(list.internal_name);
    out.raw(R"(,"InUseByUserDefinedFields":false,"TableRight":null,"FieldProperties":{})");
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

template <class Items, class F>
wire::Response answer_all(Call const &call, std::string_view element, Items const &items, F const &write) {
    return answer(call, element, [&](Text &out) {
        out.put('[');
        for (auto const &item : items) {
            out.next();
            write(item, out);
        }
        out.put(']');
    });
}

// --- what is done with them

Serve no_such_list(Call &call) {
    Error const unknown{.code = Code::unknown_route};
    co_return self().refuse(call, unknown);
}

Serve items_answered(Call &call, List const &list) {
    auto asking = items_of(list.origin);
    Result<std::vector<Item>> const items = co_await asking;
    if (!items) co_return self().refuse(call, items.error());
    co_return answer_all(call, "ArrayOfListItemEntity", *items,
                         [&](Item const &item, Text &out) { write_item(item, list, out); });
}

// Those whose names have what `query` says in them, in any case.
void keep_those_asked_for(Call const &call, std::vector<Item> &items) {
    auto const *const query = call.target.find_any_case("query");
    if (!query) return;
    auto const part = canonical::lower(*query);
    std::erase_if(items, [&](Item const &item) { return canonical::lower(item.name).find(part) == part.npos; });
}

enum class As : bool { choice, selectable };
Serve choices_answered(Call &call, List const &list, As as) {
    auto asking = items_of(list.origin);
    Result<std::vector<Item>> items = co_await asking;
    if (!items) co_return self().refuse(call, items.error());
    keep_those_asked_for(call, *items);
    auto const element = as == As::choice ? "ArrayOfMDOListItem" : "ArrayOfSelectableMDOListItem";
    co_return answer_all(call, element, *items, [&](Item const &item, Text &out) {
        write_choice(item, out);
        if (as == As::selectable) {
            out.raw(R"(,"Selected":false,"LastChanged":)");
            out.raw(no_time);
            out.raw(R"(,"Hidden":false)");
        }
        out.put('}');
    });
}

// An item as it was sent; of a status the phase stays as it is, a new one begins as an active one.
Result<Item> read_item(json::value const &document, Call const &call) {
    if (document.is_null()) return Error{.code = Code::blank};
    Item item;
    auto const read = read_into(item, item_table, Face::both, document, self().context(call));
    if (!read) return read.error();
    if (item.name.empty()) return Error{.code = Code::blank, .field = "Name"};
    return item;
}

template <class E> Request change_of(Verb verb, Item const &item) {
    Request request{.verb = verb, .kind = canonical::kind_of<E>, .patch = E{}};
    auto &record = request.of<E>();
    record.name = item.name;
    record.description = item.tooltip;
    if (item.rank > 0) record.position = item.rank;
    return request;
}

bool can_change(List const &list) { return list.origin == Origin::statuses || list.origin == Origin::types; }

// `id`: of the one that is changed; of a new one, nothing.
Serve item_saved(Call &call, List const &list, Item item, std::string id) {
    auto const verb = id.empty() ? Verb::create : Verb::update;
    auto change =
        list.origin == Origin::statuses ? change_of<ProjectStatus>(verb, item) : change_of<ProjectType>(verb, item);
    change.id = std::move(id);
    Result<Reply> const reply = co_await change;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), change.kind));
    auto const saved =
        list.origin == Origin::statuses ? item_of(reply->one<ProjectStatus>()) : item_of(reply->one<ProjectType>());
    co_return answer(call, "ListItemEntity", [&](Text &out) { write_item(saved, list, out); });
}

Serve save(Call &call) {
    auto const *const list = list_in(call);
    if (!list) return no_such_list(call);
    if (!can_change(*list)) return self().refusal_talk(call, {.code = Code::wrong_method});
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto item = read_item(*body, call);
    if (!item) return self().refusal_talk(call, item.error());
    return item_saved(call, *list, std::move(*item), std::string(call.id));
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

} // namespace

Serve list_lists(Call &call) {
    co_return answer_all(call, "ArrayOfListEntity", lists, [](List const &list, Text &out) {
        write_list(list, out);
        out.put('}');
    });
}

Serve get_list(Call &call) {
    auto const *const list = list_in(call);
    Error const unknown{.code = Code::not_found, .detail = call.segments()[1]};
    if (!list) co_return self().refuse(call, unknown);
    co_return answer(call, "ListEntity", [&](Text &out) {
        write_list(*list, out);
        auto const self_address = out.context.base + "/List/" + std::string(list->name) + "/";
        out.raw(R"(,"_Links":{"Self":)");
        out.string(self_address);
        out.raw(R"(,"Items":)");
        out.string(self_address + "Items/");
        out.raw("}}");
    });
}

Serve list_items(Call &call) {
    auto const *const list = list_in(call);
    return list ? items_answered(call, *list) : no_such_list(call);
}

Serve get_item(Call &call) {
    auto const *const list = list_in(call);
    Error const unknown{.code = Code::not_found, .detail = std::string(call.id)};
    if (!list) co_return self().refuse(call, unknown);
    auto asking = items_of(list->origin);
    Result<std::vector<Item>> const items = co_await asking;
    if (!items) co_return self().refuse(call, items.error());
    auto const found = std::ranges::find(*items, call.id, &Item::id);
    if (found == items->end()) co_return self().refuse(call, unknown);
    co_return answer(call, "ListItemEntity", [&](Text &out) { write_item(*found, *list, out); });
}

Serve default_item(Call &call) {
    auto const *const list = list_in(call);
    Error const unknown{.code = Code::unknown_route};
    if (!list) co_return self().refuse(call, unknown);
    Item const blank{.id = "0"};
    co_return answer(call, "ListItemEntity", [&](Text &out) { write_item(blank, *list, out); });
}

Serve create_item(Call &call) { return save(call); }
Serve replace_item(Call &call) { return save(call); }

Serve remove_item(Call &call) {
    auto const *const list = list_in(call);
    Error const unknown{.code = Code::unknown_route}, fixed{.code = Code::wrong_method};
    if (!list) co_return self().refuse(call, unknown);
    if (!can_change(*list)) co_return self().refuse(call, fixed);
    bool const of_statuses = list->origin == Origin::statuses;
    Request remove{.verb = Verb::remove,
                   .kind = of_statuses ? Kind::project_status : Kind::project_type,
                   .id = std::string(call.id)};
    Result<Reply> const reply = co_await remove;
    if (!reply) co_return self().refuse(call, reply.error());
    co_return respond(call, 204);
}

// Lists have neither headings nor groups that may see an item.
Serve list_nothing(Call &call) {
    Error const unknown{.code = Code::unknown_route};
    if (!list_in(call)) co_return self().refuse(call, unknown);
    Body body{.json = "[]", .element = "ArrayOfSelectableMDOListItem"};
    co_return respond(call, 200, std::move(body));
}

Serve get_choice_lists(Call &call) {
    co_return answer_all(call, "ArrayOfstring", lists, [](List const &list, Text &out) { out.string(list.choices); });
}

Serve get_choices(Call &call) {
    auto const *const list = list_in(call);
    return list ? choices_answered(call, *list, As::choice) : no_such_list(call);
}

Serve get_selectable_choices(Call &call) {
    auto const *const list = list_in(call);
    return list ? choices_answered(call, *list, As::selectable) : no_such_list(call);
}

Serve agent_statuses(Call &call) { return agent_items(call, status_table); }
Serve agent_types(Call &call) { return agent_items(call, type_table); }

Serve agent_choices(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto const name = text_of(*body, "Name");
    if (name.empty()) return self().refusal_talk(call, {.code = Code::blank, .field = "Name"});
    auto const *const list = find_list(name);
    return list ? choices_answered(call, *list, As::choice) : no_such_list(call);
}

Serve agent_items_of_list(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto const name = text_of(*body, "UdListDefinitionName");
    if (auto const *const list = find_list(name)) return items_answered(call, *list);
    return self().refusal_talk(call, {.code = Code::not_found, .detail = name});
}

Serve agent_save_item(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto const *const entity = member_of(*body, "ListItemEntity");
    auto item = read_item(entity ? *entity : json::value(), call);
    if (!item) return self().refusal_talk(call, item.error());
    auto const *const list = find_list(text_of(*entity, "UdListDefinitionId"));
    if (!list || !can_change(*list))
        return self().refusal_talk(call, {.code = Code::unknown_reference, .field = "UdListDefinitionId"});
    auto id = item->id;
    return item_saved(call, *list, std::move(*item), std::move(id));
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

} // namespace dialects::superoffice
