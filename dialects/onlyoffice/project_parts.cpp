#include "dialects/onlyoffice/project_parts.hpp"

#include "dialects/engine/fields.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/look_first.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/parameters.hpp"

namespace dialects::onlyoffice {

using canonical::Kind, canonical::Reply, canonical::Request, canonical::Result, canonical::Verb;

namespace {

constexpr std::string_view order = "order";

// What is kept of a project under a name, as JSON.
std::string_view kept_of(Project const &project, std::string_view name, std::string_view otherwise) {
    auto const json = project.extras.kept.find({}, name);
    return json.empty() ? otherwise : json;
}

std::string empty_folder(Project const &project, Context const &context) {
    std::string number;
    {
        Text text(number, context);
        codec::id::write(*project.id, text);
    }
    auto const id = kept_of(project, "projectFolder", number);
    std::string body;
    {
        Text text(body, context);
        text.raw(R"({"files":[],"folders":[],"current":{"parentId":0,"filesCount":0,"foldersCount":0,"id":)");
        text.raw(id);
        text.raw(R"(,"title":)");
        text.string(*project.name);
        text.raw(R"(},"pathParts":[)");
        text.raw(id);
        text.raw(R"(],"startIndex":0,"count":0,"total":0,"new":0})");
    }
    return body;
}

// Says something of a project to whoever may see it.
template <auto Say> Serve say(Call &call) {
    auto look = look_first(call, std::string(call.id), Needs::seeing);
    Result<Before> const before = co_await look;
    if (!before) co_return instance().refuse(call, before.error());
    co_return Say(call, before->project());
}

} // namespace

Serve get_order(Call &call) {
    return say<[](Call const &about, Project const &project) {
        return respond(about, kept_of(project, order, blank::text));
    }>(call);
}

Serve set_order(Call &call) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    auto look = look_first(call, std::string(call.id), Needs::editing);
    Result<Before> const before = co_await look;
    if (!before) co_return self.refuse(call, before.error());
    Request update{.verb = Verb::update, .kind = Kind::project, .id = *before->project().id, .patch = Project{}};
    update.dialect = self.name();
    Packer(update.of<Project>().extras.kept, Context::of(call))
        .add({}, order)
        .string(parameter(*given, order).value_or(""));
    Result<Reply> const reply = co_await update;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    co_return respond(call, blank::map);
}

Serve list_times(Call &call) {
    return say<[](Call const &about, Project const &) { return respond(about, blank::list, {.count = 0}); }>(call);
}

Serve get_total_time(Call &call) {
    return say<[](Call const &about, Project const &project) {
        return respond(about, kept_of(project, "timeTrackingTotal", blank::text));
    }>(call);
}

Serve list_files(Call &call) {
    return say<[](Call const &about, Project const &project) {
        return respond(about, empty_folder(project, Context::of(about)));
    }>(call);
}

} // namespace dialects::onlyoffice
