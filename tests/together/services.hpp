#pragma once
// The server as it comes with its demo, as a real service that a gateway stands in front of.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace together {

// What it is to that gateway.
struct Service {
    std::string_view dialect, path, credential;
};

// One for each dialect.
std::span<Service const> services();
Service const &service_of(std::string_view dialect);

// The demo's config with that service on that port in place of its store; `settings` are further ones of each route, as
// ", on_loss: refuse".
std::string in_front_of(Service const &service, std::uint16_t port, std::string_view settings = {});

} // namespace together
