#include "dialects/onlyoffice/directory.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/lists.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/people.hpp"

namespace dialects::onlyoffice {

using canonical::Filter, canonical::Kind, canonical::Operator, canonical::PersonGroup, canonical::Reply,
    canonical::Request, canonical::Verb;

namespace {

bool is_guid(std::string_view text) {
    return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
}

constexpr std::string_view no_group = "00000000-0000-0000-0000-000000000000";

struct StatusWord {
    std::string_view word, number;
    std::optional<bool> is_active;
};
// Nobody is on leave here.
constexpr StatusWord status_words[]{
    {"Active", "1", true}, {"Terminated", "2", false}, {"Default", "5", true}, {"All", "7", std::nullopt}};

std::string written_short(Call const &call, std::span<Person const> people) {
    auto surroundings = instance().context(call);
    canonical::Records known;
    known.of<Person>().assign(people.begin(), people.end());
    surroundings.related = &known;
    std::string body;
    {
        Text text(body, surroundings);
        for (auto const &person : people) {
            if (&person != &people.front()) text.put(',');
            short_card::write({.id = *person.id, .name = *person.name}, text);
        }
    }
    return body;
}

// What is looked for in names and addresses: in the path, or a parameter.
std::string search_text(Call const &call) {
    if (call.operation->path.ends_with("{text}")) return call.segments().back();
    bool const search = call.operation->name == "person.search";
    auto const *const text = call.target.find_any_case(search ? "query" : "filterValue");
    bool const counts = search || call.operation->name.starts_with("person.filter");
    return counts && text ? *text : std::string();
}

// Which of the people: by whether they are active, by group, by what they are here.
Result<void> read_people_filter(Call const &call, Filter &filter) {
    filter.require(where<&Person::role>(Operator::not_equal, Role::contact));
    auto const given = [&](std::string_view name) {
        auto const *const text = call.target.find_any_case(name);
        return text ? *text : std::string();
    };
    auto const segments = call.segments();
    auto status =
        segments.size() > 2 && wire::same_letters(segments[1], "status") ? segments[2] : given("employeeStatus");
    if (status.empty()) status = "Active";
    auto const known = employee_status(status);
    if (!known) return Error{.code = Code::not_in_list, .field = "status", .detail = status};
    if (known->is_active) filter.require(where<&Person::is_active>(*known->is_active));
    auto group = given("groupId");
    if (group.empty() && wire::same_letters(given("filterBy"), "group")) group = given("filterValue");
    if (!group.empty()) filter.require(where<&Person::groups>(group, canonical::Part::id));
    if (auto const type = given("employeeType"); !type.empty())
        filter.require(where<&Person::role>(type == "2" ? Operator::equal : Operator::not_equal, Role::guest));
    if (wire::same_letters(given("isAdministrator"), "true")) {
        Filter any{.op = Operator::any};
        any.children = {where<&Person::role>(Role::owner), where<&Person::role>(Role::admin)};
        filter.require(std::move(any));
    }
    if (auto const text = search_text(call); !text.empty()) {
        Filter any{.op = Operator::any};
        any.children = {where<&Person::name>(Operator::contains, text),
                        where<&Person::email>(Operator::contains, text)};
        filter.require(std::move(any));
    }
    return {};
}

} // namespace

std::optional<EmployeeStatus> employee_status(std::string_view word) {
    for (auto const &row : status_words)
        if (wire::same_letters(word, row.word) || word == row.number) return EmployeeStatus{row.is_active};
    return {};
}

std::string written_people(Call const &call, std::span<Person const> people) {
    auto const surroundings = instance().context(call);
    View const view{.face = Face::shown, .extras = false};
    std::string body;
    {
        Text text(body, surroundings);
        for (auto const &person : people) {
            if (&person != &people.front()) text.put(',');
            write(person_table, view, person, text);
        }
    }
    return body;
}

Request person_named(std::string_view name) {
    return is_guid(name) ? one_where<&Person::guid>(std::string(name)) : one_where<&Person::login>(std::string(name));
}

Serve list_people(Call &call) {
    auto const &self = instance();
    Wanted wanted;
    auto &request = wanted.request;
    request.verb = Verb::list;
    request.kind = Kind::person;
    auto const surroundings = self.context(call);
    bool const filter = call.operation->name.starts_with("person.filter");
    auto const read = read_list_query(call, self.tables(), surroundings, wanted);
    if (!read) co_return self.refuse(call, read.error());
    auto &query = request.query;
    auto const narrowed = read_people_filter(call, query.filter);
    if (!narrowed) co_return self.refuse(call, narrowed.error());
    if (query.sort.empty()) query.sort = {{.field = {canonical::member<&Person::name>()}}};
    Result<Reply> const reply = co_await request;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const &people = reply->records.of<Person>();
    bool const cards = call.operation->name == "person.filter_short";
    auto const body = "[" + (cards ? written_short(call, people) : written_people(call, people)) + "]";
    Counts counts{.count = people.size(), .start = query.page.offset};
    bool const more = query.page.offset + std::int64_t(people.size()) < reply->total;
    if (filter || more) counts.total = reply->total;
    co_return respond(call, body, counts);
}

Serve get_person(Call &call) {
    auto const &self = instance();
    auto const *const email = call.target.find_any_case("email");
    auto look = call.operation->name == "person.self" ? who_asks(call)
                : call.id.empty()                     ? one_where<&Person::email>(email ? *email : std::string())
                                                      : person_named(call.id);
    Result<Reply> const reply = co_await look;
    if (!reply) co_return self.refuse(call, reply.error());
    Error const unknown{.code = Code::unknown_reference, .field = "User not found"};
    auto const &people = reply->records.of<Person>();
    if (people.empty()) co_return self.refuse(call, unknown);
    auto const body = written_people(call, people);
    co_return respond(call, body);
}

Serve get_photo(Call &call) {
    constexpr std::string_view start = "/skins/default/images/default_user_photo_size_";
    constexpr std::pair<std::string_view, std::string_view> sizes[]{{"original", "200-200"}, {"retina", "360-360"},
                                                                    {"max", "200-200"},      {"big", "82-82"},
                                                                    {"medium", "48-48"},     {"small", "32-32"}};
    static Context const none;
    std::string body;
    {
        Text text(body, none);
        text.put('{');
        for (auto const &[name, size] : sizes) {
            text.key(name);
            text.string(std::string(start).append(size).append(".png"));
        }
        text.put('}');
    }
    co_return respond(call, body);
}

Serve list_groups(Call &call) {
    auto list = all_where<&PersonGroup::is_of_contacts>(false);
    list.query.sort = {{.field = {canonical::member<&PersonGroup::name>()}}};
    Result<Reply> const reply = co_await list;
    if (!reply) co_return instance().refuse(call, reply.error());
    auto const surroundings = instance().context(call);
    std::string body;
    {
        Text text(body, surroundings);
        text.put('[');
        for (auto const &group : reply->records.of<PersonGroup>()) {
            text.next();
            text.raw(R"({"id":)");
            text.string(*group.guid);
            text.raw(R"(,"name":)");
            text.string(*group.name);
            text.raw(R"(,"manager":)");
            if (group.manager)
                text.string(group.manager->email.substr(0, group.manager->email.find('@')));
            else
                text.raw(blank::null);
            text.put('}');
        }
        text.put(']');
    }
    Counts const counts{.count = reply->records.of<PersonGroup>().size()};
    co_return respond(call, body, counts);
}

Serve get_group(Call &call) {
    auto const &self = instance();
    auto look = one_where<&PersonGroup::guid>(std::string(call.id));
    Result<Reply> const reply = co_await look;
    if (!reply) co_return self.refuse(call, reply.error());
    Error const unknown{.code = Code::unknown_reference, .field = "Group not found"};
    if (reply->records.of<PersonGroup>().empty()) co_return self.refuse(call, unknown);
    auto const &group = reply->one<PersonGroup>();
    auto list = all_where<&Person::groups>(*group.id, canonical::Part::id);
    list.query.sort = {{.field = {canonical::member<&Person::name>()}}};
    Result<Reply> const members = co_await list;
    if (!members) co_return self.refuse(call, members.error());
    std::string manager(blank::null);
    if (group.manager) {
        Request get{.kind = Kind::person, .id = group.manager->id};
        Result<Reply> const found = co_await get;
        if (!found) co_return self.refuse(call, found.error());
        manager = written_short(call, {&found->one<Person>(), 1});
    }
    auto const surroundings = self.context(call);
    std::string body;
    {
        Text text(body, surroundings);
        text.raw(R"({"id":)");
        text.string(*group.guid);
        text.key("name");
        text.string(*group.name);
        for (std::string_view const above : {"category", "parent"}) {
            text.key(above);
            text.string(no_group);
        }
        text.key("description");
        if (group.description)
            text.string(*group.description);
        else
            text.raw(blank::null);
        text.key("manager");
        text.raw(manager);
        text.raw(R"(,"members":[)");
        text.raw(written_short(call, members->records.of<Person>()));
        text.raw("]}");
    }
    co_return respond(call, body);
}

} // namespace dialects::onlyoffice
