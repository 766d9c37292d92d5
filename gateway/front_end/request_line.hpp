#pragma once
// What a request line may ask for: one of the methods that the tools know, and a target in origin form, or in absolute
// form (as if to a proxy), which is brought into origin form.
#include "gateway/front_end/refusal.hpp"

namespace gateway::front_end {

Verdict check_method(std::string_view method);

struct RequestTarget {
    std::string_view path;           // with the query: starts with a slash
    std::string_view authority = {}; // only where the target was in absolute form; not checked yet
    std::string_view port = {};      // the usual one of the scheme
};

// Nothing where the target is in neither form.
std::optional<RequestTarget> read_target(std::string_view target);

// What a target in origin form may not hold: a fragment, bytes that are no ASCII, a backslash in the path.
Verdict check_target(std::string_view path);

} // namespace gateway::front_end
