#include "canonical/slot.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace {

using canonical::Slot;

TEST(Slot, SaysNothingAtFirst) {
    Slot<std::string> const slot;
    EXPECT_TRUE(slot.absent());
    EXPECT_FALSE(slot.null());
    EXPECT_FALSE(slot);
    EXPECT_EQ(*slot, "");
}

TEST(Slot, TellsNullFromAbsentAndFromAnEmptyValue) {
    Slot<std::string> const absent, null = std::nullopt, empty = "";
    EXPECT_NE(absent, null);
    EXPECT_NE(null, empty);
    EXPECT_NE(absent, empty);
    EXPECT_TRUE(null.null());
    EXPECT_FALSE(null.absent());
    EXPECT_TRUE(empty);
}

TEST(Slot, TakesFalseAndZeroForValues) {
    Slot<bool> const no = false;
    Slot<int> const zero = 0;
    EXPECT_TRUE(no);
    EXPECT_FALSE(*no);
    EXPECT_TRUE(zero);
}

TEST(Slot, ForgetsTheValueOnceItIsNullOrCleared) {
    Slot<std::string> slot = "text";
    slot = std::nullopt;
    EXPECT_TRUE(slot.null());
    EXPECT_EQ(*slot, "");
    EXPECT_EQ(slot, Slot<std::string>(std::nullopt));

    slot = "again";
    slot.clear();
    EXPECT_TRUE(slot.absent());
    EXPECT_EQ(slot, Slot<std::string>());
}

TEST(Slot, EmplacesAFreshValueOverAnOldOne) {
    Slot<std::vector<int>> slot = std::vector{1, 2};
    slot.emplace().push_back(3);
    EXPECT_EQ(*slot, std::vector{3});
    EXPECT_TRUE(slot);
}

TEST(Slot, GivesTheOtherValueUnlessItHasOne) {
    EXPECT_EQ(Slot<int>().value_or(7), 7);
    EXPECT_EQ(Slot<int>(std::nullopt).value_or(7), 7);
    EXPECT_EQ(Slot<int>(0).value_or(7), 0);
}

TEST(Slot, ComparesValues) {
    EXPECT_EQ(Slot<int>(1), Slot<int>(1));
    EXPECT_NE(Slot<int>(1), Slot<int>(2));
    EXPECT_NE(Slot<int>(0), Slot<int>());
}

} // namespace
