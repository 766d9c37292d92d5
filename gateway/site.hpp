#pragma once
// What a config became: the config itself and its stores, opened. Immutable, shared by all workers, swapped whole when
// the config is loaded anew; requests in flight keep the one they started with.
#include "backends/backend.hpp"
#include "config/config.hpp"
#include "dialects/engine/attempts.hpp"
#include "dialects/engine/ended_sessions.hpp"

namespace gateway {

// Something that keeps the server from serving.
struct Failure {
    config::Place place;
    std::string what;

    std::string text() const { return config::Problem{place, what}.text(); }
};

class Site {
public:
    struct Sources {
        std::filesystem::path data;   // relative store paths and ended sessions lie under it; made where needed
        Site const *before = nullptr; // a store that this one has open already is taken over
    };
    using Built = std::variant<std::shared_ptr<Site const>, Failure>;
    static Built build(config::Config config, Sources const &sources);

    virtual ~Site() = default;
    virtual config::Config const &config() const = 0;
    // Null: not available, and warnings() says why.
    virtual std::shared_ptr<backends::Store> store(std::string_view backend) const = 0;
    virtual std::vector<std::string> const &warnings() const = 0;
    // These go on from one site to the next.
    virtual dialects::Attempts &attempts() const = 0;
    virtual dialects::EndedSessions &ended_sessions() const = 0;
};

} // namespace gateway
