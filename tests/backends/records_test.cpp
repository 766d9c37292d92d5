// What every store does with a record of any kind: it is made, read, changed and removed, and nothing that was said of
// it is lost.
#include "tests/backends/stores.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <gmock/gmock.h>

namespace tests {

namespace {

using testing::ElementsAre, testing::IsEmpty, testing::SizeIs;

class EveryRecord : public EveryStore {};

INSTANTIATE_TEST_SUITE_P(Stores, EveryRecord, testing::ValuesIn(store_kinds()), name_of_store);

// Something in each member that a caller can fill, so that no column is forgotten. References are to the records that
// `World` makes.
struct World {
    std::string company, person, status, type, workflow, workflow_status, tag_group, tag, person_group, field, project,
        list;

    explicit World(Asker &asker) {
        company = asker.made(named<Company>("Acme"));
        person = asker.made(tests::person("Ann Lake", "ann@example.com"));
        status = asker.made(tests::status("Going on", Phase::active, true));
        type = asker.made(named<ProjectType>("Inside"));
        workflow = asker.made(named<Workflow>("Usual"));
        auto first = named<WorkflowStatus>("To do");
        first.workflow = by_id(workflow);
        workflow_status = asker.made(first);
        tag_group = asker.made(named<TagGroup>("Labels"));
        tag = asker.made(named<Tag>("urgent"));
        person_group = asker.made(named<PersonGroup>("Sales"));
        field = asker.made(named<CustomField>("Cost centre"));
        auto of_workflow = named<Project>("Harbour");
        of_workflow.workflow = by_id(workflow);
        project = asker.made(of_workflow);
        auto of_project = named<TaskList>("First list");
        of_project.project = by_id(project);
        list = asker.made(of_project);
    }

    std::string target_of(std::string_view kind, std::string_view member) const {
        if (member == "company") return company;
        if (member == "type") return type;
        if (member == "workflow") return workflow;
        if (member == "project" || member == "source") return project;
        if (member == "list") return list;
        if (member == "tags") return tag;
        if (member == "group") return tag_group;
        if (member == "groups") return person_group;
        if (member == "field") return field;
        if (member == "status") return kind == "task" ? workflow_status : status;
        return person;
    }
};

template <class E> E filled(World const &world, int seed) {
    E entity;
    auto const text = [&](std::string_view name) { return std::string(name) + " № " + std::to_string(seed); };
    boost::mp11::mp_for_each<Members<E>>([&](auto d) {
        auto &slot = entity.*d.pointer;
        using Type = typename std::remove_reference_t<decltype(slot)>::value_type;
        std::string_view const name = d.name;
        auto const target = by_id(world.target_of(name_of(kind_of<E>), name));
        bool const is_stores = name == "id" || name == "guid" || name == "version" || name == "created" ||
                               name == "updated" || name == "creator" || name == "editor" || name == "archived" ||
                               name == "closed" || name == "last_task_number" || name == "tasks_open" ||
                               name == "tasks_total" || name == "is_locked";
        if (is_stores || name == "phase") return;
        if constexpr (std::is_same_v<Type, std::string>)
            slot = text(name);
        else if constexpr (std::is_same_v<Type, std::int64_t>)
            slot = 7 + seed;
        else if constexpr (std::is_same_v<Type, bool>)
            slot = seed % 2 == 0;
        else if constexpr (std::is_same_v<Type, Date>)
            slot = Date(std::chrono::days(20'000 + seed));
        else if constexpr (std::is_same_v<Type, Instant>)
            slot = noon + std::chrono::milliseconds(seed);
        else if constexpr (std::is_same_v<Type, Decimal>)
            slot = Decimal{.digits = -1'234'567'890'123'45 - seed * 10, .scale = 4};
        else if constexpr (std::is_same_v<Type, Category>)
            slot = Category::started;
        else if constexpr (std::is_same_v<Type, Role>)
            slot = Role::contact;
        else if constexpr (std::is_same_v<Type, Access>)
            slot = Access::own_company;
        else if constexpr (std::is_same_v<Type, FieldType>)
            slot = FieldType::choice;
        else if constexpr (std::is_same_v<Type, Ref>)
            slot = target;
        else if constexpr (std::is_same_v<Type, std::vector<Ref>>) {
            if (name != "co_managers") slot = std::vector{target};
        } else if constexpr (std::is_same_v<Type, std::vector<Member>>)
            slot = std::vector{Member{.person = target,
                                      .company = by_id(world.company),
                                      .role = {.id = "3", .name = "Lead"},
                                      .note = "a note",
                                      .joined = noon}};
        else if constexpr (std::is_same_v<Type, std::vector<CustomValue>>)
            slot =
                std::vector{CustomValue{.key = "Cost centre", .json = "1.50"}, CustomValue{.key = "n", .json = "null"}};
    });
    return entity;
}

// Each member that was said stands in the record as it was said.
template <class E> void expect_kept(E const &said, E const &record) {
    boost::mp11::mp_for_each<Members<E>>([&](auto d) {
        auto const &wanted = said.*d.pointer;
        auto const &found = record.*d.pointer;
        using Type = typename std::remove_cvref_t<decltype(wanted)>::value_type;
        if (wanted.absent()) return;
        ASSERT_EQ(bool(wanted), bool(found)) << d.name;
        if constexpr (std::is_same_v<Type, Ref>)
            EXPECT_EQ(wanted->id, found->id) << d.name;
        else if constexpr (std::is_same_v<Type, std::vector<Ref>>) {
            ASSERT_EQ(wanted->size(), found->size()) << d.name;
            for (std::size_t i = 0; i < wanted->size(); ++i) EXPECT_EQ((*wanted)[i].id, (*found)[i].id) << d.name;
        } else if constexpr (std::is_same_v<Type, std::vector<Member>>) {
            ASSERT_EQ(wanted->size(), found->size()) << d.name;
            for (std::size_t i = 0; i < wanted->size(); ++i) {
                EXPECT_EQ((*wanted)[i].person.id, (*found)[i].person.id);
                EXPECT_EQ((*wanted)[i].company.id, (*found)[i].company.id);
                EXPECT_EQ((*wanted)[i].role, (*found)[i].role);
                EXPECT_EQ((*wanted)[i].note, (*found)[i].note);
                EXPECT_EQ((*wanted)[i].joined, (*found)[i].joined);
                EXPECT_FALSE((*found)[i].id.empty());
            }
        } else
            EXPECT_TRUE(*wanted == *found) << d.name;
    });
}

template <class F> void for_each_kind(F const &f) {
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        SCOPED_TRACE(name_of(Kind(kind)));
        with_kind(Kind(kind), f);
    }
}

TEST_P(EveryRecord, KeepsEveryMemberOfEveryKind) {
    World const world(asker_);
    for_each_kind([&]<class E>(std::type_identity<E>) {
        auto const said = filled<E>(world, 1);
        auto const made = asker_.create(said);
        ASSERT_TRUE(made) << problem_of(made);
        expect_kept(said, *made);
        auto const read = asker_.get<E>(*made->id);
        ASSERT_TRUE(read);
        expect_kept(said, *read);
    });
}

TEST_P(EveryRecord, ChangesEveryMemberOfEveryKind) {
    World const world(asker_);
    for_each_kind([&]<class E>(std::type_identity<E>) {
        auto const made = asker_.create(filled<E>(world, 1));
        ASSERT_TRUE(made) << problem_of(made);
        auto const said = filled<E>(world, 2);
        auto const changed = asker_.update(*made->id, said);
        ASSERT_TRUE(changed) << problem_of(changed);
        expect_kept(said, *changed);
        EXPECT_EQ(*changed->version, 2);
        EXPECT_EQ(*changed->id, *made->id);
        expect_kept(said, *asker_.get<E>(*made->id));
    });
}

TEST_P(EveryRecord, LeavesAloneWhatAnUpdateDoesNotSpeakOf) {
    World const world(asker_);
    for_each_kind([&]<class E>(std::type_identity<E>) {
        auto const said = filled<E>(world, 1);
        auto const made = asker_.create(said);
        ASSERT_TRUE(made) << problem_of(made);
        auto const renamed = asker_.update(*made->id, named<E>("Another"));
        ASSERT_TRUE(renamed);
        EXPECT_EQ(*renamed->name, "Another");
        auto expected = said;
        expected.name = "Another";
        expect_kept(expected, *renamed);
    });
}

TEST_P(EveryRecord, EmptiesWhatAnUpdateSaysIsEmpty) {
    World const world(asker_);
    for_each_kind([&]<class E>(std::type_identity<E>) {
        auto const made = asker_.create(filled<E>(world, 1));
        ASSERT_TRUE(made) << problem_of(made);
        E patch;
        boost::mp11::mp_for_each<Members<E>>([&](auto d) {
            std::string_view const name = d.name;
            bool const needed = name == "name" || (name == "project" && kind_of<E> != Kind::project) ||
                                (name == "workflow" && kind_of<E> == Kind::workflow_status) || name == "field";
            if (!needed) patch.*d.pointer = std::nullopt;
        });
        auto const emptied = asker_.update(*made->id, patch);
        ASSERT_TRUE(emptied) << problem_of(emptied);
        if constexpr (requires { emptied->description; }) {
            EXPECT_TRUE(emptied->description.null());
        }
        if constexpr (requires { emptied->color; }) {
            EXPECT_TRUE(emptied->color.null());
        }
        if constexpr (requires { emptied->email; }) {
            EXPECT_TRUE(emptied->email.null());
        }
        if constexpr (requires { emptied->company; }) {
            EXPECT_TRUE(emptied->company.null());
        }
        if constexpr (requires { emptied->starts; }) {
            EXPECT_TRUE(emptied->starts.null());
        }
        if constexpr (requires { emptied->budget_hours; }) {
            EXPECT_TRUE(emptied->budget_hours.null());
        }
        if constexpr (requires { emptied->tags; }) {
            EXPECT_THAT(*emptied->tags, IsEmpty());
        }
        if constexpr (requires { emptied->team; }) {
            EXPECT_THAT(*emptied->team, IsEmpty());
        }
        if constexpr (requires { emptied->custom; }) {
            EXPECT_TRUE(emptied->custom.null());
        }
        // What is never empty has its usual value again.
        if constexpr (requires { emptied->is_default; }) {
            EXPECT_FALSE(*emptied->is_default);
        }
        if constexpr (requires { emptied->is_active; }) {
            EXPECT_TRUE(*emptied->is_active);
        }
        if constexpr (requires { emptied->role; }) {
            EXPECT_EQ(*emptied->role, Role::member);
        }
    });
}

TEST_P(EveryRecord, IsGoneOnceItIsRemoved) {
    World const world(asker_);
    for_each_kind([&]<class E>(std::type_identity<E>) {
        auto const id = asker_.made(filled<E>(world, 1));
        auto const removed = asker_.remove<E>(id);
        ASSERT_TRUE(removed) << problem_of(removed);
        EXPECT_EQ(problem_of(asker_.get<E>(id)), "not_found");
        EXPECT_EQ(problem_of(asker_.remove<E>(id)), "not_found");
        EXPECT_EQ(problem_of(asker_.update<E>(id, named<E>("x"))), "not_found");
    });
}

TEST_P(EveryRecord, IsNotFoundByWhatIsNoId) {
    for (auto const *id : {"1", "0", "-1", "007", "x", "1 ", "99999999999999999999", "1;DROP TABLE projects"})
        for_each_kind(
            [&]<class E>(std::type_identity<E>) { EXPECT_EQ(problem_of(asker_.get<E>(id)), "not_found") << id; });
}

TEST_P(EveryRecord, NeedsAName) {
    World const world(asker_);
    for_each_kind([&]<class E>(std::type_identity<E>) {
        auto nameless = filled<E>(world, 1);
        auto const id = asker_.made(nameless);
        nameless.name.clear();
        if constexpr (std::is_same_v<E, Person>) nameless.given_name = nameless.family_name = std::nullopt;
        EXPECT_EQ(problem_of(asker_.create(nameless)), "blank name");
        nameless.name = "";
        EXPECT_EQ(problem_of(asker_.create(nameless)), "blank name");
        E patch;
        patch.name = std::nullopt;
        EXPECT_EQ(problem_of(asker_.update(id, patch)), "blank name");
        patch.name = "";
        EXPECT_EQ(problem_of(asker_.update(id, patch)), "blank name");
    });
}

TEST_P(EveryRecord, HasAnIdThatNoOtherKindHas) {
    World const world(asker_);
    std::set<std::string> ids;
    for_each_kind([&]<class E>(std::type_identity<E>) {
        for (int i = 0; i < 3; ++i) EXPECT_TRUE(ids.insert(asker_.made(filled<E>(world, i))).second);
    });
}

TEST_P(EveryRecord, KeepsTheIdThatItIsMadeWith) {
    auto project = named<Project>("Harbour");
    project.id = "8532";
    ASSERT_EQ(asker_.made(project), "8532");
    EXPECT_EQ(problem_of(asker_.create(project)), "conflict id");
    EXPECT_EQ(asker_.made(named<Company>("Acme")), "8533") << "the sequence goes on behind it";
    project.id = "eight";
    EXPECT_EQ(problem_of(asker_.create(project)), "bad_value id");
}

TEST_P(EveryRecord, CountsItsVersionsAndTellsWhenItChanged) {
    auto const id = asker_.made(named<Project>("Harbour"));
    EXPECT_EQ(*asker_.get<Project>(id)->version, 1);
    asker_.now = noon + 5s;
    auto const same = asker_.update(id, named<Project>("Harbour"));
    EXPECT_EQ(*same->version, 2) << "every update counts, whatever it says";
    EXPECT_EQ(*same->created, noon);
    EXPECT_EQ(*same->updated, noon + 5s);
}

TEST_P(EveryRecord, IsChangedOnlyAsTheCallerSawIt) {
    auto const id = asker_.made(named<Project>("Harbour"));
    auto const update = [&](auto const &condition) {
        Request request{.verb = Verb::update, .id = id, .patch = named<Project>("Pier"), .now = noon};
        condition(request);
        return problem_of(asker_.ask(std::move(request)));
    };
    EXPECT_EQ(update([](Request &r) { r.unchanged_version = 2; }), "changed");
    EXPECT_EQ(update([](Request &r) { r.unchanged_version = 1; }), "nothing");
    EXPECT_EQ(update([](Request &r) { r.unchanged_since = noon - 1s; }), "changed");
    EXPECT_EQ(update([](Request &r) { r.unchanged_since = noon - 100ms; }), "nothing") << "of the same second";
    EXPECT_EQ(update([](Request &r) { r.unchanged_since = noon + 1s; }), "nothing");
    Request remove{.verb = Verb::remove, .id = id, .unchanged_version = 1};
    EXPECT_EQ(problem_of(asker_.ask(remove)), "changed");
}

TEST_P(EveryRecord, KnowsWhoMadeItAndWhoChangedIt) {
    auto const ann = asker_.made(person("Ann Lake", "ann@example.com"));
    auto const bob = asker_.made(person("Bob Reed", "bob@example.com"));
    Request create{
        .verb = Verb::create, .patch = named<Project>("Harbour"), .actor = by_email("ANN@example.com"), .now = noon};
    auto const made = asker_.one<Project>(create);
    ASSERT_TRUE(made);
    EXPECT_EQ(*made->creator, (Ref{.id = ann, .name = "Ann Lake", .email = "ann@example.com"}));
    EXPECT_EQ(made->editor->id, ann);
    auto const changed = asker_.one<Project>(
        {.verb = Verb::update, .id = *made->id, .patch = named<Project>("Pier"), .actor = by_id(bob), .now = noon});
    EXPECT_EQ(changed->creator->id, ann);
    EXPECT_EQ(changed->editor->id, bob);
    create.actor = by_email("stranger@example.com");
    EXPECT_TRUE(asker_.one<Project>(create)->creator.null()) << "who is unknown here may write all the same";
}

TEST_P(EveryRecord, NeverTakesItsBookkeepingFromAnUpdate) {
    auto const id = asker_.made(named<Project>("Harbour"));
    Project patch;
    patch.id = "77";
    patch.version = 70;
    patch.created = patch.updated = patch.archived = patch.closed = noon - 24h;
    patch.last_task_number = 70;
    auto const changed = asker_.update(id, patch);
    ASSERT_TRUE(changed);
    EXPECT_EQ(*changed->id, id);
    EXPECT_EQ(*changed->version, 2);
    EXPECT_EQ(*changed->created, noon);
    EXPECT_EQ(*changed->updated, noon);
    EXPECT_TRUE(changed->archived.null());
    EXPECT_TRUE(changed->closed.null());
    EXPECT_EQ(*changed->last_task_number, 0);
}

// --- extras

Bag bag(std::string_view key, std::string_view json) {
    Bag bag;
    bag.loose.add({"options", key, json});
    return bag;
}

TEST_P(EveryRecord, GivesEachDialectItsOwnExtras) {
    World const world(asker_);
    for_each_kind([&]<class E>(std::type_identity<E>) {
        auto patch = filled<E>(world, 1);
        patch.extras = bag("Foo", R"({"a":1.50})");
        auto const made = asker_.one<E>({.verb = Verb::create, .patch = patch, .dialect = "paymo", .now = noon});
        ASSERT_TRUE(made);
        EXPECT_EQ(made->extras, patch.extras);

        E change;
        change.extras = bag("Bar", "true");
        auto const changed =
            asker_.one<E>({.verb = Verb::update, .id = *made->id, .patch = change, .dialect = "paymo", .now = noon});
        ASSERT_TRUE(changed);
        auto both = patch.extras;
        both.merge(change.extras);
        EXPECT_EQ(changed->extras, both) << "what comes is added to what is there";

        Request get{.verb = Verb::get, .id = *made->id, .dialect = "worksection"};
        EXPECT_TRUE(asker_.one<E>(get)->extras.empty());
        get.dialect = "paymo";
        EXPECT_EQ(asker_.one<E>(get)->extras, both);
        auto const list = asker_.ask({.verb = Verb::list, .kind = kind_of<E>, .dialect = "paymo"});
        ASSERT_TRUE(list);
        EXPECT_EQ(list->records.template find<E>(*made->id)->extras, both);
    });
}

// --- what is particular to kinds

TEST_P(EveryRecord, GivesAPersonAGuidByWhichItIsFoundToo) {
    auto const ann = asker_.create(person("Ann Lake", "ann@example.com"));
    ASSERT_TRUE(ann);
    ASSERT_THAT(*ann->guid, SizeIs(36));
    EXPECT_EQ(*asker_.get<Person>(*ann->guid)->id, *ann->id);
    auto patch = person("Bob Reed", "bob@example.com");
    patch.guid = "4C65A238-CA50-4374-B904-0D51D4C1822B";
    auto const bob = asker_.create(patch);
    ASSERT_TRUE(bob);
    EXPECT_EQ(*bob->guid, "4c65a238-ca50-4374-b904-0d51d4c1822b");
    EXPECT_EQ(*asker_.get<Person>("4c65a238-ca50-4374-b904-0d51d4c1822b")->id, *bob->id);
    EXPECT_EQ(problem_of(asker_.create(patch)), "conflict guid");
    patch.guid = "no guid";
    EXPECT_EQ(problem_of(asker_.create(patch)), "bad_value guid");
}

TEST_P(EveryRecord, GivesAGroupOfPeopleAGuidByWhichPeopleAreFound) {
    auto const sales = asker_.create(named<PersonGroup>("Sales"));
    ASSERT_TRUE(sales);
    ASSERT_THAT(*sales->guid, SizeIs(36));
    EXPECT_EQ(*asker_.get<PersonGroup>(*sales->guid)->id, *sales->id);
    auto ann = person("Ann Lake", "ann@example.com");
    ann.groups = std::vector{by_id(*sales->guid)};
    auto const made = asker_.create(ann);
    ASSERT_TRUE(made) << problem_of(made);
    EXPECT_EQ(made->groups->front().name, "Sales");
    asker_.made(person("Bob Reed", "bob@example.com"));
    canonical::Query query;
    query.filter.require({.op = canonical::Operator::equal,
                          .field = {canonical::member<&Person::groups>(), canonical::Part::id},
                          .values = {*sales->guid}});
    EXPECT_THAT(asker_.list<Person>(query)->records.of<Person>(), SizeIs(1));
}

TEST_P(EveryRecord, KeepsTheOptionsOfAFieldWithIt) {
    auto const field = asker_.made(named<CustomField>("Size"));
    auto option = named<CustomOption>("large");
    EXPECT_EQ(problem_of(asker_.create(option)), "blank field");
    option.field = by_id(field);
    auto const large = asker_.create(option);
    ASSERT_TRUE(large) << problem_of(large);
    EXPECT_EQ(*large->position, 0);
    EXPECT_EQ(*asker_.create(option)->position, 1);
    CustomOption moved;
    moved.field = by_id(asker_.made(named<CustomField>("Colour")));
    EXPECT_EQ(problem_of(asker_.update(*large->id, moved)), "bad_value field");
    ASSERT_EQ(problem_of(asker_.remove<CustomField>(field)), "nothing");
    EXPECT_EQ(problem_of(asker_.get<CustomOption>(*large->id)), "not_found");
}

TEST_P(EveryRecord, NamesAPersonByItsParts) {
    Person patch;
    patch.given_name = "Ann";
    patch.family_name = "Lake";
    auto const ann = asker_.create(patch);
    ASSERT_TRUE(ann);
    EXPECT_EQ(*ann->name, "Ann Lake");
    Person married;
    married.family_name = "Reed";
    EXPECT_EQ(*asker_.update(*ann->id, married)->name, "Ann Reed");
    EXPECT_EQ(*asker_.update(*ann->id, named<Person>("A. Reed"))->name, "A. Reed");
    EXPECT_EQ(*asker_.update(*ann->id, patch)->name, "A. Reed") << "a name of its own stays";
}

TEST_P(EveryRecord, NumbersProjectsInTheirOrder) {
    EXPECT_EQ(*asker_.create(named<Project>("a"))->number, "1");
    auto given = named<Project>("b");
    given.number = "2";
    EXPECT_EQ(*asker_.create(given)->number, "2");
    EXPECT_EQ(*asker_.create(named<Project>("c"))->number, "3") << "the second is taken";
    auto a_template = named<Project>("d");
    a_template.is_template = true;
    EXPECT_TRUE(asker_.create(a_template)->number.null());
    EXPECT_EQ(*asker_.create(named<Project>("e"))->number, "4");
}

TEST_P(EveryRecord, GivesAProjectTheUsualTypeAndWorkflow) {
    EXPECT_TRUE(asker_.create(named<Project>("before"))->type.null());
    auto type = named<ProjectType>("Inside");
    type.is_default = true;
    auto const type_id = asker_.made(type);
    auto workflow = named<Workflow>("Usual");
    workflow.is_default = true;
    auto const workflow_id = asker_.made(workflow);
    auto const project = asker_.create(named<Project>("Harbour"));
    EXPECT_EQ(project->type->name, "Inside");
    EXPECT_EQ(project->workflow->id, workflow_id);
    auto without = named<Project>("Pier");
    without.type = std::nullopt;
    EXPECT_TRUE(asker_.create(without)->type.null()) << "said to be empty";

    auto other = named<ProjectType>("Outside");
    other.is_default = true;
    asker_.made(other);
    EXPECT_FALSE(*asker_.get<ProjectType>(type_id)->is_default) << "only one of them stands in";
    EXPECT_EQ(asker_.create(named<Project>("Quay"))->type->name, "Outside");
}

TEST_P(EveryRecord, PutsWhatIsNewBehindTheOthers) {
    EXPECT_EQ(*asker_.create(status("a", Phase::active))->position, 0);
    EXPECT_EQ(*asker_.create(status("b", Phase::closed))->position, 1);
    auto at = status("c", Phase::paused);
    at.position = 9;
    asker_.made(at);
    EXPECT_EQ(*asker_.create(status("d", Phase::paused))->position, 10);
    World const world(asker_);
    auto other = named<Workflow>("Other");
    auto first = named<WorkflowStatus>("To do");
    first.workflow = by_id(asker_.made(other));
    EXPECT_EQ(*asker_.create(first)->position, 0) << "each workflow has an order of its own";
    EXPECT_EQ(*asker_.create(first)->position, 1);
}

TEST_P(EveryRecord, NumbersTheTasksOfEachProject) {
    World const world(asker_);
    auto task = named<Task>("Dig");
    task.list = by_id(world.list);
    auto const first = asker_.create(task);
    ASSERT_TRUE(first) << problem_of(first);
    EXPECT_EQ(first->project->id, world.project) << "known by its list";
    EXPECT_EQ(*first->number, 1);
    EXPECT_EQ(first->status->name, "To do") << "the first of the workflow";
    EXPECT_FALSE(*first->is_done);
    task.number = 40;
    EXPECT_EQ(*asker_.create(task)->number, 40);
    task.number.clear();
    EXPECT_EQ(*asker_.create(task)->number, 41);
    EXPECT_EQ(*asker_.get<Project>(world.project)->last_task_number, 41);

    auto elsewhere = named<Task>("Fill");
    elsewhere.project = by_id(asker_.made(named<Project>("Pier")));
    EXPECT_EQ(*asker_.create(elsewhere)->number, 1);
    elsewhere.list = by_id(world.list);
    EXPECT_EQ(problem_of(asker_.create(elsewhere)), "unknown_reference list") << "of another project";
    EXPECT_EQ(problem_of(asker_.create(named<Task>("Nowhere"))), "blank project");
}

TEST_P(EveryRecord, KnowsATaskAsDoneByItsStatus) {
    World const world(asker_);
    auto closed = named<WorkflowStatus>("Done");
    closed.workflow = by_id(world.workflow);
    closed.category = Category::closed;
    auto const done = asker_.made(closed);
    auto task = named<Task>("Dig");
    task.project = by_id(world.project);
    auto const id = asker_.made(task);
    Task patch;
    patch.status = by_name("Done");
    EXPECT_TRUE(*asker_.update(id, patch)->is_done);
    patch.status = by_id(world.workflow_status);
    EXPECT_FALSE(*asker_.update(id, patch)->is_done);
    auto foreign = named<WorkflowStatus>("Elsewhere");
    foreign.workflow = by_id(asker_.made(named<Workflow>("Other")));
    patch.status = by_id(asker_.made(foreign));
    EXPECT_EQ(problem_of(asker_.update(id, patch)), "unknown_reference status") << "of another workflow";
}

TEST_P(EveryRecord, NumbersATaskAnewInAnotherProject) {
    World const world(asker_);
    auto task = named<Task>("Dig");
    task.list = by_id(world.list);
    auto const id = asker_.made(task);
    auto const pier = asker_.made(named<Project>("Pier"));
    for (int i = 0; i < 3; ++i) {
        auto other = named<Task>("Fill");
        other.project = by_id(pier);
        asker_.made(other);
    }
    Task patch;
    patch.project = by_id(pier);
    auto const moved = asker_.update(id, patch);
    ASSERT_TRUE(moved) << problem_of(moved);
    EXPECT_EQ(*moved->number, 4);
    EXPECT_TRUE(moved->list.null()) << "its list stays behind";
}

TEST_P(EveryRecord, DoesNotMoveListsAndStatusesToOtherOwners) {
    World const world(asker_);
    TaskList list;
    list.project = by_id(asker_.made(named<Project>("Pier")));
    EXPECT_EQ(problem_of(asker_.update(world.list, list)), "bad_value project");
    WorkflowStatus moved;
    moved.workflow = by_id(asker_.made(named<Workflow>("Other")));
    EXPECT_EQ(problem_of(asker_.update(world.workflow_status, moved)), "bad_value workflow");
}

// --- removal

TEST_P(EveryRecord, StaysWhileItIsInUse) {
    World const world(asker_);
    auto project = named<Project>("Harbour");
    project.company = by_id(world.company);
    project.workflow = by_id(world.workflow);
    asker_.made(project);
    auto task = named<Task>("Dig");
    task.project = by_id(world.project);
    asker_.made(task);
    EXPECT_EQ(problem_of(asker_.remove<Company>(world.company)), "in_use");
    EXPECT_EQ(problem_of(asker_.remove<Workflow>(world.workflow)), "in_use");
    EXPECT_EQ(problem_of(asker_.remove<WorkflowStatus>(world.workflow_status)), "in_use");
    EXPECT_TRUE(asker_.get<Company>(world.company)) << "a refusal changes nothing";
}

TEST_P(EveryRecord, TakesWhatHangsOnItAlong) {
    World const world(asker_);
    auto task = named<Task>("Dig");
    task.list = by_id(world.list);
    task.extras = bag("a", "1");
    auto const made = asker_.one<Task>({.verb = Verb::create, .patch = task, .dialect = "paymo", .now = noon});
    ASSERT_TRUE(made);
    ASSERT_TRUE(asker_.remove<Project>(world.project));
    EXPECT_EQ(problem_of(asker_.get<TaskList>(world.list)), "not_found");
    EXPECT_EQ(problem_of(asker_.get<Task>(*made->id)), "not_found");

    // Whoever gets that id again finds nothing of the other's.
    task.list.clear();
    task.extras = {};
    task.id = *made->id;
    task.project = by_id(asker_.made(named<Project>("Pier")));
    asker_.made(task);
    EXPECT_TRUE(asker_.one<Task>({.verb = Verb::get, .id = *made->id, .dialect = "paymo"})->extras.empty());
}

TEST_P(EveryRecord, IsForgottenWhereItWasReferredTo) {
    World const world(asker_);
    auto project = named<Project>("Harbour");
    project.manager = project.default_assignee = by_id(world.person);
    project.type = by_id(world.type);
    project.tags = std::vector{by_id(world.tag)};
    auto const id = asker_.made(project);
    ASSERT_TRUE(asker_.remove<Person>(world.person));
    ASSERT_TRUE(asker_.remove<ProjectType>(world.type));
    ASSERT_TRUE(asker_.remove<Tag>(world.tag));
    auto const left = asker_.get<Project>(id);
    ASSERT_TRUE(left);
    EXPECT_TRUE(left->manager.null());
    EXPECT_TRUE(left->default_assignee.null());
    EXPECT_TRUE(left->type.null());
    EXPECT_THAT(*left->team, IsEmpty());
    EXPECT_THAT(*left->tags, IsEmpty());
}

} // namespace

} // namespace tests
