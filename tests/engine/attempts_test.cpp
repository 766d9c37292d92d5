#include "dialects/engine/attempts.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using dialects::Attempts;

constexpr Attempts::Limit limit{.most = 3, .within = 60s};
constexpr canonical::Instant start{std::chrono::hours(100)};

TEST(Attempts, AreExhaustedForAWhileAfterTheLastOfTooMany) {
    Attempts attempts;
    for (auto const after : {0s, 10s, 20s}) {
        EXPECT_FALSE(attempts.exhausted("ann", limit, start + after));
        attempts.add_failure("ann", limit, start + after);
    }
    EXPECT_TRUE(attempts.exhausted("ann", limit, start + 20s));
    EXPECT_TRUE(attempts.exhausted("ann", limit, start + 79s));
    EXPECT_FALSE(attempts.exhausted("ann", limit, start + 80s));
}

TEST(Attempts, OfOneAreNotThoseOfAnother) {
    Attempts attempts;
    for (int i = 0; i < 3; ++i) attempts.add_failure("ann", limit, start);
    EXPECT_FALSE(attempts.exhausted("bob", limit, start));
}

TEST(Attempts, ThatAreFarApartExhaustNothing) {
    Attempts attempts;
    for (int i = 0; i < 10; ++i) {
        attempts.add_failure("ann", limit, start + i * 30s);
        EXPECT_FALSE(attempts.exhausted("ann", limit, start + i * 30s));
    }
}

TEST(Attempts, AreForgottenOnceSomebodyIsIn) {
    Attempts attempts;
    for (int i = 0; i < 3; ++i) attempts.add_failure("ann", limit, start);
    attempts.forget("ann");
    EXPECT_FALSE(attempts.exhausted("ann", limit, start));
}

TEST(Attempts, OfCountlessNamesTakeNoMoreRoomAndTheNewestCount) {
    Attempts attempts;
    for (int i = 0; i < 10'500; ++i) attempts.add_failure("name " + std::to_string(i), limit, start + 1ms * i);
    for (int i = 0; i < 3; ++i) attempts.add_failure("ann", limit, start + 11s);
    EXPECT_TRUE(attempts.exhausted("ann", limit, start + 11s));
}

} // namespace
