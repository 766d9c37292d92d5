#pragma once
// Which header fields reach a dialect. Those that speak of the connection stay here, and those by which a proxy would
// vouch for a caller are believed from nobody.
#include <string_view>

namespace gateway::front_end {

enum class Use : unsigned char {
    passed,     // to the dialect
    connection, // of this connection and its messages: read here, not passed on
    dropped     // could be taken for another field, or claims to speak for a proxy
};

Use use_of(std::string_view name);

} // namespace gateway::front_end
