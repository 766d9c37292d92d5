// How records are named: by id, by email address, by name; and what an answer tells of those that are named.
#include "tests/backends/stores.hpp"

#include <gmock/gmock.h>

namespace tests {

namespace {

using testing::ElementsAre;

class EveryReference : public EveryStore {
protected:
    Result<Project> with_manager(Ref manager) {
        auto project = named<Project>("Harbour");
        project.manager = std::move(manager);
        return asker_.create(project);
    }
    Result<Project> with_tags(std::vector<Ref> tags) {
        auto project = named<Project>("Harbour");
        project.tags = std::move(tags);
        return asker_.create(project);
    }

    std::string ann_ = asker_.made(person("Ann Lake", "ann@example.com"));
};

INSTANTIATE_TEST_SUITE_P(Stores, EveryReference, testing::ValuesIn(store_kinds()), name_of_store);

TEST_P(EveryReference, IsFoundByIdEmailNameAndGuid) {
    auto const expected = Ref{.id = ann_, .name = "Ann Lake", .email = "ann@example.com"};
    auto const guid = *asker_.get<Person>(ann_)->guid;
    for (auto const &way : {by_id(ann_), by_id(guid), by_email("ann@example.com"), by_email("Ann@Example.COM"),
                            by_name("Ann Lake"), by_name("ann lake")}) {
        auto const project = with_manager(way);
        ASSERT_TRUE(project) << way.id << way.email << way.name;
        EXPECT_EQ(*project->manager, expected);
    }
}

TEST_P(EveryReference, IsRefusedWithTheMemberAndTheTextThatAreWrong) {
    for (auto const &[ref, text] :
         {std::pair(by_id("77"), "77"), std::pair(by_id("x"), "x"),
          std::pair(by_email("bob@example.com"), "bob@example.com"), std::pair(by_name("Bob"), "Bob")}) {
        auto const project = with_manager(ref);
        ASSERT_FALSE(project);
        EXPECT_EQ(problem_of(project), "unknown_reference manager");
        EXPECT_EQ(project.error().detail, text);
    }
    EXPECT_TRUE(asker_.list<Project>()->records.of<Project>().empty()) << "a refusal changes nothing";
}

TEST_P(EveryReference, IsRefusedTogetherWithAllTheOthersThatAreWrong) {
    auto project = named<Project>("");
    project.type = by_id("78");
    project.company = by_name("Nobody");
    project.team = std::vector{Member{.person = by_email("who@example.com")}, Member{.person = by_id(ann_)}};
    EXPECT_EQ(problem_of(asker_.create(project)),
              "unknown_reference type, unknown_reference company, unknown_reference team")
        << "before it is looked at whether anything is missing";
}

TEST_P(EveryReference, ByAnIdOfAnotherKindIsUnknown) {
    auto const company = asker_.made(named<Company>("Acme"));
    EXPECT_EQ(problem_of(with_manager(by_id(company))), "unknown_reference manager");
}

TEST_P(EveryReference, PrefersTheExactNameAndIsAmbiguousWithoutOne) {
    auto const lower = asker_.made(named<Tag>("vip"));
    auto const upper = asker_.made(named<Tag>("VIP"));
    EXPECT_EQ((*with_tags({by_name("VIP")})->tags)[0].id, upper);
    EXPECT_EQ((*with_tags({by_name("vip")})->tags)[0].id, lower);
    EXPECT_EQ(problem_of(with_tags({by_name("Vip")})), "ambiguous tags");
    asker_.made(named<Tag>("vip"));
    EXPECT_EQ(problem_of(with_tags({by_name("vip")})), "ambiguous tags");
    asker_.made(person("Ann Lake", "ann@example.com"));
    EXPECT_EQ(problem_of(with_manager(by_email("ann@example.com"))), "ambiguous manager");
}

TEST_P(EveryReference, IgnoresTheCaseOfLettersBeyondAscii) {
    auto const tag = asker_.made(named<Tag>("Проект Ärger"));
    EXPECT_EQ((*with_tags({by_name("проект ärger")})->tags)[0].id, tag);
}

TEST_P(EveryReference, OfATaskByNameMeansItsOwnWorkflowAndProject) {
    std::vector<std::string> projects, statuses, lists;
    for (auto const *name : {"one", "two"}) {
        auto const workflow = asker_.made(named<Workflow>(name));
        auto status = named<WorkflowStatus>("To do");
        status.workflow = by_id(workflow);
        statuses.push_back(asker_.made(status));
        auto project = named<Project>(name);
        project.workflow = by_id(workflow);
        projects.push_back(asker_.made(project));
        auto list = named<TaskList>("Backlog");
        list.project = by_id(projects.back());
        lists.push_back(asker_.made(list));
    }
    auto task = named<Task>("Dig");
    task.project = by_name("two");
    task.list = by_name("Backlog");
    task.status = by_name("To do");
    auto const made = asker_.create(task);
    ASSERT_TRUE(made) << problem_of(made);
    EXPECT_EQ(made->project->id, projects[1]);
    EXPECT_EQ(made->list->id, lists[1]);
    EXPECT_EQ(made->status->id, statuses[1]);
}

TEST_P(EveryReference, ThatIsEmptyMeansNothing) { EXPECT_TRUE(with_manager(Ref{})->manager.null()); }

TEST_P(EveryReference, ToAnyoneIsForADefaultAssigneeOnly) {
    auto project = named<Project>("Harbour");
    project.default_assignee = by_id(std::string(anyone));
    auto const made = asker_.create(project);
    ASSERT_TRUE(made) << problem_of(made);
    EXPECT_EQ(made->default_assignee->id, anyone);
    EXPECT_EQ(asker_.get<Project>(*made->id)->default_assignee->id, anyone);
    EXPECT_EQ(problem_of(with_manager(by_id(std::string(anyone)))), "unknown_reference manager");
}

TEST_P(EveryReference, InAListStandsThereOnceAndInItsOrder) {
    auto const b = asker_.made(named<Tag>("b")), a = asker_.made(named<Tag>("a"));
    auto const project = with_tags({by_id(b), by_name("a"), by_name("B")});
    ASSERT_TRUE(project);
    EXPECT_THAT(names_in(*project->tags), ElementsAre("b", "a"));
    EXPECT_THAT(names_in(*asker_.get<Project>(*project->id)->tags), ElementsAre("b", "a"));
}

TEST_P(EveryReference, ToAGroupOfTagsIsByItsIdOrItsName) {
    auto tag = named<Tag>("vip");
    auto const labels = asker_.made(named<TagGroup>("Labels"));
    tag.group = by_id(labels);
    EXPECT_EQ(asker_.create(tag)->group->name, "Labels");
    tag.group = by_name("labels");
    EXPECT_EQ(asker_.create(tag)->group->id, labels);
    tag.group = by_id("98");
    EXPECT_EQ(problem_of(asker_.create(tag)), "unknown_reference group");
}

TEST_P(EveryReference, IsAddedToAListAndTakenFromIt) {
    for (auto const *name : {"a", "b", "c"}) asker_.made(named<Tag>(name));
    auto const id = *with_tags({by_name("a"), by_name("b")})->id;
    ListChange change{
        .member = member<&Project::tags>(), .add = {by_name("c"), by_name("A")}, .remove = {by_name("b")}};
    auto const changed = asker_.update(id, Project{}, {change});
    ASSERT_TRUE(changed) << problem_of(changed);
    EXPECT_THAT(names_in(*changed->tags), ElementsAre("a", "c"));
    change = {.member = member<&Project::tags>(), .add = {by_name("d")}};
    EXPECT_EQ(problem_of(asker_.update(id, Project{}, {change})), "unknown_reference tags");

    Project patch;
    patch.tags = std::vector{by_name("b")};
    change = {.member = member<&Project::tags>(), .add = {by_name("a")}};
    EXPECT_THAT(names_in(*asker_.update(id, patch, {change})->tags), ElementsAre("b", "a")) << "on top of the patch";
}

// --- who works on a project

class EveryTeam : public EveryStore {
protected:
    std::vector<std::string> team_of(std::string const &id) { return names_in(*asker_.get<Project>(id)->team); }

    std::string ann_ = asker_.made(person("Ann", "ann@example.com"));
    std::string bob_ = asker_.made(person("Bob", "bob@example.com"));
    std::string cyd_ = asker_.made(person("Cyd", "cyd@example.com"));
};

INSTANTIATE_TEST_SUITE_P(Stores, EveryTeam, testing::ValuesIn(store_kinds()), name_of_store);

TEST_P(EveryTeam, HasWhoeverManagesTheProject) {
    auto project = named<Project>("Harbour");
    project.team = std::vector{Member{.person = by_id(cyd_)}};
    project.manager = by_id(ann_);
    project.co_managers = std::vector{by_id(bob_), by_id(ann_)};
    auto const made = asker_.create(project);
    ASSERT_TRUE(made) << problem_of(made);
    EXPECT_THAT(names_in(*made->team), ElementsAre("Cyd", "Ann", "Bob"));
    EXPECT_THAT(names_in(*made->co_managers), ElementsAre("Bob")) << "those beside the manager";

    auto const bare = asker_.made(named<Project>("Pier"));
    EXPECT_THAT(team_of(bare), ElementsAre());
    Project patch;
    patch.manager = by_id(bob_);
    EXPECT_THAT(names_in(*asker_.update(bare, patch)->team), ElementsAre("Bob"));
    patch = {};
    patch.co_managers = std::vector{by_id(cyd_)};
    EXPECT_THAT(names_in(*asker_.update(bare, patch)->team), ElementsAre("Bob", "Cyd"));
}

TEST_P(EveryTeam, LetsGoOfManagersWhoLeaveIt) {
    auto project = named<Project>("Harbour");
    project.manager = by_id(ann_);
    project.co_managers = std::vector{by_id(bob_), by_id(cyd_)};
    auto const id = asker_.made(project);

    ListChange leave{.member = member<&Project::team>(), .remove = {by_id(bob_)}};
    auto changed = asker_.update(id, Project{}, {leave});
    ASSERT_TRUE(changed) << problem_of(changed);
    EXPECT_THAT(names_in(*changed->team), ElementsAre("Ann", "Cyd"));
    EXPECT_THAT(names_in(*changed->co_managers), ElementsAre("Cyd"));
    EXPECT_EQ(changed->manager->id, ann_);

    Project patch;
    patch.team = std::vector{Member{.person = by_id(bob_)}};
    changed = asker_.update(id, patch);
    EXPECT_THAT(names_in(*changed->team), ElementsAre("Bob"));
    EXPECT_TRUE(changed->manager.null());
    EXPECT_TRUE(changed->co_managers->empty());

    patch.manager = by_id(cyd_);
    EXPECT_THAT(names_in(*asker_.update(id, patch)->team), ElementsAre("Bob", "Cyd")) << "who is named stays";
}

TEST_P(EveryTeam, RemembersWhatIsKnownOfThoseWhoStay) {
    auto const acme = asker_.made(named<Company>("Acme"));
    auto project = named<Project>("Harbour");
    project.team = std::vector{Member{.person = by_id(ann_),
                                      .company = by_id(acme),
                                      .role = {.id = "3", .name = "Lead"},
                                      .note = "early",
                                      .joined = noon - 24h},
                               Member{.person = by_id(bob_)}};
    auto const made = asker_.create(project);
    ASSERT_TRUE(made) << problem_of(made);
    auto const ann = (*made->team)[0], bob = (*made->team)[1];
    EXPECT_EQ(ann.company, (Ref{.id = acme, .name = "Acme"}));
    EXPECT_EQ(bob.joined, noon);

    asker_.now = noon + 1h;
    Project patch;
    patch.team = std::vector{Member{.person = by_id(cyd_)}, Member{.person = by_email("ann@example.com")}};
    auto changed = asker_.update(*made->id, patch);
    ASSERT_EQ(changed->team->size(), 2u);
    EXPECT_EQ((*changed->team)[0].person.id, cyd_);
    EXPECT_EQ((*changed->team)[0].joined, noon + 1h);
    EXPECT_EQ((*changed->team)[1], ann) << "the membership is the same";

    patch.team = std::vector{Member{.person = by_id(ann_), .role = {.id = "4", .name = "Guest"}}};
    changed = asker_.update(*made->id, patch);
    EXPECT_EQ((*changed->team)[0].role.name, "Guest");
    EXPECT_EQ((*changed->team)[0].note, "early");
    EXPECT_EQ((*changed->team)[0].id, ann.id);
}

TEST_P(EveryTeam, IsTheSameAfterTheSameIsSaid) {
    auto project = named<Project>("Harbour");
    project.manager = by_id(ann_);
    project.team = std::vector{Member{.person = by_id(bob_)}};
    auto const made = asker_.create(project);
    EXPECT_EQ(*asker_.update(*made->id, project)->team, *made->team);
}

TEST_P(EveryTeam, MayHaveACompanyWithoutAPerson) {
    auto const acme = asker_.made(named<Company>("Acme"));
    auto project = named<Project>("Harbour");
    project.team = std::vector{Member{.company = by_name("Acme")}, Member{.person = by_id(ann_)}};
    auto const made = asker_.create(project);
    ASSERT_TRUE(made) << problem_of(made);
    EXPECT_EQ((*made->team)[0].company.id, acme);
    EXPECT_TRUE((*made->team)[0].person.empty());
    EXPECT_EQ(*asker_.update(*made->id, project)->team, *made->team);
    project.team = std::vector{Member{}};
    EXPECT_EQ(problem_of(asker_.create(project)), "unknown_reference team");
}

// --- phase and status

class EveryPhase : public EveryStore {
protected:
    std::string active_ = asker_.made(status("Active", Phase::active, true));
    std::string waiting_ = asker_.made(status("Waiting", Phase::active));
    std::string paused_ = asker_.made(status("Paused", Phase::paused, true));
    std::string done_ = asker_.made(status("Done", Phase::closed, true));
    std::string project_ = asker_.made(named<Project>("Harbour"));

    Project to_status(std::string id) {
        Project patch;
        patch.status = by_id(std::move(id));
        return patch;
    }
    Project to_phase(Phase phase) {
        Project patch;
        patch.phase = phase;
        return patch;
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, EveryPhase, testing::ValuesIn(store_kinds()), name_of_store);

TEST_P(EveryPhase, GoesTogetherWithAStatus) {
    auto project = asker_.get<Project>(project_);
    EXPECT_EQ(*project->phase, Phase::active);
    EXPECT_EQ(project->status->name, "Active");
    project = asker_.update(project_, to_status(paused_));
    EXPECT_EQ(*project->phase, Phase::paused);
    project = asker_.update(project_, to_phase(Phase::closed));
    EXPECT_EQ(project->status->name, "Done");
    project = asker_.update(project_, to_status(waiting_));
    EXPECT_EQ(*project->phase, Phase::active);
    project = asker_.update(project_, to_phase(Phase::active));
    EXPECT_EQ(project->status->name, "Waiting") << "it has that phase already";
    project = asker_.update(project_, to_phase(Phase::not_active));
    EXPECT_EQ(*project->phase, Phase::closed);
}

TEST_P(EveryPhase, ThatIsClosedTellsSinceWhen) {
    asker_.now = noon + 1h;
    auto project = asker_.update(project_, to_phase(Phase::closed));
    EXPECT_EQ(*project->archived, noon + 1h);
    EXPECT_EQ(*project->closed, noon + 1h);
    asker_.now = noon + 2h;
    project = asker_.update(project_, named<Project>("Pier"));
    EXPECT_EQ(*project->archived, noon + 1h);
    project = asker_.update(project_, to_phase(Phase::active));
    EXPECT_TRUE(project->archived.null());
    EXPECT_EQ(*project->closed, noon + 1h) << "when it was closed last";

    auto born_closed = named<Project>("Old");
    born_closed.phase = Phase::closed;
    born_closed.archived = born_closed.closed = noon - 24h;
    project = asker_.create(born_closed);
    EXPECT_EQ(*project->archived, noon - 24h);
    EXPECT_EQ(project->status->name, "Done");
}

TEST_P(EveryPhase, OfAStatusIsThatOfItsProjects) {
    ASSERT_TRUE(asker_.update(project_, to_status(waiting_)));
    auto const version = *asker_.get<Project>(project_)->version;
    ProjectStatus patch;
    patch.phase = Phase::closed;
    asker_.now = noon + 1h;
    ASSERT_TRUE(asker_.update(waiting_, patch));
    auto project = asker_.get<Project>(project_);
    EXPECT_EQ(*project->phase, Phase::closed);
    EXPECT_EQ(project->status->id, waiting_);
    EXPECT_EQ(*project->archived, noon + 1h);
    EXPECT_EQ(*project->updated, noon + 1h);
    EXPECT_EQ(*project->version, version + 1);
    patch.phase = Phase::active;
    ASSERT_TRUE(asker_.update(waiting_, patch));
    EXPECT_TRUE(asker_.get<Project>(project_)->archived.null());
}

TEST_P(EveryPhase, OutlivesTheStatusThatIsRemoved) {
    ASSERT_TRUE(asker_.update(project_, to_status(waiting_)));
    ASSERT_TRUE(asker_.remove<ProjectStatus>(waiting_));
    EXPECT_EQ(asker_.get<Project>(project_)->status->name, "Active") << "the usual one of that phase";
    EXPECT_EQ(problem_of(asker_.remove<ProjectStatus>(active_)), "in_use") << "no other has its phase";
    EXPECT_EQ(asker_.get<Project>(project_)->status->name, "Active");
    EXPECT_TRUE(asker_.remove<ProjectStatus>(paused_)) << "nobody has it";
}

TEST_P(EveryPhase, HasOneUsualStatus) {
    auto other = status("Running", Phase::active, true);
    auto const running = asker_.made(other);
    EXPECT_FALSE(*asker_.get<ProjectStatus>(active_)->is_default);
    EXPECT_TRUE(*asker_.get<ProjectStatus>(paused_)->is_default) << "of another phase";
    ProjectStatus patch;
    patch.phase = Phase::paused;
    ASSERT_TRUE(asker_.update(running, patch));
    EXPECT_FALSE(*asker_.get<ProjectStatus>(paused_)->is_default) << "it has come into that phase as its usual one";
}

TEST_P(EveryPhase, OfALockedStatusNeverChanges) {
    auto locked = status("Fixed", Phase::paused);
    locked.is_locked = true;
    auto const id = asker_.made(locked);
    EXPECT_EQ(problem_of(asker_.update(id, named<ProjectStatus>("x"))), "locked");
    EXPECT_EQ(problem_of(asker_.remove<ProjectStatus>(id)), "locked");
}

} // namespace

} // namespace tests
