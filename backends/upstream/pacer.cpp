#include "backends/upstream/pacer.hpp"

#include <algorithm>

namespace backends::upstream {

Pacer::Pacer(Rate rate) {
    if (rate.requests <= 0) return;
    interval_ = std::chrono::duration_cast<Ticks>(rate.in) / rate.requests;
    burst_ = interval_ * (rate.requests - 1);
}

Pacer::Turn Pacer::take(Clock::time_point now, Clock::duration patience) {
    if (interval_ == Ticks::zero() && next_.load(std::memory_order_relaxed) == 0) return {};
    auto const here = now.time_since_epoch();
    auto expected = next_.load(std::memory_order_relaxed);
    for (;;) {
        auto const due = std::max(here, Ticks(expected));
        auto const wait = std::max(Ticks::zero(), due - burst_ - here);
        if (wait > patience) return {.taken = false, .wait = wait};
        if (next_.compare_exchange_weak(expected, (due + interval_).count(), std::memory_order_relaxed))
            return {.wait = wait};
    }
}

void Pacer::hold(Clock::time_point until) {
    auto const late = (until.time_since_epoch() + burst_).count();
    auto expected = next_.load(std::memory_order_relaxed);
    while (expected < late && !next_.compare_exchange_weak(expected, late, std::memory_order_relaxed)) {
    }
}

} // namespace backends::upstream
