#pragma once
// Named pieces of JSON, so that a golden exchange says only what is its own. Wherever JSON is expected,
//   "@NAME"                              stands for the piece of that name,
//   {"@": "NAME", "a": 1, "+b": {"c": 2}} for a copy of it in which `a` is replaced (or new) and `c` of its `b`.
#include <boost/json/object.hpp>
#include <map>
#include <stdexcept>
#include <string>

namespace support {

namespace json = boost::json;

// What is wrong with a file of the suite.
struct Unreadable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Fragments {
public:
    // Throws where the name is taken or not all in capitals, digits and underscores.
    void define(std::string const &name, json::value const &piece);
    // Throws for a name that is not defined.
    json::value expand(json::value const &source) const;

private:
    json::value const &find(std::string_view name) const;
    json::object merged(json::object const &source) const;
    void lay_over(json::object &base, json::object const &changes) const;

    std::map<std::string, json::value, std::less<>> pieces_;
};

// "S11", "P1001", "NEW_ID"
bool is_name(std::string_view text);

} // namespace support
