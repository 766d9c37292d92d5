#pragma once
// What a change of a project must say, and the order in which the service tells what is wrong with it: a record that
// is referred to and does not exist comes first and alone, then come all attributes. (reference: recorded answers)
#include "dialects/engine/read.hpp"

namespace dialects::productive {

// What a client sent for a project: the patch, and what of it could not be read, by the names of attributes.
struct Sent {
    canonical::Project patch = {};
    std::vector<Error> unreadable = {};
};

// Reads the resource object of a body; malformed where there is none.
Result<Sent> read_project(json::value const &body, canonical::Verb verb, Context const &context);

// An attribute by the path of its row: "relationships/company" and "attributes/company_id" are "company".
std::string attribute_of(std::string_view path);

// Of an archived project nothing but the name and the manager can be changed.
void leave_out_what_is_archived(Sent &sent);

// Nothing, or all that is wrong. `current`: the project that is changed or copied, empty for a new one.
std::optional<Error> check(Sent const &sent, canonical::Verb verb, canonical::Project const &current);

// Whether an update with that patch would change anything.
bool says_nothing(canonical::Project const &patch);

// The records that a patch refers to, as questions that fail where they do not exist; with the attribute's name.
struct Reference {
    std::string_view attribute;
    canonical::Request question;
};
std::vector<Reference> references_of(canonical::Project const &patch);

} // namespace dialects::productive
