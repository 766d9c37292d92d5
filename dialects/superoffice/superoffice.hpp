#pragma once
// SuperOffice CRM, the REST side of its WebAPI: projects, lists of records as rows of columns, lists of choices,
// agents. README.md beside this file says what is covered.
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

class SuperOffice final : public Dialect {
public:
    std::string_view name() const override { return "superoffice"; }
    std::span<Operation const> operations() const override;
    TableSet const &tables() const override;
    bool paths_ignore_case() const override { return true; }
    bool is_open(Operation const &operation) const override;
    bool serves(Settings const &settings, Operation const &operation) const override;
    std::span<std::span<std::string_view const> const> credential_forms() const override;

    canonical::Result<void> find(Call &call) const override;
    canonical::Result<void> identify(Call &call) const override;
    Serve serve(Call &call) const override;
    wire::Response refuse(Call const &call, canonical::Error const &error) const override;
    std::optional<wire::Response> preflight(Call const &call) const override;

    std::string_view envelope(canonical::Kind) const override { return {}; }
    Client const *client() const override;
    std::string example(std::string_view base_url) const override;

    canonical::Result<boost::json::value> document(Call const &call) const override;
    canonical::Result<void> read_query(Call const &call, Wanted &wanted) const override;
    wire::Response answer(Call const &call, Wanted const &wanted, canonical::Reply &reply) const override;
    Context context(Call const &call) const override;

    // A talk that has nothing to ask.
    Serve refusal_talk(Call const &call, canonical::Error error) const;
};

} // namespace dialects::superoffice
