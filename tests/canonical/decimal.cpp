#include "canonical/values.hpp"

#include <gtest/gtest.h>
#include <limits>

namespace {

using canonical::Decimal;

Decimal parsed(std::string_view text) {
    auto const decimal = Decimal::parse(text);
    EXPECT_TRUE(decimal) << text;
    return decimal.value_or(Decimal{});
}

TEST(Decimal, ReadsAndWritesPlainNumbers) {
    struct Case {
        std::string_view text, shown;
        std::int64_t digits;
        int scale;
    };
    for (auto const &[text, shown, digits, scale] : {
             Case{"0", "0", 0, 0},
             Case{"60", "60", 60, 0},
             Case{"60.0", "60", 60, 0},
             Case{"0.25", "0.25", 25, 2},
             Case{"-0.25", "-0.25", -25, 2},
             Case{"0,250", "0.25", 25, 2},
             Case{"007.50", "7.5", 75, 1},
             Case{"-0", "0", 0, 0},
             Case{"0.000", "0", 0, 0},
             Case{"100", "100", 100, 0},
             Case{"999999999999999999", "999999999999999999", 999999999999999999, 0},
             Case{"-0.999999999999999999", "-0.999999999999999999", -999999999999999999, 18},
             Case{"0.000000000000000001", "0.000000000000000001", 1, 18},
         }) {
        auto const decimal = parsed(text);
        EXPECT_EQ(decimal.digits, digits) << text;
        EXPECT_EQ(decimal.scale, scale) << text;
        EXPECT_EQ(decimal.text(), shown) << text;
        EXPECT_EQ(parsed(decimal.text()), decimal) << text;
    }
}

TEST(Decimal, RefusesWhatIsNoPlainNumber) {
    for (std::string_view const text : {"", "-", ".", "1.", ".5", "1.2.3", "1,2.3", "--1", "+1", "1-", " 1", "1 ",
                                        "1e3", "1E3", "0x10", "NaN", "Infinity", "1_000", "12a"})
        EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Decimal, RefusesMoreDigitsThanItCanHold) {
    EXPECT_FALSE(Decimal::parse("1000000000000000000"));
    EXPECT_FALSE(Decimal::parse("0.0000000000000000001"));
    EXPECT_FALSE(Decimal::parse("1.000000000000000000"));
    EXPECT_FALSE(Decimal::parse("99999999999999999999999999"));
    EXPECT_TRUE(Decimal::parse("0000000000000000000000001"));
}

TEST(Decimal, WritesTheWholeRangeOfItsDigits) {
    EXPECT_EQ((Decimal{std::numeric_limits<std::int64_t>::min(), 0}.text()), "-9223372036854775808");
    EXPECT_EQ((Decimal{5, 3}.text()), "0.005");
    EXPECT_EQ((Decimal{-5, 1}.text()), "-0.5");
}

TEST(Decimal, OrdersNumbersOfDifferentScales) {
    std::string_view const ascending[] = {"-999999999999999999",
                                          "-1.5",
                                          "-1.2",
                                          "-1",
                                          "-0.5",
                                          "-0.000000000000000001",
                                          "0",
                                          "0.000000000000000001",
                                          "0.25",
                                          "0.3",
                                          "1",
                                          "1.000000000000001",
                                          "60",
                                          "999999999999999999"};
    for (std::size_t i = 0; i < std::size(ascending); ++i)
        for (std::size_t j = 0; j < std::size(ascending); ++j)
            EXPECT_EQ(parsed(ascending[i]) <=> parsed(ascending[j]), i <=> j) << ascending[i] << ' ' << ascending[j];
}

TEST(Decimal, ComparesTheLargestWithTheFinestWithoutOverflow) {
    Decimal const large{999999999999999999, 0}, fine{999999999999999999, 18}, finest{1, 18};
    EXPECT_GT(large, fine);
    EXPECT_LT(fine, large);
    EXPECT_GT(fine, finest);
    EXPECT_LT((Decimal{-999999999999999999, 0}), (Decimal{-999999999999999999, 18}));
}

} // namespace
