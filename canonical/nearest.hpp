#pragma once
// "did you mean": the candidate that a misspelt word is closest to. Whoever refuses a name that a person wrote (in a
// config, in a workspace file) says which one may have been meant.
#include <span>
#include <string>
#include <string_view>

namespace canonical {

// Empty where none is close enough. Case does not matter; a swap of two letters is one slip.
std::string_view nearest(std::string_view word, std::span<std::string_view const> candidates);

// "; did you mean 'address'?", or nothing.
std::string did_you_mean(std::string_view word, std::span<std::string_view const> candidates);
std::string did_you_mean(std::string_view word, std::span<std::string const> candidates);

} // namespace canonical
