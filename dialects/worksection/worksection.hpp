#pragma once
// Worksection: one path, actions as a parameter, parameters in whatever form, errors with HTTP status 200.
// README.md beside this file says what is covered.
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

class Worksection final : public Dialect {
public:
    std::string_view name() const override { return "worksection"; }
    std::span<Operation const> operations() const override;
    TableSet const &tables() const override;
    std::span<std::span<std::string_view const> const> credential_forms() const override;
    bool needs_plain(std::string_view key) const override { return key == "api_key"; } // it goes into every hash

    bool serves(Settings const &settings, Operation const &operation) const override;
    bool is_open(Operation const &operation) const override;
    canonical::Result<void> find(Call &call) const override;
    canonical::Result<void> identify(Call &call) const override;
    wire::Response refuse(Call const &call, canonical::Error const &error) const override;
    std::optional<wire::Response> preflight(Call const &call) const override;

    std::string_view envelope(canonical::Kind) const override { return "data"; }
    std::string example(std::string_view base_url) const override;

    canonical::Result<boost::json::value> document(Call const &call) const override;
    canonical::Result<void> read_query(Call const &call, Wanted &wanted) const override;
    wire::Response answer(Call const &call, Wanted const &wanted, canonical::Reply &reply) const override;

    Client const *client() const override;

    // One record as it is shown.
    std::string written(Call const &call, canonical::Entity const &record) const;
    // By its id, or by its page as old clients name it.
    canonical::Result<std::string> project_id(Call const &call) const;
};

// Registered once; talks of single operations use its steps.
Worksection const &instance();

} // namespace dialects::worksection
