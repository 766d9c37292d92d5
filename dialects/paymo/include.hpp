#pragma once
// Paymo's `include`: related objects and a selection of fields in one list. Each name of the list leads down a tree;
// a node with fields of its own named shows only those, every other one shows all of them.
// (reference: the vendor's page on includes; the vendor's staff on field selection)
#include "dialects/engine/dialect.hpp"
#include "dialects/engine/text.hpp"

namespace dialects::paymo {

// What an include key leads to: through a reference to one record, or to all that refer to this one.
struct RelationKey {
    canonical::Kind of;
    std::string_view name;
    canonical::Kind target;
    bool many = false; // an array, or an object or null
    // Nothing: the tool has such records, this workspace has none.
    std::optional<canonical::Relation> relation = {};
    canonical::MemberId via = {}; // the reference: of the record itself, or of those that hang on it
};
RelationKey const *find_relation(canonical::Kind of, std::string_view name);

canonical::Result<Selection> read_include(std::string_view text, canonical::Kind kind);

// Related records that the first question does not bring: those of related records, and those that a condition narrows.
struct Step {
    RelationKey const *key;
    canonical::Filter filter; // beside the reference
};
std::vector<Step> further_steps(Selection const &selection, canonical::Kind kind,
                                std::vector<std::pair<std::string, canonical::Filter>> const &conditions);
canonical::Request question(Step const &step, canonical::Reply const &reply);
// Takes over what is new in an answer to such a question.
void merge(Step const &step, canonical::Reply &&answer, canonical::Reply &reply);

// The relations that the first question brings.
canonical::Relations first_relations(Selection const &selection, canonical::Kind kind,
                                     std::vector<std::pair<std::string, canonical::Filter>> const &conditions);

// Writes the records of the reply as an array, each with what the selection includes.
void write_records(canonical::Kind kind, Selection const &selection, canonical::Reply const &reply, Text &text);

} // namespace dialects::paymo
