#include "dialects/superoffice/talks.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"
#include "dialects/superoffice/change.hpp"
#include "dialects/superoffice/preconditions.hpp"

#include <charconv>

namespace dialects::superoffice {

using canonical::Company, canonical::Kind, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

constexpr int attempts = 4;

Result<Wanted> wanted_by(Dialect const &self, Call const &call) {
    Result<Wanted> wanted(boost::system::in_place_value);
    wanted->request.id = call.id;
    wanted->request.kind = Kind::project;
    if (auto const done = self.read_query(call, *wanted); !done) return done.error();
    return wanted;
}

// The same, to be asked in another way.
Request question(Verb verb, Wanted const &wanted) {
    Request request{.verb = verb, .kind = Kind::project, .id = wanted.request.id};
    request.query.related = wanted.request.query.related;
    if (canonical::writes(verb)) request.patch.emplace<Project>();
    return request;
}

// Those that the patch names by their records as people.
ReplyTalk users_of(Project const &patch) {
    Reply none;
    auto people = people_question(patch);
    if (!people) co_return none;
    Result<Reply> known = co_await *people;
    co_return known;
}

// A body on its way into the project that is there.
struct Writing {
    Dialect const &self;
    Call const &call;
    Wanted const &wanted;
    json::value const &body;
};

Result<void> read_body(Writing const &writing, Reply const &current, Project &patch) {
    auto context = writing.self.context(writing.call);
    context.related = &current.related;
    if (writing.call.request.method != "PATCH") return read_replacement(writing.body, patch, context);
    return read_changes(writing.body, current.one<Project>(), patch, context);
}

ReplyTalk write_over(Writing const &writing, Reply const &current) {
    auto const &present = current.one<Project>();
    auto update = question(Verb::update, writing.wanted);
    if (present.version) update.unchanged_version = *present.version;
    update.unchanged_since = instant_in(writing.call, "If-Unmodified-Since");
    auto &patch = update.of<Project>();
    if (auto const done = read_body(writing, current, patch); !done) co_return done.error();
    settle_custom(update, present);
    settle_state(patch, present);
    auto status = status_question(patch);
    if (status) {
        Result<Reply> known = co_await *status;
        if (known)
            settle_state(patch, known->one<ProjectStatus>());
        else if (known.error().code != Code::not_found)
            co_return known.error(); // the store will say so
    }
    auto asking = users_of(patch);
    Result<Reply> users = co_await asking;
    if (!users) co_return users.error();
    if (auto const done = settle_team(patch, present, users->records); !done) co_return done.error();
    if (is_empty(update)) co_return current;
    Result<Reply> reply = co_await update;
    co_return reply;
}

// One above the highest; nothing where numbers are counted in another way.
std::optional<std::string> next_number(Result<Reply> const &newest) {
    if (!newest) return {};
    std::int64_t number = 0;
    auto const &projects = newest->records.of<Project>();
    if (projects.empty()) return "1";
    auto const &text = *projects.front().number;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return std::to_string(number + 1);
}

} // namespace

ReplyTalk with_companies(Reply reply) {
    auto companies = companies_question(reply);
    if (companies) {
        Result<Reply> known = co_await *companies;
        if (known) // what the members themselves say will do otherwise
            std::ranges::move(known->records.of<Company>(), std::back_inserter(reply.related.of<Company>()));
    }
    co_return reply;
}

Serve read_project(Dialect const &self, Call &call) {
    auto wanted = wanted_by(self, call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    auto const &project = reply->one<Project>();
    if (has_changed(call, project)) co_return self.refuse(call, {.code = Code::changed});
    auto const since = instant_in(call, "If-Modified-Since");
    if (since && !is_newer(project, *since)) co_return respond(call, 304);
    auto asking = with_companies(std::move(*reply));
    Result<Reply> whole = co_await asking;
    co_return self.answer(call, *wanted, *whole);
}

Serve change_project(Dialect const &self, Call &call) {
    auto wanted = wanted_by(self, call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    wanted->request.verb = Verb::update;
    auto const body = self.document(call);
    if (!body) co_return self.refuse(call, body.error());
    Writing const writing{.self = self, .call = call, .wanted = *wanted, .body = *body};
    for (int attempt = 0; attempt < attempts; ++attempt) {
        auto get = question(Verb::get, *wanted);
        Result<Reply> current = co_await get;
        if (!current) co_return self.refuse(call, self.named(current.error(), Kind::project));
        if (has_changed(call, current->one<Project>())) co_return self.refuse(call, {.code = Code::changed});
        auto over = write_over(writing, *current);
        Result<Reply> reply = co_await over;
        if (!reply && reply.error().code == Code::changed) continue; // somebody else was faster
        if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
        auto asking = with_companies(std::move(*reply));
        Result<Reply> whole = co_await asking;
        co_return self.answer(call, *wanted, *whole);
    }
    co_return self.refuse(call, {.code = Code::conflict});
}

Serve create_project(Dialect const &self, Call &call) {
    auto wanted = wanted_by(self, call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    wanted->request.verb = Verb::create;
    auto const body = self.document(call);
    if (!body) co_return self.refuse(call, body.error());
    auto create = question(Verb::create, *wanted);
    auto &patch = create.of<Project>();
    if (auto const done = read_new(*body, patch, self.context(call)); !done) co_return self.refuse(call, done.error());
    if (patch.manager.absent() && call.caller) patch.manager = Ref{.email = call.caller->person};
    auto users_asked = users_of(patch);
    Result<Reply> users = co_await users_asked;
    if (!users) co_return self.refuse(call, users.error());
    auto const settled = settle_team(patch, {}, users->records);
    if (!settled) co_return self.refuse(call, settled.error());
    Result<Reply> reply = co_await create;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    auto asking = with_companies(std::move(*reply));
    Result<Reply> whole = co_await asking;
    co_return self.answer(call, *wanted, *whole);
}

Serve remove_project(Dialect const &self, Call &call) {
    auto wanted = wanted_by(self, call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto remove = question(Verb::remove, *wanted);
    remove.unchanged_since = instant_in(call, "If-Unmodified-Since");
    Result<Reply> reply = co_await remove;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    co_return respond(call, 204);
}

namespace {

// There are no guides here, so that the answer is always the same, once the project is there.
Serve answer_if_there(Call &call, std::string json, std::string_view element) {
    auto const &self = *find_dialect("superoffice");
    Request get{.kind = Kind::project, .id = std::string(call.id)};
    Result<Reply> const reply = co_await get;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    Body body{.json = std::move(json), .element = element};
    co_return respond(call, 200, std::move(body));
}

} // namespace

Serve has_guide(Call &call) { return answer_if_there(call, "false", "boolean"); }
Serve get_foreign_keys(Call &call) { return answer_if_there(call, "{}", "ForeignKeys"); }
Serve next_milestone(Call &call) { return answer_if_there(call, "null", "Appointment"); }

// No project has one.
Serve get_image(Call &call) {
    Error const none{.code = Code::not_found, .detail = std::string(call.id)};
    co_return find_dialect("superoffice")->refuse(call, none);
}

Serve is_number_free(Call &call) {
    auto look = one_where<&Project::number>(call.segments().back());
    Result<Reply> const reply = co_await look;
    auto const &self = *find_dialect("superoffice");
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    auto const &projects = reply->records.of<Project>();
    bool const is_free = projects.empty() || *projects.front().id == call.id;
    Body body{.json = is_free ? "true" : "false", .element = "boolean"};
    co_return respond(call, 200, std::move(body));
}

Serve default_project(Dialect const &self, Call &call) {
    auto wanted = wanted_by(self, call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    auto ask_caller = who_asks(call);
    Result<Reply> caller = co_await ask_caller;
    if (!caller) co_return self.refuse(call, caller.error());
    Request ask_types{.verb = Verb::list, .kind = Kind::project_type};
    Result<Reply> types = co_await ask_types;
    if (!types) co_return self.refuse(call, types.error());
    Request ask_newest{.verb = Verb::list, .kind = Kind::project};
    ask_newest.query.sort = {{.field = {canonical::member<&Project::number>()}, .descending = true}};
    ask_newest.query.page.limit = 1;
    Result<Reply> const newest = co_await ask_newest;

    auto const context = self.context(call);
    Reply reply;
    auto &project = reply.records.of<Project>().emplace_back();
    if (auto number = next_number(newest)) project.number = std::move(*number);
    project.ends = default_end(context);
    if (auto const &people = caller->records.of<Person>(); !people.empty()) {
        project.manager = Ref{.id = *people.front().id, .name = *people.front().name};
        project.creator = project.manager;
    }
    for (auto const &type : types->records.of<ProjectType>())
        if (type.is_default && *type.is_default) project.type = Ref{.id = *type.id, .name = *type.name};
    reply.related = std::move(caller->records);
    reply.related.of<ProjectType>() = std::move(types->records.of<ProjectType>());
    co_return self.answer(call, *wanted, reply);
}

} // namespace dialects::superoffice
