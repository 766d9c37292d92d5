#pragma once
// What is wanted of a list: one small expression tree, a sort, a page and the related records. Every dialect's filter
// language is read into this, and written from it where the dialect is the backend.
#include "canonical/kinds.hpp"

#include <boost/describe/enum.hpp>

namespace canonical {

// Of a reference: what a comparison looks at. `self` for all members that are not references.
// membership: of a team, the id of somebody's place on it.
enum class Part : unsigned char { self, id, name, email, membership };

struct Field {
    MemberId member;
    Part part = Part::self;

    friend bool operator==(Field, Field) = default;
};

using Value = std::variant<std::nullptr_t, bool, std::int64_t, std::string, Decimal, Date, Instant, Phase, Category,
                           Role, Access, FieldType>;

enum class Operator : unsigned char {
    // of children
    all,
    any,
    none,
    // of a field with one value
    equal, // for text: case does not matter. For lists: has it. null: has none
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    contains, // text, case does not matter
    starts_with,
    ends_with,
    like, // with % for any text
    in,   // one of several values
    not_in
};
BOOST_DESCRIBE_ENUM(Operator, all, any, none, equal, not_equal, less, less_or_equal, greater, greater_or_equal,
                    contains, starts_with, ends_with, like, in, not_in)

struct Filter {
    Operator op = Operator::all;
    Field field = {};
    std::vector<Value> values = {};
    std::vector<Filter> children = {};
    // Of custom values: the key of the one that is compared. Text with its text, decimals with its number; where it
    // holds a list, that must have an item of which the condition holds. null: there is no such value.
    std::string key = {};

    // Nothing is left out.
    bool empty() const { return op == Operator::all && children.empty(); }
    // And also: the tree grows by a condition that must hold as well.
    void require(Filter condition) { children.push_back(std::move(condition)); }
};

struct Sort {
    Field field;
    bool descending = false;
};

// Records that belong to those of the answer. A store loads each relation with one query, whatever the page's size.
enum class Relation : unsigned char {
    // of a project: the records that its references name
    company,
    status,
    type,
    workflow,
    people, // manager, co-managers, team, creator, editor, default assignee
    tags,
    source,
    // what hangs on the records of the answer
    projects,          // of statuses, companies, workflows
    workflow_statuses, // of workflows
    task_lists,        // of projects
    tasks              // of projects
};
class Relations {
public:
    Relations() = default;
    Relations(std::initializer_list<Relation> list) {
        for (auto const relation : list) add(relation);
    }
    void add(Relation relation) { bits_ |= 1u << unsigned(relation); }
    bool has(Relation relation) const { return (bits_ >> unsigned(relation) & 1u) != 0; }
    bool empty() const { return bits_ == 0; }

private:
    unsigned bits_ = 0;
};

struct Page {
    std::int64_t offset = 0;
    std::int64_t limit = -1; // -1: all of them
    bool count = false;      // how many there are in all
};

struct Query {
    Filter filter = {};
    std::vector<Sort> sort = {}; // then by id, so that pages never overlap
    Page page = {};
    Relations related = {};
    bool counters = false; // fill in the counted members too
};

} // namespace canonical
