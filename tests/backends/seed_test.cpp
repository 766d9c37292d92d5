// Workspace files: what they may say, what an empty store becomes by them, and how they are wrong.
#include "backends/seed.hpp"
#include "backends/sqlite.hpp"
#include "tests/backends/stores.hpp"

#include <gmock/gmock.h>

namespace tests {

namespace {

using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty;

std::vector<std::string> problems_of(std::string const &text) {
    auto const workspace = backends::parse_workspace(text, "w.yaml");
    std::vector<std::string> problems;
    if (workspace) return problems;
    problems.push_back(workspace.error().detail);
    for (auto const &other : workspace.error().more) problems.push_back(other.detail);
    return problems;
}

class Seed : public testing::Test {
protected:
    std::unique_ptr<backends::Store> grown(std::string const &text) {
        auto store = backends::open_sqlite(
            {.path = folder_ / "store.db", .seed = folder_.write("seed.yaml", text), .now = noon});
        if (!store) throw std::runtime_error(store.error().detail);
        return std::move(*store);
    }
    // What a store says that does not take it.
    std::vector<std::string> refusals(std::string const &text) {
        auto const store =
            backends::open_sqlite({.path = folder_ / "store.db", .seed = folder_.write("seed.yaml", text)});
        std::vector<std::string> problems;
        if (store) return problems;
        auto const add = [&](Error const &error) {
            auto const slash = error.detail.rfind('/');
            problems.push_back(error.detail.substr(slash == std::string::npos ? 0 : slash + 1));
        };
        add(store.error());
        for (auto const &other : store.error().more) add(other);
        return problems;
    }

    Folder folder_;
};

TEST_F(Seed, GivesAGroupAManagerWhoBelongsToIt) {
    auto const store = grown(R"(
person_groups: [{id: 801, name: Yard, manager: ann@example.com, updated: 2026-01-02T03:04:05Z}]
people: [{id: 501, name: Ann, email: ann@example.com, groups: [801]}]
)");
    Asker asker(*store);
    auto const group =
        asker.one<canonical::PersonGroup>({.verb = Verb::get, .kind = canonical::Kind::person_group, .id = "801"});
    ASSERT_TRUE(group) << problem_of(group);
    ASSERT_TRUE(group->manager);
    EXPECT_EQ(group->manager->id, "501");
    EXPECT_EQ(*group->updated, Instant(1'767'323'045'000ms));
}

TEST_F(Seed, RefusesAGroupWhoseManagerIsNobody) {
    EXPECT_THAT(refusals("person_groups: [{id: 801, name: Yard, manager: 999}]"),
                ElementsAre(HasSubstr("seed.yaml:1:17: person_group.manager: unknown_reference '999'")));
}

TEST_F(Seed, FillsAnEmptyStore) {
    auto const store = grown(R"(
projects: # before those that they refer to
  - id: 1001
    name: Harbour site
    status: 11
    company: {name: acme}
    manager: ann@example.com
    team: [502, {id: 700, person: 501, company: 301, role: {id: 3, name: Lead}, note: early, joined: 2026-01-02T03:04:05+01:00}]
    tags: [{name: vip}, 97001]
    starts: 2026-03-01
    ends: ~
    budget_hours: 60.50
    billable: true
    phase: active
    custom: {Cost centre: "007", weight: 1.50, list: [1, {a: null}], flag: true, word: yes}
    created: 2026-01-12T08:00:00.120Z
    updated: 2026-01-13T08:00:00Z
    creator: 502
    version: 4
    last_task_number: 12
    extras:
      worksection:
        kept: {"options/allow_close": 1}
        loose: {"": {"Foo": "bar"}, "a/b": {"n": 1e3}}
      paymo:
        kept: {invoiced: false}
tag_groups:
  - {id: 97, name: Common labels}
tags:
  - {name: vip, group: {name: Common labels}}
  - {id: 97001, name: later, group: 97}
people:
  - {id: 501, name: Ann Lake, email: ann@example.com, role: owner, is_active: true}
  - {id: 502, guid: 4C65A238-CA50-4374-B904-0D51D4C1822B, given_name: Bob, family_name: Reed, is_active: false}
companies:
  - {id: 301, name: Acme}
project_statuses:
  - {id: 11, name: Running, phase: active, is_default: true, is_locked: true}
next_id: 8533
next_number: 4
)");
    Asker asker(*store);
    auto const project = asker.one<Project>({.verb = Verb::get, .id = "1001", .dialect = "worksection"});
    ASSERT_TRUE(project) << problem_of(project);
    EXPECT_EQ(*project->name, "Harbour site");
    EXPECT_EQ(project->status->name, "Running");
    EXPECT_EQ(project->company->id, "301");
    EXPECT_EQ(project->manager->name, "Ann Lake");
    ASSERT_EQ(project->team->size(), 2u);
    EXPECT_EQ((*project->team)[0].person.name, "Bob Reed");
    EXPECT_EQ((*project->team)[1].id, "700");
    EXPECT_EQ((*project->team)[1].role, (Ref{.id = "3", .name = "Lead"}));
    EXPECT_EQ((*project->team)[1].note, "early");
    EXPECT_EQ((*project->team)[1].joined, Instant(1'767'319'445'000ms));
    EXPECT_THAT(names_in(*project->tags), ElementsAre("vip", "later"));
    EXPECT_EQ(*project->starts, Date(std::chrono::year(2026) / 3 / 1));
    EXPECT_TRUE(project->ends.null());
    EXPECT_EQ(project->budget_hours->text(), "60.5");
    EXPECT_TRUE(*project->billable);
    EXPECT_EQ(*project->custom, (std::vector<CustomValue>{{"Cost centre", R"("007")"},
                                                          {"weight", "1.50"},
                                                          {"list", R"([1,{"a":null}])"},
                                                          {"flag", "true"},
                                                          {"word", R"("yes")"}}));
    EXPECT_EQ(*project->created, Instant(1'768'204'800'120ms));
    EXPECT_EQ(*project->updated, Instant(1'768'291'200'000ms));
    EXPECT_EQ(project->creator->id, "502");
    EXPECT_EQ(*project->version, 4);
    EXPECT_EQ(*project->last_task_number, 12);
    EXPECT_EQ(project->extras.kept.find({}, "options/allow_close"), "1");
    EXPECT_EQ(project->extras.loose.find("", "Foo"), R"("bar")");
    EXPECT_EQ(project->extras.loose.find("a/b", "n"), "1e3");
    auto const other = asker.one<Project>({.verb = Verb::get, .id = "1001", .dialect = "paymo"});
    EXPECT_EQ(other->extras.kept.find({}, "invoiced"), "false");

    EXPECT_EQ(*asker.get<Person>("502")->guid, "4c65a238-ca50-4374-b904-0d51d4c1822b");
    EXPECT_FALSE(*asker.get<Person>("502")->is_active);
    EXPECT_EQ(*asker.get<Person>("501")->created, noon);
    EXPECT_EQ(asker.get<Tag>("97001")->group->name, "Common labels");

    auto const next = asker.create(named<Project>("next"));
    EXPECT_EQ(*next->id, "8533");
    EXPECT_EQ(*next->number, "4");
}

TEST_F(Seed, GivesIdsBehindThoseOfTheFile) {
    auto const store = grown("tags: [{name: a}, {id: 5, name: b}]\ncompanies: [{id: 9, name: Acme}]");
    Asker asker(*store);
    EXPECT_EQ(asker.list<Tag>({.sort = {{.field = field<&Tag::name>()}}})->records.of<Tag>().front().id, "10");
    EXPECT_EQ(asker.made(named<Tag>("c")), "11");
}

TEST_F(Seed, PutsCopiesBehindTheirSources) {
    auto const store = grown("projects:\n"
                             "  - {id: 3, name: third, source: {name: second}}\n"
                             "  - {id: 2, name: second, source: 1}\n"
                             "  - {id: 1, name: first}\n");
    EXPECT_EQ(Asker(*store).get<Project>("3")->source->id, "2");
    EXPECT_EQ(Asker(*store).get<Project>("2")->source->name, "first");
}

TEST_F(Seed, IsNotReadIntoAStoreThatHoldsSomething) {
    std::string const text = "companies: [{id: 9, name: Acme}]";
    {
        auto const store = grown(text);
        ASSERT_TRUE(Asker(*store).update("9", named<Company>("Other")));
    }
    auto const store = grown(text);
    EXPECT_EQ(*Asker(*store).get<Company>("9")->name, "Other");
}

TEST_F(Seed, LeavesTheStoreEmptyWhereAnythingIsRefused) {
    EXPECT_THAT(refusals("companies:\n"
                         "  - {id: 9, name: Acme}\n"
                         "  - {id: 9, name: Again}\n"
                         "people:\n"
                         "  - {name: Ann, company: Nobody}\n"
                         "  - {email: bob@example.com}\n"),
                ElementsAre("seed.yaml:3:5: company.id: conflict '9'",
                            "seed.yaml:5:5: person.company: unknown_reference 'Nobody'",
                            "seed.yaml:6:5: person.name: blank"));
    auto const store = grown("");
    EXPECT_THAT(Asker(*store).list<Company>()->records.of<Company>(), IsEmpty());
}

TEST_F(Seed, ThatCannotBeReadIsSaidToBe) {
    auto const store = backends::open_sqlite({.path = folder_ / "store.db", .seed = folder_ / "none.yaml"});
    ASSERT_FALSE(store);
    EXPECT_THAT(store.error().detail, HasSubstr("none.yaml: cannot be read"));
}

TEST(WorkspaceFile, TellsAllThatIsWrongWithItsPlace) {
    EXPECT_THAT(
        problems_of(R"(projects:
  - {nmae: Harbour, phase: closd, starts: soon, billable: perhaps, version: many}
  - {name: [a], team: 501, manager: {mail: x}, created: 2026-01-12, budget_hours: ten, custom: 3}
  - Harbour
peple: []
people: {}
next_id: none
tag_groups: [x]
tags:
  - {name: a, extras: {paymo: {kep: {}}}}
)"),
        ElementsAre("w.yaml:2:6: unknown key 'nmae'; did you mean 'name'?",
                    "w.yaml:2:28: unknown word 'closd'; did you mean 'closed'?",
                    "w.yaml:2:43: 'soon' is not what is expected here", "w.yaml:2:59: true or false is expected",
                    "w.yaml:2:77: 'many' is not what is expected here", "w.yaml:3:12: a text is expected",
                    "w.yaml:3:23: a list is expected", "w.yaml:3:38: unknown key 'mail'; did you mean 'email'?",
                    "w.yaml:3:57: '2026-01-12' is not what is expected here",
                    "w.yaml:3:83: 'ten' is not what is expected here", "w.yaml:3:96: a mapping is expected",
                    "w.yaml:4:5: a record is a mapping", "w.yaml:5:1: unknown key 'peple'; did you mean 'people'?",
                    "w.yaml:6:9: people is a list", "w.yaml:7:10: a number from 1 is expected",
                    "w.yaml:8:14: a record is a mapping", "w.yaml:10:32: unknown key 'kep'; did you mean 'kept'?"));
}

TEST(WorkspaceFile, ThatIsNoYamlIsRefusedWhereItBreaks) {
    EXPECT_THAT(problems_of("people: [\n"), ElementsAre(HasSubstr("w.yaml:2:1: ")));
    EXPECT_THAT(problems_of("just a text"), ElementsAre("w.yaml:1:1: a workspace is a mapping of kinds"));
    EXPECT_THAT(problems_of(""), IsEmpty());
    EXPECT_THAT(problems_of("people:\n"), IsEmpty());
}

TEST(WorkspaceFile, OfTheDemoFillsAStore) {
    auto const store =
        backends::open_sqlite({.path = ":memory:", .seed = DRAGOMAN_SOURCE_DIR "/config/demo.yaml", .now = noon});
    ASSERT_TRUE(store) << store.error().detail;
    EXPECT_FALSE(Asker(**store).list<Project>()->records.of<Project>().empty());
}

} // namespace

} // namespace tests
