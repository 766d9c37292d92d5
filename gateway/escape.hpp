#pragma once
// Foreign text inside a line of a log or a JSON string.
#include <string>
#include <string_view>

namespace gateway {

// Printable ASCII stays, a quote or backslash gets a backslash, everything else becomes \u00XX of each byte: nothing
// that a terminal or a log reader could take for something else. What is longer than `most` is cut, and says so.
void append_escaped(std::string &out, std::string_view text, std::size_t most);

} // namespace gateway
