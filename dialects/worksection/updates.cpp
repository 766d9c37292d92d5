#include "dialects/worksection/updates.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/worksection/answers.hpp"
#include "dialects/worksection/parameters.hpp"
#include "dialects/worksection/tables.hpp"
#include "dialects/worksection/tags.hpp"
#include "dialects/worksection/worksection.hpp"

namespace dialects::worksection {

using canonical::Kind, canonical::Operator, canonical::ProjectStatus, canonical::Reply, canonical::Request,
    canonical::Tag, canonical::TagGroup, canonical::Verb;

namespace {

Request all_of(Kind kind) { return {.verb = Verb::list, .kind = kind, .dialect = "worksection"}; }

// Setting one of the three cost options clears the other two; setting several is refused.
Result<void> settle_cost_options(Project &patch) {
    auto &kept = patch.extras.kept;
    auto const set = [&](std::string_view option) { return kept.find({}, option) == "1"; };
    auto const count = std::ranges::count_if(cost_options, set);
    if (count > 1) return Error{.code = Code::exclusive};
    if (count == 0) return {};
    canonical::Extras cleared;
    for (auto const option : cost_options)
        if (!set(option)) cleared.add({.place = {}, .key = option, .json = "0"});
    kept.merge(cleared);
    return {};
}

template <class E> E const *by_name(std::vector<E> const &records, std::string_view name, int &matches) {
    E const *last = nullptr;
    for (auto const &record : records) {
        if (*record.name != name) continue;
        last = &record;
        ++matches;
    }
    return last;
}

// What is given replaces all: one status at the most, and the labels. Of several in an exclusive group the last counts.
Result<void> replace_tags(std::vector<std::string> const &wanted, canonical::Records const &known, Project &patch) {
    patch.status = std::nullopt;
    auto &tags = patch.tags.emplace();
    auto const leave = [&](Ref const &group) {
        std::erase_if(tags, [&](Ref const &tag) {
            auto const &other = known.find<Tag>(tag.id)->group;
            return other && other->id == group.id;
        });
    };
    for (auto const &text : wanted) {
        auto const *status = known.find<ProjectStatus>(text);
        auto const *label = known.find<Tag>(text);
        if (!status && !label) {
            int matches = 0;
            status = by_name(known.of<ProjectStatus>(), text, matches);
            label = by_name(known.of<Tag>(), text, matches);
            if (matches != 1) return Error{.code = Code::unknown_reference, .field = "tags", .detail = text};
        }
        if (status) {
            patch.status = Ref{.id = *status->id};
            continue;
        }
        auto const *group = label->group ? known.find<TagGroup>(label->group->id) : nullptr;
        if (group && is_exclusive(*group)) leave(*label->group);
        tags.push_back({.id = *label->id});
    }
    return {};
}

std::vector<Ref> members(boost::json::value const &given) {
    std::vector<Ref> people;
    for (auto &address : list_parameter(given, "members")) people.push_back({.email = std::move(address)});
    return people;
}

using Settle = Talk<Request, Result<Reply>, Result<void>>;

// Where tags are given, they are looked up among statuses and labels.
Settle settle_tags(boost::json::value const &given, Project &patch) {
    if (!has_parameter(given, "tags")) co_return Result<void>();
    canonical::Records known;
    for (auto const kind : {Kind::project_status, Kind::tag, Kind::tag_group}) {
        auto ask = all_of(kind);
        Result<Reply> reply = co_await ask;
        if (!reply) co_return reply.error();
        canonical::with_kind(
            kind, [&]<class E>(std::type_identity<E>) { known.of<E>() = std::move(reply->records.of<E>()); });
    }
    auto const replaced = replace_tags(list_parameter(given, "tags"), known, patch);
    co_return replaced;
}

// People of projects are users: a contact's address is none that the service knows.
Settle refuse_contacts(std::vector<Ref const *> people) {
    canonical::Filter named{.op = Operator::in, .field = {canonical::member<&canonical::Person::email>()}};
    for (auto const *person : people)
        if (!person->email.empty()) named.values.emplace_back(person->email);
    if (named.values.empty()) co_return Result<void>();
    auto ask = all_where<&canonical::Person::role>(Role::contact);
    ask.query.filter.require(std::move(named));
    Result<Reply> contacts = co_await ask;
    if (!contacts) co_return contacts.error();
    auto const &found = contacts->records.of<canonical::Person>();
    if (found.empty()) co_return Result<void>();
    Error const unknown{.code = Code::unknown_reference, .field = "members", .detail = *found.front().email};
    co_return unknown;
}

// Those of a project and its new members.
std::vector<Ref const *> named_in(Project const &project, std::vector<Ref> const &members) {
    std::vector<Ref const *> people;
    for (auto const *slot : {&project.creator, &project.manager, &project.default_assignee})
        if (*slot) people.push_back(&**slot);
    for (auto const &member : members) people.push_back(&member);
    return people;
}

// The service cuts what is longer, and says nothing. (reference: the vendor's help pages)
void cut_text(std::string &text) {
    constexpr std::size_t most_characters = 65'536;
    std::size_t characters = 0;
    auto const starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    for (std::size_t i = 0; i < text.size(); ++i)
        if (starts_character(text[i]) && ++characters > most_characters) return text.resize(i);
}

enum class Membership : bool { ends, begins };

Serve change_members(Call &call, Membership membership) {
    auto const &self = instance();
    auto const id = self.project_id(call);
    if (!id) co_return self.refuse(call, id.error());
    auto people = members(*call.parameters);
    Error const none{.code = Code::blank, .field = "members"};
    if (people.empty()) co_return self.refuse(call, none);
    auto contacts = refuse_contacts(named_in({}, people));
    Result<void> const are_users = co_await contacts;
    if (!are_users) co_return self.refuse(call, are_users.error());
    Request change{.verb = Verb::update, .kind = Kind::project, .id = *id, .dialect = self.name()};
    canonical::ListChange team{.member = canonical::member<&Project::team>()};
    (membership == Membership::begins ? team.add : team.remove) = std::move(people);
    change.changes.push_back(std::move(team));
    Result<Reply> reply = co_await change;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    co_return respond({});
}

Serve set_phase(Call &call, Phase phase, std::string_view already) {
    auto const &self = instance();
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    Request look{.verb = Verb::get, .kind = Kind::project, .id = wanted->request.id, .dialect = self.name()};
    Result<Reply> before = co_await look;
    if (!before) co_return self.refuse(call, self.named(before.error(), Kind::project));
    Error const repeated{.code = Code::conflict, .field = std::string(already)};
    if (*before->one<Project>().phase == phase) co_return self.refuse(call, repeated);
    Request change{.verb = Verb::update, .kind = Kind::project, .id = wanted->request.id, .dialect = self.name()};
    change.of<Project>().phase = phase;
    if (!before->one<Project>().status) change.of<Project>().status = std::nullopt; // nobody asked for a tag
    Result<Reply> after = co_await change;
    if (!after) co_return self.refuse(call, self.named(after.error(), Kind::project));
    co_return respond({});
}

} // namespace

Serve close_project(Call &call) { return set_phase(call, Phase::closed, "closed"); }
Serve activate_project(Call &call) { return set_phase(call, Phase::active, "active"); }

Serve add_project_members(Call &call) { return change_members(call, Membership::begins); }
Serve delete_project_members(Call &call) { return change_members(call, Membership::ends); }

Serve post_project(Call &call) {
    auto const &self = instance();
    auto const &given = *call.parameters;
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto &project = wanted->request.of<Project>();
    Error const untitled{.code = Code::blank, .field = "title"};
    if (!project.name || project.name->empty()) co_return self.refuse(call, untitled);
    if (project.description) cut_text(*project.description);
    if (auto const settled = settle_cost_options(project); !settled) co_return self.refuse(call, settled.error());
    auto tags = settle_tags(given, project);
    Result<void> const settled_tags = co_await tags;
    if (!settled_tags) co_return self.refuse(call, settled_tags.error());
    auto joining = members(given);
    auto contacts = refuse_contacts(named_in(project, joining));
    Result<void> const are_users = co_await contacts;
    if (!are_users) co_return self.refuse(call, are_users.error());
    if (project.status.absent()) { // a project without tags is in no status, and goes on
        project.status = std::nullopt;
        project.phase = Phase::active;
    }
    if (!project.company) { // the folder of the caller's own team
        auto who = who_asks(call);
        Result<Reply> caller = co_await who;
        if (!caller) co_return self.refuse(call, caller.error());
        auto const &people = caller->records.of<canonical::Person>();
        if (!people.empty() && people.front().company) project.company = people.front().company;
    }
    auto &team = project.team.emplace();
    team.push_back({.person = project.creator ? *project.creator : Ref{.email = call.caller->person}});
    for (auto &person : joining) team.push_back({.person = std::move(person)});
    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    co_return self.answer(call, *wanted, *reply);
}

Serve update_project(Call &call) {
    auto const &self = instance();
    auto const &given = *call.parameters;
    // The project comes first: whatever else is wrong, an unknown one is what the caller hears about.
    auto const id = self.project_id(call);
    if (!id) co_return self.refuse(call, id.error());
    Request look{.verb = Verb::get, .kind = Kind::project, .id = *id, .dialect = self.name()};
    Result<Reply> before = co_await look;
    if (!before) co_return self.refuse(call, self.named(before.error(), Kind::project));

    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto &patch = wanted->request.of<Project>();
    if (auto const settled = settle_cost_options(patch); !settled) co_return self.refuse(call, settled.error());
    auto tags = settle_tags(given, patch);
    Result<void> const settled_tags = co_await tags;
    if (!settled_tags) co_return self.refuse(call, settled_tags.error());
    auto joining = members(given);
    auto contacts = refuse_contacts(named_in(patch, joining));
    Result<void> const are_users = co_await contacts;
    if (!are_users) co_return self.refuse(call, are_users.error());
    canonical::ListChange team{.member = canonical::member<&Project::team>(), .add = std::move(joining)};
    if (!team.add.empty()) wanted->request.changes.push_back(std::move(team));

    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    co_return self.answer(call, *wanted, *reply);
}

} // namespace dialects::worksection
