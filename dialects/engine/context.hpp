#pragma once
// What rows and codecs may need to know beside the value at hand: zone, addresses, who asks, related records. It is put
// together once per request and lives as long as the writing or reading.
#include "canonical/request.hpp"
#include "dialects/engine/zone.hpp"

#include <string>

namespace dialects {

struct Call;

enum class Times : unsigned char { plain, with_offset };

struct Context {
    Zone zone = {};                              // in which times are shown, and read where they name none
    Zone home = {};                              // of the workspace, where the caller asked for another one
    Times times = Times::plain;                  // where a tool has both forms
    std::string origin = {};                     // "http://host:port", as the caller sees us
    std::string base = {};                       // "http://host:port/api/v1": what links to records start with
    bool compact = false;                        // where a tool has a short form of its answers
    std::string organization = {};               // of a workspace that has a number
    std::string language = {};                   // iso2, where the caller wants one
    std::string culture = {};                    // the same, for numbers and dates in texts
    bool may_write = true;                       // who asks
    canonical::Verb verb = canonical::Verb::get; // what was done, where an answer looks different after a change
    canonical::Instant now = {};
    canonical::Person const *person = nullptr;   // who asks, where a dialect has looked
    canonical::Records const *related = nullptr; // of the reply

    static Context of(Call const &call);

    // A related record, or nothing (null).
    template <class E> E const *find(std::string_view id) const { return related ? related->find<E>(id) : nullptr; }
};

} // namespace dialects
