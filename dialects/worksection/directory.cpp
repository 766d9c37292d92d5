#include "dialects/worksection/directory.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/worksection/answers.hpp"
#include "dialects/worksection/parameters.hpp"
#include "dialects/worksection/tables.hpp"
#include "dialects/worksection/worksection.hpp"

#include <algorithm>

namespace dialects::worksection {

using canonical::Kind, canonical::Operator, canonical::PersonGroup, canonical::Reply, canonical::Request,
    canonical::Verb;

namespace {

Error missing(std::string_view field) { return {.code = Code::blank, .field = std::string(field)}; }

// One address and nothing else.
bool is_address(std::string_view text) {
    auto const at = text.find('@');
    return at != text.npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == text.npos &&
           text.find_first_of(" ,;<>") == text.npos;
}

// "kate.greenway@…" is Kate Greenway where nobody says more. (reference: recorded answers)
void name_by_address(canonical::Person &person) {
    auto const mailbox = person.email->substr(0, person.email->find('@'));
    auto const dot = std::min(mailbox.find('.'), mailbox.size());
    if (!person.given_name) person.given_name = mailbox.substr(0, dot);
    if (!person.family_name && dot < mailbox.size()) person.family_name = mailbox.substr(dot + 1);
}

// Contacts have one name, whose last word is the family's.
void split_name(canonical::Person &person) {
    auto const space = person.name->rfind(' ');
    person.given_name = person.name->substr(0, space);
    if (space != std::string::npos) person.family_name = person.name->substr(space + 1);
}

// Not what an hour costs: that is for those who see everybody. (reference: recorded answers)
constexpr std::string_view shown_of_oneself[]{"id",     "first_name", "last_name", "name",    "title", "avatar",
                                              "group",  "department", "role",      "email",   "phone", "phone2",
                                              "phone3", "phone4",     "address",   "address2"};

struct Preset {
    int id;
    std::string_view title;
};
constexpr Preset presets[]{{1, "USERS"}, {2, "DEFAULT"}, {3, "TEAM_ONLY"}, {4, "HIDDEN"}};

void write_folder(PersonGroup const &folder, Text &text) {
    text.raw(R"({"id":)");
    text.string(*folder.id);
    text.raw(R"(,"title":)");
    text.string(*folder.name);
    text.raw(R"(,"type":"folder"})");
}

// An existing one is answered as it is.
Serve add_company(Call &call, void (*finish)(Company &)) {
    auto const &self = instance();
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto &company = wanted->request.of<Company>();
    auto const lacking = missing("title");
    if (!company.name || company.name->empty()) co_return self.refuse(call, lacking);
    auto same = one_where<&Company::name>(*company.name);
    Result<Reply> known = co_await same;
    if (!known) co_return self.refuse(call, known.error());
    if (!known->records.of<Company>().empty()) co_return respond(self.written(call, known->one<Company>()));
    finish(company);
    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::company));
    co_return respond(self.written(call, reply->one<Company>()));
}

} // namespace

Serve serve_me(Call &call) {
    auto const &self = instance();
    Error const no_action{.code = Code::unknown_route};
    if (!is_user_api(call.settings)) co_return self.refuse(call, no_action); // the other side is nobody in particular
    auto look = who_asks(call);
    Result<Reply> reply = co_await look;
    if (!reply) co_return self.refuse(call, reply.error());
    Error const nobody{.code = Code::not_found};
    if (reply->records.of<canonical::Person>().empty()) co_return self.refuse(call, nobody);
    auto const surroundings = self.context(call);
    std::string data;
    {
        Text text(data, surroundings);
        View const view{.face = Face::shown, .only = shown_of_oneself, .extras = false};
        write(user_table, view, reply->one<canonical::Person>(), text);
    }
    co_return respond(data);
}

Serve add_user(Call &call) {
    auto const &self = instance();
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto &person = wanted->request.of<canonical::Person>();
    auto const lacking = missing("email");
    if (!person.email || person.email->empty()) co_return self.refuse(call, lacking);
    Error const wrong{.code = Code::bad_value, .field = "email", .detail = *person.email};
    if (!is_address(*person.email)) co_return self.refuse(call, wrong);
    name_by_address(person);
    auto same = one_where<&canonical::Person::email>(*person.email);
    Result<Reply> known = co_await same;
    if (!known) co_return self.refuse(call, known.error());
    if (!known->records.of<canonical::Person>().empty()) co_return self.refuse(call, wrong);
    if (!person.company) { // the caller's team
        auto look = who_asks(call);
        Result<Reply> caller = co_await look;
        if (!caller) co_return self.refuse(call, caller.error());
        if (!caller->records.of<canonical::Person>().empty()) person.company = caller->one<canonical::Person>().company;
    }
    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::person));
    co_return respond(self.written(call, reply->one<canonical::Person>()));
}

Serve add_contact(Call &call) {
    auto const &self = instance();
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto &person = wanted->request.of<canonical::Person>();
    auto const no_email = missing("email"), no_name = missing("name");
    if (!person.email || person.email->empty()) co_return self.refuse(call, no_email);
    if (!person.name || person.name->empty()) co_return self.refuse(call, no_name);
    Error const wrong{.code = Code::bad_value, .field = "email", .detail = *person.email};
    if (!is_address(*person.email)) co_return self.refuse(call, wrong);
    split_name(person);
    person.role = Role::contact;
    auto const is_preset = [](Ref const &folder) {
        return std::ranges::find(presets, folder.name, &Preset::title) != std::end(presets);
    };
    if (person.groups) std::erase_if(*person.groups, is_preset);
    auto const no_folder = missing("group");
    Result<Reply> reply = co_await wanted->request;
    if (!reply && reply.error().code == Code::unknown_reference) co_return self.refuse(call, no_folder);
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::person));
    co_return respond(self.written(call, reply->one<canonical::Person>()));
}

Serve get_teams(Call &call) {
    auto const &self = instance();
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::company));
    std::erase_if(reply->records.of<Company>(), is_folder);
    co_return self.answer(call, *wanted, *reply);
}

Serve add_team(Call &call) {
    return add_company(call, [](Company &team) {
        if (!team.is_own) team.is_own = true; // client is 0 where nobody says it
    });
}

Serve add_folder(Call &call) {
    return add_company(call, [](Company &folder) {
        folder.is_own = true;
        folder.extras.kept.add({.place = {}, .key = "type", .json = R"("folder")"});
    });
}

Serve get_contact_folders(Call &call) {
    auto const &self = instance();
    auto list = all_where<&PersonGroup::is_of_contacts>(true);
    Result<Reply> reply = co_await list;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const surroundings = self.context(call);
    std::string data;
    {
        Text text(data, surroundings);
        text.put('[');
        for (auto const &[id, title] : presets) {
            text.next();
            text.raw(R"({"id":)");
            text.number(id);
            text.raw(R"(,"title":)");
            text.string(title);
            text.raw(R"(,"type":"preset"})");
        }
        for (auto const &folder : reply->records.of<PersonGroup>()) {
            text.next();
            write_folder(folder, text);
        }
        text.put(']');
    }
    co_return respond(data);
}

Serve add_contact_folder(Call &call) {
    auto const &self = instance();
    Request create{.verb = Verb::create, .kind = Kind::person_group, .patch = PersonGroup{}};
    auto &folder = create.of<PersonGroup>();
    folder.name = parameter(*call.parameters, "title");
    folder.is_of_contacts = true;
    auto const lacking = missing("title");
    if (folder.name->empty()) co_return self.refuse(call, lacking);
    Result<Reply> reply = co_await create;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const surroundings = self.context(call);
    std::string data;
    {
        Text text(data, surroundings);
        write_folder(reply->one<PersonGroup>(), text);
    }
    co_return respond(data);
}

} // namespace dialects::worksection
