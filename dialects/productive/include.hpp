#pragma once
// Productive's `include`: relations by their names, dotted where they lead further; and `fields`, which of a type's
// attributes and relations a list is to show. (reference: the vendor's guide on includes; the JSON:API specification)
#include "dialects/engine/related.hpp"
#include "dialects/productive/tables.hpp"

#include <array>

namespace dialects::productive {

RelationKeys relation_keys();

// "organizations", "projects": the type of the resources that a kind of records is shown as.
std::string_view type_of(canonical::Kind kind);

canonical::Result<Selection> read_include(std::string_view text, canonical::Kind kind);

// The relations to show with their records, by kind: what is included anywhere is included everywhere.
class Included {
public:
    Included(Selection const &selection, canonical::Kind kind) { add(selection, kind); }

    std::vector<std::string_view> const &of(canonical::Kind kind) const { return names_[std::size_t(kind)]; }
    bool organization() const { return organization_; }

private:
    void add(Selection const &selection, canonical::Kind kind);

    std::array<std::vector<std::string_view>, canonical::kinds> names_;
    bool organization_ = false;
};

// The paths under which a type's fields[type] wants something; nothing where the query does not say.
template <class E>
std::optional<std::vector<std::string>> wanted_paths(Call const &call, std::string_view type, Table<E> const &table) {
    auto const *names = call.target.find("fields[" + std::string(type) + "]");
    if (!names) return {};
    std::vector<std::string> paths{"id", "type"};
    for (std::string_view rest = *names; !rest.empty();) {
        auto const name = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(name.size() + 1, rest.size()));
        for (auto const &row : table.rows)
            if (row.wire.leaf > 0 && row.wire.name() == name) paths.emplace_back(row.wire.whole);
    }
    return paths;
}

// A resource; on lists only what fields[type] wants of it.
template <class E>
void write_resource(Call const &call, std::string_view type, Table<E> const &table, E const &record,
                    std::span<std::string_view const> included, Text &text) {
    View view{.included = included, .extras = false};
    bool const is_list = call.operation->verb == canonical::Verb::list && call.id.empty();
    auto const paths = is_list ? wanted_paths(call, type, table) : std::nullopt;
    std::vector<std::string_view> only;
    if (paths) {
        only.assign(paths->begin(), paths->end());
        view.only = only;
    }
    write(table, view, record, text);
}

} // namespace dialects::productive
