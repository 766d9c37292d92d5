#include "canonical/kinds.hpp"

#include <boost/pfr/tuple_size.hpp>
#include <gtest/gtest.h>
#include <set>

namespace {

using namespace canonical;

TEST(Kinds, HaveTheOrderOfTheEntities) {
    EXPECT_EQ(kind_of<Project>, Kind::project);
    EXPECT_EQ(kind_of<WorkflowStatus>, Kind::workflow_status);
    EXPECT_EQ(kind_of<Task>, Kind::task);
    for (std::size_t i = 0; i < kinds; ++i) EXPECT_EQ(entity_of(Kind(i)).index(), i);
}

TEST(Kinds, AreReachedByTheirEnumerator) {
    for (std::size_t i = 0; i < kinds; ++i)
        EXPECT_EQ(with_kind(Kind(i), []<class E>(std::type_identity<E>) { return kind_of<E>; }), Kind(i));
}

TEST(Kinds, HaveNamesOfTheirOwn) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < kinds; ++i) names.insert(name_of(Kind(i)));
    EXPECT_EQ(names.size(), kinds);
    EXPECT_TRUE(names.contains("project_status"));
    EXPECT_FALSE(names.contains(""));
}

// Whoever adds a slot and forgets to describe it would lose it everywhere at once.
TEST(Kinds, DescribeEveryMemberButTheExtras) {
    for (std::size_t i = 0; i < kinds; ++i)
        with_kind(Kind(i), []<class E>(std::type_identity<E>) {
            EXPECT_EQ(boost::pfr::tuple_size_v<E>, member_count<E> + 1) << name_of(kind_of<E>);
        });
}

TEST(Members, AreNamedAfterTheirKind) {
    EXPECT_EQ(name_of(member<&Project::name>()), "project.name");
    EXPECT_EQ(name_of(member<&Project::tasks_total>()), "project.tasks_total");
    EXPECT_EQ(name_of(member<&Person::is_active>()), "person.is_active");
}

TEST(Members, OfTheSameNameAndTypeAreTold) {
    EXPECT_NE(member<&Project::id>(), member<&ProjectStatus::id>());
    EXPECT_NE(member<&Project::name>(), member<&Project::number>());
    EXPECT_EQ(member<&Project::name>(), (MemberId{Kind::project, 1}));
}

} // namespace
