#pragma once
// ONLYOFFICE's projects: one long form with rights and counters, and a short one for lists.
// (reference: server source 12.7, project wrappers; the published reference has the same fields in another case)
#include "dialects/onlyoffice/people.hpp"
#include "dialects/onlyoffice/times.hpp"

namespace dialects::onlyoffice {

using canonical::Phase, canonical::Project;

inline constexpr codec::Word<Phase> status_words[]{
    {"0", Phase::active},      {"1", Phase::closed},      {"2", Phase::paused},
    {"open", Phase::active},   {"active", Phase::active}, {"closed", Phase::closed},
    {"paused", Phase::paused}, {"0", Phase::not_closed},  {"1", Phase::not_active}};
using Status = codec::words<status_words, codec::Style::bare, codec::Case::ignored>;

// What the caller may do with a project: those who run the portal everything, its responsible and creator most.
class Rights {
public:
    Rights(Project const &project, canonical::Person const *caller);

    bool see() const { return see_; }
    bool edit() const { return edit_; }
    bool remove() const { return remove_; }
    bool create_in() const { return in_ && open_; } // tasks, milestones and the like
    bool in_team() const { return team_; }

private:
    bool open_, team_, see_, edit_, remove_, in_;
};

// By that name, a number beside a project in an answer that does not count its team.
inline constexpr std::string_view participant_count = "participantCount";

extern Table<Project> const project_table;        // whole
extern Table<Project> const short_project_table;  // of lists
extern Table<Project> const linked_project_table; // whole, as calls about contacts show it: without its folder

} // namespace dialects::onlyoffice
