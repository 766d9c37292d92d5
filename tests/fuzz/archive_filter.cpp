// SuperOffice's $filter: whatever is understood is a tree that a store takes.
#include "dialects/superoffice/archive_filter.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace dialects::superoffice;

// A column of each type, named by its first letter.
std::optional<Comparable> find(std::string_view name) {
    constexpr std::pair<char, ColumnType> types[]{{'n', ColumnType::number},    {'t', ColumnType::text},
                                                  {'f', ColumnType::flag},      {'l', ColumnType::list},
                                                  {'a', ColumnType::associate}, {'d', ColumnType::date},
                                                  {'i', ColumnType::instant},   {'c', ColumnType::completed}};
    for (auto const &[letter, type] : types)
        if (name.starts_with(letter))
            return Comparable{.type = type, .field = {canonical::member<&canonical::Project::name>()}};
    return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const *data, std::size_t size) {
    static dialects::Context const context;
    static FindColumn const columns = find;
    FilterSurroundings const surroundings{.find = columns, .context = context, .me = "ann@example.com"};
    auto const filter = read_archive_filter(fuzz::text_of(data, size), surroundings);
    if (filter) fuzz::require(fuzz::depth_of(*filter) <= 100);
    return 0;
}
