#pragma once
// How often and after how long a request is tried again: with jitter, so that not all come at once, and within a
// budget, so that a service in trouble is not asked more than before. Belongs to one thread.
#include "backends/upstream/breaker.hpp"

#include <random>

namespace backends::upstream {

class Retries {
public:
    struct Rules {
        int attempts = 3;                     // of one request, the first included
        double share = 0.2;                   // of all requests may be further attempts
        double spare = 10;                    // attempts beyond the share, at the most
        std::chrono::milliseconds pause{100}; // before the second attempt; up to twice as long before each that follows
        std::chrono::milliseconds longest_pause{2'000};
    };

    Retries(Rules rules, unsigned seed) : rules_(rules), budget_(rules.spare), dice_(seed) {}

    // A request goes out for the first time.
    void begin();
    // How long to wait before the attempt of that number (from 2), or nothing where there is none.
    std::optional<Clock::duration> again(int attempt);

private:
    Rules rules_;
    double budget_;
    std::minstd_rand dice_;
};

} // namespace backends::upstream
