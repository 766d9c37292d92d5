// The model's values as a database holds them.
#include "backends/sql/values.hpp"
#include "canonical/lower.hpp"

#include <gtest/gtest.h>

namespace tests {

namespace {

using namespace backends::sql;
using canonical::Decimal;

TEST(DecimalKey, SortsAsTheNumbersDoAndLosesNothing) {
    std::string const ordered[] = {"-999999999999999999",
                                   "-12.5",
                                   "-12.25",
                                   "-12",
                                   "-2",
                                   "-0.5",
                                   "-0.05",
                                   "-0.000000000000000001",
                                   "0",
                                   "0.000000000000000001",
                                   "0.05",
                                   "0.5",
                                   "1.999",
                                   "2",
                                   "10",
                                   "12.25",
                                   "12.5",
                                   "999999999999999999"};
    std::string last;
    for (auto const &text : ordered) {
        auto const decimal = *Decimal::parse(text);
        auto const key = decimal_key(decimal);
        EXPECT_LT(last, key) << text;
        EXPECT_EQ(parse_decimal_key(key), decimal) << text;
        last = key;
    }
}

TEST(Id, IsAPositiveNumberAndNothingElse) {
    EXPECT_EQ(parse_id("1"), 1);
    EXPECT_EQ(parse_id("9223372036854775807"), 9'223'372'036'854'775'807);
    for (auto const *text : {"", "0", "-1", "+1", "01", "1 ", " 1", "1.0", "9223372036854775808", "x"})
        EXPECT_FALSE(parse_id(text)) << text;
}

TEST(Guid, HasItsDashesInTheirPlaces) {
    EXPECT_TRUE(is_guid("4c65a238-ca50-4374-b904-0d51d4c1822b"));
    EXPECT_TRUE(is_guid("4C65A238-CA50-4374-B904-0D51D4C1822B"));
    EXPECT_FALSE(is_guid("4c65a238-ca50-4374-b904-0d51d4c1822"));
    EXPECT_FALSE(is_guid("4c65a238ca50-4374-b904-0d51d4c1822b-"));
    EXPECT_FALSE(is_guid("4c65a238-ca50-4374-b904-0d51d4c1822g"));
}

TEST(LowerCase, KnowsTheAlphabetsOfEurope) {
    std::pair<std::string, std::string> const pairs[] = {
        {"ABCxyz 09_[", "abcxyz 09_["},
        {"ÀÉÎÕÜ×Þß", "àéîõü×þß"},
        {"ŁŻŹŃĄ", "łżźńą"},
        {"ŠŽČĆĐ", "šžčćđ"},
        {"ŐŰ", "őű"},
        {"Ÿ", "ÿ"},
        {"ẞ", "ß"},
        {"ΆΈΉΊΌΎΏ", "άέήίόύώ"},
        {"ΟΔΟΣ οδος", "οδοσ οδοσ"},
        {"ЀЁЂІЇЄҐ", "ѐёђіїєґ"},
        {"ПРОЕКТ", "проект"},
        {"ԱՖ", "աֆ"},
        {"ẾỆ", "ếệ"},
        {"漢字 😀", "漢字 😀"},
    };
    for (auto const &[text, small] : pairs) {
        EXPECT_EQ(canonical::lower(text), small);
        EXPECT_EQ(canonical::lower(small), small);
    }
}

TEST(LowerCase, LeavesWhatIsNoUtf8AsItIs) {
    for (std::string const text : {"\xFF\xC3", "\xC3", "\xE2\x82", "A\x80Z", "\xC0\x80", "\xF0\x9F\x98"}) {
        auto expected = text;
        if (text.starts_with('A')) expected = "a\x80z";
        EXPECT_EQ(canonical::lower(text), expected);
    }
}

} // namespace

} // namespace tests
