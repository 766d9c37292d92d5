#pragma once
// Paymo's `include`: related objects and a selection of fields in one list. Each name of the list leads down a tree;
// a node with fields of its own named shows only those, every other one shows all of them.
// (reference: the vendor's page on includes; the vendor's staff on field selection)
#include "dialects/engine/related.hpp"
#include "dialects/engine/text.hpp"

namespace dialects::paymo {

RelationKeys relation_keys();
RelationKey const *find_relation(canonical::Kind of, std::string_view name);

// `tables`: of the records themselves.
canonical::Result<Selection> read_include(std::string_view text, canonical::Kind kind, TableSet const &tables);

// Under a relation's name, the tables of what it leads to: contacts of clients look different from users.
TableSet const &tables_under(std::string_view relation);

// Writes the records of the reply one after the other, each with what the selection includes.
void write_records(canonical::Kind kind, TableSet const &tables, Selection const &selection,
                   canonical::Reply const &reply, Text &text);

} // namespace dialects::paymo
