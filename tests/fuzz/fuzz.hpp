#pragma once
// What all fuzzers share: input is text, a broken law is a crash. An exception is a broken law as well.
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

} // namespace fuzz
