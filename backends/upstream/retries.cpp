#include "backends/upstream/retries.hpp"

#include <algorithm>

namespace backends::upstream {

void Retries::begin() { budget_ = std::min(budget_ + rules_.share, rules_.spare); }

std::optional<Clock::duration> Retries::again(int attempt) {
    if (attempt > rules_.attempts || budget_ < 1) return {};
    budget_ -= 1;
    auto longest = rules_.pause;
    for (int i = 2; i < attempt && longest < rules_.longest_pause; ++i) longest *= 2;
    longest = std::min(longest, rules_.longest_pause);
    std::uniform_int_distribution<std::int64_t> jitter(longest.count() / 2, longest.count());
    return std::chrono::milliseconds(jitter(dice_));
}

} // namespace backends::upstream
