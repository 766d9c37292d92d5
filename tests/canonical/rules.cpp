#include "canonical/rules.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace {

using namespace canonical;
using enum Phase;

constexpr Instant noon{std::chrono::milliseconds(1'767'268'800'120)}, yesterday = noon - std::chrono::hours(24);

ProjectStatus status(std::string id, Phase phase, std::int64_t position, bool is_default = false) {
    return {.id = std::move(id), .phase = phase, .position = position, .is_default = is_default};
}

// Two of each phase; the defaults are not the first, and the order is not that of the positions.
std::vector<ProjectStatus> const statuses = {
    status("proposal", active, 1), status("running", active, 2, true), status("resting", paused, 4, true),
    status("waiting", paused, 3),  status("done", closed, 5),          status("archived", closed, 6, true),
};

Project settle(Project patch, Project const &current) {
    settle_phase(patch, current, statuses, noon);
    return patch;
}

Project in_status(std::string id, Phase phase) { return {.phase = phase, .status = Ref{.id = std::move(id)}}; }

TEST(Phase, KeepsTheFinerOneWhereAToolSeesTwo) {
    struct Case {
        Phase wanted, current, settled;
    };
    for (auto const &[wanted, current, expected] : {
             Case{active, active, active},
             Case{active, paused, active},
             Case{active, closed, active},
             Case{paused, active, paused},
             Case{paused, paused, paused},
             Case{paused, closed, paused},
             Case{closed, active, closed},
             Case{closed, paused, closed},
             Case{closed, closed, closed},
             Case{not_closed, active, active},
             Case{not_closed, paused, paused},
             Case{not_closed, closed, active},
             Case{not_active, active, closed},
             Case{not_active, paused, paused},
             Case{not_active, closed, closed},
         })
        EXPECT_EQ(settled(wanted, current), expected) << int(wanted) << " from " << int(current);
}

TEST(StatusOfAPhase, IsItsDefault) {
    EXPECT_EQ(*status_of(active, statuses)->id, "running");
    EXPECT_EQ(*status_of(paused, statuses)->id, "resting");
    EXPECT_EQ(*status_of(closed, statuses)->id, "archived");
}

TEST(StatusOfAPhase, IsItsFirstWhereNoneIsTheDefault) {
    std::vector const plain = {status("b", active, 2), status("a", active, 1), status("c", closed, 0)};
    EXPECT_EQ(*status_of(active, plain)->id, "a");
    EXPECT_EQ(status_of(paused, plain), nullptr);
    EXPECT_EQ(status_of(active, {}), nullptr);
}

// What becomes of a project in every phase and both of its statuses when a phase is asked for.
TEST(SettlePhase, SetsTheStatusUnlessThePresentOneHasThatPhase) {
    struct Case {
        Phase wanted;
        std::string_view from, to; // to: nothing where the status stays unsaid
        Phase phase;
    };
    for (auto const &[wanted, from, to, phase] : {
             Case{active, "proposal", "", active},
             Case{active, "running", "", active},
             Case{active, "resting", "running", active},
             Case{active, "waiting", "running", active},
             Case{active, "done", "running", active},
             Case{active, "archived", "running", active},
             Case{paused, "proposal", "resting", paused},
             Case{paused, "running", "resting", paused},
             Case{paused, "resting", "", paused},
             Case{paused, "waiting", "", paused},
             Case{paused, "done", "resting", paused},
             Case{paused, "archived", "resting", paused},
             Case{closed, "proposal", "archived", closed},
             Case{closed, "running", "archived", closed},
             Case{closed, "resting", "archived", closed},
             Case{closed, "waiting", "archived", closed},
             Case{closed, "done", "", closed},
             Case{closed, "archived", "", closed},
             Case{not_closed, "proposal", "", active},
             Case{not_closed, "running", "", active},
             Case{not_closed, "resting", "", paused},
             Case{not_closed, "waiting", "", paused},
             Case{not_closed, "done", "running", active},
             Case{not_closed, "archived", "running", active},
             Case{not_active, "proposal", "archived", closed},
             Case{not_active, "running", "archived", closed},
             Case{not_active, "resting", "", paused},
             Case{not_active, "waiting", "", paused},
             Case{not_active, "done", "", closed},
             Case{not_active, "archived", "", closed},
         }) {
        auto const before = *std::ranges::find(statuses, from, [](auto const &s) { return *s.id; })->phase;
        auto const patch = settle({.phase = wanted}, in_status(std::string(from), before));
        auto const what = std::string(from) + " to " + std::to_string(int(wanted));
        EXPECT_EQ(*patch.phase, phase) << what;
        EXPECT_EQ(patch.status->id, to) << what;
        EXPECT_EQ(patch.status.absent(), to.empty()) << what;
        bool const closes = phase == closed && before != closed;
        EXPECT_EQ(bool(patch.archived), closes) << what;
        EXPECT_EQ(patch.archived.null(), phase != closed) << what;
        EXPECT_EQ(bool(patch.closed), closes) << what;
    }
}

TEST(SettlePhase, LetsAStatusSetThePhase) {
    for (auto const &one : statuses)
        for (auto const before : {active, paused, closed}) {
            auto const patch = settle({.status = Ref{.id = *one.id}}, in_status("any", before));
            EXPECT_EQ(*patch.phase, *one.phase);
            EXPECT_EQ(patch.status->id, *one.id);
        }
}

TEST(SettlePhase, LetsTheStatusDecideWhereBothAreSaid) {
    auto const patch = settle({.phase = closed, .status = Ref{.id = "proposal"}}, in_status("running", active));
    EXPECT_EQ(*patch.phase, active);
    EXPECT_EQ(patch.status->id, "proposal");
    EXPECT_TRUE(patch.archived.null());
}

TEST(SettlePhase, LeavesAPatchAloneThatSpeaksOfNeither) {
    Project const patch{.name = "New name"};
    auto const after = settle(patch, in_status("done", closed));
    EXPECT_TRUE(after.phase.absent());
    EXPECT_TRUE(after.status.absent());
    EXPECT_TRUE(after.archived.absent());
    EXPECT_TRUE(after.closed.absent());
}

TEST(SettlePhase, TakesAPhaseSaidToBeEmptyForNone) {
    auto const after = settle({.phase = std::nullopt}, in_status("done", closed));
    EXPECT_TRUE(after.phase.absent());
    EXPECT_TRUE(after.status.absent());
    EXPECT_EQ(*settle({.phase = std::nullopt}, {}).phase, active);
}

TEST(SettlePhase, GivesANewProjectTheDefaultStatus) {
    auto const patch = settle({.name = "New"}, {});
    EXPECT_EQ(*patch.phase, active);
    EXPECT_EQ(patch.status->id, "running");
    EXPECT_TRUE(patch.archived.null());
    EXPECT_TRUE(patch.closed.absent());
}

TEST(SettlePhase, ArchivesANewProjectThatIsClosedFromTheStart) {
    auto const patch = settle({.phase = closed}, {});
    EXPECT_EQ(patch.status->id, "archived");
    EXPECT_EQ(*patch.archived, noon);
    EXPECT_EQ(*patch.closed, noon);
}

TEST(SettlePhase, HonoursInstantsThatWereGiven) {
    auto const patch = settle({.phase = closed, .archived = yesterday, .closed = yesterday}, {});
    EXPECT_EQ(*patch.archived, yesterday);
    EXPECT_EQ(*patch.closed, yesterday);
}

TEST(SettlePhase, DoesNotArchiveTwice) {
    auto const patch = settle({.status = Ref{.id = "done"}}, in_status("archived", closed));
    EXPECT_TRUE(patch.archived.absent());
    EXPECT_TRUE(patch.closed.absent());
}

TEST(SettlePhase, RemembersWhenAnOpenedProjectWasClosed) {
    auto const patch = settle({.phase = active}, in_status("archived", closed));
    EXPECT_TRUE(patch.archived.null());
    EXPECT_TRUE(patch.closed.absent()); // stays as it was
}

TEST(SettlePhase, LetsAProjectHaveNoStatus) {
    auto const patch = settle({.status = std::nullopt}, in_status("waiting", paused));
    EXPECT_TRUE(patch.status.null());
    EXPECT_EQ(*patch.phase, paused);
}

TEST(SettlePhase, LeavesTheStatusOpenWhereNoneHasThatPhase) {
    Project patch{.phase = paused};
    std::vector const few = {status("running", active, 0, true)};
    settle_phase(patch, in_status("running", active), few, noon);
    EXPECT_EQ(*patch.phase, paused);
    EXPECT_TRUE(patch.status.absent());
}

// Custom values.

CustomValue value(std::string key, std::string json) { return {.key = std::move(key), .json = std::move(json)}; }

std::vector<CustomValue> after(std::vector<CustomValue> const &changes, Slot<std::vector<CustomValue>> list) {
    Project const current{.custom = std::vector{value("a", "1"), value("b", "\"x\"")}};
    Project patch{.custom = std::move(list)};
    settle_custom(changes, current, patch);
    return *patch.custom;
}

TEST(SettleCustom, ChangesSingleValuesAmongTheOthers) {
    EXPECT_EQ(after({value("b", "2"), value("c", "3")}, {}),
              (std::vector{value("a", "1"), value("b", "2"), value("c", "3")}));
    EXPECT_EQ(after({value("a", "null"), value("d", "null")}, {}), (std::vector{value("b", "\"x\"")}));
}

TEST(SettleCustom, KeepsAValueWhereTheRestIsReplaced) {
    std::vector const list = {value("c", "3")};
    EXPECT_EQ(after({value("a", "")}, list), (std::vector{value("c", "3"), value("a", "1")}));
    EXPECT_EQ(after({value("d", "")}, list), list);
    EXPECT_EQ(after({value("a", "")}, std::nullopt), (std::vector{value("a", "1")}));
    EXPECT_EQ(after({value("a", "")}, std::vector{value("a", "9")}), (std::vector{value("a", "1")}));
}

TEST(SettleCustom, LeavesAPatchWithoutChangesAlone) {
    Project const current{.custom = std::vector{value("a", "1")}};
    Project patch;
    settle_custom({}, current, patch);
    EXPECT_TRUE(patch.custom.absent());
}

// Changes of workflow.

WorkflowStatus step(std::string id, Category category) { return {.id = std::move(id), .category = category}; }

struct Problem {
    Code code;
    std::string field;

    friend bool operator==(Problem const &, Problem const &) = default;
    friend void PrintTo(Problem const &problem, std::ostream *out) {
        *out << int(problem.code) << " of " << problem.field;
    }
};

std::vector<Problem> problems(std::optional<Error> const &error) {
    std::vector<Problem> list;
    if (!error) return list;
    list.push_back({error->code, error->field});
    for (auto const &more : error->more) list.push_back({more.code, more.field});
    return list;
}

class WorkflowChange : public testing::Test {
protected:
    Workflow const target{.id = "947"};
    std::vector<WorkflowStatus> const current = {step("1", Category::open), step("2", Category::started),
                                                 step("3", Category::closed)};
    std::vector<WorkflowStatus> const next = {step("11", Category::open), step("12", Category::closed)};

    std::vector<Problem> check(WorkflowMap const &wanted) const {
        return problems(check_workflow_change(wanted, &target, current, next));
    }
    std::vector<Problem> check(WorkflowMap const &wanted, std::vector<WorkflowStatus> const &others) const {
        return problems(check_workflow_change(wanted, &target, current, others));
    }
};

Problem const no_map{Code::blank, "map"}, incomplete{Code::incomplete_map, "map"},
    bad_value{Code::bad_map_value, "map"}, too_few{Code::too_few_statuses, "workflow"};

TEST_F(WorkflowChange, NeedsAStatusForEachPresentOne) {
    EXPECT_EQ(check({.given = true, .map = {{"1", "11"}, {"2", "12"}, {"3", "11"}}}), std::vector<Problem>());
    EXPECT_EQ(check({.given = true, .map = {{"1", "11"}, {"2", "12"}}}), std::vector{incomplete});
}

TEST_F(WorkflowChange, MayMapMoreThanIsNeeded) {
    EXPECT_EQ(check({.given = true, .map = {{"1", "11"}, {"2", "12"}, {"3", "11"}, {"9", "11"}}}),
              std::vector<Problem>());
}

TEST_F(WorkflowChange, RefusesStatusesOfAnotherWorkflow) {
    EXPECT_EQ(check({.given = true, .map = {{"1", "11"}, {"2", "0"}, {"3", "11"}}}), std::vector{bad_value});
    EXPECT_EQ(check({.given = true, .map = {{"1", "0"}, {"2", "0"}}}), std::vector{incomplete}); // first things first
}

TEST_F(WorkflowChange, SaysNothingElseOfAnUnknownWorkflow) {
    EXPECT_EQ(problems(check_workflow_change({.workflow = "0"}, nullptr, current, {})),
              (std::vector<Problem>{{Code::unknown_reference, "workflow"}}));
}

TEST_F(WorkflowChange, WantsAMap) { EXPECT_EQ(check({.given = false}), std::vector{no_map}); }

TEST_F(WorkflowChange, ReportsAnEmptyMapThenThePoorWorkflowThenWhatIsMissing) {
    EXPECT_EQ(check({.given = true}, {}), (std::vector{no_map, too_few, incomplete}));
    EXPECT_EQ(check({.given = false}, {}), (std::vector{no_map, too_few}));
}

TEST_F(WorkflowChange, NeedsTwoStatusesOneOfThemClosed) {
    WorkflowMap const wanted{.given = true, .map = {{"1", "11"}, {"2", "11"}, {"3", "11"}}};
    EXPECT_EQ(check(wanted, {step("11", Category::closed)}), std::vector{too_few});
    EXPECT_EQ(check(wanted, {step("11", Category::open), step("12", Category::started)}), std::vector{too_few});
    EXPECT_EQ(check(wanted, {step("11", Category::open), step("12", Category::closed)}), std::vector<Problem>());
}

class ListMap : public testing::Test {
protected:
    std::vector<TaskList> const lists = {{.id = "142"}, {.id = "143"}};
    std::vector<WorkflowStatus> const statuses_ = {step("1170", Category::open), step("1171", Category::closed)};

    std::vector<Problem> check(std::map<std::string, std::string> map) const {
        return problems(check_list_map({.given = true, .map = std::move(map)}, lists, statuses_));
    }
};

TEST_F(ListMap, LeadsFromTheProjectsListsToItsStatuses) {
    EXPECT_EQ(check({{"142", "1170"}, {"143", "1171"}}), std::vector<Problem>());
    EXPECT_EQ(check({{"142", "1170"}}), std::vector<Problem>()); // lists may be left out
}

TEST_F(ListMap, MustNotBeEmpty) { EXPECT_EQ(check({}), std::vector{no_map}); }

TEST_F(ListMap, RefusesAForeignListBeforeAForeignStatus) {
    Problem const bad_key{Code::bad_map_key, "map"};
    EXPECT_EQ(check({{"0", "1171"}, {"142", "1170"}}), std::vector{bad_key});
    EXPECT_EQ(check({{"0", "0"}}), std::vector{bad_key});
    EXPECT_EQ(check({{"142", "1170"}, {"143", "0"}}), std::vector{bad_value});
}

} // namespace
