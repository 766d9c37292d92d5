// Lists: what a filter leaves, in which order, which page of it, and what comes along.
#include "tests/backends/stores.hpp"

#include <gmock/gmock.h>

namespace tests {

namespace {

using testing::ElementsAre, testing::IsEmpty, testing::SizeIs, testing::UnorderedElementsAre;
using enum Operator;

Date day(int days) { return Date(std::chrono::days(days)); }

// Four projects that differ in everything.
class EveryList : public EveryStore {
protected:
    EveryList() {
        asker_.made(status("Active", Phase::active, true));
        asker_.made(status("Done", Phase::closed, true));
        acme_ = asker_.made(named<Company>("Acme"));
        zenith_ = asker_.made(named<Company>("Zenith"));
        ann_ = asker_.made(person("Ann Lake", "ann@example.com"));
        bob_ = asker_.made(person("Bob Reed", "bob@example.com"));
        asker_.made(named<Tag>("urgent"));
        asker_.made(named<Tag>("later"));

        auto harbour = named<Project>("Harbour 100%");
        harbour.company = by_id(zenith_);
        harbour.manager = by_id(ann_);
        harbour.tags = std::vector{by_name("urgent"), by_name("later")};
        harbour.starts = day(20'000);
        harbour.budget_hours = Decimal{.digits = 1005, .scale = 1};
        harbour.billable = true;
        harbour_ = asker_.made(harbour);

        auto pier = named<Project>("pier_7");
        pier.company = by_id(acme_);
        pier.manager = by_id(bob_);
        pier.team = std::vector{Member{.person = by_id(ann_)}};
        pier.tags = std::vector{by_name("later")};
        pier.budget_hours = Decimal{.digits = 99};
        asker_.now = noon + 1h;
        pier_ = asker_.made(pier);

        auto quay = named<Project>("Набережная");
        quay.phase = Phase::closed;
        quay.starts = day(20'100);
        quay.budget_hours = Decimal{.digits = -25, .scale = 2};
        quay.custom = std::vector{CustomValue{.key = "k", .json = "1"}};
        asker_.now = noon + 2h;
        quay_ = asker_.made(quay);

        auto outline = named<Project>("Outline");
        outline.is_template = true;
        asker_.now = noon + 3h;
        outline_ = asker_.made(outline);
    }

    // The names in the order in which the records were made.
    std::vector<std::string> found(Filter filter) { return asker_.names<Project>({.filter = std::move(filter)}); }
    std::vector<std::string> sorted(std::vector<Sort> sort) { return asker_.names<Project>({.sort = std::move(sort)}); }
    std::string refused(Filter filter) { return problem_of(asker_.list<Project>({.filter = std::move(filter)})); }

    std::string acme_, zenith_, ann_, bob_, harbour_, pier_, quay_, outline_;
    std::string const h = "Harbour 100%", p = "pier_7", q = "Набережная", o = "Outline";
};

INSTANTIATE_TEST_SUITE_P(Stores, EveryList, testing::ValuesIn(queried_kinds()), name_of_store);

TEST_P(EveryList, HasAllRecordsWhereNothingIsLeftOut) { EXPECT_THAT(found({}), ElementsAre(h, p, q, o)); }

TEST_P(EveryList, ComparesTextWithoutRegardToCase) {
    auto const field_ = field<&Project::name>();
    EXPECT_THAT(found(where(field_, equal, {"HARBOUR 100%"})), ElementsAre(h));
    EXPECT_THAT(found(where(field_, equal, {"НАБЕРЕЖНАЯ"})), ElementsAre(q));
    EXPECT_THAT(found(where(field_, not_equal, {"PIER_7"})), ElementsAre(h, q, o));
    EXPECT_THAT(found(where(field_, in, {"PIER_7", "набережная", "x"})), ElementsAre(p, q));
    EXPECT_THAT(found(where(field_, not_in, {"PIER_7", "набережная"})), ElementsAre(h, o));
    EXPECT_THAT(found(where(field_, in, {})), IsEmpty());
    EXPECT_THAT(found(where(field_, not_in, {})), SizeIs(4));
    EXPECT_THAT(found(where(field_, less, {"P"})), ElementsAre(h, o));
    EXPECT_THAT(found(where(field_, greater_or_equal, {"PIER_7"})), ElementsAre(p, q));
}

TEST_P(EveryList, FindsPartsOfTexts) {
    auto const field_ = field<&Project::name>();
    EXPECT_THAT(found(where(field_, contains, {"R_"})), ElementsAre(p)) << "an underscore is itself";
    EXPECT_THAT(found(where(field_, contains, {"0%"})), ElementsAre(h)) << "so is a percent";
    EXPECT_THAT(found(where(field_, contains, {"береж"})), ElementsAre(q));
    EXPECT_THAT(found(where(field_, contains, {"БЕРЕЖ"})), ElementsAre(q));
    EXPECT_THAT(found(where(field_, contains, {"\\"})), IsEmpty());
    EXPECT_THAT(found(where(field_, starts_with, {"PIER"})), ElementsAre(p));
    EXPECT_THAT(found(where(field_, starts_with, {"НАБ"})), ElementsAre(q));
    EXPECT_THAT(found(where(field_, starts_with, {"ier"})), IsEmpty());
    EXPECT_THAT(found(where(field_, starts_with, {""})), SizeIs(4));
    EXPECT_THAT(found(where(field_, ends_with, {"100%"})), ElementsAre(h));
    EXPECT_THAT(found(where(field_, ends_with, {"NE"})), ElementsAre(o));
    EXPECT_THAT(found(where(field_, like, {"%R%0%"})), ElementsAre(h));
    EXPECT_THAT(found(where(field_, like, {"p%_7"})), ElementsAre(p));
    EXPECT_THAT(found(where(field_, like, {"pie__7"})), IsEmpty());
    EXPECT_THAT(found(where(field<&Project::id>(), contains, {harbour_})), ElementsAre(h));
}

TEST_P(EveryList, NeverTakesAValueForAPartOfTheQuestion) {
    for (auto const *evil : {"' OR 1=1 --", "\") OR TRUE --", "x'; DROP TABLE projects; --", "$1", "?1"}) {
        EXPECT_THAT(found(where(field<&Project::name>(), equal, {evil})), IsEmpty());
        EXPECT_THAT(found(where(field<&Project::name>(), contains, {evil})), IsEmpty());
        EXPECT_THAT(found(where(field<&Project::company>(Part::name), in, {evil, evil})), IsEmpty());
        EXPECT_THAT(found(where(field<&Project::team>(Part::email), equal, {evil})), IsEmpty());
    }
    EXPECT_THAT(found({}), SizeIs(4));
}

TEST_P(EveryList, ComparesNumbersTimesAndWords) {
    auto const hours = field<&Project::budget_hours>();
    auto const decimal = [](char const *text) { return *Decimal::parse(text); };
    EXPECT_THAT(found(where(hours, equal, {decimal("100.50")})), ElementsAre(h));
    EXPECT_THAT(found(where(hours, greater, {decimal("99")})), ElementsAre(h));
    EXPECT_THAT(found(where(hours, greater_or_equal, {std::int64_t(99)})), ElementsAre(h, p));
    EXPECT_THAT(found(where(hours, less, {decimal("-0.2")})), ElementsAre(q));
    EXPECT_THAT(found(where(hours, less, {decimal("-0.3")})), IsEmpty());
    EXPECT_THAT(found(where(hours, equal, {nullptr})), ElementsAre(o));
    EXPECT_THAT(found(where(hours, in, {nullptr, decimal("99")})), ElementsAre(p, o));
    EXPECT_THAT(found(where(hours, not_equal, {decimal("99")})), ElementsAre(h, q, o));

    EXPECT_THAT(found(where(field<&Project::starts>(), less_or_equal, {day(20'000)})), ElementsAre(h));
    EXPECT_THAT(found(where(field<&Project::starts>(), not_equal, {nullptr})), ElementsAre(h, q));
    EXPECT_THAT(found(where(field<&Project::created>(), greater, {noon})), ElementsAre(p, q, o));
    EXPECT_THAT(found(where(field<&Project::updated>(), greater_or_equal, {noon + 2h})), ElementsAre(q, o));
    EXPECT_THAT(found(where(field<&Project::phase>(), equal, {Phase::closed})), ElementsAre(q));
    EXPECT_THAT(found(where(field<&Project::phase>(), equal, {Phase::not_closed})), ElementsAre(h, p, o));
    EXPECT_THAT(found(where(field<&Project::phase>(), in, {Phase::active, Phase::not_active})), SizeIs(4));
    EXPECT_THAT(found(where(field<&Project::is_template>(), equal, {true})), ElementsAre(o));
    EXPECT_THAT(found(where(field<&Project::is_template>(), equal, {false})), ElementsAre(h, p, q));
    EXPECT_THAT(found(where(field<&Project::billable>(), not_equal, {true})), ElementsAre(p, q, o));
    EXPECT_THAT(found(where(field<&Project::id>(), in, {pier_, std::string("x"), quay_})), ElementsAre(p, q));
    EXPECT_THAT(found(where(field<&Project::version>(), equal, {std::int64_t(1)})), SizeIs(4));
    EXPECT_THAT(found(where(field<&Project::custom>(), not_equal, {nullptr})), ElementsAre(q));
}

TEST_P(EveryList, LooksIntoReferences) {
    EXPECT_THAT(found(where(field<&Project::company>(Part::id), equal, {acme_})), ElementsAre(p));
    EXPECT_THAT(found(where(field<&Project::company>(), in, {acme_, zenith_})), ElementsAre(h, p));
    EXPECT_THAT(found(where(field<&Project::company>(Part::name), equal, {"ZENITH"})), ElementsAre(h));
    EXPECT_THAT(found(where(field<&Project::company>(Part::name), not_equal, {"Zenith"})), ElementsAre(p, q, o));
    EXPECT_THAT(found(where(field<&Project::company>(Part::name), contains, {"c"})), ElementsAre(p));
    EXPECT_THAT(found(where(field<&Project::manager>(Part::email), equal, {"BOB@example.com"})), ElementsAre(p));
    EXPECT_THAT(found(where(field<&Project::manager>(Part::name), starts_with, {"ann"})), ElementsAre(h));
    EXPECT_THAT(found(where(field<&Project::manager>(), equal, {nullptr})), ElementsAre(q, o));
    EXPECT_THAT(found(where(field<&Project::manager>(Part::name), in, {nullptr, "Bob Reed"})), ElementsAre(p, q, o));
    EXPECT_THAT(found(where(field<&Project::status>(Part::name), equal, {"done"})), ElementsAre(q));
}

// Only a store knows the GUIDs of those that its records refer to.
class EveryListOfAStore : public EveryList {};
INSTANTIATE_TEST_SUITE_P(Stores, EveryListOfAStore, testing::ValuesIn(store_kinds()), name_of_store);

TEST_P(EveryListOfAStore, LooksForPeopleByTheirGuid) {
    auto const guid = *asker_.get<Person>(bob_)->guid;
    EXPECT_THAT(found(where(field<&Project::manager>(Part::id), in, {guid, ann_})), ElementsAre(h, p));
    EXPECT_THAT(asker_.names<Person>({.filter = where(field<&Person::id>(), equal, {guid})}), ElementsAre("Bob Reed"));
}

TEST_P(EveryList, LooksIntoLists) {
    EXPECT_THAT(found(where(field<&Project::tags>(Part::name), equal, {"LATER"})), ElementsAre(h, p));
    EXPECT_THAT(found(where(field<&Project::tags>(Part::name), not_equal, {"urgent"})), ElementsAre(p, q, o));
    EXPECT_THAT(found(where(field<&Project::tags>(Part::name), in, {"urgent", "x"})), ElementsAre(h));
    EXPECT_THAT(found(where(field<&Project::tags>(), equal, {nullptr})), ElementsAre(q, o)) << "has none";
    EXPECT_THAT(found(where(field<&Project::tags>(), not_equal, {nullptr})), ElementsAre(h, p));
    EXPECT_THAT(found(where(field<&Project::team>(Part::id), equal, {ann_})), ElementsAre(h, p));
    EXPECT_THAT(found(where(field<&Project::team>(Part::email), equal, {"bob@example.com"})), ElementsAre(p));
    EXPECT_THAT(found(where(field<&Project::team>(Part::name), contains, {"lake"})), ElementsAre(h, p));
    auto const membership = asker_.get<Project>(pier_)->team->front().id;
    EXPECT_THAT(found(where(field<&Project::team>(Part::membership), equal, {membership})), ElementsAre(p));
    EXPECT_EQ(refused(where(field<&Project::followers>(Part::membership), equal, {membership})),
              "unknown_field followers");
    EXPECT_THAT(found(where(field<&Project::co_managers>(), equal, {ann_})), IsEmpty());
}

TEST_P(EveryList, JoinsConditionsInAllWays) {
    auto const has = [&](std::string const &text) { return where(field<&Project::name>(), contains, {text}); };
    auto const hours = where(field<&Project::budget_hours>(), greater, {std::int64_t(0)});
    EXPECT_THAT(found({.op = all, .children = {has("r"), hours}}), ElementsAre(h, p));
    EXPECT_THAT(found({.op = any, .children = {has("outl"), has("pier"), has("quay")}}), ElementsAre(p, o));
    EXPECT_THAT(found({.op = none, .children = {has("outl"), hours}}), ElementsAre(q));
    EXPECT_THAT(found({.op = none, .children = {{.op = none, .children = {hours}}}}), ElementsAre(h, p))
        << "what has no hours is neither above nothing nor lost by two negations";
    EXPECT_THAT(found({.op = all}), SizeIs(4));
    EXPECT_THAT(found({.op = any}), IsEmpty());
    EXPECT_THAT(found({.op = none}), SizeIs(4));
}

TEST_P(EveryList, BearsThousandsOfConditions) {
    Filter many{.op = any};
    for (int i = 0; i < 5000; ++i) many.children.push_back(where(field<&Project::name>(), equal, {std::to_string(i)}));
    many.children.push_back(where(field<&Project::name>(), equal, {"outline"}));
    EXPECT_THAT(found(many), ElementsAre(o));
    std::vector<Value> values(50'000, Value(std::string("x")));
    values.emplace_back("outline");
    EXPECT_THAT(found(where(field<&Project::name>(), in, values)), ElementsAre(o));

    Filter deep = where(field<&Project::name>(), equal, {"x"});
    for (int i = 0; i < 500; ++i) deep = {.op = none, .children = {deep}};
    EXPECT_EQ(refused(deep), "bad_value");
}

TEST_P(EveryList, RefusesWhatMakesNoSense) {
    EXPECT_EQ(refused(where(field<&Project::name>(), equal, {true})), "bad_value name");
    EXPECT_EQ(refused(where(field<&Project::starts>(), less, {"soon"})), "bad_value starts");
    EXPECT_EQ(refused(where(field<&Project::budget_hours>(), equal, {"ten"})), "bad_value budget_hours");
    EXPECT_EQ(refused(where(field<&Project::starts>(), contains, {"2"})), "unknown_operator starts");
    EXPECT_EQ(refused(where(field<&Project::company>(Part::email), equal, {"x"})), "unknown_field company");
    EXPECT_EQ(refused(where(field<&Project::name>(Part::name), equal, {"x"})), "unknown_field name");
    EXPECT_EQ(refused(where(field<&Project::custom>(), equal, {"x"})), "unknown_field custom");
    EXPECT_EQ(problem_of(asker_.list<Project>({.sort = {{.field = field<&Project::custom>()}}})),
              "unknown_field custom");
}

// --- order

TEST_P(EveryList, IsSortedByAnyField) {
    EXPECT_THAT(sorted({{.field = field<&Project::name>()}}), ElementsAre(h, o, p, q));
    EXPECT_THAT(sorted({{.field = field<&Project::name>(), .descending = true}}), ElementsAre(q, p, o, h));
    EXPECT_THAT(sorted({{.field = field<&Project::budget_hours>()}}), ElementsAre(o, q, p, h)) << "as numbers";
    EXPECT_THAT(sorted({{.field = field<&Project::created>(), .descending = true}}), ElementsAre(o, q, p, h));
    EXPECT_THAT(sorted({{.field = field<&Project::id>(), .descending = true}}), ElementsAre(o, q, p, h));
    EXPECT_THAT(sorted({{.field = field<&Project::company>(Part::name), .descending = true}}), ElementsAre(h, p, q, o));
    EXPECT_THAT(sorted({{.field = field<&Project::manager>(Part::email), .descending = true}}),
                ElementsAre(p, h, q, o));
    EXPECT_THAT(sorted({{.field = field<&Project::phase>(), .descending = true}, {.field = field<&Project::name>()}}),
                ElementsAre(q, h, o, p));
    EXPECT_THAT(sorted({{.field = field<&Project::is_template>()}}), ElementsAre(h, p, q, o)) << "then by id";
    EXPECT_THAT(sorted({{.field = field<&Project::tags>(Part::name), .descending = true}}), ElementsAre(h, p, q, o));
}

TEST_P(EveryList, SortsNumbersAsNumbers) {
    for (int i = 0; i < 9; ++i) asker_.made(named<Project>("later"));
    auto const reply = asker_.list<Project>({.filter = where(field<&Project::number>(), not_equal, {nullptr}),
                                             .sort = {{.field = field<&Project::number>()}}});
    std::vector<std::string> numbers;
    for (auto const &project : reply->records.of<Project>()) numbers.push_back(*project.number);
    EXPECT_THAT(numbers, ElementsAre("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"));
}

TEST_P(EveryList, SortsDecimalsOfEverySizeExactly) {
    std::vector<std::string> const ordered = {"-999999999999999999",
                                              "-10",
                                              "-9.5",
                                              "-9.25",
                                              "-0.000000000000000001",
                                              "0",
                                              "0.000000000000000001",
                                              "0.1",
                                              "0.10000000000000001",
                                              "9",
                                              "10",
                                              "999999999999999.998",
                                              "999999999999999.999",
                                              "999999999999999999"};
    auto shuffled = ordered;
    std::rotate(shuffled.begin(), shuffled.begin() + 5, shuffled.end());
    for (auto const &text : shuffled) {
        auto project = named<Project>("d");
        project.fixed_price = *Decimal::parse(text);
        asker_.made(project);
    }
    auto const reply = asker_.list<Project>({.filter = where(field<&Project::fixed_price>(), not_equal, {nullptr}),
                                             .sort = {{.field = field<&Project::fixed_price>()}}});
    std::vector<std::string> found;
    for (auto const &project : reply->records.of<Project>()) found.push_back(project.fixed_price->text());
    EXPECT_EQ(found, ordered);
}

// --- pages

TEST_P(EveryList, ComesInPagesThatNeverOverlap) {
    for (int i = 0; i < 40; ++i) asker_.made(named<Project>("same"));
    std::vector<std::string> ids;
    for (std::int64_t offset = 0; offset < 44; offset += 7) {
        auto const reply = asker_.list<Project>({.sort = {{.field = field<&Project::name>(), .descending = true}},
                                                 .page = {.offset = offset, .limit = 7, .count = true}});
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->total, 44);
        for (auto const &project : reply->records.of<Project>()) ids.push_back(*project.id);
    }
    EXPECT_THAT(std::set(ids.begin(), ids.end()), SizeIs(44));
    EXPECT_THAT(ids, SizeIs(44));
}

TEST_P(EveryList, IsCountedOnDemand) {
    auto const list = [&](Page page) {
        return *asker_.list<Project>({.filter = where(field<&Project::is_template>(), equal, {false}), .page = page});
    };
    EXPECT_EQ(list({.limit = 1}).total, -1);
    EXPECT_EQ(list({.limit = 1, .count = true}).total, 3);
    EXPECT_EQ(list({.limit = 100, .count = true}).total, 3);
    EXPECT_EQ(list({.offset = 50, .limit = 100, .count = true}).total, 3);
    EXPECT_EQ(list({.limit = 0, .count = true}).total, 3);
    EXPECT_THAT(list({.limit = 0}).records.of<Project>(), IsEmpty());
    EXPECT_EQ(list({.count = true}).total, 3);
    EXPECT_THAT(list({.offset = 2}).records.of<Project>(), SizeIs(1));
}

TEST_P(EveryList, TellsOfEachRecordWhatGettingItTells) {
    auto const list = asker_.list<Project>();
    ASSERT_TRUE(list);
    for (auto const &listed : list->records.of<Project>()) {
        auto const got = asker_.get<Project>(*listed.id);
        boost::mp11::mp_for_each<Members<Project>>(
            [&](auto d) { EXPECT_TRUE(listed.*d.pointer == (*got).*d.pointer) << d.name; });
    }
}

// --- what comes along

TEST_P(EveryList, BringsWhatItsRecordsReferTo) {
    Query query{.related = {Relation::company, Relation::people, Relation::tags, Relation::status, Relation::source}};
    auto const reply = asker_.list<Project>(query);
    ASSERT_TRUE(reply);
    auto const names = [](auto const &records) {
        std::vector<std::string> all_names;
        for (auto const &record : records) all_names.push_back(*record.name);
        return all_names;
    };
    EXPECT_THAT(names(reply->related.of<Company>()), UnorderedElementsAre("Acme", "Zenith"));
    EXPECT_THAT(names(reply->related.of<Person>()), UnorderedElementsAre("Ann Lake", "Bob Reed"));
    EXPECT_THAT(names(reply->related.of<Tag>()), UnorderedElementsAre("urgent", "later"));
    EXPECT_THAT(names(reply->related.of<ProjectStatus>()), UnorderedElementsAre("Active", "Done"));
    EXPECT_THAT(reply->related.of<Project>(), IsEmpty());
    EXPECT_THAT(reply->related.of<Workflow>(), IsEmpty());

    auto const one = asker_.ask({.verb = Verb::get, .id = pier_, .query = {.related = {Relation::people}}});
    EXPECT_THAT(names(one->related.of<Person>()), UnorderedElementsAre("Ann Lake", "Bob Reed"));
}

TEST_P(EveryList, BringsWhatHangsOnItsRecords) {
    auto const workflow = asker_.made(named<Workflow>("Usual"));
    for (auto const *name : {"To do", "Done"}) {
        auto status = named<WorkflowStatus>(name);
        status.workflow = by_id(workflow);
        asker_.made(status);
    }
    Project patch;
    patch.workflow = by_id(workflow);
    ASSERT_TRUE(asker_.update(harbour_, patch));
    auto list = named<TaskList>("Backlog");
    list.project = by_id(harbour_);
    auto task = named<Task>("Dig");
    task.list = by_id(asker_.made(list));
    asker_.made(task);
    asker_.made(task);
    task.is_done = true;
    asker_.made(task);

    auto const workflows = asker_.list<Workflow>({.related = {Relation::workflow_statuses, Relation::projects}});
    ASSERT_TRUE(workflows);
    EXPECT_THAT(workflows->related.of<WorkflowStatus>(), SizeIs(2));
    ASSERT_THAT(workflows->related.of<Project>(), SizeIs(1));
    EXPECT_THAT(names_in(*workflows->related.of<Project>()[0].tags), ElementsAre("urgent", "later"));
    EXPECT_THAT(asker_.list<Company>({.related = {Relation::projects}})->related.of<Project>(), SizeIs(2));
    EXPECT_THAT(asker_.list<ProjectStatus>({.related = {Relation::projects}})->related.of<Project>(), SizeIs(4));

    auto const projects = asker_.list<Project>({.related = {Relation::task_lists, Relation::tasks}, .counters = true});
    ASSERT_TRUE(projects);
    EXPECT_THAT(projects->related.of<TaskList>(), SizeIs(1));
    EXPECT_THAT(projects->related.of<Task>(), SizeIs(3));
    auto const &harbour = *projects->records.find<Project>(harbour_);
    EXPECT_EQ(*harbour.tasks_open, 2);
    EXPECT_EQ(*harbour.tasks_total, 3);
    EXPECT_EQ(*projects->records.find<Project>(pier_)->tasks_total, 0);
    EXPECT_TRUE(asker_.get<Project>(harbour_)->tasks_total.absent()) << "counted on demand only";

    EXPECT_THAT(found(where(field<&Project::tasks_open>(), greater, {std::int64_t(1)})), ElementsAre(h));
    EXPECT_THAT(sorted({{.field = field<&Project::tasks_total>(), .descending = true}}).front(), h);
}

} // namespace

} // namespace tests
