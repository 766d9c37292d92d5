#include "dialects/superoffice/archives.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/archive_columns.hpp"
#include "dialects/superoffice/archive_filter.hpp"
#include "dialects/superoffice/bodies.hpp"
#include "dialects/superoffice/member_columns.hpp"
#include "dialects/superoffice/superoffice.hpp"
#include "dialects/superoffice/talks.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>

namespace dialects::superoffice {

using canonical::Company, canonical::Filter, canonical::Kind, canonical::Operator, canonical::Reply, canonical::Request,
    canonical::Verb;

namespace {

constexpr std::int64_t most_rows = 10'000; // of one page

SuperOffice const &self() { return static_cast<SuperOffice const &>(*find_dialect("superoffice")); }

// --- what is asked

// What the query says under that name. A question mark at the end of it is noise that some samples have.
std::string_view option(Call const &call, std::string_view name) {
    auto const *const text = call.target.find_any_case(name);
    std::string_view said = text ? std::string_view(*text) : std::string_view();
    while (said.ends_with('?')) said.remove_suffix(1);
    return said;
}

bool is_on(std::string_view said) { return said == "1" || wire::same_letters(said, "true"); }

// A column that is shown, under the name that it has in the answer.
template <class E> struct Cell {
    Column<E> const *column;
    std::string name, rest; // of one of several

    void write(E const &record, Text &out) const {
        return column->write_under ? column->write_under(record, rest, out) : column->write(record, out);
    }
};

std::string safe_name(std::string_view name) {
    std::string safe(name);
    for (char &c : safe)
        if (std::string_view("/.:()").find(c) != std::string_view::npos) c = '_';
    return safe;
}

// Those that are selected; a name that nobody knows shows nothing.
template <class E> std::vector<Cell<E>> selected(Call const &call, Columns<E> columns) {
    bool const safe = is_on(option(call, "$jsonSafe"));
    std::vector<Cell<E>> cells;
    auto const add = [&](Column<E> const &column, std::string_view rest) {
        auto name = std::string(column.name).append(rest);
        if (safe) name = safe_name(name);
        if (std::ranges::find(cells, name, &Cell<E>::name) == cells.end())
            cells.push_back({&column, std::move(name), std::string(rest)});
    };
    auto const select = option(call, "$select");
    for (auto const name : wire::list_items(select))
        if (auto const *column = find_column(columns, name)) add(*column, name.substr(column->name.size()));
    if (!select.empty()) return cells;
    for (auto const &column : columns)
        if (column.usual) add(column, {});
    return cells;
}

// Whether rows of that kind are wanted: all are where nobody says which.
bool wants(Call const &call, std::string_view entity) {
    auto const said = option(call, "$entities");
    auto const kinds = wire::list_items(said);
    return kinds.empty() || std::ranges::any_of(kinds, [&](auto kind) { return wire::same_letters(kind, entity); });
}

Filter no_rows() { return {.op = Operator::any}; }

Result<std::int64_t> number_in(Call const &call, std::string_view name, std::int64_t otherwise) {
    auto const text = option(call, name);
    if (text.empty()) return otherwise;
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0)
        return Error{.code = Code::malformed, .detail = "Invalid value for " + std::string(name)};
    return number;
}

Result<void> read_list_query(Call const &call, FindColumn const &find, canonical::Query &query) {
    auto const context = self().context(call);
    FilterSurroundings const surroundings{.find = find, .context = context, .me = call.caller->person, .now = call.now};
    auto filter = read_archive_filter(option(call, "$filter"), surroundings);
    if (!filter) return filter.error();
    if (!filter->empty()) query.filter.require(std::move(*filter));
    auto order = read_archive_order(option(call, "$orderby"), find);
    if (!order) return order.error();
    query.sort = std::move(*order);
    auto const format = option(call, "$format");
    if (!format.empty() && !is_format(format))
        return Error{.code = Code::malformed, .detail = "Invalid value for $format"};
    auto const top = number_in(call, "$top", most_rows), skip = number_in(call, "$skip", 0);
    if (!top) return top.error();
    if (!skip) return skip.error();
    query.page = {.offset = *skip, .limit = std::min(*top, most_rows)};
    return {};
}

// --- what is answered

// The same address with the rows before left out.
std::string next_address(Call const &call, Context const &context, std::int64_t skip) {
    auto path = std::string(call.target.raw_path.substr(0, call.target.raw_path.find_last_not_of('/') + 1));
    auto address = context.base + path.substr(std::min(call.settings.path.size(), path.size())) + "?";
    for (auto const &pair : call.target.query) {
        if (wire::same_letters(pair.name, "$skip")) continue;
        auto const name = pair.name.starts_with('$') ? "$" + wire::encode_percent(pair.name.substr(1))
                                                     : wire::encode_percent(pair.name);
        address += name + "=" + wire::encode_percent(pair.value) + "&";
    }
    return address + "$skip=" + std::to_string(skip);
}

// Slim rows have their cells as members; full ones, and those of agents, in objects with hints.
enum class Style : unsigned char { slim, full, agent };

Style style_of(Call const &call) {
    if (call.operation->serve == agent_archive) return Style::agent;
    return wire::same_letters(option(call, "$mode"), "full") ? Style::full : Style::slim;
}

struct Rows {
    std::string_view entity;
    std::string next = {}; // the address of the next page, or nothing
};

// A cell as agents know it: a text, in which the type is said unless it is one.
std::string typed_text(ColumnType type, std::string_view json) {
    bool const quoted = json.starts_with('"');
    if (json == blank::yes || json == blank::no) return json == blank::yes ? "[B:True]" : "[B:False]";
    if (!quoted) return "[I:" + std::string(json) + "]";
    auto text = std::string(json::parse(json).get_string());
    bool const day = type == ColumnType::date, moment = type == ColumnType::instant;
    constexpr std::size_t shortest = std::string_view("2026-11-30T00:00:00").size();
    if ((!day && !moment) || text.size() < shortest) return text;
    auto const date = text.substr(5, 2) + "/" + text.substr(8, 2) + "/" + text.substr(0, 4);
    return day ? "[D:" + date + "]" : "[DT:" + date + " " + text.substr(11, 8) + "]";
}

// What a cell shows: a text, whatever it is.
std::string display_text(std::string_view json) {
    return json.starts_with('"') ? std::string(json::parse(json).get_string()) : std::string(json);
}

template <class E>
void write_hinted_cells(Style style, E const &record, std::vector<Cell<E>> const &cells, std::string_view link,
                        Text &out) {
    out.put('{');
    for (auto const &cell : cells) {
        std::string json;
        {
            Text text(json, out.context);
            cell.write(record, text);
        }
        out.name(cell.name);
        out.put('{');
        if (style == Style::full) {
            out.key("RawValue");
            out.raw(json);
        }
        out.key("DisplayValue");
        out.string(style == Style::agent ? typed_text(cell.column->type, json) : display_text(json));
        out.key("TooltipHint");
        out.string("");
        out.key("LinkHint");
        out.string(link);
        out.put('}');
    }
    out.put('}');
}

template <class E>
void write_row(Style style, std::string_view entity, std::string const &key, E const &record,
               std::vector<Cell<E>> const &cells, Text &out) {
    out.put('{');
    out.key("PrimaryKey");
    if (style == Style::slim)
        out.string(key);
    else
        out.raw(key);
    out.key("EntityName");
    out.string(entity);
    if (style == Style::slim) {
        for (auto const &cell : cells) {
            out.name(cell.name);
            cell.write(record, out);
        }
        return out.put('}');
    }
    auto const link = std::string(entity) + "_id=" + key;
    out.key("StyleHint");
    out.string("");
    out.key("LinkHint");
    out.string(link);
    out.key(style == Style::full ? "Column" : "ColumnData");
    write_hinted_cells(style, record, cells, link, out);
    out.put('}');
}

// People are known by their numbers as people.
template <class E> std::string const &key_of_person(E const &record) {
    if constexpr (std::is_same_v<E, Person>)
        return person_id(record);
    else
        return *record.id;
}

template <class E> std::string const &key_of(std::string_view entity, E const &record) {
    if constexpr (!requires { record.id->size(); })
        return record.id;
    else
        return entity == "person" ? key_of_person(record) : *record.id;
}

// Links name what they lead to.
template <class E> std::string_view entity_of(Rows const &rows, E const &record) {
    if constexpr (requires { record.entity; })
        return record.entity;
    else
        return rows.entity;
}

template <class E>
wire::Response written(Call const &call, Context const &context, Rows const &rows, std::vector<E> const &records,
                       std::vector<Cell<E>> const &cells) {
    auto const style = style_of(call);
    Body body{.json = {},
              .element = style == Style::agent ? "ArrayOfArchiveListItem" : "ODataResult",
              .format = option(call, "$format")};
    {
        Text out(body.json, context);
        if (style != Style::agent) {
            out.raw(R"({"odata.metadata":)");
            out.string(context.base + "/Archive/$metadata");
            out.raw(R"(,"odata.nextLink":)");
            if (rows.next.empty())
                out.raw(blank::null);
            else
                out.string(rows.next);
            out.raw(R"(,"value":)");
        }
        out.put('[');
        for (auto const &record : records) {
            out.next();
            write_row(style, entity_of(rows, record), key_of(rows.entity, record), record, cells, out);
        }
        out.put(']');
        if (style != Style::agent) out.put('}');
    }
    return respond(call, 200, std::move(body));
}

// --- one list

template <class E> struct Archive {
    Columns<E> columns;
    std::string_view entity;
    Filter which = {};
    canonical::Relations related = {};
};

// As the store can compare them.
template <class E> FindColumn comparable_among(Columns<E> columns) {
    return [columns](std::string_view name) -> std::optional<Comparable> {
        auto const *const column = find_column(columns, name);
        if (!column || !column->field) return {};
        return Comparable{.type = column->type,
                          .field = *column->field,
                          .otherwise = column->otherwise,
                          .key = std::string(name.substr(column->name.size()))};
    };
}

// The users whom tasks name, by their initials: stores load none beside them.
ReplyTalk with_people(Reply reply) {
    Request list{.verb = Verb::list, .kind = Kind::person};
    Filter these{.op = Operator::in, .field = {canonical::member<&Person::id>()}};
    auto const add = [&](canonical::Ref const &person) {
        canonical::Value value(person.id);
        if (!person.id.empty() && std::ranges::find(these.values, value) == these.values.end())
            these.values.push_back(std::move(value));
    };
    for (auto const &task : reply.records.of<canonical::Task>()) {
        add(*task.creator);
        for (auto const &assignee : *task.assignees) add(assignee);
    }
    if (these.values.empty()) co_return reply;
    list.query.filter.require(std::move(these));
    Result<Reply> people = co_await list;
    if (!people) co_return people;
    reply.related.of<Person>() = std::move(people->records.of<Person>());
    co_return reply;
}

template <class E> Serve list_of(Call &call, Archive<E> archive) {
    Request request{.verb = Verb::list, .kind = canonical::kind_of<E>};
    auto &query = request.query;
    query.related = archive.related;
    if (!archive.which.empty()) query.filter.require(std::move(archive.which));
    auto const read = read_list_query(call, comparable_among(archive.columns), query);
    if (!read) co_return self().refuse(call, read.error());
    // Whether there are more is told by one more, not by counting all of them.
    auto const most = std::size_t(query.page.limit++);
    auto const cells = selected(call, archive.columns);
    for (auto const &cell : cells)
        if (cell.column->needs) query.related.add(*cell.column->needs);
    Result<Reply> reply = co_await request;
    if (!reply) co_return self().refuse(call, reply.error());
    auto asking = with_people(std::move(*reply));
    reply = co_await asking;
    if (!reply) co_return self().refuse(call, reply.error());
    auto context = self().context(call);
    context.related = &reply->related;
    auto &records = reply->records.of<E>();
    bool const more = records.size() > most;
    if (more) records.resize(most);
    Rows rows{.entity = archive.entity};
    if (more && most > 0) rows.next = next_address(call, context, query.page.offset + std::int64_t(most));
    co_return written(call, context, rows, records, cells);
}

// Rows that no store has put in order or cut.
template <class E>
wire::Response answer_rows(Call const &call, Context const &context, std::string_view entity, std::vector<E> const &all,
                           canonical::Page const &page, Columns<E> columns) {
    Rows rows{.entity = entity};
    auto const size = std::int64_t(all.size());
    auto const from = std::min(page.offset, size), to = std::min(from + page.limit, size);
    if (to < size && to > from) rows.next = next_address(call, context, to);
    std::vector<E> const part(all.begin() + from, all.begin() + to);
    return written(call, context, rows, part, selected(call, columns));
}

Serve companies_of_project(Call &call, Archive<Company> archive) {
    Request get{.kind = Kind::project, .id = std::string(call.id)};
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    Filter these{.op = Operator::in, .field = {canonical::member<&Company::id>()}};
    for (auto const &member : *reply->one<Project>().team)
        if (!member.company.id.empty()) these.values.emplace_back(member.company.id);
    archive.which.require(std::move(these));
    auto rest = list_of(call, std::move(archive));
    wire::Response response = co_await rest;
    co_return response;
}

// Of one project, or of all.
Request projects_with_teams(std::string_view id) {
    Request ask{.verb = id.empty() ? Verb::list : Verb::get, .kind = Kind::project, .id = std::string(id)};
    ask.query.related = {canonical::Relation::people};
    if (id.empty()) ask.query.page.limit = most_rows;
    return ask;
}

// --- by the names of providers, and for agents

struct Provider {
    std::string_view name;
    Serve (*list)(Call &);
    void (*describe)(Text &);
};

std::string_view restriction_of(ColumnType type) {
    using enum ColumnType;
    switch (type) {
    case number:
        return "int";
    case flag:
    case completed:
    case retired:
        return "bool";
    case list:
        return "listAny";
    case associate:
        return "associate";
    case date:
        return "date";
    case instant:
        return "datetime";
    default:
        return "string";
    }
}

template <class E> void describe(Columns<E> columns, Text &out) {
    out.put('{');
    for (auto const &column : columns) {
        if (column.write_under) continue; // which has many names
        bool const compared = column.field || column.value, ordered = compared && !column.otherwise;
        out.key(column.name);
        out.raw(R"({"DisplayName":)");
        out.string(column.name);
        out.raw(R"(,"DisplayTooltip":"","DisplayType":)");
        out.string(restriction_of(column.type));
        out.raw(R"(,"CanOrderBy":)");
        out.flag(ordered);
        out.raw(R"(,"Name":)");
        out.string(column.name);
        out.raw(R"(,"CanRestrictBy":)");
        out.flag(compared);
        out.raw(R"(,"RestrictionType":)");
        out.string(compared ? restriction_of(column.type) : "");
        out.raw(R"(,"RestrictionListName":"","IsVisible":)");
        out.flag(column.usual);
        out.raw(R"(,"ExtraInfo":"","Width":"10c","IconHint":"","HeadingIconHint":""})");
    }
    out.put('}');
}

constexpr Provider providers[]{
    {"FindProject", list_projects, [](Text &out) { describe(project_columns(), out); }},
    {"ProjectMember", list_members, [](Text &out) { describe(member_columns(), out); }},
    {"SimpleContact", list_companies, [](Text &out) { describe(company_columns(), out); }},
    {"Person", list_people, [](Text &out) { describe(person_columns(), out); }},
    {"AllUsers", list_users, [](Text &out) { describe(user_columns(), out); }},
};

Provider const *find_provider(std::string_view name) {
    auto const *const found =
        std::ranges::find_if(providers, [&](auto const &each) { return wire::same_letters(each.name, name); });
    return found == std::end(providers) ? nullptr : found;
}

// As if it stood in the query.
void add_parameter(Call &call, std::string_view name, std::string value) {
    if (!value.empty()) call.target.query.push_back({std::string(name), std::move(value)});
}

// A text as it stands in a condition.
std::string in_quotes(std::string_view text) {
    std::string quoted("'");
    for (char const c : text) {
        if (c == '\'' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "'";
}

// {"Name": "status", "Operator": "oneOf", "Values": ["2", "3"], "InterOperator": "And"}, each as one condition.
std::string condition_of(json::value const &restriction) {
    std::string values;
    auto const *const array = member_of(restriction, "Values");
    std::size_t count = 0;
    if (array && array->is_array())
        for (auto const &value : array->get_array()) {
            codec::Scalar const scalar(value);
            if (scalar) values.append(count++ ? "," : "").append(in_quotes(scalar.text));
        }
    auto const op = text_of(restriction, "Operator");
    bool const list = count > 1 || wire::lower(op).find("oneof") != std::string::npos;
    return text_of(restriction, "Name") + " " + op + " " + (list ? "(" + values + ")" : values);
}

std::string filter_of(json::array const &restrictions) {
    std::string filter, joint;
    for (auto const &restriction : restrictions) {
        auto const *const active = member_of(restriction, "IsActive");
        if (active && active->is_bool() && !active->get_bool()) continue;
        filter.append(joint).append(condition_of(restriction));
        auto const next = text_of(restriction, "InterOperator");
        joint = wire::same_letters(next, "Or") ? " or " : " and ";
    }
    return filter;
}

std::string joined(json::array const &items, auto const &text_of_item) {
    std::string text;
    for (auto const &item : items) text.append(text.empty() ? "" : ",").append(text_of_item(item));
    return text;
}

std::string texts_joined(json::array const &items) {
    return joined(items, [](json::value const &item) {
        codec::Scalar const scalar(item);
        return std::string(scalar.text);
    });
}

// Lists of objects, or texts; pages from 0.
Result<void> read_arguments(json::value const &body, Call &call) {
    struct Argument {
        std::string_view name, parameter;
        std::string (*text)(json::array const &);
    };
    constexpr Argument arguments[]{
        {"Columns", "$select", texts_joined},
        {"Entities", "$entities", texts_joined},
        {"SortOrder", "$orderby",
         [](json::array const &items) {
             return joined(items, [](json::value const &item) {
                 auto const descending = wire::lower(text_of(item, "Direction")).starts_with("d");
                 return text_of(item, "Name") + (descending ? " desc" : " asc");
             });
         }},
        {"Restriction", "$filter", filter_of},
        {"Restrictions", "$filter", filter_of},
    };
    for (auto const &[name, parameter, text] : arguments) {
        auto const *const value = member_of(body, name);
        if (!value || value->is_null()) continue;
        auto const *const array = value->if_array();
        if (!array && !value->is_string()) return Error{.code = Code::bad_value, .field = std::string(name)};
        add_parameter(call, parameter, array ? text(*array) : std::string(value->get_string()));
    }
    auto const size = text_of(body, "PageSize"), page = text_of(body, "Page");
    if (size.empty()) return {};
    if (!is_record_number(size) || !(page.empty() || is_record_number(page)))
        return Error{.code = Code::bad_value, .field = "Page"};
    add_parameter(call, "$top", size);
    if (!page.empty())
        add_parameter(call, "$skip",
                      std::to_string(std::stoll(page) * std::min<std::int64_t>(std::stoll(size), most_rows)));
    return {};
}

} // namespace

Serve list_projects(Call &call) {
    Archive<Project> archive{.columns = project_columns(), .entity = "project"};
    archive.which.require(where<&Project::is_template>(false));
    if (!wants(call, archive.entity)) archive.which.require(no_rows());
    if (!call.id.empty()) archive.which.require(where<&Project::company>(std::string(call.id), canonical::Part::id));
    archive.related = {canonical::Relation::people};
    return list_of(call, std::move(archive));
}

Serve list_people(Call &call) {
    Archive<Person> archive{.columns = person_columns(), .entity = "person"};
    if (!call.id.empty()) archive.which.require(where<&Person::company>(std::string(call.id), canonical::Part::id));
    bool const active = wants(call, archive.entity), retired = wants(call, "retiredPerson");
    if (!active && !retired) archive.which.require(no_rows());
    if (active != retired) archive.which.require(where<&Person::is_active>(active));
    return list_of(call, std::move(archive));
}

Serve list_users(Call &call) {
    Archive<Person> archive{.columns = user_columns(), .entity = "associate"};
    archive.which = where<&Person::role>(Operator::not_equal, Role::contact);
    return list_of(call, std::move(archive));
}

Serve list_companies(Call &call) {
    Archive<Company> archive{.columns = company_columns(), .entity = "contact"};
    if (!wants(call, archive.entity)) archive.which.require(no_rows());
    if (!call.id.empty()) return companies_of_project(call, std::move(archive));
    return list_of(call, std::move(archive));
}

Serve list_members(Call &call) {
    canonical::Query query;
    auto const read = read_list_query(call, comparable_member_column, query);
    if (!read) co_return self().refuse(call, read.error());
    auto ask = projects_with_teams(call.id);
    Result<Reply> const reply = co_await ask;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    auto context = self().context(call);
    context.related = &reply->related;
    constexpr std::string_view entity = "projectMember";
    std::vector<Membership> places;
    for (auto const &project : reply->records.of<Project>())
        std::ranges::move(entries_of(project, context), std::back_inserter(places));
    places = chosen(std::move(places), query);
    if (!wants(call, entity)) places.clear();
    co_return answer_rows(call, context, entity, places, query.page, member_columns());
}

Serve list_activities(Call &call) {
    Request get{.kind = Kind::project, .id = std::string(call.id)};
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    Archive<canonical::Task> archive{.columns = activity_columns(), .entity = "appointment"};
    archive.which.require(where<&canonical::Task::project>(get.id, canonical::Part::id));
    if (!wants(call, archive.entity)) archive.which.require(no_rows());
    auto rest = list_of(call, std::move(archive));
    wire::Response response = co_await rest;
    co_return response;
}

Serve list_links(Call &call) {
    canonical::Query query;
    auto const read = read_list_query(
        call, [](std::string_view) { return std::optional<Comparable>(); }, query);
    if (!read) co_return self().refuse(call, read.error());
    Request get{.kind = Kind::project, .id = std::string(call.id)};
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    auto const context = self().context(call);
    std::vector<Link> links;
    auto const json = reply->one<Project>().extras.kept.find({}, "Links");
    codec::list<object<link_table>>::read(kept_array(json), links, context);
    std::erase_if(links, [&](Link const &link) { return !wants(call, link.entity); });
    co_return answer_rows(call, context, {}, links, query.page, link_columns());
}

Serve list_nothing_of_project(Call &call) {
    Request get{.kind = Kind::project, .id = std::string(call.id)};
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    std::vector<Project> const none;
    Rows const rows{.entity = "project"};
    co_return written<Project>(call, self().context(call), rows, none, {});
}

Serve list_archives(Call &call) {
    auto const context = self().context(call);
    Body body{.json = {}, .element = "ODataResult", .format = option(call, "$format")};
    {
        Text out(body.json, context);
        out.raw(R"({"odata.metadata":)");
        out.string(context.base + "/Archive/$metadata");
        out.raw(R"(,"value":[)");
        for (auto const &provider : providers) {
            out.next();
            out.raw(R"({"name":)");
            out.string(provider.name);
            out.raw(R"(,"url":)");
            out.string(provider.name);
            out.put('}');
        }
        out.raw("]}");
    }
    co_return respond(call, 200, std::move(body));
}

namespace {

constexpr std::string_view metadata = "$metadata";

wire::Response described(Call const &call, auto const &describe) {
    auto const context = self().context(call);
    Body body{.json = {}, .element = "ArchiveMetadata", .format = option(call, "$format")};
    {
        Text out(body.json, context);
        describe(out);
    }
    return respond(call, 200, std::move(body));
}

Serve describe_provider(Call &call, std::string_view name) {
    auto const *const provider = find_provider(name);
    Error const unknown{.code = Code::unknown_route};
    if (!provider) co_return self().refuse(call, unknown);
    co_return described(call, provider->describe);
}

} // namespace

Serve get_archive(Call &call) {
    std::string_view const name = call.segments()[1];
    bool const about =
        name.size() > metadata.size() && wire::same_letters(name.substr(name.size() - metadata.size()), metadata);
    if (about) return describe_provider(call, name.substr(0, name.size() - metadata.size()));
    auto const *const provider = find_provider(name);
    if (!provider) return self().refusal_talk(call, {.code = Code::unknown_route});
    if (call.request.method == "POST") {
        auto const body = self().document(call);
        if (!body) return self().refusal_talk(call, body.error());
        if (auto const *const members = body->if_object())
            for (auto const &[key, value] : *members) add_parameter(call, key, text_of(*body, key));
    }
    return provider->list(call);
}

Serve describe_archive(Call &call) { return describe_provider(call, call.segments()[1]); }

// By the address that every list names.
Serve describe_archives(Call &call) {
    co_return described(call, [](Text &out) {
        out.put('{');
        for (auto const &provider : providers) {
            out.key(provider.name);
            provider.describe(out);
        }
        out.put('}');
    });
}

Serve agent_archive(Call &call) {
    auto const body = self().document(call);
    if (!body) return self().refusal_talk(call, body.error());
    auto const name = text_of(*body, "ProviderName");
    auto const *const provider = find_provider(name);
    if (!provider) return self().refusal_talk(call, {.code = Code::bad_value, .field = "ProviderName", .detail = name});
    if (auto const read = read_arguments(*body, call); !read) return self().refusal_talk(call, read.error());
    return provider->list(call);
}

} // namespace dialects::superoffice
