#pragma once
// Which route a request takes: the first whose host, path and method fit. Paths are compared as split segments, the
// same that authentication and the dialect see, and only where a segment ends.
#include "config/config.hpp"

namespace gateway {

class Router {
public:
    // Their order counts. A path that cannot be split is a bug: configs are checked before.
    explicit Router(std::span<config::Route const> routes);

    struct Question {
        std::string_view host, method; // the host as it was checked, without a port
        std::span<std::string const> segments;
    };
    struct Match {
        std::size_t route;  // its place among the routes
        std::size_t prefix; // how many segments belong to it
    };
    std::optional<Match> find(Question const &question) const;

private:
    struct Entry {
        std::string host;
        std::vector<std::string> segments, methods;
        bool ignore_case;

        bool fits(Question const &question) const;
    };
    std::vector<Entry> entries_;
};

} // namespace gateway
