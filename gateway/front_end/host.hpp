#pragma once
// What a Host field may be: exactly one name or address with an optional port. The name that was checked here is the
// one that routes are chosen by.
#include <string_view>

namespace gateway::front_end {

// host, host:port, [address] or [address]:port.
bool is_authority(std::string_view text);
// Of a checked authority: what stands before the port, with the brackets of an IPv6 address.
std::string_view host_of(std::string_view authority);
// Whether two checked authorities mean the same host and port; `port` is meant where one of them names none.
bool same_authority(std::string_view a, std::string_view b, std::string_view port);

} // namespace gateway::front_end
