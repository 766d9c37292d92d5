#include "config/variables.hpp"

#include "config/source.hpp"

#include <algorithm>
#include <cstdlib>

namespace config {

namespace {

bool is_name(std::string_view text) {
    auto const is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    auto const is_part = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
    return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, is_part);
}

} // namespace

std::optional<std::string> environment_of_process(std::string const &name) {
    if (auto const *const value = std::getenv(name.c_str())) return value;
    return {};
}

std::variant<std::string, BadVariable> replace_variables(std::string_view text, Environment const &environment) {
    std::string result;
    for (auto at = text.find("${"); at != text.npos; at = text.find("${")) {
        result.append(text.substr(0, at));
        bool const escaped = at > 0 && text[at - 1] == '$';
        text.remove_prefix(at + 2);
        if (escaped) {
            result += '{';
            continue;
        }
        auto const end = text.find('}');
        if (end == text.npos) return BadVariable{"'${' without its '}'; write '$${' for the characters themselves"};
        auto const name = text.substr(0, end);
        if (!is_name(name)) return BadVariable{in_quotes(name) + " is no name of an environment variable"};
        auto const value = environment(std::string(name));
        if (!value) return BadVariable{"the environment variable " + in_quotes(name) + " is not set"};
        if (value->empty()) return BadVariable{"the environment variable " + in_quotes(name) + " is empty"};
        result += *value;
        text.remove_prefix(end + 1);
    }
    return result.append(text);
}

} // namespace config
