#pragma once
// SuperOffice as a service that is asked: entities one by one and written whole, lists as archives. (reference: the
// vendor's pages on Project, on archives and on authentication)
#include "dialects/engine/client.hpp"

namespace dialects::superoffice {

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
    std::string page_query(canonical::Kind kind, std::size_t page) const override;
    bool is_last(boost::json::value const &answer, std::size_t page, std::size_t records) const override;
    boost::json::value const *records_in(boost::json::value const &answer, Operation const &operation) const override;
    void rearrange(boost::json::value &answer) const override;
    canonical::Error problem(wire::Response const &response) const override;

    Perform save(Account const &account, canonical::Request const &request) const override;
    Errand<void> supplement(Account const &account, canonical::Request const &request,
                            canonical::Reply &reply) const override;

private:
    // The numbers that users have as people and as users.
    struct Users {
        std::vector<std::pair<std::string, std::string>> numbers = {}; // person, user
        std::string user_of(std::string_view person) const;
        std::string person_of(std::string_view user) const;
    };
    Errand<Users> users(Account const &account) const;
    Errand<void> add_teams(Account const &account, std::span<canonical::Project> projects) const;
    Perform save_project(Account const &account, canonical::Request request) const;
};

} // namespace dialects::superoffice
