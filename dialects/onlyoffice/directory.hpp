#pragma once
// Who is there. Contacts of clients are no users of the portal. (reference: server source 12.7, people module)
#include "dialects/engine/dialect.hpp"
#include "dialects/onlyoffice/people.hpp"

#include <span>

namespace dialects::onlyoffice {

Serve list_people(Call &call); // by name; also found by parts of name or address
Serve get_person(Call &call);  // by GUID, by user name, by address, or the caller
Serve get_photo(Call &call);   // everybody has the same
Serve list_groups(Call &call);
Serve get_group(Call &call);

// The question for somebody by GUID or user name.
canonical::Request person_named(std::string_view name);
// Whole, with commas between them.
std::string written_people(Call const &call, std::span<Person const> people, Selection const &selection = {});

// "Active", "2", …: whom it lets through. Nothing: no such word.
struct EmployeeStatus {
    std::optional<bool> is_active = {}; // nothing: it does not matter
    bool has_people = true;
};
std::optional<EmployeeStatus> employee_status(std::string_view word);

} // namespace dialects::onlyoffice
