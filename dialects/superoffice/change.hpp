#pragma once
// From what a caller sends to what is asked of the backend. PUT replaces the whole project, PATCH changes the project
// that is there, POST starts from the default one; each needs to know more than its body says.
// (reference: the vendor's pages on PUT, PATCH and POST Project)
#include "dialects/engine/dialect.hpp"
#include "dialects/superoffice/tables.hpp"

namespace dialects::superoffice {

// Fills the patch from a body. Fails with
//   blank       without an entity in the body
//   malformed   where it is no object (of patches: no array either)
//   and as the tables do.
Result<void> read_replacement(json::value const &body, Project &patch, Context const &context);
Result<void> read_new(json::value const &body, Project &patch, Context const &context);
Result<void> read_changes(json::value const &body, Project const &current, Project &patch, Context const &context);

// When a new project ends where nobody says so: types have no duration of their own here.
inline constexpr std::chrono::days usual_duration(91);
canonical::Date default_end(Context const &context);

// Whether there is nothing in it to be written.
bool is_empty(canonical::Request const &update);

// Custom values as single changes of those that are there.
void settle_custom(canonical::Request &update, Project const &current);
// Of status and completion only what changes: the model knows one as the finer form of the other.
void settle_state(Project &patch, Project const &current);
// Where both change, a status of the other state must give way. Nothing to ask in all other cases.
std::optional<canonical::Request> status_question(Project const &patch);
void settle_state(Project &patch, ProjectStatus const &wanted);

// Members name people by their record as a person; users are found by that. Nothing to ask where none are named.
std::optional<canonical::Request> people_question(Project const &patch);
Result<void> settle_team(Project &patch, Project const &current, canonical::Records const &people);

// The companies that members stand for, where the reply does not have them.
std::optional<canonical::Request> companies_question(canonical::Reply const &reply);

} // namespace dialects::superoffice
