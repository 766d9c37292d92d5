#pragma once
// A golden exchange: what a client of a tool asks and what it must be answered, read from a file of
// tests/exchanges/<dialect>. The form of these files is described in tests/exchanges/README.md.
#include "tests/support/fragments.hpp"
#include "tests/support/matching.hpp"

#include <filesystem>

namespace support {

struct Header {
    std::string name, value;
};

struct Question {
    std::string method, target;
    std::vector<Header> headers;
    std::string body;
};

struct Answer {
    enum class Form { none, json, xml, text, any }; // of the body, as it is to be compared

    unsigned status = 0;
    std::vector<Header> headers;        // that must be there
    std::vector<std::string> forbidden; // that must not
    Form form = Form::none;
    json::value document; // of JSON; all fragments are in their place
    std::string text;     // of the others
};

// Ways in which an exchange is run.
enum class Direction : unsigned { service = 1, socket = 2, tables = 4 };
class Directions {
public:
    void add(Direction direction) { bits_ |= unsigned(direction); }
    bool has(Direction direction) const { return (bits_ & unsigned(direction)) != 0; }
    bool empty() const { return bits_ == 0; }

private:
    unsigned bits_ = 0;
};

struct Pair {
    std::string title;
    std::string place; // "file:line"
    canonical::Instant now;
    Directions directions;
    Question question;
    Answer answer;
};

struct Exchange {
    std::string dialect, name; // "paymo", "create_a_status"
    // What the site is made of, as YAML: mappings without their braces.
    std::vector<std::string> callers, routes;
    std::string world;          // a workspace file
    std::filesystem::path site; // a whole config in place of all that; or nothing
    ClockForm clock;
    std::vector<Pair> pairs;
};

// Throw Unreadable with the place of what is wrong.
Exchange read_exchange(std::filesystem::path const &file);
Exchange parse_exchange(std::string_view text, std::filesystem::path const &file);

// All exchanges below a folder, in the order of their names.
std::vector<std::filesystem::path> find_exchanges(std::filesystem::path const &folder);

} // namespace support
