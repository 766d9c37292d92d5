#include "dialects/onlyoffice/people_changes.hpp"

#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/asker.hpp"
#include "dialects/onlyoffice/directory.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/parameters.hpp"

namespace dialects::onlyoffice {

using canonical::Kind, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

constexpr std::string_view fields[]{"firstName", "lastName", "email", "title", "mobilePhone"};

using LookUp = Talk<Request, Result<Reply>, Result<Person>>;

LookUp look_up(std::string name) {
    auto look = person_named(name);
    Result<Reply> const reply = co_await look;
    if (!reply) co_return reply.error();
    Error const unknown{.code = Code::unknown_reference, .field = "User not found"};
    auto const &people = reply->records.of<Person>();
    if (people.empty()) co_return unknown;
    co_return people.front();
}

bool is_true(std::string const &word) { return wire::same_letters(word, "true") || word == "1"; }

Result<Person> read_person(json::value const &given, Call const &call) {
    auto const surroundings = instance().context(call);
    json::value const document(only_these(given, fields, call.memory));
    auto person = read(person_table, Face::sent, document, surroundings);
    if (!person) return person.error();
    if (auto const guest = parameter(given, "isVisitor")) person->role = is_true(*guest) ? Role::guest : Role::member;
    if (auto const disabled = parameter(given, "disable")) person->is_active = !is_true(*disabled);
    if (has_parameter(given, "department")) {
        auto &groups = person->groups.emplace();
        for (auto const &guid : list_parameter(given, "department")) groups.push_back({.id = plain_guid(guid)});
    }
    return person;
}

} // namespace

Serve save_person(Call &call) {
    auto const &self = instance();
    bool const is_new = call.operation->verb == Verb::create;
    auto look = parameters_of_admin(call);
    Result<json::value> const given = co_await look;
    if (!given) co_return self.refuse(call, given.error());
    auto person = read_person(*given, call);
    if (!person) co_return self.refuse(call, person.error());
    Request request{.verb = call.operation->verb, .kind = Kind::person, .patch = Person{}};
    if (is_new) {
        for (std::string_view const field : {"email", "firstname", "lastname"}) {
            Error const missing{.code = Code::blank, .field = std::string(field)};
            if (!parameter(*given, field)) co_return self.refuse(call, missing);
        }
        person->login = person->email->substr(0, person->email->find('@'));
    } else {
        auto somebody = look_up(std::string(call.id));
        Result<Person> const found = co_await somebody;
        if (!found) co_return self.refuse(call, found.error());
        request.id = *found->id;
    }
    request.patch = std::move(*person);
    Result<Reply> const reply = co_await request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::person));
    auto const body = written_people(call, {&reply->one<Person>(), 1});
    co_return respond(call, body);
}

Serve change_status_of_people(Call &call) {
    auto const &self = instance();
    auto look = parameters_of_admin(call);
    Result<json::value> const given = co_await look;
    if (!given) co_return self.refuse(call, given.error());
    auto const status = employee_status(call.segments().back());
    Error const unknown{.code = Code::not_in_list, .field = "status", .detail = call.segments().back()};
    if (!status || !status->is_active) co_return self.refuse(call, unknown);
    std::vector<Person> changed;
    for (auto const &guid : list_parameter(*given, "userIds")) {
        auto somebody = look_up(guid);
        Result<Person> const found = co_await somebody;
        if (!found) co_return self.refuse(call, found.error());
        Request update{.verb = Verb::update, .kind = Kind::person, .id = *found->id, .patch = Person{}};
        update.of<Person>().is_active = *status->is_active;
        Result<Reply> const reply = co_await update;
        if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::person));
        changed.push_back(reply->one<Person>());
    }
    auto const body = "[" + written_people(call, changed) + "]";
    Counts const counts{.count = changed.size()};
    co_return respond(call, body, counts);
}

Serve remove_person(Call &call) {
    auto const &self = instance();
    auto look = parameters_of_admin(call);
    Result<json::value> const given = co_await look;
    if (!given) co_return self.refuse(call, given.error());
    auto somebody = look_up(std::string(call.id));
    Result<Person> const found = co_await somebody;
    if (!found) co_return self.refuse(call, found.error());
    Error const active{.code = Code::conflict};
    if (found->is_active.value_or(true)) co_return self.refuse(call, active);
    Request remove{.verb = Verb::remove, .kind = Kind::person, .id = *found->id};
    Result<Reply> const removed = co_await remove;
    if (!removed) co_return self.refuse(call, self.named(removed.error(), Kind::person));
    auto const body = written_people(call, {&*found, 1});
    co_return respond(call, body);
}

Serve remove_people(Call &call) {
    auto const &self = instance();
    auto look = parameters_of_admin(call);
    Result<json::value> const given = co_await look;
    if (!given) co_return self.refuse(call, given.error());
    std::vector<Person> gone;
    for (auto const &guid : list_parameter(*given, "userIds")) {
        auto somebody = look_up(guid);
        Result<Person> const found = co_await somebody;
        if (!found || found->is_active.value_or(true)) continue;
        Request remove{.verb = Verb::remove, .kind = Kind::person, .id = *found->id};
        Result<Reply> const removed = co_await remove;
        if (removed) gone.push_back(*found);
    }
    auto const body = "[" + written_people(call, gone) + "]";
    Counts const counts{.count = gone.size()};
    co_return respond(call, body, counts);
}

} // namespace dialects::onlyoffice
