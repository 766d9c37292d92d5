#pragma once
// Dialects that only have a name and credentials, and a config read for them.
#include "config/config.hpp"

#include <gtest/gtest.h>

namespace config::testing {

using Forms = std::vector<std::vector<std::string_view>>;

class FakeDialect : public dialects::Dialect {
public:
    FakeDialect(std::string_view name, Forms forms);

    std::string_view name() const override { return name_; }
    std::span<std::span<std::string_view const> const> credential_forms() const override { return spans_; }
    bool needs_plain(std::string_view key) const override { return name_ == "worksection" && key == "api_key"; }

    // A config never asks for anything else.
    std::span<dialects::Operation const> operations() const override { return {}; }
    dialects::TableSet const &tables() const override;
    canonical::Result<void> identify(dialects::Call &) const override;
    wire::Response refuse(dialects::Call const &, canonical::Error const &) const override { return {}; }
    std::string_view envelope(canonical::Kind) const override { return {}; }
    std::string example(std::string_view) const override { return {}; }
    canonical::Result<boost::json::value> document(dialects::Call const &) const override;
    canonical::Result<void> read_query(dialects::Call const &, dialects::Wanted &) const override;
    wire::Response answer(dialects::Call const &, dialects::Wanted const &, canonical::Reply &) const override;

private:
    std::string_view name_;
    Forms forms_;
    std::vector<std::span<std::string_view const>> spans_;
};

// The five tools with the forms of their credentials.
Dialects five_dialects();

// What parse() makes of a text in /etc/dragoman/x.yaml, with TOKEN, EMPTY and TRICKY in the environment.
Loaded read(std::string_view text);
// The config; fails the test where there are problems.
Config good(std::string_view text);
// The problems as lines, without the name of the file.
std::vector<std::string> bad(std::string_view text);

// A config that is whole, but for what a test adds or replaces: each part is a section as it stands in a file.
struct Parts {
    std::string_view listen = "listen: [ { address: 127.0.0.1:8080 } ]";
    std::string_view backends = "backends: { store: { type: sqlite, path: a.db } }";
    std::string_view routes = "routes: [ { dialect: paymo, path: /api/, backend: store } ]";
    std::string_view more = {}; // lines that follow
};
std::string config_with(Parts const &parts); // listen, backends and routes are lines 1 to 3

} // namespace config::testing
