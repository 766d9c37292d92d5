#pragma once
// Paymo as a service that is asked.
#include "dialects/engine/client.hpp"

namespace dialects::paymo {

class Service final : public Client {
public:
    Dialect const &dialect() const override;
    Rate rate() const override;
    std::span<std::span<std::string_view const> const> credential_forms() const override;

protected:
    std::string filter_query(canonical::Request const &request) const override;
    void sign(Account const &account, wire::Request &request) const override;
    std::string page_query(canonical::Kind kind, std::size_t page) const override;
    canonical::Error problem(wire::Response const &response) const override;
    bool is_last(boost::json::value const &answer, std::size_t page, std::size_t records) const override;
};

} // namespace dialects::paymo
