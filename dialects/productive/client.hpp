#pragma once
// Productive as a service that is asked. (reference: the vendor's pages on each resource and on limits)
#include "dialects/engine/client.hpp"

namespace dialects::productive {

class Service final : public Client {
public:
    Dialect const &dialect() const override;
    Rate rate() const override;
    std::span<std::span<std::string_view const> const> credential_forms() const override;

    std::string_view media_type() const override { return "application/vnd.api+json"; }

protected:
    std::string filter_query(canonical::Request const &request) const override;
    std::span<Held const> held_by_talks() const override;
    void sign(Account const &account, wire::Request &request) const override;
    std::string_view inclusion(canonical::Kind kind) const override;
    void put(canonical::Request const &request, std::string object, wire::Request &to) const override;
    std::string page_query(canonical::Kind kind, std::size_t page) const override;
    bool is_last(boost::json::value const &answer, std::size_t page, std::size_t records) const override;
    canonical::Error problem(wire::Response const &response) const override;

    Perform save(Account const &account, canonical::Request const &request) const override;
    Perform copy(Account const &account, canonical::Request const &request) const override;
    Perform remove(Account const &account, canonical::Request const &request) const override;
    Errand<void> supplement(Account const &account, canonical::Request const &request,
                            canonical::Reply &reply) const override;

private:
    Perform save_project(Account const &account, canonical::Request request) const;
    Perform save_record(Account const &account, canonical::Request request) const;
    Errand<void> act(Account const &account, std::string_view operation, std::string id) const;
    // The places on the teams of those projects.
    Errand<boost::json::array> memberships(Account const &account, std::string projects) const;
    Errand<void> change_team(Account const &account, std::string project, std::vector<canonical::Member> wanted) const;
};

} // namespace dialects::productive
