#pragma once
// The talks about projects that ask more than once: rights come first, tags by name come into being, teams change.
#include "dialects/onlyoffice/asker.hpp"

namespace dialects::onlyoffice {

// Of all parameters, those that are fields of a project.
boost::json::value fields_of_project(boost::json::value const &parameters, Call const &call);

// How many of its people an answer about a project tells of, where it is not the team.
void count_participants(Project &project, std::size_t count, Context const &context);

// Projects as they became, with what the caller may do with them.
wire::Response show_projects(Call const &call, Wanted const &wanted, Asker const &asker, canonical::Reply &reply);

Serve create_project(Call &call);
Serve update_project(Call &call); // what is not sent of the team leaves it
Serve remove_project(Call &call);
Serve remove_projects(Call &call); // those that cannot go are passed over
Serve replace_tags(Call &call);
Serve follow_project(Call &call); // or no longer
Serve get_team(Call &call);
Serve get_teams(Call &call);
Serve change_team(Call &call);
Serve restrict_member(Call &call); // of a part of the project

} // namespace dialects::onlyoffice
