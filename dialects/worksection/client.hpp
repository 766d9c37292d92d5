#pragma once
// Worksection as a service that is asked: parameters in the query, signed over it. (reference: the vendor's help pages,
// its request collection and its client libraries)
#include "dialects/engine/client.hpp"

namespace dialects::worksection {

class Service final : public Client {
public:
    Dialect const &dialect() const override;
    Rate rate() const override;
    std::span<std::span<std::string_view const> const> credential_forms() const override;
    Operation const *operation_for(canonical::Request const &request) const override;
    bool names_people_by_address() const override { return true; }

protected:
    std::string filter_query(canonical::Request const &request) const override;
    std::span<Held const> held_by_talks() const override;
    void sign(Account const &account, wire::Request &request) const override;
    wire::Request address(Operation const &operation, std::string_view id) const override;
    std::string_view inclusion(canonical::Kind kind) const override;
    void put(canonical::Request const &request, std::string object, wire::Request &to) const override;
    boost::json::value const *records_in(boost::json::value const &answer, Operation const &operation) const override;
    std::optional<canonical::Error> complaint(boost::json::value const &answer) const override;

    Perform save(Account const &account, canonical::Request const &request) const override;

private:
    Perform save_project(Account const &account, canonical::Request request) const;
    // An action on a project that answers nothing.
    Errand<void> act(Account const &account, std::string_view operation, std::string id, std::string parameters) const;
};

} // namespace dialects::worksection
