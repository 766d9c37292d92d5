#pragma once
// A time zone by its IANA name, from the system's database.
#include "canonical/values.hpp"

namespace date {
class time_zone;
}

namespace dialects {

class Zone {
public:
    Zone() = default; // UTC
    static std::optional<Zone> find(std::string_view name);

    // In whole minutes, towards the west where the zone had seconds (long ago).
    std::chrono::minutes offset_at(canonical::Instant instant) const;
    // Of a time on the wall: the earlier instant where it is ambiguous, the first after the gap where there is none.
    canonical::Instant instant_of(std::chrono::local_time<std::chrono::milliseconds> wall) const;
    std::string_view name() const;

private:
    date::time_zone const *zone_ = nullptr;
};

} // namespace dialects
