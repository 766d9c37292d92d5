#pragma once
// A real service that the config names as a backend.
#include "backends/upstream/service.hpp"
#include "gateway/site.hpp"

namespace gateway::upstream {

// Nothing is asked of it yet. Fails where its file of authorities is none.
std::variant<std::unique_ptr<backends::Store>, Failure> open(config::Backend const &backend,
                                                             dialects::Client const &client);

} // namespace gateway::upstream
