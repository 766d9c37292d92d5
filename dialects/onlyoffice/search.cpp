#include "dialects/onlyoffice/search.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/asker.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/times.hpp"

namespace dialects::onlyoffice {

using canonical::Filter, canonical::Kind, canonical::Operator, canonical::Reply, canonical::Request, canonical::Result,
    canonical::Verb;

namespace {

// Those that the caller may see, and no templates.
Request visible_projects(Asker const &asker) {
    Request list{.verb = Verb::list, .kind = Kind::project};
    list.query.filter.require(where<&Project::is_template>(false));
    auto const *const person = asker.person();
    if (person && !runs_the_portal(person)) list.query.filter.require(visible_to(*person));
    return list;
}

void write_found(Project const &project, Text &text) {
    text.raw(R"({"item":{"id":)");
    text.string(*project.id);
    text.raw(R"(,"entityType":0,"title":)"); // a project; what else may be found is not here
    text.string(*project.name);
    text.raw(R"(,"description":)");
    text.string(*project.description);
    text.raw(R"(,"created":)");
    portal_time::write(*project.created, text);
    text.raw(R"(},"owner":null})");
}

} // namespace

Serve search_projects(Call &call) {
    auto const &self = instance();
    auto const &word = call.segments().back();
    auto who = ask_who(call);
    Result<Asker> const asker = co_await who;
    if (!asker) co_return self.refuse(call, asker.error());
    auto list = visible_projects(*asker);
    Filter has_word{.op = Operator::any};
    has_word.children = {where<&Project::name>(Operator::contains, word),
                         where<&Project::description>(Operator::contains, word)};
    list.query.filter.require(std::move(has_word));
    if (!call.id.empty()) list.query.filter.require(where<&Project::id>(std::string(call.id)));
    list.query.sort = {{.field = {canonical::member<&Project::name>()}}};
    Result<Reply> const reply = co_await list;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const &projects = reply->records.of<Project>();
    auto const surroundings = self.context(call);
    std::string body;
    {
        Text text(body, surroundings);
        text.put('[');
        for (auto const &project : projects) {
            text.next();
            write_found(project, text);
        }
        text.put(']');
    }
    Counts const counts{.count = projects.size()};
    co_return respond(call, body, counts);
}

// When the last one changed, and how many there are.
Serve get_change_stamp(Call &call) {
    auto const &self = instance();
    auto who = ask_who(call);
    Result<Asker> const asker = co_await who;
    if (!asker) co_return self.refuse(call, asker.error());
    auto list = visible_projects(*asker);
    list.query.sort = {{.field = {canonical::member<&Project::updated>()}, .descending = true}};
    list.query.page = {.limit = 1, .count = true};
    Result<Reply> const reply = co_await list;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const &projects = reply->records.of<Project>();
    auto const last = projects.empty() ? 0 : projects.front().updated->time_since_epoch().count();
    std::string body;
    auto const surroundings = self.context(call);
    {
        Text text(body, surroundings);
        text.string(std::to_string(last) + "-" + std::to_string(reply->total));
    }
    co_return respond(call, body);
}

} // namespace dialects::onlyoffice
