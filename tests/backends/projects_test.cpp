// What is done with projects beyond a change of fields: copies, and other workflows.
#include "tests/backends/stores.hpp"

#include <gmock/gmock.h>

namespace tests {

namespace {

using testing::ElementsAre, testing::IsEmpty, testing::SizeIs;

// A project with two lists, an open task in each and a closed one in the first; a workflow of three statuses.
class EveryProject : public EveryStore {
protected:
    EveryProject() {
        asker_.made(status("Active", Phase::active, true));
        asker_.made(status("Done", Phase::closed, true));
        workflow_ = asker_.made(named<Workflow>("Usual"));
        for (auto const &[name, category] : {std::pair("To do", Category::open), std::pair("Doing", Category::started),
                                             std::pair("Done", Category::closed)})
            statuses_.push_back(made_status(workflow_, name, category));
        ann_ = asker_.made(person("Ann", "ann@example.com"));
        asker_.made(named<Tag>("urgent"));
        auto project = named<Project>("Harbour");
        project.code = "HB";
        project.description = "All of it";
        project.workflow = by_id(workflow_);
        project.manager = by_id(ann_);
        project.tags = std::vector{by_name("urgent")};
        project.custom = std::vector{CustomValue{.key = "k", .json = "1"}};
        project.budget_hours = Decimal{.digits = 605, .scale = 1};
        source_ = asker_.made(project);
        for (auto const *name : {"Plans", "Works"}) {
            auto list = named<TaskList>(name);
            list.project = by_id(source_);
            lists_.push_back(asker_.made(list));
        }
        made_task("Draw", lists_[0], statuses_[0]);
        made_task("Measure", lists_[0], statuses_[2]);
        made_task("Dig", lists_[1], statuses_[1]);
    }

    std::string made_status(std::string const &workflow, std::string name, Category category) {
        auto status = named<WorkflowStatus>(std::move(name));
        status.workflow = by_id(workflow);
        status.category = category;
        return asker_.made(status);
    }
    void made_task(std::string name, std::string const &list, std::string const &status) {
        auto task = named<Task>(std::move(name));
        task.list = by_id(list);
        task.status = by_id(status);
        task.description = "how to";
        task.assignees = std::vector{by_id(ann_)};
        task.tags = std::vector{by_name("urgent")};
        task.starts = Date(std::chrono::days(20'000));
        task.budget_hours = Decimal{.digits = 3};
        tasks_.push_back(asker_.made(task));
    }
    Result<Project> copy(CopyParts parts, Project overrides = {}, std::string id = {}) {
        return asker_.one<Project>({.verb = Verb::copy,
                                    .id = id.empty() ? source_ : id,
                                    .patch = std::move(overrides),
                                    .arguments = parts,
                                    .now = noon + 1h});
    }
    std::vector<Task> tasks_of(std::string const &project) {
        auto reply = asker_.list<Task>({.filter = where(field<&Task::project>(Part::id), Operator::equal, {project}),
                                        .sort = {{.field = field<&Task::number>()}}});
        return reply->records.of<Task>();
    }
    std::vector<std::string> statuses_of(std::string const &project) {
        std::vector<std::string> names;
        for (auto const &task : tasks_of(project)) names.push_back(task.status->name);
        return names;
    }
    Result<Project> change_workflow(WorkflowMap map) {
        return asker_.one<Project>(
            {.verb = Verb::change_workflow, .id = source_, .arguments = std::move(map), .now = noon + 1h});
    }

    std::string workflow_, ann_, source_;
    std::vector<std::string> statuses_, lists_, tasks_;
};

INSTANTIATE_TEST_SUITE_P(Stores, EveryProject, testing::ValuesIn(store_kinds()), name_of_store);

TEST_P(EveryProject, IsCopiedWithoutWhatIsNotWanted) {
    Project patch;
    patch.phase = Phase::closed;
    ASSERT_TRUE(asker_.update(source_, patch));
    auto const made = copy({}, named<Project>("Second harbour"));
    ASSERT_TRUE(made) << problem_of(made);
    EXPECT_NE(*made->id, source_);
    EXPECT_EQ(*made->name, "Second harbour");
    EXPECT_EQ(*made->description, "All of it");
    EXPECT_EQ(made->workflow->id, workflow_);
    EXPECT_EQ(*made->budget_hours, (Decimal{.digits = 605, .scale = 1}));
    EXPECT_THAT(names_in(*made->tags), ElementsAre("urgent"));
    EXPECT_EQ(made->source->id, source_);
    EXPECT_EQ(*made->number, "2");
    EXPECT_TRUE(made->code.null());
    EXPECT_EQ(*made->phase, Phase::active);
    EXPECT_EQ(made->status->name, "Active");
    EXPECT_TRUE(made->archived.null());
    EXPECT_TRUE(made->closed.null());
    EXPECT_EQ(*made->version, 1);
    EXPECT_EQ(*made->created, noon + 1h);
    EXPECT_THAT(*made->team, IsEmpty());
    EXPECT_TRUE(made->manager.null());
    EXPECT_TRUE(made->custom.null());
    EXPECT_THAT(tasks_of(*made->id), IsEmpty());
}

TEST_P(EveryProject, IsCopiedWithItsTeamAndItsTasks) {
    auto const made = copy({.team = true,
                            .task_lists = true,
                            .open_tasks = true,
                            .closed_tasks = true,
                            .assignees = true,
                            .task_tags = true,
                            .task_descriptions = true,
                            .task_dates = true,
                            .estimates = true,
                            .custom_values = true});
    ASSERT_TRUE(made) << problem_of(made);
    EXPECT_EQ(*made->name, "Harbour");
    EXPECT_EQ(made->manager->id, ann_);
    EXPECT_THAT(names_in(*made->team), ElementsAre("Ann"));
    EXPECT_NE((*made->team)[0].id, (*asker_.get<Project>(source_)->team)[0].id) << "another membership";
    EXPECT_EQ((*made->custom)[0].key, "k");
    EXPECT_EQ(*made->last_task_number, 3);

    auto const originals = tasks_of(source_), copies = tasks_of(*made->id);
    ASSERT_THAT(copies, SizeIs(3));
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(*copies[i].name, *originals[i].name);
        EXPECT_EQ(*copies[i].number, std::int64_t(i) + 1);
        EXPECT_EQ(*copies[i].is_done, *originals[i].is_done);
        EXPECT_EQ(copies[i].status->id, originals[i].status->id);
        EXPECT_EQ(*copies[i].description, "how to");
        EXPECT_THAT(names_in(*copies[i].assignees), ElementsAre("Ann"));
        EXPECT_THAT(names_in(*copies[i].tags), ElementsAre("urgent"));
        EXPECT_EQ(copies[i].list->name, originals[i].list->name);
        EXPECT_NE(copies[i].list->id, originals[i].list->id);
        EXPECT_EQ(copies[i].starts, originals[i].starts);
        EXPECT_EQ(copies[i].budget_hours, originals[i].budget_hours);
        EXPECT_EQ(*copies[i].created, noon + 1h);
    }
}

TEST_P(EveryProject, IsCopiedWithOpenTasksAlone) {
    auto const made = copy({.task_lists = true, .open_tasks = true, .assignees = true});
    ASSERT_TRUE(made) << problem_of(made);
    auto const copies = tasks_of(*made->id);
    ASSERT_THAT(copies, SizeIs(2));
    EXPECT_EQ(*copies[1].name, "Dig");
    EXPECT_EQ(*copies[1].number, 2) << "numbers restart";
    EXPECT_THAT(*copies[0].assignees, IsEmpty()) << "not without the team";
    EXPECT_TRUE(copies[0].description.null());
    EXPECT_TRUE(copies[0].starts.null());
    EXPECT_THAT(tasks_of(*copy({.open_tasks = true})->id), IsEmpty()) << "no lists, no tasks";
}

TEST_P(EveryProject, IsCopiedAsATemplate) {
    auto const made = copy({.as_template = true});
    EXPECT_TRUE(*made->is_template);
    EXPECT_TRUE(made->number.null());
    EXPECT_FALSE(*copy({}, {}, *made->id)->is_template) << "a copy of a template is none";
}

TEST_P(EveryProject, IsCopiedIntoAnotherWorkflow) {
    auto const other = asker_.made(named<Workflow>("Other"));
    made_status(other, "New", Category::open);
    made_status(other, "Over", Category::closed);
    Project overrides;
    overrides.workflow = by_id(other);
    auto const made = copy({.task_lists = true, .open_tasks = true, .closed_tasks = true}, overrides);
    ASSERT_TRUE(made) << problem_of(made);
    EXPECT_THAT(statuses_of(*made->id), ElementsAre("New", "Over", "New"));
    EXPECT_THAT(statuses_of(source_), ElementsAre("To do", "Done", "Doing"));
}

TEST_P(EveryProject, IsCopiedWithTheExtrasOfEveryDialect) {
    for (auto const *dialect : {"paymo", "worksection"}) {
        Project patch;
        patch.extras.kept.add({{}, "said by", dialect});
        ASSERT_TRUE(asker_.one<Project>(
            {.verb = Verb::update, .id = source_, .patch = patch, .dialect = dialect, .now = noon}));
    }
    Request request{.verb = Verb::copy, .id = source_, .arguments = CopyParts{}, .dialect = "paymo", .now = noon};
    request.of<Project>().extras.kept.add({{}, "more", "1"});
    auto const made = asker_.one<Project>(request);
    ASSERT_TRUE(made) << problem_of(made);
    EXPECT_EQ(made->extras.kept.find({}, "said by"), "paymo");
    EXPECT_EQ(made->extras.kept.find({}, "more"), "1");
    Request get{.verb = Verb::get, .id = *made->id, .dialect = "worksection"};
    EXPECT_EQ(asker_.one<Project>(get)->extras.kept.find({}, "said by"), "worksection");
}

TEST_P(EveryProject, CannotBeCopiedFromNothing) {
    auto const made = copy({}, {}, "77");
    EXPECT_EQ(problem_of(made), "unknown_reference source");
    EXPECT_EQ(made.error().detail, "77");
}

TEST_P(EveryProject, ChangesItsWorkflowByAMap) {
    auto const other = asker_.made(named<Workflow>("Other"));
    auto const fresh = made_status(other, "New", Category::open), over = made_status(other, "Over", Category::closed);
    WorkflowMap map{
        .workflow = other, .given = true, .map = {{statuses_[0], over}, {statuses_[1], fresh}, {statuses_[2], fresh}}};
    auto const changed = change_workflow(map);
    ASSERT_TRUE(changed) << problem_of(changed);
    EXPECT_EQ(changed->workflow->id, other);
    EXPECT_EQ(*changed->version, 2);
    EXPECT_EQ(*changed->updated, noon + 1h);
    EXPECT_THAT(statuses_of(source_), ElementsAre("Over", "New", "New"));
    EXPECT_TRUE(*tasks_of(source_)[0].is_done);
    EXPECT_FALSE(*tasks_of(source_)[1].is_done);
}

TEST_P(EveryProject, MayExchangeTheStatusesOfItsOwnWorkflow) {
    WorkflowMap const map{
        .given = true,
        .map = {{statuses_[0], statuses_[1]}, {statuses_[1], statuses_[0]}, {statuses_[2], statuses_[2]}}};
    ASSERT_TRUE(change_workflow(map));
    EXPECT_THAT(statuses_of(source_), ElementsAre("Doing", "Done", "To do"));
}

TEST_P(EveryProject, RefusesAWorkflowThatDoesNotFit) {
    auto const empty = asker_.made(named<Workflow>("Empty"));
    EXPECT_EQ(problem_of(change_workflow({.workflow = "77", .given = true})), "unknown_reference workflow");
    EXPECT_EQ(problem_of(change_workflow({.workflow = empty, .given = true})),
              "blank map, too_few_statuses workflow, incomplete_map map");
    EXPECT_EQ(problem_of(change_workflow({.given = true, .map = {{statuses_[0], statuses_[1]}}})),
              "incomplete_map map");
    EXPECT_THAT(statuses_of(source_), ElementsAre("To do", "Done", "Doing"));
}

TEST_P(EveryProject, KeepsTheMeaningOfStatusesInAWorkflowWithoutAMap) {
    auto const other = asker_.made(named<Workflow>("Other"));
    made_status(other, "New", Category::open);
    made_status(other, "Over", Category::closed);
    Project patch;
    patch.workflow = by_id(other);
    ASSERT_TRUE(asker_.update(source_, patch));
    EXPECT_THAT(statuses_of(source_), ElementsAre("New", "Over", "New"));
}

TEST_P(EveryProject, MapsItsListsToStatuses) {
    auto const map_lists = [&](std::map<std::string, std::string> map) {
        return asker_.one<Project>({.verb = Verb::map_to_workflow,
                                    .id = source_,
                                    .arguments = WorkflowMap{.given = true, .map = std::move(map)},
                                    .now = noon});
    };
    ASSERT_TRUE(map_lists({{lists_[0], statuses_[2]}}));
    EXPECT_THAT(statuses_of(source_), ElementsAre("Done", "Done", "Doing"));
    EXPECT_TRUE(*tasks_of(source_)[0].is_done);
    EXPECT_EQ(problem_of(map_lists({})), "blank map");
    EXPECT_EQ(problem_of(map_lists({{"77", statuses_[0]}})), "bad_map_key map");
    EXPECT_EQ(problem_of(map_lists({{lists_[0], "77"}})), "bad_map_value map");
}

} // namespace

} // namespace tests
