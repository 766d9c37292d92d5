#pragma once
// TableRight and FieldProperties: what the caller may do with a record and with each of its fields. Clients build forms
// from them. (reference: the vendor's page on rights; recorded answers)
#include "dialects/engine/fields.hpp"

namespace dialects::superoffice {

using canonical::Project;

// Of a record that exists, and of one that is about to.
void write_full_right(Text &out);
template <class E> void write_full_right(E const &, Text &out) { write_full_right(out); }
void write_project_right(Project const &project, Text &out);
// Of users: nobody makes them here.
void write_associate_right(canonical::Person const &person, Text &out);

void write_project_properties(Project const &project, Text &out);
void write_status_properties(canonical::ProjectStatus const &status, Text &out);

} // namespace dialects::superoffice
