#include "canonical/extras.hpp"

#include <gtest/gtest.h>

namespace {

using canonical::Bag;
using canonical::Extra;
using canonical::Extras;

Extras extras(std::initializer_list<Extra> list) {
    Extras result;
    for (auto const &extra : list) result.add(extra);
    return result;
}

TEST(Extras, KeepTheOrderInWhichTheyCame) {
    auto const all = extras({{"", "b", "1"}, {"owner", "a", "\"x\""}, {"", "", "[]"}});
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].key, "b");
    EXPECT_EQ(all[0].json, "1");
    EXPECT_EQ(all[1].place, "owner");
    EXPECT_EQ(all[1].key, "a");
    EXPECT_EQ(all[1].json, "\"x\"");
    EXPECT_EQ(all[2].key, "");
    EXPECT_EQ(all[2].json, "[]");
}

TEST(Extras, AreFoundByPlaceAndKey) {
    auto const all = extras({{"", "a", "1"}, {"owner", "a", "2"}});
    EXPECT_EQ(all.find("", "a"), "1");
    EXPECT_EQ(all.find("owner", "a"), "2");
    EXPECT_EQ(all.find("a", "").data(), nullptr);
    EXPECT_EQ(all.find("", "b").data(), nullptr);
    EXPECT_EQ(Extras().find("", "a").data(), nullptr);
}

TEST(Extras, CanBeWrittenInPlace) {
    Extras all;
    all.block = "ownername\"x\"";
    all.cut(0, 5, 9);
    EXPECT_EQ(all, extras({{"owner", "name", "\"x\""}}));
}

TEST(Extras, AreNotEqualWhereTheCutsDiffer) {
    EXPECT_NE(extras({{"a", "b", "1"}}), extras({{"", "ab", "1"}}));
    EXPECT_NE(extras({{"", "a", "1"}}), Extras());
}

TEST(Extras, MergeReplacesInPlaceAndAddsTheRest) {
    auto all = extras({{"", "a", "1"}, {"", "b", "2"}, {"x", "a", "3"}});
    all.merge(extras({{"", "c", "4"}, {"", "a", "null"}, {"y", "a", "5"}}));
    EXPECT_EQ(all, extras({{"", "a", "null"}, {"", "b", "2"}, {"x", "a", "3"}, {"", "c", "4"}, {"y", "a", "5"}}));
}

TEST(Extras, MergeOfNothingChangesNothing) {
    auto const before = extras({{"", "a", "1"}});
    auto all = before;
    all.merge({});
    EXPECT_EQ(all, before);

    Extras empty;
    empty.merge(before);
    EXPECT_EQ(empty, before);
}

TEST(Extras, MergeWithThemselvesChangesNothing) {
    auto const before = extras({{"", "a", "1"}, {"p", "b", "{}"}});
    auto all = before;
    all.merge(before);
    EXPECT_EQ(all, before);
}

TEST(Bag, GoesThroughItsJsonUnchanged) {
    Bag bag;
    bag.kept.add({"", "options/allow_close", "1"});
    bag.kept.add({"", "price", "60.50"}); // numbers keep their form
    bag.loose.add({"attributes", "said \"so\"\n\xc3\xa9", R"({"deep":[null,true,1e3,"\u0001"]})"});
    bag.loose.add({"", "", "\"\""});
    EXPECT_EQ(Bag::parse(bag.json()), bag);
}

TEST(Bag, IsEmptyTextWhenEmpty) {
    EXPECT_EQ(Bag().json(), "");
    EXPECT_TRUE(Bag::parse("").empty());
}

TEST(Bag, ReadsAnythingElseAsEmpty) {
    for (std::string_view const text : {"nonsense", "[]", "{}", "{\"kept\":1}",
                                        "{\"kept\":[1,[],[1,2,3],[\"a\",\"b\"]],\"loose\":{}}", "{\"kept\":["})
        EXPECT_TRUE(Bag::parse(text).empty()) << text;
}

TEST(Bag, MergesBothHalves) {
    Bag bag, other;
    bag.kept.add({"", "a", "1"});
    other.kept.add({"", "a", "2"});
    other.loose.add({"", "a", "3"});
    bag.merge(other);
    EXPECT_EQ(bag, other);
}

} // namespace
