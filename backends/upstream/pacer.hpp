#pragma once
// Keeps the requests of one account to the rate that its service publishes: so many at once, and on the average so many
// in a time. All threads share one, without a lock.
#include "backends/upstream/breaker.hpp"
#include "dialects/engine/client.hpp"

#include <atomic>

namespace backends::upstream {

using dialects::Rate;

class Pacer {
public:
    explicit Pacer(Rate rate);

    // How long to wait before the request may go out: its turn is taken. Nothing, where that would be longer than the
    // patience: then no turn is taken, and `wait` says how long it would have been.
    struct Turn {
        bool taken = true;
        Clock::duration wait{0};
    };
    Turn take(Clock::time_point now, Clock::duration patience);
    // The service itself said to wait.
    void hold(Clock::time_point until);

private:
    using Ticks = Clock::duration;
    Ticks interval_{0}, burst_{0};
    std::atomic<Ticks::rep> next_{0}; // when a request would be in time that keeps exactly to the average
};

} // namespace backends::upstream
