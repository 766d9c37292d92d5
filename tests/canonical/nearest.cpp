#include "canonical/nearest.hpp"

#include <gtest/gtest.h>

namespace {

using canonical::did_you_mean;
using canonical::nearest;

constexpr std::string_view keys[] = {"address", "backends", "callers", "listen", "limits", "routes", "id"};

TEST(Nearest, FindsTheWordThatWasMeant) {
    struct Case {
        std::string_view word, meant;
    };
    for (auto const &[word, meant] : {
             Case{"adress", "address"},   // a letter too few
             Case{"addresss", "address"}, // too many
             Case{"addrass", "address"},  // wrong
             Case{"adderss", "address"},  // two swapped
             Case{"Routes", "routes"},    // only the case
             Case{"lsiten", "listen"},
             Case{"backend", "backends"},
             Case{"limist", "limits"},
         })
        EXPECT_EQ(nearest(word, keys), meant) << word;
}

TEST(Nearest, FindsNothingForAnotherWord) {
    for (std::string_view const word : {"colour", "", "xy", "q", "workers"}) EXPECT_EQ(nearest(word, keys), "") << word;
    EXPECT_EQ(nearest("address", std::span<std::string_view const>()), "");
}

TEST(Nearest, DoesNotTryTextsThatAreNoWords) { EXPECT_EQ(nearest(std::string(100'000, 'a'), keys), ""); }

TEST(Nearest, PrefersTheClosest) {
    constexpr std::string_view words[] = {"path", "paths", "patch"};
    EXPECT_EQ(nearest("pathc", words), "path"); // the first of equals
    EXPECT_EQ(nearest("patchz", words), "patch");
}

TEST(Nearest, IsSaidAsAQuestion) {
    EXPECT_EQ(did_you_mean("adress", keys), "; did you mean 'address'?");
    EXPECT_EQ(did_you_mean("colour", keys), "");
}

} // namespace
