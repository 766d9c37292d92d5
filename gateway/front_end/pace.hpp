#pragma once
// How long a transfer may take: it may pause for a while, but over its whole length it must keep a minimum rate, which
// starts to count once the first pause would be over. So a client that sends a byte now and then is not kept for ever.
#include <algorithm>
#include <chrono>

namespace gateway::front_end {

using Clock = std::chrono::steady_clock;

class Pace {
public:
    struct Rules {
        std::chrono::milliseconds pause;
        std::size_t bytes_per_second;
    };
    Pace(Rules rules, Clock::time_point start) : rules_(rules), start_(start) {}

    // When the next byte must have come, or gone, after so many.
    Clock::time_point deadline(Clock::time_point now, std::size_t bytes) const {
        if (rules_.bytes_per_second == 0) return now + rules_.pause;
        auto const owed = std::chrono::milliseconds(bytes * 1000 / rules_.bytes_per_second);
        return std::min(now, start_ + owed) + rules_.pause;
    }

private:
    Rules rules_;
    Clock::time_point start_;
};

} // namespace gateway::front_end
