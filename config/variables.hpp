#pragma once
// ${NAME} in a value stands for a variable of the environment. What comes in is never looked at again: a variable's
// value may hold "${" without harm.
#include "config/config.hpp"

#include <variant>

namespace config {

struct BadVariable {
    std::string what;
};

// The text with its variables replaced. "$${" is "${" itself; any other $ stays.
std::variant<std::string, BadVariable> replace_variables(std::string_view text, Environment const &environment);

} // namespace config
