#pragma once
// A value of the config with its place. Reading it as something reports a problem at that place where it is something
// else; the reader goes on, so that one run finds all problems.
#include "config/source.hpp"

#include <yaml-cpp/yaml.h>

namespace config {

class Cursor {
public:
    Cursor(YAML::Node const &node, Source &source) : Cursor(node, source, node.Mark()) {}

    Source &source() const { return *source_; }
    Place place() const;
    void report(std::string what) const;

    bool is_null() const { return node_.IsNull(); }
    bool is_mapping() const { return node_.IsMap(); }

    // What the file says, for messages.
    std::string written() const;
    // Text with its variables replaced; empty only where the file says "".
    std::optional<std::string> text() const;
    // The same, but it must not be empty.
    std::optional<std::string> word() const;
    std::optional<bool> flag() const;
    // The path of a file that is there, where a relative name lies beside the config; or empty, and a problem.
    std::string file() const;

    // The values of a list, and the keys and values of a mapping: in the order of the file, without what came twice.
    // Nothing written stands for none.
    std::vector<Cursor> items() const;
    struct Pair;
    std::vector<Pair> pairs() const;
    // The same without a word about what is wrong with the mapping.
    std::vector<std::string> keys() const;
    std::optional<Cursor> peek(std::string_view key) const;

    // What parse makes of the text, a function that returns an optional. `wanted` says what it should have been.
    template <class Parse>
    auto parsed(Parse const &parse, std::string_view wanted) const -> decltype(parse(std::string_view())) {
        auto const value = word();
        if (!value) return {};
        auto result = parse(std::string_view(*value));
        if (!result) report(in_quotes(written()) + " is not " + std::string(wanted));
        return result;
    }

private:
    Cursor(YAML::Node const &node, Source &source, YAML::Mark mark) : node_(node), source_(&source), mark_(mark) {}

    YAML::Node node_;
    Source *source_;
    YAML::Mark mark_;
};

struct Cursor::Pair {
    std::string key;
    Cursor place_of_key, value;
};

// A mapping of which the keys are known; they are literals.
class Section {
public:
    Section(Cursor cursor, std::span<std::string_view const> keys);
    Section(Cursor cursor, std::initializer_list<std::string_view> keys)
        : Section(std::move(cursor), std::span(keys.begin(), keys.size())) {}

    Cursor const &cursor() const { return cursor_; }
    std::optional<Cursor> find(std::string_view key) const;
    // Reports it where it is missing, unless an unknown key was meant to be this one: one mistake is one problem.
    std::optional<Cursor> need(std::string_view key) const;

private:
    Cursor cursor_;
    std::vector<Cursor::Pair> pairs_;
    std::vector<std::string_view> meant_; // by unknown keys
};

} // namespace config
