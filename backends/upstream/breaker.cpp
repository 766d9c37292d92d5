#include "backends/upstream/breaker.hpp"

#include <algorithm>

namespace backends::upstream {

std::optional<Clock::duration> Breaker::closed_for(Clock::time_point now) {
    if (failures_ < rules_.failures) return {};
    if (now < open_again_) return open_again_ - now;
    if (trying_) return rules_.pause;
    trying_ = true;
    return {};
}

void Breaker::succeeded() {
    failures_ = 0;
    pause_ = {};
    trying_ = false;
}

void Breaker::failed(Clock::time_point now) {
    trying_ = false;
    failures_ = std::min(failures_ + 1, rules_.failures);
    if (failures_ < rules_.failures) return;
    pause_ = pause_ == pause_.zero() ? rules_.pause : std::min(pause_ * 2, rules_.longest_pause);
    open_again_ = now + pause_;
}

} // namespace backends::upstream
