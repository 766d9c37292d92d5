#pragma once
// Addresses as they stand in a config: where to listen, and where a service is.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace config {

// What is wrong with a text, to be put behind it: "is no …".
struct Wrong {
    std::string what;
};

struct Endpoint {
    std::string address; // IPv6 without brackets
    std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:8080", "*:8080" for all IPv4 interfaces. Port 0 is any that is free.
std::variant<Endpoint, Wrong> parse_endpoint(std::string_view text);
bool is_loopback(std::string const &address);

// "https://host:port", and a path where one is welcome; without the slashes at its end.
enum class UrlPath : unsigned char { none, welcome };
std::variant<std::string, Wrong> parse_url(std::string_view text, UrlPath path);

// What parse_url() took, in its parts.
struct Origin {
    bool tls = true;
    std::string host = {}, port = {}; // IPv6 without brackets; the usual port where none is said
    std::string path = {};            // without a slash at its end
};
Origin take_apart(std::string_view url);

// A host name as in a Host field, without a port: in lower case.
std::optional<std::string> parse_host(std::string_view text);

} // namespace config
