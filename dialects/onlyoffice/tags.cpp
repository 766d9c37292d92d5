#include "dialects/onlyoffice/tags.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/parameters.hpp"

namespace dialects::onlyoffice {

using canonical::Kind, canonical::Operator, canonical::Ref, canonical::Reply, canonical::Request, canonical::Tag,
    canonical::Verb;

namespace {

void write_tag(Tag const &tag, Text &text) {
    text.raw(R"({"id":)");
    codec::id::write(*tag.id, text);
    text.raw(R"(,"title":)");
    text.string(*tag.name);
    text.raw(R"(,"description":null,"status":0})");
}

} // namespace

std::vector<std::string> tag_names(std::string_view text) {
    auto const names = wire::list_items(text, ",;");
    return {names.begin(), names.end()};
}

TagsNamed tags_named(std::vector<std::string> names) {
    std::vector<Ref> tags;
    for (auto const &name : names) {
        auto look = one_where<&Tag::name>(name);
        Result<Reply> found = co_await look;
        if (!found) co_return found.error();
        if (found->records.of<Tag>().empty()) {
            Request create{.verb = Verb::create, .kind = Kind::tag, .patch = Tag{}};
            create.of<Tag>().name = name;
            found = co_await create;
            if (!found) co_return found.error();
        }
        tags.push_back({.id = *found->one<Tag>().id});
    }
    co_return tags;
}

Serve list_tags(Call &call) {
    Request list{.verb = Verb::list, .kind = Kind::tag};
    list.query.sort = {{.field = {canonical::member<&Tag::name>()}}};
    bool const search = call.operation->name == "project_tag.search";
    auto const *const start = call.target.find_any_case("tagName");
    if (search && start) list.query.filter.require(where<&Tag::name>(Operator::starts_with, *start));
    if (search && (!start || start->empty())) list.query.page.limit = 0;
    Result<Reply> const reply = co_await list;
    if (!reply) co_return instance().refuse(call, reply.error());
    auto const surroundings = instance().context(call);
    std::string body;
    {
        Text text(body, surroundings);
        text.put('[');
        for (auto const &tag : reply->records.of<Tag>()) {
            text.next();
            write_tag(tag, text);
        }
        text.put(']');
    }
    Counts const counts{.count = reply->records.of<Tag>().size()};
    co_return respond(call, body, counts);
}

Serve create_tag(Call &call) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    auto const name = parameter(*given, "data");
    Error const nameless{.code = Code::blank, .field = "data"};
    if (!name) co_return self.refuse(call, nameless);
    std::vector<std::string> names{*name};
    auto named = tags_named(std::move(names));
    Result<std::vector<Ref>> const tags = co_await named;
    if (!tags) co_return self.refuse(call, tags.error());
    auto const surroundings = self.context(call);
    Tag tag;
    tag.id = tags->front().id;
    tag.name = *name;
    std::string body;
    {
        Text text(body, surroundings);
        write_tag(tag, text);
    }
    co_return respond(call, body);
}

} // namespace dialects::onlyoffice
