#include "gateway/front_end/fields.hpp"

#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <array>

namespace gateway::front_end {

namespace {

constexpr std::array<std::string_view, 10> of_connection = {
    "Connection", "Content-Length",    "Expect",  "Keep-Alive",    "Proxy-Connection", "TE",
    "Trailer",    "Transfer-Encoding", "Upgrade", "HTTP2-Settings"};
constexpr std::array<std::string_view, 4> of_proxies = {"Forwarded", "X-Real-IP", "Remote-User", "X-Remote-User"};
constexpr std::string_view forwarded = "X-Forwarded-";

// Some servers read X_Tenant or X.Tenant as X-Tenant. A name in which nobody can read another one has letters, digits
// and dashes.
bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; }

bool is_one_of(std::string_view name, auto const &names) {
    return std::ranges::any_of(names, [&](std::string_view other) { return wire::same_letters(name, other); });
}

} // namespace

Use use_of(std::string_view name) {
    if (!std::ranges::all_of(name, is_plain)) return Use::dropped;
    if (is_one_of(name, of_connection)) return Use::connection;
    bool const vouches = wire::same_letters(name.substr(0, forwarded.size()), forwarded) || is_one_of(name, of_proxies);
    return vouches ? Use::dropped : Use::passed;
}

} // namespace gateway::front_end
