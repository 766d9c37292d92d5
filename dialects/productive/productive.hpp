#pragma once
// Productive: JSON:API with relations that show their ids only where they are included, filters in brackets, and
// errors that point to attributes. README.md beside this file says what is covered.
#include "dialects/engine/dialect.hpp"

namespace dialects::productive {

class Productive final : public Dialect {
public:
    std::string_view name() const override { return "productive"; }
    std::span<Operation const> operations() const override;
    TableSet const &tables() const override;
    std::span<std::span<std::string_view const> const> credential_forms() const override;

    canonical::Result<void> identify(Call &call) const override;
    Serve serve(Call &call) const override;
    wire::Response refuse(Call const &call, canonical::Error const &error) const override;
    std::optional<wire::Response> preflight(Call const &call) const override;

    std::string_view envelope(canonical::Kind kind) const override;
    std::string example(std::string_view base_url) const override;

    canonical::Result<boost::json::value> document(Call const &call) const override;
    canonical::Result<void> read_query(Call const &call, Wanted &wanted) const override;
    wire::Response answer(Call const &call, Wanted const &wanted, canonical::Reply &reply) const override;
    Context context(Call const &call) const override;
    Client const *client() const override;
};

} // namespace dialects::productive
