#include "dialects/superoffice/archives.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/archive_filter.hpp"
#include "dialects/superoffice/members.hpp"
#include "dialects/superoffice/superoffice.hpp"

#include <charconv>

namespace dialects::superoffice {

using canonical::Company, canonical::Filter, canonical::Kind, canonical::Operator, canonical::Reply, canonical::Request,
    canonical::Verb;

namespace {

constexpr std::int64_t most_rows = 10'000; // of one page

SuperOffice const &self() { return static_cast<SuperOffice const &>(*find_dialect("superoffice")); }

// --- columns

void never(auto const &, Text &out) { out.raw(blank::no); }
void nothing(auto const &, Text &out) { out.raw(blank::text); }
void no_moment(auto const &, Text &out) { out.raw(no_time); }
void is_project(Project const &, Text &out) { out.string("Project"); }
void has_text(Project const &project, Text &out) { out.flag(!project.description->empty() || !project.note->empty()); }

using enum ColumnType;

constexpr Column<Project> project_columns[]{
    column<&Project::id, number>("projectId"),
    column<&Project::name, text>("name"),
    column<&Project::name, text>("text"),
    column<&Project::number, text>("number"),
    column<&Project::manager, associate>("associateId"),
    column<&Project::type, list>("type"),
    column<&Project::status, list>("status"),
    column<Project>("hasGuide", never),
    column<Project>("nextMilestone", no_moment),
    column<&Project::ends, date>("endDate"),
    column<Project>("imageThumbnail", nothing),
    column<Project>("activeErpLinks", never),
    column<&Project::creator, associate>("registeredBy"),
    column<&Project::created, instant>("registeredDate"),
    column<Project>("hasInfoText", has_text),
    column<&Project::description, text>("description"),
    column<&Project::phase, completed>("completed"),
    column<Project>("icon", is_project),
    column<&Project::editor, associate>("updatedBy"),
    column<&Project::updated, instant>("updatedDate"),
    column<&Project::manager, list>("projectAssociate/fullName", Usual::no),
};

void write_record_number(Person const &person, Text &out) { codec::id::write(person_id(person), out); }
void is_user(Person const &person, Text &out) { out.flag(person.role.value_or(Role::member) != Role::contact); }
void is_retired(Person const &person, Text &out) { out.flag(!person.is_active.value_or(true)); }

constexpr Column<Person> person_columns[]{
    column<Person>("personId", write_record_number),
    column<&Person::given_name, text>("firstName"),
    column<&Person::family_name, text>("lastName"),
    column<&Person::name, text>("fullName"),
    column<&Person::company, number>("contactId"),
    column<&Person::title, text>("title"),
    column<&Person::email, text>("email/emailAddress"),
    column<&Person::phone, text>("personDirectPhone/formattedNumber"),
    column<Person>("retired", is_retired),
    column<&Person::created, instant>("personRegisteredDate"),
    column<&Person::updated, instant>("personUpdatedDate"),
};

constexpr Column<Person> user_columns[]{
    column<&Person::id, number>("associateDbId"),   column<&Person::login, text>("assocName"),
    column<&Person::given_name, text>("firstName"), column<&Person::family_name, text>("lastName"),
    column<&Person::name, text>("fullName"),        column<Person>("personId", write_record_number),
    column<&Person::company, number>("contactId"),  column<&Person::company, list>("contactName"),
    column<&Person::email, text>("personEmail"),    column<&Person::email, text>("userName"),
    column<&Person::is_active, flag>("isActive"),   column<Person>("canLogin", is_user),
};

constexpr Column<Company> company_columns[]{
    column<&Company::id, number>("contactId"),
    column<&Company::name, text>("name"),
    column<&Company::name, text>("nameDepartment"),
    column<Company>("department", nothing),
    column<&Company::country, text>("country"),
    column<&Company::code, text>("code"),
    column<&Company::tax_number, text>("orgnr"),
    column<&Company::phone, text>("contactPhone/formattedNumber"),
    column<&Company::email, text>("email/emailAddress"),
    column<&Company::website, text>("url/URLAddress"),
    column<&Company::created, instant>("registeredDate"),
    column<&Company::updated, instant>("updatedDate"),
};

template <auto M> void write_number(Membership const &member, Text &out) { record_id::write(member.*M, out); }
template <auto M> void write_text(Membership const &member, Text &out) { out.string(member.*M); }

constexpr Column<Membership> member_columns[]{
    column<Membership>("projectMemberId", write_number<&Membership::id>),
    column<Membership>("projectId", write_number<&Membership::project_id>),
    column<Membership>("contactId", write_number<&Membership::company_id>),
    column<Membership>("personId", write_number<&Membership::person_id>),
    column<Membership>("function", write_text<&Membership::role_name>),
    column<Membership>("fullName", write_text<&Membership::full_name>),
    column<Membership>("contact/name", write_text<&Membership::company_name>),
    column<Membership>("person/fullName", write_text<&Membership::full_name>),
};

// --- what is asked

template <class E> using Columns = std::span<Column<E> const>;

template <class E> Column<E> const *find_column(Columns<E> columns, std::string_view name) {
    auto const found =
        std::ranges::find_if(columns, [&](auto const &each) { return wire::same_letters(each.name, name); });
    return found == columns.end() ? nullptr : &*found;
}

// Those that are selected; a name that nobody knows shows nothing.
template <class E> std::vector<Column<E> const *> selected(Call const &call, Columns<E> columns) {
    std::vector<Column<E> const *> wanted;
    auto const *const select = call.target.find_any_case("$select");
    if (select && !select->empty()) {
        for (auto const name : wire::list_items(*select))
            if (auto const *column = find_column(columns, name)) wanted.push_back(column);
        return wanted;
    }
    for (auto const &column : columns)
        if (column.usual) wanted.push_back(&column);
    return wanted;
}

Result<std::int64_t> number_in(Call const &call, std::string_view name, std::int64_t otherwise) {
    auto const *const text = call.target.find_any_case(name);
    if (!text || text->empty()) return otherwise;
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < 0)
        return Error{.code = Code::malformed, .detail = "Invalid value for " + std::string(name)};
    return number;
}

template <class E> Result<void> read_list_query(Call const &call, Columns<E> columns, canonical::Query &query) {
    FindColumn const find = [columns](std::string_view name) -> std::optional<Comparable> {
        auto const *const column = find_column(columns, name);
        if (!column || !column->field) return {};
        return Comparable{.type = column->type, .field = *column->field};
    };
    auto const context = self().context(call);
    FilterSurroundings const surroundings{.find = find, .context = context, .me = call.caller->person};
    if (auto const *const text = call.target.find_any_case("$filter")) {
        auto filter = read_archive_filter(*text, surroundings);
        if (!filter) return filter.error();
        if (!filter->empty()) query.filter.require(std::move(*filter));
    }
    if (auto const *const text = call.target.find_any_case("$orderby")) {
        auto order = read_archive_order(*text, find);
        if (!order) return order.error();
        query.sort = std::move(*order);
    }
    auto const top = number_in(call, "$top", most_rows), skip = number_in(call, "$skip", 0);
    if (!top) return top.error();
    if (!skip) return skip.error();
    query.page = {.offset = *skip, .limit = std::min(*top, most_rows), .count = true};
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

struct Rows {
    std::string_view entity;
    std::string next = {}; // the address of the next page, or nothing
};

// People are known by their numbers as people.
template <class E> std::string const &key_of_person(E const &record) {
    if constexpr (std::is_same_v<E, Person>)
        return person_id(record);
    else
        return *record.id;
}

template <class E>
wire::Response written(Call const &call, Context const &context, Rows const &rows, std::vector<E> const &records,
                       std::vector<Column<E> const *> const &columns) {
    Body body{.json = {}, .element = "ODataResult"};
    {
        Text out(body.json, context);
        out.raw(R"({"odata.metadata":)");
        out.string(context.base + "/Archive/$metadata");
        out.raw(R"(,"odata.nextLink":)");
        if (rows.next.empty())
            out.raw(blank::null);
        else
            out.string(rows.next);
        out.raw(R"(,"value":[)");
        for (auto const &record : records) {
            out.next();
            out.raw(R"({"PrimaryKey":)");
            if constexpr (std::is_same_v<E, Membership>)
                out.string(record.id);
            else
                out.string(rows.entity == "person" ? key_of_person(record) : *record.id);
            out.raw(R"(,"EntityName":)");
            out.string(rows.entity);
            for (auto const *column : columns) {
                out.key(column->name);
                column->write(record, out);
            }
            out.put('}');
        }
        out.raw("]}");
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

template <class E> Serve list_of(Call &call, Archive<E> archive) {
    Request request{.verb = Verb::list, .kind = canonical::kind_of<E>};
    auto &query = request.query;
    query.related = archive.related;
    if (!archive.which.empty()) query.filter.require(std::move(archive.which));
    auto const read = read_list_query(call, archive.columns, query);
    if (!read) co_return self().refuse(call, read.error());
    Result<Reply> reply = co_await request;
    if (!reply) co_return self().refuse(call, reply.error());
    auto context = self().context(call);
    context.related = &reply->related;
    auto const &records = reply->records.of<E>();
    Rows rows{.entity = archive.entity};
    auto const end = query.page.offset + std::int64_t(records.size());
    if (end < reply->total && !records.empty()) rows.next = next_address(call, context, end);
    auto const columns = selected(call, archive.columns);
    co_return written(call, context, rows, records, columns);
}

Serve companies_of_project(Call &call, Archive<Company> archive) {
    Request get{.kind = Kind::project, .id = std::string(call.id)};
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    Filter these{.op = Operator::in, .field = {canonical::member<&Company::id>()}};
    for (auto const &member : *reply->one<Project>().team)
        if (!member.company.id.empty()) these.values.emplace_back(member.company.id);
    archive.which = std::move(these);
    auto rest = list_of(call, std::move(archive));
    wire::Response response = co_await rest;
    co_return response;
}

} // namespace

Serve list_projects(Call &call) {
    Archive<Project> archive{.columns = project_columns, .entity = "project"};
    archive.which = where<&Project::is_template>(false);
    archive.related = {canonical::Relation::people};
    return list_of(call, std::move(archive));
}

Serve list_people(Call &call) {
    Archive<Person> archive{.columns = person_columns, .entity = "person"};
    if (!call.id.empty()) archive.which = where<&Person::company>(std::string(call.id), canonical::Part::id);
    return list_of(call, std::move(archive));
}

Serve list_users(Call &call) {
    Archive<Person> archive{.columns = user_columns, .entity = "associate"};
    archive.which = where<&Person::role>(Operator::not_equal, Role::contact);
    return list_of(call, std::move(archive));
}

Serve list_companies(Call &call) {
    Archive<Company> archive{.columns = company_columns, .entity = "contact"};
    if (!call.id.empty()) return companies_of_project(call, std::move(archive));
    return list_of(call, std::move(archive));
}

Serve list_members(Call &call) {
    Request get{.kind = Kind::project, .id = std::string(call.id)};
    get.query.related = {canonical::Relation::people};
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self().refuse(call, self().named(reply.error(), Kind::project));
    auto context = self().context(call);
    context.related = &reply->related;
    auto const members = entries_of(reply->one<Project>(), context);
    Columns<Membership> const columns = member_columns;
    auto const shown = selected(call, columns);
    Rows const rows{.entity = "projectMember"};
    co_return written(call, context, rows, members, shown);
}

} // namespace dialects::superoffice
