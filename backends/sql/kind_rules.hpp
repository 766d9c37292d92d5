#pragma once
// What is particular to a kind when it is written: what a new record gets that the caller left open, what must fit
// together, what else changes with it, what stands in the way of its removal. What no overload speaks of needs nothing.
#include "backends/sql/references.hpp"

#include <map>

namespace backends::sql {

// Around one write.
struct Occasion {
    Connection &connection;
    References &references;
    canonical::Instant now;
    canonical::Ref actor = {}; // by id; empty where nobody known asks
};

using Refusal = canonical::Result<void>;

// Before it is checked for what must be there.
template <class E> void fill_in(E &) {}
void fill_in(canonical::Person &person); // a name, of its parts

// References are ids by now, and what must be there is there.
template <class E> Refusal before_create(Occasion const &, E &) { return {}; }
Refusal before_create(Occasion const &occasion, canonical::Project &project);
Refusal before_create(Occasion const &occasion, canonical::Person &person);
Refusal before_create(Occasion const &occasion, canonical::PersonGroup &group);
Refusal before_create(Occasion const &occasion, canonical::ProjectStatus &status);
Refusal before_create(Occasion const &occasion, canonical::Task &task);

// The patch becomes what is to be written.
template <class E> Refusal before_update(Occasion const &, E &, E const &) { return {}; }
Refusal before_update(Occasion const &occasion, canonical::Project &patch, canonical::Project const &current);
Refusal before_update(Occasion const &occasion, canonical::Person &patch, canonical::Person const &current);
Refusal before_update(Occasion const &occasion, canonical::ProjectStatus &patch,
                      canonical::ProjectStatus const &current);
Refusal before_update(Occasion const &occasion, canonical::WorkflowStatus &patch,
                      canonical::WorkflowStatus const &current);
Refusal before_update(Occasion const &occasion, canonical::CustomOption &patch, canonical::CustomOption const &current);
Refusal before_update(Occasion const &occasion, canonical::TaskList &patch, canonical::TaskList const &current);
Refusal before_update(Occasion const &occasion, canonical::Task &patch, canonical::Task const &current);

// The record itself is written.
template <class E> void after_update(Occasion const &, E const &, E const &) {}
void after_update(Occasion const &occasion, canonical::ProjectStatus const &patch,
                  canonical::ProjectStatus const &current);

template <class E> Refusal before_remove(Occasion const &, E const &) { return {}; }
Refusal before_remove(Occasion const &occasion, canonical::ProjectStatus const &status);
Refusal before_remove(Occasion const &occasion, canonical::Workflow const &workflow);
Refusal before_remove(Occasion const &occasion, canonical::WorkflowStatus const &status);
Refusal before_remove(Occasion const &occasion, canonical::Company const &company);
Refusal before_remove(Occasion const &occasion, canonical::Person const &person);

// Before names are looked for: among which records.
template <class E> std::vector<References::Scope> scopes_of(Occasion const &, E &, E const &) { return {}; }
std::vector<References::Scope> scopes_of(Occasion const &occasion, canonical::Task &patch,
                                         canonical::Task const &current);

// Those of a workflow, in their order.
std::vector<canonical::WorkflowStatus> statuses_of_workflow(Connection &connection, std::int64_t workflow);

// Moves a project's tasks to other statuses: each task whose column (status or list) has the key's id. A task is done
// where its status is closed.
void move_tasks(Occasion const &occasion, std::int64_t project, std::string_view column,
                std::map<std::string, std::string> const &map);

// Moves a project's tasks to the statuses of another workflow that mean the same: the first of the same category, else
// the first of all.
void adopt_workflow(Occasion const &occasion, std::int64_t project, canonical::Ref const &from,
                    canonical::Ref const &to);

// Statuses and types that stand in for others: only one of them does.
template <class E> void keep_one_default(Connection &connection, std::int64_t id) {
    auto const table = std::string(table_of(canonical::kind_of<E>));
    std::string text = "UPDATE " + table +
                       " SET is_default = 0 WHERE is_default = 1 AND id <> $1 AND EXISTS (SELECT 1 FROM " + table +
                       " o WHERE o.id = $2 AND o.is_default = 1";
    if constexpr (std::is_same_v<E, canonical::ProjectStatus>) text += " AND o.phase = project_statuses.phase";
    connection.execute(text + ")", id, id);
}

} // namespace backends::sql
