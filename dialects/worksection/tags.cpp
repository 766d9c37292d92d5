#include "dialects/worksection/tags.hpp"

#include "dialects/engine/read.hpp"
#include "dialects/worksection/answers.hpp"
#include "dialects/worksection/parameters.hpp"
#include "dialects/worksection/tables.hpp"
#include "dialects/worksection/worksection.hpp"

#include <algorithm>

namespace dialects::worksection {

using canonical::Access, canonical::Kind, canonical::ProjectStatus, canonical::Reply, canonical::Request,
    canonical::Tag, canonical::TagGroup, canonical::Verb, canonical::Workflow, canonical::WorkflowStatus;

namespace {

struct Group {
    std::string id, title;
    Kind tags = Kind::tag; // or statuses, of projects or of tasks
    Access access = Access::everyone;
    bool exclusive = false; // a project has one of its labels at the most

    bool of_statuses() const { return tags != Kind::tag; }
};
struct Label {
    std::string id, title;
    Group const *group;
};

// All there is: groups first, tags pointing at them.
struct Catalogue {
    std::vector<Group> groups;
    std::vector<Label> labels;

    Group const *find_group(std::string_view text) const {
        auto const by_id = std::ranges::find(groups, text, &Group::id);
        auto const found = by_id == groups.end() ? std::ranges::find(groups, text, &Group::title) : by_id;
        return found == groups.end() ? nullptr : &*found;
    }
    // By id, else by a name that only one of them has.
    Label const *find_label(std::string_view text) const {
        if (auto const found = std::ranges::find(labels, text, &Label::id); found != labels.end()) return &*found;
        auto const found = std::ranges::find(labels, text, &Label::title);
        bool const alone = std::ranges::count(labels, text, &Label::title) == 1;
        return alone ? &*found : nullptr;
    }
};

// The group of statuses, where the workspace has no record that says it is it.
constexpr std::string_view status_group_id = "1", status_group_title = "Project status";
constexpr std::string_view ungrouped_id = "2", ungrouped_title = "Labels";

bool is_of_statuses(TagGroup const &group) { return group.extras.kept.find({}, "type") == R"("status")"; }
constexpr std::string_view kept_exclusive = "exclusive";

using Look = Talk<Request, Result<Reply>, Result<Catalogue>>;

// Labels are those of projects and tasks alike. Statuses of projects are tags of one group, those of tasks of one for
// each workflow.
enum class Of : bool { projects, tasks };
Of what_for(Call const &call) {
    return call.operation->path.find("_task_") == std::string_view::npos ? Of::projects : Of::tasks;
}

template <class E> Request all_in_place() {
    Request request{.verb = Verb::list, .kind = canonical::kind_of<E>};
    if constexpr (requires(E e) { e.position; }) request.query.sort = {{.field = {canonical::member<&E::position>()}}};
    return request;
}

Look look_up(Of what) {
    bool const of_tasks = what == Of::tasks;
    auto ask_groups = all_in_place<TagGroup>(), ask_workflows = all_in_place<Workflow>(),
         ask_labels = all_in_place<Tag>();
    auto ask_statuses = of_tasks ? all_in_place<WorkflowStatus>() : all_in_place<ProjectStatus>();
    Result<Reply> groups = co_await ask_groups;
    if (!groups) co_return groups.error();
    Result<Reply> statuses = co_await ask_statuses;
    if (!statuses) co_return statuses.error();
    Reply none;
    Result<Reply> workflows(std::move(none));
    if (of_tasks) workflows = co_await ask_workflows;
    if (!workflows) co_return workflows.error();
    Result<Reply> labels = co_await ask_labels;
    if (!labels) co_return labels.error();

    Catalogue all;
    auto const &known = groups->records.of<TagGroup>();
    for (auto const &workflow : workflows->records.of<Workflow>())
        all.groups.push_back({.id = *workflow.id, .title = *workflow.name, .tags = Kind::workflow_status});
    if (!of_tasks && std::ranges::none_of(known, is_of_statuses))
        all.groups.push_back({.id = std::string(status_group_id),
                              .title = std::string(status_group_title),
                              .tags = Kind::project_status});
    for (auto const &group : known) {
        bool const of_statuses = is_of_statuses(group);
        if (of_tasks && (of_statuses || is_exclusive(group))) continue;
        all.groups.push_back({.id = *group.id,
                              .title = *group.name,
                              .tags = of_statuses ? Kind::project_status : Kind::tag,
                              .access = group.access.value_or(Access::everyone),
                              .exclusive = is_exclusive(group)});
    }
    auto const loose = std::ranges::any_of(labels->records.of<Tag>(), [](Tag const &tag) { return !tag.group; });
    if (loose) all.groups.push_back({.id = std::string(ungrouped_id), .title = std::string(ungrouped_title)});
    auto const of_statuses = std::ranges::find(all.groups, true, &Group::of_statuses);
    for (auto const &status : statuses->records.of<ProjectStatus>())
        all.labels.push_back({.id = *status.id, .title = *status.name, .group = &*of_statuses});
    for (auto const &status : statuses->records.of<WorkflowStatus>())
        all.labels.push_back({.id = *status.id, .title = *status.name, .group = all.find_group(status.workflow->id)});
    for (auto const &tag : labels->records.of<Tag>())
        all.labels.push_back({.id = *tag.id,
                              .title = *tag.name,
                              .group = all.find_group(tag.group ? std::string_view(tag.group->id) : ungrouped_id)});
    // A label of a group that is not among these (one of another kind of statuses) is none here.
    std::erase_if(all.labels, [](Label const &label) { return !label.group; });
    co_return all;
}

std::string_view type_of(Group const &group) { return group.of_statuses() || group.exclusive ? "status" : "label"; }
std::string_view access_of(Group const &group) { return group.access == Access::everyone ? "public" : "private"; }

// What `type` and `access` leave.
bool is_wanted(Group const &group, boost::json::value const &given) {
    auto const type = parameter(given, "type"), access = parameter(given, "access");
    return (type.empty() || type == type_of(group)) && (access.empty() || access == access_of(group));
}

void write_group(Group const &group, std::string_view type, bool inside, Text &text) {
    text.raw(R"({"title":)");
    text.string(group.title);
    text.raw(R"(,"id":)");
    codec::id::write(group.id, text);
    if (inside) {
        text.raw(R"(,"id_group":)");
        text.string(group.tags == Kind::project_status ? "-4" : group.tags == Kind::workflow_status ? "1" : "0");
    }
    text.raw(R"(,"type":)");
    text.string(type);
    text.raw(R"(,"access":)");
    text.string(access_of(group));
    text.put('}');
}

template <class F> std::string list_of(Call const &call, F const &write_items) {
    auto const surroundings = instance().context(call);
    std::string data;
    {
        Text text(data, surroundings);
        text.put('[');
        write_items(text);
        text.put(']');
    }
    return data;
}

Error unknown_tag(std::string const &text) {
    return {.code = Code::unknown_reference, .field = "tags", .detail = text};
}
Error missing(std::string_view field) { return {.code = Code::blank, .field = std::string(field)}; }
constexpr std::string_view group_field = "group (id or title)";

// A status is one of active projects, or of tasks under way.
Request new_tag(Group const &group, std::string const &title) {
    Request create{.verb = Verb::create, .kind = group.tags, .patch = canonical::entity_of(group.tags)};
    if (auto *const status = std::get_if<ProjectStatus>(&create.patch)) status->name = title;
    if (auto *const status = std::get_if<WorkflowStatus>(&create.patch)) {
        status->name = title;
        status->workflow = Ref{.id = group.id};
        status->category = canonical::Category::started;
    }
    if (auto *const tag = std::get_if<Tag>(&create.patch)) {
        tag->name = title;
        if (group.id != ungrouped_id) tag->group = Ref{.id = group.id};
    }
    return create;
}

} // namespace

bool is_exclusive(TagGroup const &group) { return group.extras.kept.find({}, kept_exclusive) == "true"; }

Serve get_tags(Call &call) {
    auto const &self = instance();
    auto const &given = *call.parameters;
    auto look = look_up(what_for(call));
    Result<Catalogue> const all = co_await look;
    if (!all) co_return self.refuse(call, all.error());
    auto const name = parameter(given, "group");
    auto const *const group = name.empty() ? nullptr : all->find_group(name);
    auto const unknown = missing(group_field);
    if (!name.empty() && !group) co_return self.refuse(call, unknown);
    auto const data = list_of(call, [&](Text &text) {
        for (auto const &label : all->labels) {
            if ((group && label.group != group) || !is_wanted(*label.group, given)) continue;
            text.next();
            text.raw(R"({"title":)");
            text.string(label.title);
            text.raw(R"(,"id":)");
            codec::id::write(label.id, text);
            text.raw(R"(,"group":)");
            write_group(*label.group, type_of(*label.group), true, text);
            text.put('}');
        }
    });
    co_return respond(data);
}

Serve get_tag_groups(Call &call) {
    auto const &self = instance();
    auto look = look_up(what_for(call));
    Result<Catalogue> const all = co_await look;
    if (!all) co_return self.refuse(call, all.error());
    auto const data = list_of(call, [&](Text &text) {
        for (auto const &group : all->groups) {
            if (!is_wanted(group, *call.parameters)) continue;
            text.next();
            write_group(group, type_of(group), false, text);
        }
    });
    co_return respond(data);
}

Serve add_tags(Call &call) {
    auto const &self = instance();
    auto const &given = *call.parameters;
    auto const titles = list_parameter(given, "title");
    auto const no_group = missing(group_field), no_title = missing("title");
    if (titles.empty()) co_return self.refuse(call, no_title);
    auto look = look_up(what_for(call));
    Result<Catalogue> const all = co_await look;
    if (!all) co_return self.refuse(call, all.error());
    auto const *const group = all->find_group(parameter(given, "group"));
    if (!group) co_return self.refuse(call, no_group);
    std::vector<Label> made;
    for (auto const &title : titles) {
        auto const same = std::ranges::find_if(
            all->labels, [&](Label const &label) { return label.group == group && label.title == title; });
        if (same != all->labels.end()) {
            made.push_back(*same);
            continue;
        }
        auto create = new_tag(*group, title);
        Result<Reply> reply = co_await create;
        if (!reply) co_return self.refuse(call, reply.error());
        auto const id =
            canonical::with_kind(group->tags, [&]<class E>(std::type_identity<E>) { return *reply->one<E>().id; });
        made.push_back({.id = id, .title = title, .group = group});
    }
    auto const data = list_of(call, [&](Text &text) {
        for (auto const &label : made) {
            text.next();
            text.raw(R"({"title":)");
            text.string(label.title);
            text.raw(R"(,"id":)");
            codec::id::write(label.id, text);
            text.put('}');
        }
    });
    co_return respond(data);
}

Serve add_tag_groups(Call &call) {
    auto const &self = instance();
    auto const &given = *call.parameters;
    auto const titles = list_parameter(given, "title");
    auto const access = parameter(given, "access"), type = parameter(given, "type");
    auto const no_title = missing("title"), no_access = missing("access");
    if (titles.empty()) co_return self.refuse(call, no_title);
    if (access != "public" && access != "private") co_return self.refuse(call, no_access);
    std::vector<Group> made;
    bool const of_tasks = what_for(call) == Of::tasks;
    auto const no_type = missing("type");
    bool const known_type = type == "status" || type == "label" || (type.empty() && !of_tasks);
    if (!known_type) co_return self.refuse(call, no_type);
    for (auto const &title : titles) {
        if (of_tasks && type == "status") {
            Request create{.verb = Verb::create, .kind = Kind::workflow, .patch = Workflow{}};
            create.of<Workflow>().name = title;
            Result<Reply> reply = co_await create;
            if (!reply) co_return self.refuse(call, reply.error());
            auto const &workflow = reply->one<Workflow>();
            made.push_back({.id = *workflow.id, .title = *workflow.name, .tags = Kind::workflow_status});
            continue;
        }
        Request create{.verb = Verb::create, .kind = Kind::tag_group, .patch = TagGroup{}, .dialect = self.name()};
        create.of<TagGroup>().name = title;
        bool const exclusive = type == "status"; // and then for everybody
        create.of<TagGroup>().access = access == "public" || exclusive ? Access::everyone : Access::own_company;
        if (exclusive) create.of<TagGroup>().extras.kept.add({.place = {}, .key = kept_exclusive, .json = "true"});
        Result<Reply> reply = co_await create;
        if (!reply) co_return self.refuse(call, reply.error());
        auto const &group = reply->one<TagGroup>();
        made.push_back({.id = *group.id, .title = *group.name, .access = *group.access});
    }
    auto const data = list_of(call, [&](Text &text) {
        for (auto const &group : made) {
            text.next();
            write_group(group, type, false, text); // empty where nobody gave one (reference: recorded answer)
        }
    });
    co_return respond(data);
}

Serve update_project_tags(Call &call) {
    auto const &self = instance();
    auto const &given = *call.parameters;
    auto const id = self.project_id(call);
    if (!id) co_return self.refuse(call, id.error());
    Request get{.verb = Verb::get, .kind = Kind::project, .id = *id};
    Result<Reply> before = co_await get;
    if (!before) co_return self.refuse(call, self.named(before.error(), Kind::project));
    auto look = look_up(what_for(call));
    Result<Catalogue> const all = co_await look;
    if (!all) co_return self.refuse(call, all.error());

    Request update{.verb = Verb::update, .kind = Kind::project, .id = *id};
    auto &patch = update.of<Project>();
    canonical::ListChange tags{.member = canonical::member<&Project::tags>()};
    auto const &status = before->one<Project>().status;
    for (auto const &text : list_parameter(given, "minus")) {
        auto const *const label = all->find_label(text);
        if (!label) co_return self.refuse(call, unknown_tag(text));
        if (!label->group->of_statuses())
            tags.remove.push_back({.id = label->id});
        else if (status && status->id == label->id)
            patch.status = std::nullopt;
    }
    // A status takes the place of the one before.
    for (auto const &text : list_parameter(given, "plus")) {
        auto const *const label = all->find_label(text);
        if (!label) co_return self.refuse(call, unknown_tag(text));
        if (label->group->of_statuses())
            patch.status = Ref{.id = label->id};
        else
            tags.add.push_back({.id = label->id});
        if (!label->group->exclusive) continue;
        for (auto const &present : *before->one<Project>().tags) {
            auto const *const other = all->find_label(present.id);
            if (other && other != label && other->group == label->group) tags.remove.push_back({.id = other->id});
        }
    }
    update.changes.push_back(std::move(tags));
    Result<Reply> reply = co_await update;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    co_return respond({});
}

} // namespace dialects::worksection
