// Names of statuses and addresses of people, on their way to the backend and back.
#include "canonical/mapping.hpp"

#include <gtest/gtest.h>

namespace {

using namespace canonical;

Mapping const words{
    .statuses = {{"In the works", "Active"}, {"Parked", "On-hold"}, {"Active", "Proposal"}},
    .people = {{"old@example.com", "new@example.com"}, {"Bo@Example.com", "bo.park@example.com"}},
};

Request sent(Request request) {
    EXPECT_FALSE(to_backend(words, request));
    return request;
}

Reply shown(Reply reply) {
    to_caller(words, reply);
    return reply;
}

template <class E> E shown(E entity) {
    Reply reply;
    reply.records.of<E>().push_back(std::move(entity));
    return shown(std::move(reply)).template one<E>();
}

Project project_of(Request const &request) { return std::get<Project>(request.patch); }

Member on_team(std::string email) { return {.person = {.email = std::move(email)}}; }

TEST(WordsToTheBackend, TranslateTheNameOfAStatus) {
    auto const request = sent({.verb = Verb::update, .patch = Project{.status = Ref{.name = "In the works"}}});
    EXPECT_EQ(project_of(request).status->name, "Active");
}

TEST(WordsToTheBackend, AreTranslatedOnceAndNotAgain) {
    // "In the works" is Active, and what the caller calls Active is Proposal.
    EXPECT_EQ(project_of(sent({.patch = Project{.status = Ref{.name = "In the works"}}})).status->name, "Active");
    EXPECT_EQ(project_of(sent({.patch = Project{.status = Ref{.name = "Active"}}})).status->name, "Proposal");
}

TEST(WordsToTheBackend, AreFoundInAnyCase) {
    EXPECT_EQ(project_of(sent({.patch = Project{.status = Ref{.name = "IN THE WORKS"}}})).status->name, "Active");
    EXPECT_EQ(project_of(sent({.patch = Project{.manager = Ref{.email = "OLD@example.COM"}}})).manager->email,
              "new@example.com");
}

TEST(WordsToTheBackend, PassWhereTheMappingHasNone) {
    auto const request = sent({.patch = Project{.status = Ref{.id = "5", .name = "Proposal"},
                                                .manager = Ref{.id = "old@example.com", .name = "Parked"}}});
    EXPECT_EQ(*project_of(request).status, (Ref{.id = "5", .name = "Proposal"}));
    EXPECT_EQ(*project_of(request).manager, (Ref{.id = "old@example.com", .name = "Parked"}));
}

TEST(WordsToTheBackend, LeaveAbsentAndNullAlone) {
    auto const project = project_of(sent({.patch = Project{.manager = std::nullopt}}));
    EXPECT_TRUE(project.status.absent());
    EXPECT_TRUE(project.manager.null());
}

TEST(WordsToTheBackend, TranslatePeopleWhereverTheyStand) {
    Ref const old{.email = "old@example.com"};
    auto const request = sent({
        .verb = Verb::update,
        .patch = Project{.manager = old,
                         .co_managers = std::vector{old, Ref{.email = "else@example.com"}},
                         .team = std::vector{on_team("old@example.com"), on_team("bo@example.com")},
                         .default_assignee = old},
        .changes = {{.member = member<&Project::team>(), .add = {old}, .remove = {{.email = "bo@example.com"}}}},
        .actor = old,
    });
    auto const project = project_of(request);
    EXPECT_EQ(project.manager->email, "new@example.com");
    EXPECT_EQ((*project.co_managers)[0].email, "new@example.com");
    EXPECT_EQ((*project.co_managers)[1].email, "else@example.com");
    EXPECT_EQ((*project.team)[0].person.email, "new@example.com");
    EXPECT_EQ((*project.team)[1].person.email, "bo.park@example.com");
    EXPECT_EQ(project.default_assignee->email, "new@example.com");
    EXPECT_EQ(request.changes[0].add[0].email, "new@example.com");
    EXPECT_EQ(request.changes[0].remove[0].email, "bo.park@example.com");
    EXPECT_EQ(request.actor.email, "new@example.com");
}

TEST(WordsToTheBackend, TranslateStatusesAndPeopleThatAreTheRecordsThemselves) {
    auto const status =
        sent({.verb = Verb::create, .kind = Kind::project_status, .patch = ProjectStatus{.name = "Parked"}});
    EXPECT_EQ(*std::get<ProjectStatus>(status.patch).name, "On-hold");
    auto const person = sent(
        {.verb = Verb::create, .kind = Kind::person, .patch = Person{.name = "Parked", .email = "old@example.com"}});
    EXPECT_EQ(*std::get<Person>(person.patch).email, "new@example.com");
    EXPECT_EQ(*std::get<Person>(person.patch).name, "Parked");
}

TEST(WordsToTheBackend, LeaveStatusesOfTasksAlone) {
    auto const request =
        sent({.verb = Verb::update, .kind = Kind::task, .patch = Task{.status = Ref{.name = "Active"}}});
    EXPECT_EQ(std::get<Task>(request.patch).status->name, "Active");
    auto const step =
        sent({.verb = Verb::update, .kind = Kind::workflow_status, .patch = WorkflowStatus{.name = "Active"}});
    EXPECT_EQ(*std::get<WorkflowStatus>(step.patch).name, "Active");
}

// Filters.

Field const status_name{member<&Project::status>(), Part::name},
    manager_email{member<&Project::manager>(), Part::email};

Filter where(Operator op, Field field, std::vector<Value> values) {
    return {.op = op, .field = field, .values = std::move(values)};
}

Filter sent(Filter filter) { return sent({.verb = Verb::list, .query = {.filter = std::move(filter)}}).query.filter; }

std::vector<std::string> texts(Filter const &filter) {
    std::vector<std::string> list;
    for (auto const &value : filter.values) list.push_back(std::get<std::string>(value));
    return list;
}

using Texts = std::vector<std::string>;

TEST(WordsInAFilter, AreTranslatedWhereNamesAreCompared) {
    EXPECT_EQ(texts(sent(where(Operator::equal, status_name, {"In the works"}))), Texts{"Active"});
    EXPECT_EQ(texts(sent(where(Operator::not_equal, status_name, {"parked"}))), Texts{"On-hold"});
    EXPECT_EQ(texts(sent(where(Operator::in, status_name, {"Parked", "Else"}))), (Texts{"On-hold", "Else"}));
    EXPECT_EQ(texts(sent(where(Operator::equal, {member<&ProjectStatus::name>()}, {"Parked"}))), Texts{"On-hold"});
    EXPECT_EQ(texts(sent(where(Operator::not_in, manager_email, {"old@example.com"}))), Texts{"new@example.com"});
    EXPECT_EQ(texts(sent(where(Operator::equal, {member<&Person::email>()}, {"old@example.com"}))),
              Texts{"new@example.com"});
}

TEST(WordsInAFilter, AreTranslatedAtAnyDepth) {
    Filter const inner{.op = Operator::none, .children = {where(Operator::equal, status_name, {"Parked"})}};
    auto const filter = sent(
        Filter{.op = Operator::any, .children = {inner, where(Operator::equal, manager_email, {"old@example.com"})}});
    EXPECT_EQ(filter.op, Operator::any);
    EXPECT_EQ(filter.children[0].op, Operator::none);
    EXPECT_EQ(texts(filter.children[0].children[0]), Texts{"On-hold"});
    EXPECT_EQ(texts(filter.children[1]), Texts{"new@example.com"});
}

TEST(WordsInAFilter, StayWhereSomethingElseIsCompared) {
    EXPECT_EQ(texts(sent(where(Operator::equal, {member<&Project::name>()}, {"Parked"}))), Texts{"Parked"});
    EXPECT_EQ(texts(sent(where(Operator::equal, {member<&Project::status>(), Part::id}, {"Parked"}))), Texts{"Parked"});
    EXPECT_EQ(texts(sent(where(Operator::equal, {member<&Task::status>(), Part::name}, {"Parked"}))), Texts{"Parked"});
    EXPECT_TRUE(std::holds_alternative<std::nullptr_t>(sent(where(Operator::equal, status_name, {nullptr})).values[0]));
}

TEST(WordsInAFilter, AreToldOneByOneWhereAPartOfThemIsSought) {
    struct Case {
        Operator op;
        std::string pattern;
        Texts told;
    };
    for (auto const &[op, pattern, told] : {
             Case{Operator::contains, "WORK", {"Active"}},
             Case{Operator::contains, "k", {"Active", "On-hold"}}, // In the works, Parked
             Case{Operator::starts_with, "a", {"Proposal"}},       // Active
             Case{Operator::starts_with, "ark", {}},
             Case{Operator::ends_with, "works", {"Active"}},
             Case{Operator::like, "%the%w%s", {"Active"}},
             Case{Operator::like, "parked", {"On-hold"}},
             Case{Operator::like, "p%d", {"On-hold"}},
             Case{Operator::like, "p%x%d", {}},
             Case{Operator::like, "park", {}},
             Case{Operator::like, "%", {"Proposal", "Active", "On-hold"}},
         }) {
        auto const filter = sent(where(op, status_name, {pattern}));
        ASSERT_EQ(filter.op, Operator::any) << pattern;
        ASSERT_EQ(filter.children.size(), told.empty() ? 1u : 2u) << pattern;
        // A word that the mapping does not know fits as it is,
        auto const &others = filter.children[0];
        ASSERT_EQ(others.op, Operator::all);
        EXPECT_EQ(others.children[0].op, op);
        EXPECT_EQ(texts(others.children[0]), Texts{pattern});
        // those that it knows do not, whatever the backend calls them,
        EXPECT_EQ(others.children[1].op, Operator::not_in);
        EXPECT_EQ(texts(others.children[1]), (Texts{"Proposal", "Active", "On-hold"}));
        // but where the caller's word fits.
        if (told.empty()) continue;
        EXPECT_EQ(filter.children[1].op, Operator::in);
        EXPECT_EQ(texts(filter.children[1]), told) << pattern;
    }
}

TEST(WordsInAFilter, ArePatternsStillWhereTheMappingHasNoWords) {
    Request request{.query = {.filter = where(Operator::contains, status_name, {"a"})}};
    EXPECT_FALSE(to_backend(Mapping{.defaults = {{"project.workflow", "1"}}}, request));
    EXPECT_EQ(request.query.filter.op, Operator::contains);
}

TEST(WordsInAFilter, CostNoTimeWithAMaliciousPattern) {
    std::string pattern;
    for (int i = 0; i < 5000; ++i) pattern += "%e";
    auto const filter = sent(where(Operator::like, status_name, {pattern + "%x"}));
    EXPECT_EQ(filter.children.size(), 1u);
}

// Replies.

TEST(WordsToTheCaller, TranslateBackWhateverTheReplyHolds) {
    Reply reply;
    reply.records.of<Project>().push_back({.status = Ref{.id = "1", .name = "Active"},
                                           .manager = Ref{.id = "2", .name = "Ann", .email = "new@example.com"},
                                           .team = std::vector{on_team("bo.park@example.com")},
                                           .creator = Ref{.email = "new@example.com"}});
    reply.related.of<ProjectStatus>().push_back({.id = "1", .name = "Active"});
    reply.related.of<ProjectStatus>().push_back({.id = "3", .name = "Completed"});
    reply.related.of<Person>().push_back({.id = "2", .email = "new@example.com"});
    reply.total = 7;
    reply = shown(std::move(reply));

    auto const &project = reply.one<Project>();
    EXPECT_EQ(*project.status, (Ref{.id = "1", .name = "In the works"}));
    EXPECT_EQ(*project.manager, (Ref{.id = "2", .name = "Ann", .email = "old@example.com"}));
    EXPECT_EQ((*project.team)[0].person.email, "Bo@Example.com");
    EXPECT_EQ(project.creator->email, "old@example.com");
    EXPECT_EQ(*reply.related.find<ProjectStatus>("1")->name, "In the works");
    EXPECT_EQ(*reply.related.find<ProjectStatus>("3")->name, "Completed");
    EXPECT_EQ(*reply.related.find<Person>("2")->email, "old@example.com");
    EXPECT_EQ(reply.total, 7);
}

TEST(WordsToTheCaller, GiveTheCallersWordsBack) {
    for (std::string const word : {"In the works", "Parked", "Active", "Something else"}) {
        auto const request = sent({.patch = Project{.status = Ref{.name = word}}});
        EXPECT_EQ(shown(project_of(request)).status->name, word);
    }
    for (std::string const email : {"old@example.com", "Bo@Example.com", "else@example.com"}) {
        auto const request = sent({.patch = Project{.manager = Ref{.email = email}}});
        EXPECT_EQ(shown(project_of(request)).manager->email, email);
    }
}

TEST(WordsToTheCaller, TellWhichOfTheCallersWordsWasWrong) {
    Error error{.code = Code::unknown_reference, .field = "status", .detail = "On-hold"};
    error.more.push_back({.code = Code::unknown_reference, .field = "manager", .detail = "new@example.com"});
    to_caller(words, error);
    EXPECT_EQ(error.field, "status");
    EXPECT_EQ(error.detail, "Parked");
    EXPECT_EQ(error.more[0].detail, "old@example.com");
}

} // namespace
