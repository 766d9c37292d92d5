#pragma once
// Several requests in one; the web client sends what it asks at the same time so. (reference: server source 12.7)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

// In their order, each as the caller's own request; none of them is a batch.
Serve run_batch(Call &call);

} // namespace dialects::onlyoffice
