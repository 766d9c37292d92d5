#pragma once
// House words: what one workspace calls a thing, in the words of another. A mapping stands between a caller and a
// backend and works in both directions: on requests towards the backend, on replies towards the caller.
#include "canonical/request.hpp"

#include <map>

namespace canonical {

struct Mapping {
    // The caller's word → the backend's word.
    std::map<std::string, std::string> statuses; // names of project statuses
    std::map<std::string, std::string> people;   // email addresses, in lower case

    // The caller's field ↔ the backend's field. One side may be a field that a workspace defined for itself.
    struct FieldPair {
        std::string caller, backend; // "project.number", "project.custom.Cost centre"
    };
    std::vector<FieldPair> fields;

    // What a new record gets where the caller is silent: "project.workflow" → an id.
    std::map<std::string, std::string> defaults;

    bool empty() const { return statuses.empty() && people.empty() && fields.empty() && defaults.empty(); }
};

// What is wrong with the name of a field of a mapping ("project.nmae"): nothing, or a message with the nearest name.
std::optional<std::string> check_field_name(std::string_view name);

void to_backend(Mapping const &mapping, Request &request);
void to_caller(Mapping const &mapping, Reply &reply);
void to_caller(Mapping const &mapping, Error &error);

} // namespace canonical
