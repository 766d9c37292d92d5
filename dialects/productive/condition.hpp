#pragma once
// One condition of Productive's filters, filter[name][operator]=values, and the forms that values take: how they are
// read, and what they mean in the model.
#include "canonical/query.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/engine/zone.hpp"

namespace dialects::productive {

// What the operators come down to; the negative ones are the opposite of two of them.
enum class Sign : unsigned char { eq, contains, gt, gt_eq, lt, lt_eq };

struct FilterRow;

struct Condition {
    FilterRow const &row;
    Sign sign; // without the negation
    std::string_view operator_name;
    std::vector<std::string> values; // any of them; an empty one means that there is nothing
    std::string_view key;            // of a custom field
    Zone const &zone;
    bool by_the_second; // times that say so are not taken for their days
};

struct Form {
    std::string_view type; // in messages
    bool is_list;          // a comma stands between values
    Result<canonical::Filter> (*condition)(Condition const &);
};

// Templates are left out of lists, unless a filter tells about them or asks for them.
enum class Templates : unsigned char { left_out, told, asked };

// A filter of one kind of records.
struct FilterRow {
    canonical::Kind kind;
    std::string_view name;
    Form const *form;
    std::span<canonical::Field const> fields = {}; // any of them
    Templates templates = Templates::left_out;
    bool by_projects = false; // the values are projects, and whoever they name is meant: their team, their company
};

// What stands in the place of such a condition's key until the projects are known.
inline constexpr std::string_view named_by_projects = "named by projects";

// Nothing (null) for a name that is no filter or sort of that kind.
FilterRow const *find_filter(canonical::Kind kind, std::string_view name);
canonical::Field const *find_sort(canonical::Kind kind, std::string_view name);

// Refusals, in the service's words.
Error unknown_filter(std::string_view name);
Error unknown_operator(std::string_view filter, std::string_view name);
Error bad_value(Condition const &condition, std::string_view value);

std::optional<std::int64_t> read_integer(std::string_view text);
// The flag that a condition's one value says.
Result<bool> read_flag(Condition const &condition);
// Whether a number stands in that order to another one.
bool holds(Sign sign, std::int64_t a, std::int64_t b);

// Pieces of conditions.
canonical::Filter compare(canonical::Field field, canonical::Operator op, canonical::Value value);
canonical::Filter opposite(canonical::Filter condition);
canonical::Filter any_of(std::vector<canonical::Filter> conditions); // none of no conditions
canonical::Filter all_of(std::vector<canonical::Filter> conditions);

// The forms.
Result<canonical::Filter> ids(Condition const &condition); // text in the model, numbers here
Result<canonical::Filter> texts(Condition const &condition);
Result<canonical::Filter> search(Condition const &condition);   // each word must stand somewhere
Result<canonical::Filter> flags(Condition const &condition);    // what nobody said is false
Result<canonical::Filter> presence(Condition const &condition); // a flag: whether there is anything
Result<canonical::Filter> times(Condition const &condition);    // by the days on which they fall in the workspace
Result<canonical::Filter> custom_values(Condition const &condition);
Result<canonical::Filter> passed_over(Condition const &condition); // a flag of which no notice is taken

// Numbers that stand for conditions.
struct Coded {
    std::int64_t number;
    canonical::Filter (*condition)();
};
Result<canonical::Filter> coded(Condition const &condition, std::span<Coded const> codes);

} // namespace dialects::productive
