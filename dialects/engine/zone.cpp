#include "dialects/engine/zone.hpp"

#include <date/tz.h>
#include <stdexcept>

namespace dialects {

std::optional<Zone> Zone::find(std::string_view name) {
    try {
        Zone zone;
        zone.zone_ = date::locate_zone(std::string(name));
        return zone;
    } catch (std::runtime_error const &) { // no such name, or no database at all
        return {};
    }
}

std::chrono::minutes Zone::offset_at(canonical::Instant instant) const {
    if (!zone_) return {};
    return std::chrono::floor<std::chrono::minutes>(zone_->get_info(instant).offset);
}

canonical::Instant Zone::instant_of(std::chrono::local_time<std::chrono::milliseconds> wall) const {
    if (!zone_) return canonical::Instant(wall.time_since_epoch());
    auto const info = zone_->get_info(date::local_time<std::chrono::milliseconds>(wall.time_since_epoch()));
    if (info.result == date::local_info::nonexistent) return info.second.begin;
    return canonical::Instant(wall.time_since_epoch() - info.first.offset);
}

std::string_view Zone::name() const { return zone_ ? std::string_view(zone_->name()) : "UTC"; }

} // namespace dialects
