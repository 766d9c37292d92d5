#pragma once
// ONLYOFFICE Projects: one envelope for everything, parameters that may stand in the path, the query or the body under
// names of any case, tokens of a year. README.md beside this file says what is covered.
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

class OnlyOffice final : public Dialect {
public:
    std::string_view name() const override { return "onlyoffice"; }
    std::span<Operation const> operations() const override;
    TableSet const &tables() const override;
    bool paths_ignore_case() const override { return true; }
    bool is_open(Operation const &operation) const override;
    std::span<std::span<std::string_view const> const> credential_forms() const override;

    canonical::Result<void> find(Call &call) const override;
    canonical::Result<void> identify(Call &call) const override;
    Serve serve(Call &call) const override;
    wire::Response refuse(Call const &call, canonical::Error const &error) const override;
    std::optional<wire::Response> preflight(Call const &call) const override;

    std::string_view envelope(canonical::Kind) const override { return "response"; }
    Client const *client() const override;
    std::string example(std::string_view base_url) const override;

    canonical::Result<boost::json::value> document(Call const &call) const override;
    canonical::Result<void> read_query(Call const &call, Wanted &wanted) const override;
    wire::Response answer(Call const &call, Wanted const &wanted, canonical::Reply &reply) const override;
};

// Registered once; talks of single operations use its steps.
OnlyOffice const &instance();

} // namespace dialects::onlyoffice
