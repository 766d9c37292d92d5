#include "dialects/onlyoffice/changes.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/asker.hpp"
#include "dialects/onlyoffice/look_first.hpp"
#include "dialects/onlyoffice/module_settings.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/parameters.hpp"
#include "dialects/onlyoffice/people.hpp"
#include "dialects/onlyoffice/tags.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

namespace dialects::onlyoffice {

using canonical::Kind, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

namespace json = boost::json;

using AskIfAny = Talk<Request, Result<Reply>, Result<Reply>>;

constexpr std::string_view fields[]{"title", "description", "responsibleId", "private", "status"};

Error missing(std::string_view field) { return {.code = Code::blank, .field = std::string(field)}; }

Result<void> check_needed(Project const &project) {
    if (!project.name || project.name->empty()) return missing("title");
    if (!project.manager || project.manager->id.empty()) return missing("responsibleId");
    return {};
}

std::vector<canonical::Member> team_of(boost::json::value const &given) {
    std::vector<canonical::Member> team;
    for (auto const &guid : list_parameter(given, "participants")) team.push_back({.person = {.id = plain_guid(guid)}});
    return team;
}

// Who is kept from reading what, by the numbers of people.
json::object restrictions_of(Project const &project) {
    boost::system::error_code error;
    auto const kept = json::parse(project.extras.kept.find({}, restrictions), error);
    return !error && kept.is_object() ? kept.get_object() : json::object();
}

std::int64_t restriction_of(json::object const &of_project, std::string const &person) {
    auto const *const value = of_project.if_contains(person);
    return value && value->is_int64() ? value->get_int64() : 0;
}

bool is_member(Project const &project, std::string const &person) {
    return std::ranges::any_of(*project.team, [&](auto const &member) { return member.person.id == person; });
}

Request restricting(std::string id, json::object const &all, Call const &call) {
    Request update{.verb = Verb::update, .kind = Kind::project, .id = std::move(id), .patch = Project{}};
    update.dialect = instance().name();
    update.query.related = {canonical::Relation::people};
    Packer(update.of<Project>().extras.kept, Context::of(call)).add({}, restrictions).raw(json::serialize(all));
    return update;
}

struct Right {
    std::string_view name;
    Restriction part;
};
constexpr Right rights_of_participants[]{{"canReadFiles", files},
                                         {"canReadMilestones", milestones},
                                         {"canReadMessages", messages},
                                         {"canReadTasks", tasks},
                                         {"canReadContacts", contacts}};

// Calls that name people with their rights keep them from whatever is not granted, in private projects.
std::optional<Request> restriction_given(Call const &call, json::value const &given, Reply const &reply) {
    auto const &project = reply.one<Project>();
    auto const *const said = find_parameter(given, "participants");
    bool const with_rights = call.operation->path.find("/withsecurity") != std::string_view::npos;
    if (!with_rights || !said || !project.is_private.value_or(false)) return {};
    json::array const single{*said};
    json::object all;
    for (auto const &item : said->is_array() ? said->get_array() : single) {
        if (!item.is_object()) continue;
        auto const guid = plain_guid(parameter(item, "id").value_or(""));
        auto const &people = reply.related.of<Person>();
        auto const person = std::ranges::find(people, guid, [](Person const &each) { return *each.guid; });
        if (person == people.end()) continue;
        std::int64_t denied = 0;
        for (auto const &[name, part] : rights_of_participants)
            if (!wire::same_letters(parameter(item, name).value_or(""), "true")) denied |= part;
        all[*person->id] = denied;
    }
    return restricting(*project.id, all, call);
}

AskIfAny ask_if_any(std::optional<Request> request) {
    Reply const nothing;
    if (!request) co_return nothing;
    Result<Reply> reply = co_await *request;
    co_return reply;
}

// Beside the people themselves, as their rows show it; in public projects nothing counts.
void mark(Person &person, Project const &project, Context const &context) {
    auto const kept_from =
        project.is_private.value_or(false) ? restriction_of(restrictions_of(project), *person.id) : 0;
    Packer(person.extras.kept, context).add({}, restrictions).number(kept_from);
}

std::string written_participants(Call const &call, std::vector<Person> team) {
    std::ranges::sort(team, {}, [](Person const &person) -> std::string const & { return *person.name; });
    auto const surroundings = instance().context(call);
    std::string body;
    {
        Text text(body, surroundings);
        text.put('[');
        View const view{.face = Face::shown, .extras = false};
        for (auto const &person : team) {
            text.next();
            write(participant_table, view, person, text);
        }
        text.put(']');
    }
    return body;
}

std::string written_team(Call const &call, Project const &project, Reply const &people) {
    std::vector<Person> team;
    auto const context = Context::of(call);
    for (auto const &member : *project.team) {
        auto const *const person = people.related.find<Person>(member.person.id);
        if (person) mark(team.emplace_back(*person), project, context);
    }
    return written_participants(call, std::move(team));
}

} // namespace

void count_participants(Project &project, std::size_t count, Context const &context) {
    Packer(project.extras.kept, context).add({}, participant_count).number(count);
}

wire::Response show_projects(Call const &call, Wanted const &wanted, Asker const &asker, Reply &reply) {
    // Rights are shown to whoever asks, so the answer needs to know them.
    if (auto const *person = asker.person(); person && !reply.related.find<Person>(*person->id))
        reply.related.of<Person>().push_back(*person);
    return instance().answer(call, wanted, reply);
}

boost::json::value fields_of_project(boost::json::value const &parameters, Call const &call) {
    return boost::json::value(only_these(parameters, fields, call.memory));
}

Serve create_project(Call &call) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto &project = wanted->request.of<Project>();
    if (auto const checked = check_needed(project); !checked) co_return self.refuse(call, checked.error());
    project.phase = Phase::active;
    project.team = team_of(*given);
    auto who = ask_who(call);
    Result<Asker> const asker = co_await who;
    if (!asker) co_return self.refuse(call, asker.error());
    auto ask = may_create_projects(call, asker->person());
    Result<bool> const may = co_await ask;
    if (!may) co_return self.refuse(call, may.error());
    Error const denied{.code = Code::forbidden};
    if (!*may) co_return self.refuse(call, denied);
    auto named = tags_named(tag_names(parameter(*given, "tags").value_or("")));
    Result<std::vector<Ref>> tags = co_await named;
    if (!tags) co_return self.refuse(call, tags.error());
    project.tags = std::move(*tags);
    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    auto restriction = restriction_given(call, *given, *reply);
    auto restrict = ask_if_any(std::move(restriction));
    Result<Reply> const restricted = co_await restrict;
    if (!restricted) co_return self.refuse(call, self.named(restricted.error(), Kind::project));
    co_return show_projects(call, *wanted, *asker, *reply);
}

Serve update_project(Call &call) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    auto look = look_first(call, std::string(call.id), Needs::editing);
    Result<Before> const before = co_await look;
    if (!before) co_return self.refuse(call, before.error());
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto &project = wanted->request.of<Project>();
    if (auto const checked = check_needed(project); !checked) co_return self.refuse(call, checked.error());
    if (project.description.null() && !has_parameter(*given, "description")) project.description.clear();
    auto const team = team_of(*given);
    project.team = team;
    if (project.is_private && !*project.is_private) // whoever may see it may read all of it
        Packer(project.extras.kept, Context::of(call)).add({}, restrictions).raw(blank::map);
    if (has_parameter(*given, "tags")) {
        auto named = tags_named(tag_names(parameter(*given, "tags").value_or("")));
        Result<std::vector<Ref>> tags = co_await named;
        if (!tags) co_return self.refuse(call, tags.error());
        project.tags = std::move(*tags);
    }
    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    auto restriction = restriction_given(call, *given, *reply);
    auto restrict = ask_if_any(std::move(restriction));
    Result<Reply> const restricted = co_await restrict;
    if (!restricted) co_return self.refuse(call, self.named(restricted.error(), Kind::project));
    count_participants(reply->records.of<Project>().front(), team.size(), self.context(call));
    co_return show_projects(call, *wanted, before->asker, *reply);
}

Serve remove_project(Call &call) {
    auto const &self = instance();
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto look = look_first(call, std::string(call.id), Needs::editing);
    Result<Before> before = co_await look;
    if (!before) co_return self.refuse(call, before.error());
    Request remove{.verb = Verb::remove, .kind = Kind::project, .id = *before->project().id};
    Result<Reply> const removed = co_await remove;
    if (!removed) co_return self.refuse(call, self.named(removed.error(), Kind::project));
    co_return show_projects(call, *wanted, before->asker, before->reply);
}

Serve remove_projects(Call &call) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    Reply gone;
    Asker asker;
    for (auto const &id : list_parameter(*given, "projectids")) {
        auto look = look_first(call, id, Needs::editing);
        Result<Before> before = co_await look;
        if (!before) continue;
        Request remove{.verb = Verb::remove, .kind = Kind::project, .id = *before->project().id};
        Result<Reply> const removed = co_await remove;
        if (!removed) continue;
        asker = before->asker;
        gone.records.of<Project>().push_back(before->project());
        for (auto &person : before->reply.related.of<Person>())
            if (!gone.related.find<Person>(*person.id)) gone.related.of<Person>().push_back(std::move(person));
    }
    Wanted several;
    several.request.verb = Verb::list;
    co_return show_projects(call, several, asker, gone);
}

Serve replace_tags(Call &call) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto look = look_first(call, std::string(call.id), Needs::editing);
    Result<Before> const before = co_await look;
    if (!before) co_return self.refuse(call, before.error());
    std::vector<Ref> tags;
    if (wire::same_letters(call.segments().back(), "tags")) {
        for (auto &id : list_parameter(*given, "tags")) tags.push_back({.id = std::move(id)});
    } else {
        auto named = tags_named(tag_names(parameter(*given, "tags").value_or("")));
        Result<std::vector<Ref>> found = co_await named;
        if (!found) co_return self.refuse(call, found.error());
        tags = std::move(*found);
    }
    wanted->request.patch = Project{};
    wanted->request.of<Project>().tags = std::move(tags);
    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    co_return show_projects(call, *wanted, before->asker, *reply);
}

Serve follow_project(Call &call) {
    auto const &self = instance();
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto look = look_first(call, std::string(call.id), Needs::seeing);
    Result<Before> const before = co_await look;
    if (!before) co_return self.refuse(call, before.error());
    auto const *const me = before->asker.person();
    Error const nobody{.code = Code::forbidden};
    if (!me) co_return self.refuse(call, nobody);
    Ref const follower{.id = *me->id};
    auto const &followers = *before->project().followers;
    bool const follows = std::ranges::find(followers, follower.id, &Ref::id) != followers.end();
    canonical::ListChange change{.member = canonical::member<&Project::followers>()};
    (follows ? change.remove : change.add).push_back(follower);
    wanted->request.patch = Project{};
    wanted->request.changes.push_back(std::move(change));
    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    co_return show_projects(call, *wanted, before->asker, *reply);
}

Serve get_team(Call &call) {
    auto look = look_first(call, std::string(call.id), Needs::seeing);
    Result<Before> const before = co_await look;
    if (!before) co_return instance().refuse(call, before.error());
    auto const body = written_team(call, before->project(), before->reply);
    Counts const counts{.count = before->project().team->size()};
    co_return respond(call, body, counts);
}

// Of several projects at once; those that the caller does not see are passed over.
Serve get_teams(Call &call) {
    auto const given = parameters(call);
    if (!given) co_return instance().refuse(call, given.error());
    std::vector<Person> people;
    for (auto const &id : list_parameter(*given, "ids")) {
        auto look = look_first(call, id, Needs::seeing);
        Result<Before> const before = co_await look;
        if (!before) continue;
        for (auto const &member : *before->project().team) {
            auto const *const person = before->reply.related.find<Person>(member.person.id);
            auto const same = [&](Person const &other) { return other.id == person->id; };
            if (person && std::ranges::none_of(people, same))
                mark(people.emplace_back(*person), before->project(), Context::of(call));
        }
    }
    Counts const counts{.count = people.size()};
    auto const body = written_participants(call, std::move(people));
    co_return respond(call, body, counts);
}

// POST adds one, DELETE takes one away, PUT replaces all but the responsible.
Serve change_team(Call &call) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    auto look = look_first(call, std::string(call.id), Needs::editing);
    Result<Before> const before = co_await look;
    if (!before) co_return self.refuse(call, before.error());
    Request update{.verb = Verb::update, .kind = Kind::project, .id = *before->project().id};
    update.query.related = {canonical::Relation::people};
    if (call.request.method == "PUT") {
        auto &team = update.of<Project>().team.emplace();
        team = team_of(*given);
        if (auto const &manager = before->project().manager) team.push_back({.person = {.id = manager->id}});
    } else {
        auto const user = parameter(*given, "userId");
        auto const nobody = missing("userId");
        if (!user) co_return self.refuse(call, nobody);
        canonical::ListChange change{.member = canonical::member<&Project::team>()};
        (call.request.method == "POST" ? change.add : change.remove).push_back({.id = plain_guid(*user)});
        update.changes.push_back(std::move(change));
    }
    Result<Reply> const reply = co_await update;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    auto const body = written_team(call, reply->one<Project>(), *reply);
    Counts const counts{.count = reply->one<Project>().team->size()};
    co_return respond(call, body, counts);
}

namespace {

struct PartName {
    std::string_view name;
    Restriction part;
};
constexpr PartName parts[]{{"messages", Restriction::messages},
                           {"tasks", Restriction::tasks},
                           {"files", Restriction::files},
                           {"milestone", Restriction::milestones},
                           {"contacts", Restriction::contacts}};

// Names or numbers of parts; several with commas.
std::optional<int> parts_of(std::string_view text) {
    int all = 0;
    for (auto const item : wire::list_items(text)) {
        int number = 0;
        auto const named =
            std::ranges::find_if(parts, [&](auto const &each) { return wire::same_letters(each.name, item); });
        auto const [end, error] = std::from_chars(item.data(), item.data() + item.size(), number);
        bool const is_number = error == std::errc() && end == item.data() + item.size();
        if (named == std::end(parts) && !is_number && !wire::same_letters(item, "none")) return {};
        all |= named == std::end(parts) ? number : named->part;
    }
    constexpr int every_part = messages | tasks | files | milestones | contacts;
    if (all < 0 || all > every_part) return {};
    return all;
}

} // namespace

// A part becomes visible to somebody on the team, or is hidden.
Serve restrict_member(Call &call) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    auto look = look_first(call, std::string(call.id), Needs::editing);
    Result<Before> const before = co_await look;
    if (!before) co_return self.refuse(call, before.error());
    auto const user = plain_guid(parameter(*given, "userId").value_or(""));
    auto const security = parameter(*given, "security").value_or("");
    auto const concerned = parts_of(security);
    Error const no_part{.code = Code::bad_value, .field = "security", .detail = security};
    if (!concerned) co_return self.refuse(call, no_part);
    auto const &project = before->project();
    auto const &people = before->reply.related.of<Person>();
    auto const person = std::ranges::find_if(people, [&](Person const &each) {
        return wire::same_letters(*each.guid, user) && is_member(project, *each.id);
    });
    Error const no_member{.code = Code::bad_value, .field = "userId", .detail = user};
    if (person == people.end()) co_return self.refuse(call, no_member);
    auto const visible = wire::same_letters(parameter(*given, "visible").value_or(""), "true");
    auto all = restrictions_of(project);
    auto const present = restriction_of(all, *person->id);
    all[*person->id] = visible ? present & ~std::int64_t(*concerned) : present | *concerned;
    auto update = restricting(*project.id, all, call);
    Result<Reply> const reply = co_await update;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    auto const body = written_team(call, reply->one<Project>(), *reply);
    Counts const counts{.count = reply->one<Project>().team->size()};
    co_return respond(call, body, counts);
}

} // namespace dialects::onlyoffice
