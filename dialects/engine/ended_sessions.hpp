#pragma once
// Sessions that somebody ended before their time. Tokens are signed and stored nowhere; of these alone there is a list.
#include "canonical/error.hpp"
#include "canonical/values.hpp"

#include <string_view>

namespace dialects {

// For all workers: looking takes no lock.
class EndedSessions {
public:
    EndedSessions() = default;
    EndedSessions(EndedSessions const &) = delete;
    EndedSessions &operator=(EndedSessions const &) = delete;
    virtual ~EndedSessions() = default;

    virtual bool has(std::string_view token) const = 0;
    // Until `expires`, when the token is worth nothing anyway. `unavailable` where that cannot be kept.
    virtual canonical::Result<void> add(std::string_view token, canonical::Instant expires) = 0;
};

} // namespace dialects
