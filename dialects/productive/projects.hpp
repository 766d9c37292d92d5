#pragma once
// The talks about projects that are more than one question: what a change may say depends on the project, and problems
// are told in the service's order.
#include "dialects/engine/dialect.hpp"

namespace dialects::productive {

// The question, what its answer is to be shown with, and the answer: the plain talk.
Serve ask(Call &call, Wanted wanted);
// What is left to be asked once the records are there, and the answer.
Serve finish(Call &call, Wanted wanted, canonical::Reply reply);

Serve save_project(Call &call); // create, update
Serve archive_project(Call &call);
Serve restore_project(Call &call);
Serve copy_project(Call &call);
Serve change_workflow(Call &call); // also by a map of task lists

} // namespace dialects::productive
