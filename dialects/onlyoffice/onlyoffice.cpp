#include "dialects/onlyoffice/onlyoffice.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/asker.hpp"
#include "dialects/onlyoffice/batch.hpp"
#include "dialects/onlyoffice/changes.hpp"
#include "dialects/onlyoffice/crm.hpp"
#include "dialects/onlyoffice/crm_tables.hpp"
#include "dialects/onlyoffice/directory.hpp"
#include "dialects/onlyoffice/lists.hpp"
#include "dialects/onlyoffice/module_settings.hpp"
#include "dialects/onlyoffice/narrowing.hpp"
#include "dialects/onlyoffice/parameters.hpp"
#include "dialects/onlyoffice/people_changes.hpp"
#include "dialects/onlyoffice/portal.hpp"
#include "dialects/onlyoffice/project_parts.hpp"
#include "dialects/onlyoffice/projects.hpp"
#include "dialects/onlyoffice/search.hpp"
#include "dialects/onlyoffice/sessions.hpp"
#include "dialects/onlyoffice/tags.hpp"
#include "dialects/onlyoffice/task_statuses.hpp"

namespace dialects::onlyoffice {

using canonical::Kind, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

constexpr std::string_view token_form[]{"token"}, login_form[]{"login", "password"};
constexpr std::span<std::string_view const> forms[]{token_form, login_form};

constinit TableSet const table_set = TableSet{}.with(project_table).with(person_table).with(task_status_table);

// Words stand before what may be any number.
constexpr Operation operation_rows[]{
    {"POST", "authentication", "session.create", Kind::person, Verb::list, sign_in},
    {"POST", "authentication/login", "session.create", Kind::person, Verb::list, sign_in},
    {"POST", "authentication/setphone", "session.send_code", Kind::person, Verb::list, refuse_second_step},
    {"POST", "authentication/sendsms", "session.send_code", Kind::person, Verb::list, refuse_second_step},
    {"POST", "authentication/{code}", "session.confirm", Kind::person, Verb::list, refuse_second_step},
    {"GET", "capabilities", "portal.capabilities", Kind::person, Verb::list, get_capabilities},
    {"GET", "settings/version/build", "portal.version", Kind::person, Verb::list, get_version},
    {"GET", "settings", "portal.settings", Kind::person, Verb::list, get_settings},
    {"GET", "project", "project.list", Kind::project, Verb::list},
    {"POST", "project", "project.create", Kind::project, Verb::create, create_project},
    {"POST", "project/withsecurity", "project.create", Kind::project, Verb::create, create_project},
    {"DELETE", "project", "project.remove_several", Kind::project, Verb::remove, remove_projects},
    {"GET", "project/@self", "project.list_own", Kind::project, Verb::list},
    {"GET", "project/@follow", "project.list_followed", Kind::project, Verb::list},
    {"GET", "project/open", "project.list_open", Kind::project, Verb::list},
    {"GET", "project/paused", "project.list_paused", Kind::project, Verb::list},
    {"GET", "project/closed", "project.list_closed", Kind::project, Verb::list},
    {"GET", "project/filter", "project.filter", Kind::project, Verb::list},
    {"GET", "project/securityinfo", "project.rights", Kind::person, Verb::list, get_rights},
    {"GET", "project/tag", "project_tag.list", Kind::tag, Verb::list, list_tags},
    {"POST", "project/tag", "project_tag.create", Kind::tag, Verb::create, create_tag},
    {"GET", "project/tag/search", "project_tag.search", Kind::tag, Verb::list, list_tags},
    {"GET", "project/tag/{name}", "project.list_tagged", Kind::project, Verb::list},
    {"GET", "project/contact/{id}", "project.list_of_contact", Kind::project, Verb::list},
    {"GET", "project/@search/{text}", "project.search", Kind::project, Verb::list, search_projects},
    {"GET", "project/settings", "project_settings.get", Kind::company, Verb::list, get_module_settings},
    {"PUT", "project/settings", "project_settings.update", Kind::company, Verb::update, set_module_settings},
    {"GET", "project/maxlastmodified", "project.stamp", Kind::project, Verb::list, get_change_stamp},
    {"GET", "project/status", "task_status.list", Kind::workflow_status, Verb::list, list_task_statuses},
    {"POST", "project/status", "task_status.create", Kind::workflow_status, Verb::create, create_task_status},
    {"PUT", "project/status", "task_status.update", Kind::workflow_status, Verb::update, update_task_status},
    {"PUT", "project/statuses", "task_status.update_several", Kind::workflow_status, Verb::update,
     update_task_statuses},
    {"DELETE", "project/status/{id}", "task_status.remove", Kind::workflow_status, Verb::remove, remove_task_status},
    {"GET", "project/{id}", "project.get", Kind::project, Verb::get},
    {"PUT", "project/{id}", "project.update", Kind::project, Verb::update, update_project},
    {"PUT", "project/{id}/withsecurityinfo", "project.update", Kind::project, Verb::update, update_project},
    {"DELETE", "project/{id}", "project.remove", Kind::project, Verb::remove, remove_project},
    {"GET", "project/{id}/@search/{text}", "project.search", Kind::project, Verb::list, search_projects},
    {"PUT", "project/{id}/status", "project.update_status", Kind::project, Verb::update},
    {"PUT", "project/{id}/tag", "project.update_tags", Kind::project, Verb::update, replace_tags},
    {"PUT", "project/{id}/tags", "project.update_tags", Kind::project, Verb::update, replace_tags},
    {"PUT", "project/{id}/follow", "project.follow", Kind::project, Verb::update, follow_project},
    {"GET", "project/{id}/order", "project_order.get", Kind::project, Verb::get, get_order},
    {"PUT", "project/{id}/order", "project_order.update", Kind::project, Verb::update, set_order},
    {"GET", "project/{id}/time", "project_time.list", Kind::project, Verb::get, list_times},
    {"GET", "project/{id}/time/total", "project_time.total", Kind::project, Verb::get, get_total_time},
    {"GET", "project/{id}/files", "project_files.list", Kind::project, Verb::get, list_files},
    {"POST", "project/{id}/contact", "project.link", Kind::project, Verb::update, link_project},
    {"DELETE", "project/{id}/contact", "project.unlink", Kind::project, Verb::update, link_project},
    {"POST", "project/team", "project_team.list_several", Kind::project, Verb::list, get_teams},
    {"GET", "project/{id}/team", "project_team.list", Kind::project, Verb::get, get_team},
    {"GET", "project/{id}/teamexcluded", "project_team.list", Kind::project, Verb::get, get_team},
    {"POST", "project/{id}/team", "project_team.add", Kind::project, Verb::update, change_team},
    {"PUT", "project/{id}/team", "project_team.replace", Kind::project, Verb::update, change_team},
    {"DELETE", "project/{id}/team", "project_team.remove", Kind::project, Verb::update, change_team},
    {"PUT", "project/{id}/team/security", "project_team.restrict", Kind::project, Verb::update, restrict_member},
    {"GET", "people", "person.list", Kind::person, Verb::list, list_people},
    {"GET", "people/filter", "person.filter", Kind::person, Verb::list, list_people},
    {"GET", "people/simple/filter", "person.filter_short", Kind::person, Verb::list, list_people},
    {"GET", "people/search", "person.search", Kind::person, Verb::list, list_people},
    {"GET", "people/@search/{text}", "person.search", Kind::person, Verb::list, list_people},
    {"GET", "people/status/{status}", "person.list", Kind::person, Verb::list, list_people},
    {"GET", "people/status/{status}/search", "person.search", Kind::person, Verb::list, list_people},
    {"POST", "people", "person.create", Kind::person, Verb::create, save_person},
    {"POST", "people/password", "person.forgot_password", Kind::person, Verb::list, answer_forgotten_password},
    {"PUT", "people/delete", "person.remove_several", Kind::person, Verb::remove, remove_people},
    {"PUT", "people/status/{status}", "person.update_status", Kind::person, Verb::update, change_status_of_people},
    {"PUT", "people/{id}", "person.update", Kind::person, Verb::update, save_person},
    {"DELETE", "people/{id}", "person.remove", Kind::person, Verb::remove, remove_person},
    {"GET", "people/{id}/photo", "person.photo", Kind::person, Verb::list, get_photo},
    {"GET", "people/@self", "person.self", Kind::person, Verb::list, get_person},
    {"GET", "people/email", "person.get", Kind::person, Verb::list, get_person},
    {"GET", "people/{id}", "person.get", Kind::person, Verb::list, get_person},
    {"GET", "group", "person_group.list", Kind::person_group, Verb::list, list_groups},
    {"GET", "group/{id}", "person_group.get", Kind::person_group, Verb::list, get_group},
    {"GET", "crm/contact/filter", "contact.list", Kind::company, Verb::list, list_contacts, &crm_tables},
    {"GET", "crm/contact/project/{id}", "contact.list_of_project", Kind::company, Verb::list, list_contacts,
     &crm_tables},
    {"POST", "crm/contact/company", "contact.create_company", Kind::company, Verb::create, create_company, &crm_tables},
    {"POST", "crm/contact/person", "contact.create_person", Kind::person, Verb::create, create_contact_person,
     &crm_tables},
    {"GET", "crm/contact/{id}", "contact.get", Kind::company, Verb::list, get_contact, &crm_tables},
    {"POST", "crm/contact/{id}/project/{project}", "contact.link", Kind::project, Verb::update, link_contact},
    {"DELETE", "crm/contact/{id}/project/{project}", "contact.unlink", Kind::project, Verb::update, link_contact},
    {"GET", "portal", "portal.get", Kind::company, Verb::list, get_portal},
    {"POST", "portal/mobile/registration", "portal.register_client", Kind::company, Verb::list, register_client},
    {"POST", "batch", "batch.run", Kind::project, Verb::list, run_batch},
    {"GET", "batch", "batch.run", Kind::project, Verb::list, run_batch},
};

struct Phases {
    std::string_view operation;
    Phase phase;
};
constexpr Phases phases_of_lists[]{{"project.list_open", Phase::active},
                                   {"project.list_paused", Phase::paused},
                                   {"project.list_closed", Phase::closed},
                                   {"project.list_own", Phase::active},
                                   {"project.list_followed", Phase::active}};

// What the word in a list's path leaves.
void narrow_by_path(Call const &call, Request &request) {
    request.id.clear(); // that of a contact
    auto &filter = request.query.filter;
    filter.require(where<&Project::is_template>(false));
    for (auto const &[operation, phase] : phases_of_lists)
        if (operation == call.operation->name) filter.require(where<&Project::phase>(phase));
    auto const &me = call.caller->person;
    if (call.operation->name == "project.list_tagged")
        filter.require(where<&Project::tags>(call.segments().back(), canonical::Part::name));
    if (call.operation->name == "project.list_own") filter.require(where<&Project::team>(me, canonical::Part::email));
    if (call.operation->name == "project.list_followed")
        filter.require(where<&Project::followers>(me, canonical::Part::email));
}

struct Shown {
    std::string_view operation;
    Table<Project> const &table;
};
constexpr Shown shown_by_operations[]{
    {"project.filter", project_table},          {"project.remove_several", project_table},
    {"project.list_of_contact", project_table}, {"project.follow", short_project_table},
    {"project.link", linked_project_table},     {"project.unlink", linked_project_table}};

// What tells of projects without counting anything.
constexpr std::string_view uncounted[]{"project.remove", "project.remove_several",  "project.update_tags",
                                       "project.link",   "project.list_of_contact", "project.unlink"};

// Lists are short where nothing else is said.
Table<Project> const &table_of(std::string_view operation, Verb verb) {
    for (auto const &row : shown_by_operations)
        if (row.operation == operation) return row.table;
    return verb == Verb::list ? short_project_table : project_table;
}

} // namespace

std::span<Operation const> OnlyOffice::operations() const { return operation_rows; }
TableSet const &OnlyOffice::tables() const { return table_set; }
std::span<std::span<std::string_view const> const> OnlyOffice::credential_forms() const { return forms; }
bool OnlyOffice::is_open(Operation const &operation) const {
    constexpr std::string_view open[]{"session.create",      "session.send_code", "session.confirm",
                                      "portal.capabilities", "portal.version",    "person.forgot_password"};
    return std::ranges::find(open, operation.name) != std::end(open);
}

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
    if (auto found = Dialect::find(call); !found) return found;
    bool const numbered = wire::same_letters(call.segments().front(), "project");
    if (numbered && call.id.find_first_not_of("0123456789") != call.id.npos) return Error{.code = Code::unknown_route};
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
        auto who = ask_who(about);
        Result<Asker> const asker = co_await who;
        if (!asker) co_return self.refuse(about, asker.error());
        auto const *const person = asker->person();

        if (request.verb == Verb::list) {
            auto narrow = narrowing_of(about);
            Result<canonical::Filter> const narrower = co_await narrow;
            if (!narrower) co_return self.refuse(about, narrower.error());
            if (!narrower->empty()) request.query.filter.require(*narrower);
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
        if (request.verb == Verb::list) keep_present(about, self.tables(), *wanted, *reply);
        // Rights are shown to whoever asks, so the answer needs to know them.
        if (person) reply->related.of<Person>().push_back(*person);
        co_return self.answer(about, *wanted, *reply);
    };
    return talk(*this, call);
}

Result<boost::json::value> OnlyOffice::document(Call const &call) const {
    auto all = parameters(call);
    if (!all) return all;
    if (call.operation->name != "project.update_status") return fields_of_project(*all, call);
    // One parameter counts; without it a project is opened.
    boost::json::object only(call.memory);
    only["status"] = parameter(*all, "status").value_or("open");
    return boost::json::value(std::move(only));
}

Result<void> OnlyOffice::read_query(Call const &call, Wanted &wanted) const {
    auto &query = wanted.request.query;
    query.related = {canonical::Relation::people};
    auto const name = call.operation->name;
    query.counters = wanted.request.verb == Verb::get || name == "project.update_status" || name == "project.filter";
    if (wanted.request.verb != Verb::list) return {};
    narrow_by_path(call, wanted.request);
    auto const surroundings = context(call);
    if (auto done = read_list_query(call, tables(), surroundings, wanted); !done) return done;
    if (name == "project.filter") return read_project_filter(call, wanted);
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
    surroundings.verb = verb;
    auto const name = call.operation->name;
    auto const &table = table_of(name, verb);
    std::vector<std::string_view> only;
    if (wanted.selection.only) only.assign(wanted.selection.only->begin(), wanted.selection.only->end());
    View view{.face = Face::shown, .any_case = true, .extras = false};
    if (!only.empty()) view.only = only;
    auto &projects = reply.records.of<Project>();
    bool const counts_nothing = std::ranges::find(uncounted, name) != std::end(uncounted);
    for (auto &project : projects) {
        if (counts_nothing) count_participants(project, 0, surroundings);
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
            write(table, view, project, text);
        }
        if (verb == Verb::list) text.put(']');
    }
    if (verb != Verb::list) return respond(call, body);
    auto const &page = wanted.request.query.page;
    Counts counts{.count = projects.size(), .start = page.offset};
    bool const total = name == "project.filter" || page.offset + std::int64_t(projects.size()) < reply.total;
    if (total) counts.total = reply.total;
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

OnlyOffice const &instance() { return static_cast<OnlyOffice const &>(*find_dialect("onlyoffice")); }

std::string OnlyOffice::example(std::string_view base_url) const {
    return "-H 'Authorization: 864FE52C-1C1C-469F-9308-51DAFEFE7436' '" + std::string(base_url) + "/project'";
}

} // namespace dialects::onlyoffice
