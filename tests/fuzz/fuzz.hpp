#pragma once
// What all fuzzers share: input is text, a broken law is a crash. An exception is a broken law as well.
#include "canonical/query.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace fuzz {

inline std::string_view text_of(std::uint8_t const *data, std::size_t size) {
    return {reinterpret_cast<char const *>(data), size};
}

inline void require(bool law) {
    if (!law) std::abort();
}

// Of conditions in one another.
inline int depth_of(canonical::Filter const &filter) {
    int deepest = 0;
    for (auto const &child : filter.children) deepest = std::max(deepest, depth_of(child));
    return deepest + 1;
}

} // namespace fuzz
