#include "config/addresses.hpp"

#include "config/quantities.hpp"

#include <algorithm>
#include <arpa/inet.h>

namespace config {

namespace {

constexpr std::string_view letters_and_digits = "abcdefghijklmnopqrstuvwxyz0123456789";

bool is_ipv4(std::string const &text) {
    in_addr address{};
    return inet_pton(AF_INET, text.c_str(), &address) == 1;
}

std::optional<in6_addr> ipv6(std::string const &text) {
    in6_addr address{};
    if (inet_pton(AF_INET6, text.c_str(), &address) != 1) return {};
    return address;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    auto const port = parse_count(text);
    if (!port || *port > 65535 || text.size() > 5) return {};
    return std::uint16_t(*port);
}

// Splits "host:port" at its last colon, unless that stands in brackets. Without a port the second is null.
std::pair<std::string_view, std::string_view> split_port(std::string_view text) {
    auto const colon = text.rfind(':');
    if (colon == text.npos || text.find(']', colon) != text.npos) return {text, {}};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

} // namespace

std::variant<Endpoint, Wrong> parse_endpoint(std::string_view text) {
    auto const [host, port_text] = split_port(text);
    if (!port_text.data()) return Wrong{"lacks its port, as in 127.0.0.1:8080"};
    auto const port = parse_port(port_text);
    if (!port) return Wrong{"has no port between 0 and 65535"};
    Endpoint endpoint{.address = std::string(host), .port = *port};
    if (host == "*") endpoint.address = "0.0.0.0";
    if (is_ipv4(endpoint.address)) return endpoint;
    if (host.starts_with('[') && host.ends_with(']')) {
        endpoint.address = host.substr(1, host.size() - 2);
        if (ipv6(endpoint.address)) return endpoint;
    }
    if (host == "localhost") return Wrong{"is a name; say which address: 127.0.0.1 or [::1]"};
    if (ipv6(endpoint.address)) return Wrong{"needs brackets around the address, as in [::1]:8080"};
    return Wrong{"is no address of an interface, as in 127.0.0.1:8080, [::1]:8080 or *:8080"};
}

bool is_loopback(std::string const &address) {
    if (is_ipv4(address)) return address.starts_with("127.");
    auto const parsed = ipv6(address);
    if (!parsed) return false;
    bool const mapped = IN6_IS_ADDR_V4MAPPED(&*parsed) && parsed->s6_addr[12] == 127;
    return mapped || IN6_IS_ADDR_LOOPBACK(&*parsed);
}

std::variant<std::string, Wrong> parse_url(std::string_view text, UrlPath path) {
    auto rest = text;
    if (rest.starts_with("https://"))
        rest.remove_prefix(8);
    else if (rest.starts_with("http://"))
        rest.remove_prefix(7);
    else
        return Wrong{"does not begin with http:// or https://"};
    if (rest.find('@') != rest.npos) return Wrong{"holds a credential; that goes under 'credential'"};
    if (rest.find_first_of("?#") != rest.npos) return Wrong{"has a query or a fragment"};
    auto const authority = rest.substr(0, rest.find('/'));
    auto const folder = rest.substr(authority.size());
    if (path == UrlPath::none && folder.find_first_not_of('/') != folder.npos) return Wrong{"has a path"};
    auto const is_plain = [](char c) { return c > ' ' && c < '\x7f' && c != '\\' && c != '"' && c != '<' && c != '>'; };
    if (!std::ranges::all_of(folder, is_plain)) return Wrong{"has a character in its path that must be escaped"};
    auto const [host, port] = split_port(authority);
    auto const bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed ? !ipv6(std::string(host.substr(1, host.size() - 2))) : !parse_host(host))
        return Wrong{"has no proper host"};
    if (auto const number = parse_port(port); port.data() && (!number || *number == 0))
        return Wrong{"has no proper port"};
    return std::string(text.substr(0, text.find_last_not_of('/') + 1));
}

Origin take_apart(std::string_view url) {
    Origin origin{.tls = url.starts_with("https://")};
    auto const rest = url.substr(url.find("://") + 3);
    auto const authority = rest.substr(0, rest.find('/'));
    auto const [host, port] = split_port(authority);
    bool const bracketed = host.starts_with('[') && host.ends_with(']');
    origin.host = bracketed ? host.substr(1, host.size() - 2) : host;
    origin.port = port.empty() ? (origin.tls ? "443" : "80") : port;
    origin.path = rest.substr(authority.size());
    return origin;
}

std::optional<std::string> parse_host(std::string_view text) {
    std::string host(text);
    std::ranges::transform(host, host.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    if (host.size() > 253 || host.find_first_not_of(std::string(letters_and_digits) + "-._") != host.npos) return {};
    if (host.empty() || host.starts_with('.') || host.find("..") != host.npos) return {};
    return host;
}

} // namespace config
