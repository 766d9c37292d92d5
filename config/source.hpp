#pragma once
// What all readers of one config share: where its text comes from, the variables that it may name, and the problems
// that were found in it.
#include "config/config.hpp"

namespace config {

struct Source {
    std::string file;
    std::filesystem::path folder; // relative file names lie in it
    Environment environment;
    std::vector<Problem> problems = {};
};

// A piece of the config as a message may show it: on one line, and not too long.
std::string in_quotes(std::string_view text);

} // namespace config
