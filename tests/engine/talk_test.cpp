#include "dialects/engine/talk.hpp"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

namespace {

using Counting = dialects::Talk<std::string, int, int>;
using Telling = dialects::Talk<std::string, int, std::string>;

Counting sum_of(std::string a, std::string b) {
    int const x = co_await a;
    int const y = co_await b;
    co_return x + y;
}

Counting nothing_to_ask() { co_return 7; }

Counting failing(std::string question) {
    int const x = co_await question;
    if (x > 0) throw std::runtime_error("inside");
    co_return x;
}

Telling telling() {
    std::string first = "first";
    int const x = co_await first;
    auto inner = sum_of("second", "third");
    int const sum = co_await inner;
    auto silent = nothing_to_ask();
    int const seven = co_await silent;
    std::string last = "last";
    int const y = co_await last;
    co_return std::to_string(x) + " " + std::to_string(sum) + " " + std::to_string(seven) + " " + std::to_string(y);
}

Telling catching() {
    auto inner = failing("deep");
    try {
        int const x = co_await inner;
        co_return std::to_string(x);
    } catch (std::runtime_error const &error) {
        co_return error.what();
    }
}

Telling nested_twice() {
    auto middle = telling();
    std::string told = co_await middle;
    co_return "<" + told + ">";
}

TEST(Talk, AsksWhatATalkWithinItAsks) {
    auto talk = nested_twice();
    std::string asked;
    for (int n = 1; auto *question = talk.pending(); ++n) {
        asked += *question + " ";
        talk.answer(n);
    }
    EXPECT_EQ(asked, "first second third last ");
    EXPECT_EQ(talk.outcome(), "<1 5 7 4>");
}

TEST(Talk, GetsTheExceptionOfATalkWithinIt) {
    auto talk = catching();
    ASSERT_TRUE(talk.pending());
    talk.answer(1);
    EXPECT_FALSE(talk.pending());
    EXPECT_EQ(talk.outcome(), "inside");
}

TEST(Talk, CanBeLeftInTheMiddle) {
    auto talk = nested_twice();
    talk.answer(1);
    ASSERT_TRUE(talk.pending());
    EXPECT_EQ(*talk.pending(), "second");
}

} // namespace
