#include "dialects/onlyoffice/onlyoffice.hpp"

#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/lists.hpp"
#include "dialects/onlyoffice/parameters.hpp"
#include "dialects/onlyoffice/projects.hpp"
#include "dialects/onlyoffice/sessions.hpp"

namespace dialects::onlyoffice {

using canonical::Filter, canonical::Kind, canonical::Operator, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

constexpr std::string_view token_form[]{"token"}, login_form[]{"login", "password"};
constexpr std::span<std::string_view const> forms[]{token_form, login_form};

constinit TableSet const table_set = TableSet{}.with(project_table).with(person_table);

constexpr Operation operation_rows[]{
    {"POST", "authentication", "session.create", Kind::person, Verb::list, sign_in},
    {"GET", "project", "project.list", Kind::project, Verb::list},
    {"GET", "project/{id}", "project.get", Kind::project, Verb::get},
    {"PUT", "project/{id}/status", "project.update_status", Kind::project, Verb::update},
};

Request who_asks(Call const &call) {
    Request request{.verb = Verb::list, .kind = Kind::person, .dialect = "onlyoffice"};
    request.query.page.limit = 1;
    request.query.filter.require(
        {.op = Operator::equal, .field = {canonical::member<&Person::email>()}, .values = {call.caller->person}});
    return request;
}

// What somebody may see who does not run the portal: public projects, and those they have a part in.
Filter visible_to(Person const &person) {
    auto const is = [&](canonical::Field field) {
        return Filter{.op = Operator::equal, .field = field, .values = {*person.id}};
    };
    Filter any{.op = Operator::any};
    any.children = {{.op = Operator::not_equal, .field = {canonical::member<&Project::is_private>()}, .values = {true}},
                    is({canonical::member<&Project::creator>(), canonical::Part::id}),
                    is({canonical::member<&Project::manager>(), canonical::Part::id}),
                    is({canonical::member<&Project::team>(), canonical::Part::id})};
    return any;
}

bool runs_the_portal(Person const *person) {
    auto const role = person ? person->role.value_or(Role::member) : Role::guest;
    return role == Role::owner || role == Role::admin;
}

} // namespace

std::span<Operation const> OnlyOffice::operations() const { return operation_rows; }
TableSet const &OnlyOffice::tables() const { return table_set; }
std::span<std::span<std::string_view const> const> OnlyOffice::credential_forms() const { return forms; }
bool OnlyOffice::is_open(Operation const &operation) const { return operation.name == "session.create"; }

// Any call takes a suffix that says in which form it is to be answered; ids are digits alone.
Result<void> OnlyOffice::find(Call &call) const {
    if (call.segments().empty()) return Error{.code = Code::unknown_route};
    auto &last = call.target.segments.back();
    for (std::string_view const suffix : {".json", ".xml", ".tml"})
        if (last.size() > suffix.size() &&
            wire::same_letters(std::string_view(last).substr(last.size() - suffix.size()), suffix)) {
            last.resize(last.size() - suffix.size());
            break;
        }
    if (auto const found = Dialect::find(call); !found) return found;
    if (call.id.find_first_not_of("0123456789") != call.id.npos) return Error{.code = Code::unknown_route};
    return {};
}

Result<void> OnlyOffice::identify(Call &call) const {
    call.caller = onlyoffice::identify(call);
    if (!call.caller) return Error{.code = Code::unauthenticated};
    return {};
}

// Who asks decides what is seen and what may be done: that is asked first.
Serve OnlyOffice::serve(Call &call) const {
    if (call.operation->serve) return call.operation->serve(call);
    auto const talk = [](OnlyOffice const &self, Call &about) -> Serve {
        auto wanted = self.understand(about);
        if (!wanted) co_return self.refuse(about, wanted.error());
        auto &request = wanted->request;
        auto who = who_asks(about);
        Result<Reply> asker = co_await who;
        if (!asker) co_return self.refuse(about, asker.error());
        auto const &people = asker->records.of<Person>();
        auto const *person = people.empty() ? nullptr : &people.front();

        if (request.verb == Verb::list) {
            if (person && !runs_the_portal(person)) request.query.filter.require(visible_to(*person));
        } else if (request.verb == Verb::update) {
            Request look{.verb = Verb::get, .kind = Kind::project, .id = request.id, .dialect = self.name()};
            Result<Reply> before = co_await look;
            if (!before) co_return self.refuse(about, self.named(before.error(), Kind::project));
            Rights const rights(before->one<Project>(), person);
            Error const denied{.code = rights.see() ? Code::forbidden : Code::not_found};
            if (!rights.edit()) co_return self.refuse(about, denied);
        }
        Result<Reply> reply = co_await request;
        if (!reply) co_return self.refuse(about, self.named(reply.error(), request.kind));
        if (request.verb == Verb::get && !Rights(reply->one<Project>(), person).see()) {
            Error const hidden{.code = Code::not_found};
            co_return self.refuse(about, hidden);
        }
        // Rights are shown to whoever asks, so the answer needs to know them.
        if (person) reply->related.of<Person>().push_back(*person);
        co_return self.answer(about, *wanted, *reply);
    };
    return talk(*this, call);
}

Result<boost::json::value> OnlyOffice::document(Call const &call) const {
    auto all = parameters(call);
    if (!all || call.operation->name != "project.update_status") return all;
    // One parameter counts; without it a project is opened.
    boost::json::object only(call.memory);
    only["status"] = parameter(*all, "status").value_or("open");
    return boost::json::value(std::move(only));
}

Result<void> OnlyOffice::read_query(Call const &call, Wanted &wanted) const {
    auto &query = wanted.request.query;
    query.related = {canonical::Relation::people};
    query.counters = wanted.request.verb != Verb::list;
    if (wanted.request.verb != Verb::list) return {};
    auto const surroundings = context(call);
    if (auto const done = read_list_query(call, tables(), surroundings, wanted); !done) return done;
    if (query.sort.empty()) query.sort.push_back({.field = {canonical::member<&Project::name>()}});
    return {};
}

wire::Response OnlyOffice::answer(Call const &call, Wanted const &wanted, Reply &reply) const {
    auto surroundings = context(call);
    surroundings.related = &reply.related;
    surroundings.compact = wants_compact(call);
    for (auto const &person : reply.related.of<Person>())
        if (wire::same_letters(*person.email, call.caller->person)) surroundings.person = &person;

    auto const verb = wanted.request.verb;
    std::vector<std::string_view> only;
    if (wanted.selection.only) only.assign(wanted.selection.only->begin(), wanted.selection.only->end());
    View view{.face = Face::shown, .any_case = true, .extras = false};
    if (!only.empty()) view.only = only;
    auto &projects = reply.records.of<Project>();
    for (auto &project : projects) {
        // Tags are told by the call for one project alone, there even if there are none.
        if (verb != Verb::get)
            project.tags.clear();
        else if (!project.tags)
            project.tags.emplace();
    }
    std::string body;
    {
        Text text(body, surroundings);
        if (verb == Verb::list) text.put('[');
        for (auto const &project : projects) {
            if (verb == Verb::list) text.next();
            write(verb == Verb::list ? short_project_table : project_table, view, project, text);
        }
        if (verb == Verb::list) text.put(']');
    }
    if (verb != Verb::list) return respond(call, body);
    auto const &page = wanted.request.query.page;
    Counts counts{.count = projects.size(), .start = page.offset};
    if (page.offset + std::int64_t(projects.size()) < reply.total) counts.total = reply.total;
    return respond(call, body, counts);
}

wire::Response OnlyOffice::refuse(Call const &call, Error const &error) const { return refusal(call, error); }

std::optional<wire::Response> OnlyOffice::preflight(Call const &) const {
    wire::Response response;
    response.headers.set("Access-Control-Allow-Origin", "*");
    response.headers.set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
    response.headers.set("Access-Control-Allow-Headers", "origin, authorization, accept, content-type");
    response.headers.set("Access-Control-Max-Age", "1728000");
    return response;
}

std::string OnlyOffice::example(std::string_view base_url) const {
    return "-H 'Authorization: 864FE52C-1C1C-469F-9308-51DAFEFE7436' '" + std::string(base_url) + "/project'";
}

} // namespace dialects::onlyoffice
