#pragma once
// Leaves a service alone that fails: after some failures in a row nobody is let through for a while, then one request
// is, to see. Belongs to one thread.
#include <chrono>
#include <optional>

namespace backends::upstream {

using Clock = std::chrono::steady_clock;

class Breaker {
public:
    struct Rules {
        int failures = 5;                       // in a row
        std::chrono::milliseconds pause{1'000}; // the first one; each that follows is twice as long
        std::chrono::milliseconds longest_pause{30'000};
    };

    explicit Breaker(Rules rules) : rules_(rules) {}

    // Nothing: go on, and say afterwards how it went. Otherwise how long until the next attempt.
    std::optional<Clock::duration> closed_for(Clock::time_point now);
    void succeeded();
    void failed(Clock::time_point now);

private:
    Rules rules_;
    int failures_ = 0;
    std::chrono::milliseconds pause_{0};
    Clock::time_point open_again_ = {};
    bool trying_ = false; // one request is under way that tells
};

} // namespace backends::upstream
