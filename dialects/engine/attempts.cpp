#include "dialects/engine/attempts.hpp"

#include <algorithm>

namespace dialects {

bool Attempts::exhausted(std::string_view who, Limit limit, canonical::Instant now) {
    std::lock_guard const lock(mutex_);
    auto const found = by_key_.find(std::string(who));
    if (found == by_key_.end()) return false;
    auto const &failures = found->second;
    bool const quick = failures.size() >= limit.most && failures.back() - failures.front() < limit.within;
    return quick && now < failures.back() + limit.within;
}

void Attempts::add_failure(std::string_view who, Limit limit, canonical::Instant now) {
    std::lock_guard const lock(mutex_);
    if (by_key_.size() >= most_keys) make_room(limit, now);
    auto &failures = by_key_[std::string(who)];
    failures.push_back(now);
    if (failures.size() > limit.most) failures.erase(failures.begin());
}

void Attempts::forget(std::string_view who) {
    std::lock_guard const lock(mutex_);
    by_key_.erase(std::string(who));
}

void Attempts::make_room(Limit limit, canonical::Instant now) {
    std::erase_if(by_key_, [&](auto const &entry) { return entry.second.back() <= now - limit.within; });
    if (by_key_.size() < most_keys) return;
    by_key_.erase(std::ranges::min_element(by_key_, {}, [](auto const &entry) { return entry.second.back(); }));
}

} // namespace dialects
