#include "dialects/worksection/schedules.hpp"

#include "dialects/engine/documents/json.hpp"
#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/worksection/answers.hpp"
#include "dialects/worksection/parameters.hpp"
#include "dialects/worksection/tables.hpp"
#include "dialects/worksection/worksection.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <map>

namespace dialects::worksection {

using canonical::Kind, canonical::Operator, canonical::Reply, canonical::Request, canonical::Verb;
using User = canonical::Person;

namespace {

constexpr std::string_view kept_schedule = "schedule";
constexpr std::string_view kinds[]{"vacation", "sick-leave", "workday"}, unset = "unset";
constexpr std::size_t most_days = 3'660;

using Days = std::map<std::string, std::string>; // "2026-01-04": "vacation"

Days days_of(User const &user) {
    Days days;
    boost::system::error_code error;
    auto const kept = boost::json::parse(user.extras.kept.find({}, kept_schedule), error);
    if (!error && kept.is_object())
        for (auto const &[date, kind] : kept.get_object())
            if (kind.is_string()) days.emplace(date, kind.get_string());
    return days;
}

std::string written(Days const &days) {
    std::string json;
    {
        static Context const none;
        Text text(json, none);
        text.put('{');
        for (auto const &[date, kind] : days) {
            text.key(date);
            text.string(kind);
        }
        text.put('}');
    }
    return json;
}

// As it stands in schedules; nothing for what is no date.
std::optional<std::string> iso_date(std::string_view text) {
    canonical::Date date{};
    static Context const none;
    if (!day::read(boost::json::value(text), date, none)) return {};
    std::string json;
    {
        Text out(json, none);
        codec::date<"YYYY-MM-DD">::write(date, out);
    }
    return json.substr(1, json.size() - 2); // without the quotes
}

Error wrong(std::string_view field, std::string_view text) {
    return {.code = Code::bad_value, .field = std::string(field), .detail = wire::excerpt(text)};
}

// Users by id or address; whoever is not there is refused.
using Look = Talk<Request, Result<Reply>, Result<std::vector<User>>>;
Look find_users(std::vector<std::string> named) {
    Request list{.verb = Verb::list, .kind = Kind::person, .dialect = instance().name()};
    list.query.filter.require(where<&User::role>(Operator::not_equal, Role::contact));
    list.query.sort = {{.field = {canonical::member<&User::name>()}}};
    Result<Reply> reply = co_await list;
    if (!reply) co_return reply.error();
    auto all = std::move(reply->records.of<User>());
    if (named.empty()) co_return all;
    std::vector<User> found;
    for (auto const &name : named) {
        auto const user = std::ranges::find_if(
            all, [&](User const &each) { return *each.id == name || wire::same_letters(*each.email, name); });
        Error const unknown{.code = Code::bad_value, .field = "email", .detail = wire::excerpt(name)};
        if (user == all.end()) co_return unknown;
        found.push_back(*user);
    }
    co_return found;
}

void write_user(User const &user, Days const &days, Text &text) {
    auto const department = user.extras.kept.find({}, "department");
    text.raw(R"({"id":)");
    text.string(*user.id);
    text.raw(R"(,"email":)");
    text.string(*user.email);
    text.raw(R"(,"name":)");
    text.string(*user.name);
    text.raw(R"(,"group":)");
    text.string(user.company->name);
    text.raw(R"(,"department":)");
    text.raw(department.empty() ? blank::text : department);
    text.raw(R"(,"schedule":)");
    text.raw(written(days));
    text.put('}');
}

// "{mail or id: {date: kind}}", as an object or as its text.
Result<boost::json::value> schedules_in(boost::json::value const &given, Call const &call) {
    auto const *const object = given.if_object();
    auto const *const data = object ? object->if_contains("data") : nullptr;
    Error const missing{.code = Code::blank, .field = "data"};
    if (!data) return missing;
    if (data->is_object()) return *data;
    if (!data->is_string()) return wrong("data", "");
    auto parsed = parse_json(data->get_string(), {}, call.memory);
    if (!parsed || !parsed->is_object()) return wrong("data", data->get_string());
    return parsed;
}

struct Counts {
    std::size_t added = 0, updated = 0;
};

// The days of a user after what is said of some of them.
Result<Days> changed(Days days, boost::json::value const &said, Counts &counts) {
    auto const *const object = said.if_object();
    if (!object) return wrong("data", "");
    for (auto const &[date, kind] : *object) {
        auto const day = iso_date(date);
        if (!day) return wrong("data", date);
        auto const word = kind.is_string() ? std::string(kind.get_string()) : std::string();
        bool const known = word == unset || std::ranges::find(kinds, word) != std::end(kinds);
        if (!known) return wrong("data", word);
        auto const present = days.find(*day);
        if (word == unset && present == days.end()) continue;
        ++(present == days.end() ? counts.added : counts.updated);
        if (word == unset)
            days.erase(present);
        else
            days[*day] = word;
    }
    if (days.size() > most_days) return wrong("data", "too many days");
    return days;
}

} // namespace

Serve get_schedules(Call &call) {
    auto const &self = instance();
    auto const &given = *call.parameters;
    auto const start = parameter(given, "datestart"), end = parameter(given, "dateend");
    auto const from = iso_date(start), to = iso_date(end);
    auto const wrong_start = wrong("datestart", start), wrong_end = wrong("dateend", end);
    if (!start.empty() && !from) co_return self.refuse(call, wrong_start);
    if (!end.empty() && !to) co_return self.refuse(call, wrong_end);
    auto look = find_users(list_parameter(given, "users"));
    Result<std::vector<User>> const users = co_await look;
    if (!users) co_return self.refuse(call, users.error());
    auto const surroundings = self.context(call);
    std::string data;
    {
        Text text(data, surroundings);
        text.put('{');
        for (auto const &user : *users) {
            auto days = days_of(user);
            std::erase_if(days,
                          [&](auto const &day) { return (from && day.first < *from) || (to && day.first > *to); });
            text.key(*user.id);
            write_user(user, days, text);
        }
        text.put('}');
    }
    co_return respond(data);
}

Serve update_schedules(Call &call) {
    auto const &self = instance();
    auto const schedules = schedules_in(*call.parameters, call);
    if (!schedules) co_return self.refuse(call, schedules.error());
    std::vector<std::string> named;
    for (auto const &[who, days] : schedules->get_object()) named.emplace_back(who);
    auto const nobody = wrong("data", "{}");
    if (named.empty()) co_return self.refuse(call, nobody);
    auto look = find_users(named);
    Result<std::vector<User>> const users = co_await look;
    if (!users) co_return self.refuse(call, users.error());
    Counts counts;
    std::vector<Request> updates;
    auto const surroundings = self.context(call);
    for (std::size_t i = 0; i < users->size(); ++i) {
        auto const days = changed(days_of((*users)[i]), schedules->get_object().at(named[i]), counts);
        if (!days) co_return self.refuse(call, days.error());
        auto &update = updates.emplace_back();
        update = {.verb = Verb::update, .kind = Kind::person, .id = *(*users)[i].id, .patch = User{}};
        update.dialect = self.name();
        Packer(update.of<User>().extras.kept, surroundings).add({}, kept_schedule).raw(written(*days));
    }
    for (auto &update : updates) {
        Result<Reply> const reply = co_await update;
        if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::person));
    }
    co_return respond_bare(R"({"status":"ok","data":[],"message":"Days added: )" + std::to_string(counts.added) +
                           ", days updated: " + std::to_string(counts.updated) + R"("})");
}

} // namespace dialects::worksection
