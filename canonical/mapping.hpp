#pragma once
// House words: what one workspace calls a thing, in the words of another. A mapping stands between a caller and a
// backend and works in both directions: on requests towards the backend, on replies towards the caller.
#include "canonical/request.hpp"

#include <map>

namespace canonical {

struct Mapping {
    // The caller's word → the backend's word; case does not matter. No two lead to the same word.
    std::map<std::string, std::string> statuses = {}; // names of project statuses
    std::map<std::string, std::string> people = {};   // email addresses

    // What the caller calls `caller` is `backend` there. Two members change places; a field that a workspace defined
    // for itself (of which there may be none on the other side) stands in for the member. No field is named twice.
    struct FieldPair {
        std::string caller, backend; // "project.number", "project.custom.Cost centre"
    };
    std::vector<FieldPair> fields = {};

    // What a new record gets where the caller is silent, in the backend's words: "project.workflow" → an id.
    std::map<std::string, std::string> defaults = {};

    bool empty() const { return statuses.empty() && people.empty() && fields.empty() && defaults.empty(); }
};

// What is wrong with the name of a field of a mapping ("project.nmae"): nothing, or a message with the nearest name.
// Only members that are text can be mapped.
std::optional<std::string> check_field_name(std::string_view name);
// The same for two names that stand for each other.
std::optional<std::string> check_field_pair(Mapping::FieldPair const &pair);
// What is wrong with a default: its field, or its value.
std::optional<std::string> check_default(std::string_view field, std::string_view value);

// An error where the request cannot be said in the backend's words: a sort by what is a custom value there. Sorts by
// name follow the backend's words.
[[nodiscard]] std::optional<Error> to_backend(Mapping const &mapping, Request &request);
void to_caller(Mapping const &mapping, Reply &reply);
void to_caller(Mapping const &mapping, Error &error);

} // namespace canonical
