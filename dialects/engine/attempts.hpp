#pragma once
// Who tries passwords, and how often: after too many wrong ones within a time the next ones are not looked at.
#include "canonical/values.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dialects {

// For all workers; asked at sign-ins only.
class Attempts {
public:
    struct Limit {
        std::size_t most;
        std::chrono::seconds within;
    };

    // Whether somebody, as a dialect tells them apart, has failed that often within that time, and no longer ago.
    bool exhausted(std::string_view who, Limit limit, canonical::Instant now);
    void add_failure(std::string_view who, Limit limit, canonical::Instant now);
    void forget(std::string_view who);

private:
    using Failures = std::vector<canonical::Instant>; // the last ones, oldest first
    // Drops what is past its time, or the oldest.
    void make_room(Limit limit, canonical::Instant now);

    static constexpr std::size_t most_keys = 10'000;
    std::mutex mutex_;
    std::unordered_map<std::string, Failures> by_key_;
};

} // namespace dialects
