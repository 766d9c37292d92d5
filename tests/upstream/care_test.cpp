// What keeps a service in trouble from being asked too much: breakers, paces, budgets of retries.
#include "backends/upstream/breaker.hpp"
#include "backends/upstream/pacer.hpp"
#include "backends/upstream/retries.hpp"

#include <gmock/gmock.h>
#include <thread>

namespace {

using namespace backends::upstream;
using namespace std::chrono_literals;

constexpr Clock::time_point start{1h};

TEST(Breaker, LetsNobodyThroughAfterSomeFailuresInARow) {
    Breaker breaker({.failures = 3, .pause = 1s, .longest_pause = 4s});
    for (int i = 0; i < 2; ++i) breaker.failed(start);
    EXPECT_FALSE(breaker.closed_for(start));
    breaker.succeeded();
    for (int i = 0; i < 2; ++i) breaker.failed(start);
    EXPECT_FALSE(breaker.closed_for(start)) << "not in a row";
    breaker.failed(start);
    EXPECT_EQ(breaker.closed_for(start + 300ms), 700ms);
}

TEST(Breaker, LetsOneThroughAfterThePauseAndWaitsForItsFate) {
    Breaker breaker({.failures = 1, .pause = 1s, .longest_pause = 4s});
    breaker.failed(start);
    EXPECT_FALSE(breaker.closed_for(start + 1s));
    EXPECT_TRUE(breaker.closed_for(start + 1s)) << "one is under way";
    breaker.succeeded();
    EXPECT_FALSE(breaker.closed_for(start + 1s));
}

TEST(Breaker, WaitsTwiceAsLongAfterEachFailedAttempt) {
    Breaker breaker({.failures = 1, .pause = 1s, .longest_pause = 4s});
    auto now = start;
    for (auto const pause : {1s, 2s, 4s, 4s}) {
        breaker.failed(now);
        EXPECT_EQ(breaker.closed_for(now), pause);
        now += pause;
        EXPECT_FALSE(breaker.closed_for(now));
    }
}

TEST(Pacer, LetsABurstThroughAndThenKeepsToTheAverage) {
    Pacer pacer({.requests = 10, .in = 10s});
    for (int i = 0; i < 10; ++i) EXPECT_EQ(pacer.take(start, 0s).wait, 0s) << i;
    EXPECT_EQ(pacer.take(start, 5s).wait, 1s);
    EXPECT_EQ(pacer.take(start, 5s).wait, 2s);
    EXPECT_EQ(pacer.take(start + 20s, 0s).wait, 0s);
}

TEST(Pacer, TakesNoTurnBeyondTheCallersPatience) {
    Pacer pacer({.requests = 1, .in = 1s});
    EXPECT_TRUE(pacer.take(start, 0s).taken);
    auto const refused = pacer.take(start, 500ms);
    EXPECT_FALSE(refused.taken);
    EXPECT_EQ(refused.wait, 1s);
    EXPECT_EQ(pacer.take(start, 1s).wait, 1s) << "the refused one took nothing";
}

TEST(Pacer, WaitsAsLongAsTheServiceSaid) {
    for (auto const rate : {Rate{}, Rate{.requests = 100, .in = 10s}}) {
        Pacer pacer(rate);
        pacer.hold(start + 7s);
        EXPECT_EQ(pacer.take(start, 1min).wait, 7s);
        EXPECT_EQ(pacer.take(start + 8s, 1min).wait, 0s);
    }
}

TEST(Pacer, IsSharedByThreadsWithoutLosingATurn) {
    Pacer pacer({.requests = 1, .in = 1ms});
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 1'000; ++n) pacer.take(start, 1h);
        });
    threads.clear();
    EXPECT_EQ(pacer.take(start, 1h).wait, 4s);
}

TEST(Retries, EndWithTheAttemptsOfARequest) {
    Retries retries({.attempts = 3, .pause = 100ms}, 1);
    retries.begin();
    auto const second = retries.again(2), third = retries.again(3);
    ASSERT_TRUE(second && third);
    EXPECT_THAT(second->count(), testing::AllOf(testing::Ge(Clock::duration(50ms).count()),
                                                testing::Le(Clock::duration(100ms).count())));
    EXPECT_THAT(third->count(), testing::AllOf(testing::Ge(Clock::duration(100ms).count()),
                                               testing::Le(Clock::duration(200ms).count())));
    EXPECT_FALSE(retries.again(4));
}

TEST(Retries, StayWithinTheirShareOfAllRequests) {
    Retries retries({.attempts = 2, .share = 0.1, .spare = 5}, 1);
    int further = 0;
    for (int i = 0; i < 1'000; ++i) {
        retries.begin();
        if (retries.again(2)) ++further;
    }
    EXPECT_LE(further, 106);
    EXPECT_GE(further, 95);
}

} // namespace
