#pragma once
// What callers expect of a record before they read or write it, in whole seconds. Some of them leave these headers
// standing for all that they ask later: where something is made or an agent is called (POST) nobody looks at them.
// (reference: the vendor's pages on conditional requests; a recorded client)
#include "dialects/engine/dialect.hpp"
#include "dialects/engine/moment.hpp"

namespace dialects::superoffice {

inline std::optional<Instant> instant_in(Call const &call, std::string_view header) {
    if (call.request.method == "POST") return {};
    return read_http_date(call.request.headers.find(header));
}

template <class E> bool is_newer(E const &record, Instant than) {
    auto const &changed = record.updated ? record.updated : record.created;
    return changed && std::chrono::floor<std::chrono::seconds>(*changed) > than;
}

// What If-Unmodified-Since asks.
template <class E> bool has_changed(Call const &call, E const &record) {
    auto const since = instant_in(call, "If-Unmodified-Since");
    return since && is_newer(record, *since);
}

} // namespace dialects::superoffice
