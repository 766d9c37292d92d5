#pragma once
// Who and what a service knows, by id, name and address: what its answers name by number is shown by name, and what a
// caller calls by name is asked by number.
#include "canonical/request.hpp"

#include <chrono>
#include <map>

namespace backends::upstream {

class Names {
public:
    using Clock = std::chrono::steady_clock;
    explicit Names(Clock::duration kept) : kept_(kept) {}

    // Null: not known, or too long ago.
    std::vector<canonical::Ref> const *of(canonical::Kind kind, Clock::time_point now) const;
    void learn(canonical::Kind kind, std::vector<canonical::Ref> refs, Clock::time_point now);
    void forget(canonical::Kind kind) { known_.erase(kind); }

private:
    struct Known {
        std::vector<canonical::Ref> refs; // by id
        Clock::time_point since;
    };
    Clock::duration kept_;
    std::map<canonical::Kind, Known> known_;
};

// The one that a reference means: by id, else by address, else by name; case does not matter.
canonical::Result<canonical::Ref> find(std::vector<canonical::Ref> const &refs, canonical::Ref const &wanted);

// The records of a reply as references.
std::vector<canonical::Ref> refs_of(canonical::Kind kind, canonical::Records const &records);

} // namespace backends::upstream
