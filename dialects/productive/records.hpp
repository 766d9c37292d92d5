#pragma once
// Companies, people, workflows, their statuses, custom fields and their options: made, changed, put away and brought
// back. (reference: the vendor's pages on each resource)
#include "dialects/engine/dialect.hpp"

namespace dialects::productive {

Serve save_record(Call &call);    // create, update
Serve archive_record(Call &call); // also what a person is deactivated by
Serve restore_record(Call &call);
Serve invite_person(Call &call);     // nobody is written to: the time of it is kept
Serve virtualize_person(Call &call); // to be a placeholder, who signs in no more
Serve archive_workflow(Call &call);  // none that projects use
Serve remove_status(Call &call);     // its tasks get another one

} // namespace dialects::productive
