#include "gateway/router.hpp"

#include <algorithm>

namespace gateway {

Router::Router(std::span<config::Route const> routes) {
    entries_.reserve(routes.size());
    for (auto const &route : routes) {
        auto const path = "/" + route.settings.path;
        auto target = wire::split_target(path);
        entries_.push_back({.host = route.host,
                            .segments = std::move(target.value().segments),
                            .methods = route.methods,
                            .ignore_case = route.dialect->paths_ignore_case()});
    }
}

bool Router::Entry::fits(Question const &question) const {
    if (!host.empty() && !wire::same_letters(host, question.host)) return false;
    auto const same_segment = [&](std::string_view mine, std::string_view theirs) {
        return ignore_case ? wire::same_letters(mine, theirs) : mine == theirs;
    };
    if (segments.size() > question.segments.size()) return false;
    if (!std::ranges::equal(segments, question.segments.first(segments.size()), same_segment)) return false;
    auto const same_method = [&](std::string_view method) { return wire::same_letters(method, question.method); };
    return methods.empty() || std::ranges::any_of(methods, same_method);
}

std::optional<Router::Match> Router::find(Question const &question) const {
    auto const entry = std::ranges::find_if(entries_, [&](Entry const &each) { return each.fits(question); });
    if (entry == entries_.end()) return {};
    return Match{.route = std::size_t(entry - entries_.begin()), .prefix = entry->segments.size()};
}

} // namespace gateway
