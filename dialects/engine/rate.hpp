#pragma once
// So many requests in a time, as a service publishes it.
#include <chrono>

namespace dialects {

struct Rate {
    int requests = 0; // none: no limit
    std::chrono::milliseconds in{0};
};

} // namespace dialects
