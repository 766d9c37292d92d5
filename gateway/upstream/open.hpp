#pragma once
// A real service that the config names as a backend.
#include "backends/upstream/service.hpp"
#include "gateway/site.hpp"

namespace gateway::upstream {

// Nothing is asked of it yet. Its keeper lies under the data folder. Fails where that or its file of authorities is
// none.
std::variant<std::unique_ptr<backends::Store>, Failure>
open(config::Backend const &backend, dialects::Client const &client, std::filesystem::path const &data);

} // namespace gateway::upstream
