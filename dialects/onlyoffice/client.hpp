#pragma once
// ONLYOFFICE as a service that is asked. (reference: server source 12.7, project and people modules)
#include "dialects/engine/client.hpp"

namespace dialects::onlyoffice {

class Service final : public Client {
public:
    Dialect const &dialect() const override;
    Rate rate() const override;
    std::span<std::span<std::string_view const> const> credential_forms() const override;
    Operation const *operation_for(canonical::Request const &request) const override;

protected:
    std::string filter_query(canonical::Request const &request) const override;
    std::span<Held const> held_by_talks() const override;
    void sign(Account const &account, wire::Request &request) const override;
    wire::Request address(Operation const &operation, std::string_view id) const override;
    void put(canonical::Request const &request, std::string object, wire::Request &to) const override;
    std::string page_query(canonical::Kind kind, std::size_t page) const override;
    bool is_last(boost::json::value const &answer, std::size_t page, std::size_t records) const override;
    canonical::Error problem(wire::Response const &response) const override;

    Perform save(Account const &account, canonical::Request const &request) const override;
    Errand<void> supplement(Account const &account, canonical::Request const &request,
                            canonical::Reply &reply) const override;

private:
    Perform save_project(Account const &account, canonical::Request request) const;
    // An operation on a project with such a body.
    Errand<void> act(Account const &account, std::string_view operation, std::string id,
                     boost::json::object body) const;
};

} // namespace dialects::onlyoffice
