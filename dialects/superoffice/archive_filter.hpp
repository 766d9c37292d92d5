#pragma once
// The language of $filter: "status oneOf (2,3) and name begins 'Har'", and of $orderBy. Words in any case; `and` binds
// tighter than `or`. (reference: the vendor's page on archive restrictions)
#include "dialects/superoffice/columns.hpp"

#include <functional>

namespace dialects::superoffice {

// A column by its name; nothing where there is none that can be compared.
using FindColumn = std::function<std::optional<Comparable>(std::string_view name)>;

// Whose conditions these are, and when.
struct FilterSurroundings {
    FindColumn const &find;
    Context const &context;
    std::string_view me; // the caller's address
    Instant now = {};
};

// Fails with malformed, naming the place.
Result<canonical::Filter> read_archive_filter(std::string_view text, FilterSurroundings const &surroundings);
Result<std::vector<canonical::Sort>> read_archive_order(std::string_view text, FindColumn const &find);

} // namespace dialects::superoffice
