// Conditions on the values of fields that a workspace defined for itself.
#include "tests/backends/stores.hpp"

#include <gmock/gmock.h>

namespace tests {

namespace {

using testing::ElementsAre, testing::IsEmpty;

class CustomConditions : public EveryStore {
protected:
    CustomConditions() {
        make("Gold", {{"4211", R"("Gold")"}, {"4212", "12"}, {"4213", R"(["417421","417422"])"}});
        make("Silver", {{"4211", R"("Silver \"fine\" Éclair")"}, {"4212", "9.5"}, {"4213", R"(["417421"])"}});
        make("Empty", {{"4211", "null"}, {"4213", "[]"}});
        make("None", {});
    }

    std::vector<std::string> found(std::string key, Operator op, Value value) {
        auto condition = where(field<&Project::custom>(), op, {std::move(value)});
        condition.key = std::move(key);
        Query query;
        query.filter.require(std::move(condition));
        return asker_.names<Project>(std::move(query));
    }

private:
    void make(std::string name, std::vector<CustomValue> values) {
        auto project = named<Project>(std::move(name));
        if (!values.empty()) project.custom = std::move(values);
        asker_.made(std::move(project));
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, CustomConditions, testing::ValuesIn(queried_kinds()), name_of_store);

TEST_P(CustomConditions, CompareTextWithoutRegardToCase) {
    EXPECT_THAT(found("4211", Operator::equal, std::string("gold")), ElementsAre("Gold"));
    EXPECT_THAT(found("4211", Operator::contains, std::string("\"FINE\" éc")), ElementsAre("Silver"));
    EXPECT_THAT(found("4211", Operator::starts_with, std::string("sIL")), ElementsAre("Silver"));
    EXPECT_THAT(found("4211", Operator::ends_with, std::string("OLD")), ElementsAre("Gold"));
    EXPECT_THAT(found("4211", Operator::equal, std::string("Bronze")), IsEmpty());
    EXPECT_THAT(found("4212", Operator::equal, std::string("gold")), IsEmpty());
}

TEST_P(CustomConditions, CompareNumbersAsNumbers) {
    EXPECT_THAT(found("4212", Operator::equal, *Decimal::parse("12.0")), ElementsAre("Gold"));
    EXPECT_THAT(found("4212", Operator::less, *Decimal::parse("12")), ElementsAre("Silver"));
    EXPECT_THAT(found("4212", Operator::greater_or_equal, *Decimal::parse("9.5")), ElementsAre("Gold", "Silver"));
}

TEST_P(CustomConditions, LookAtEachItemOfAList) {
    EXPECT_THAT(found("4213", Operator::equal, std::string("417422")), ElementsAre("Gold"));
    EXPECT_THAT(found("4213", Operator::contains, std::string("417421")), ElementsAre("Gold", "Silver"));
}

TEST_P(CustomConditions, TellWhereThereIsNothing) {
    EXPECT_THAT(found("4211", Operator::equal, nullptr), ElementsAre("Empty", "None"));
    EXPECT_THAT(found("4211", Operator::not_equal, std::string("Gold")), ElementsAre("Silver", "Empty", "None"));
}

TEST_P(CustomConditions, NeedAKey) {
    Query query;
    query.filter.require(where(field<&Project::custom>(), Operator::equal, {std::string("Gold")}));
    EXPECT_EQ(problem_of(asker_.list<Project>(std::move(query))), "unknown_field custom");
}

} // namespace

} // namespace tests
