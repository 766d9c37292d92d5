#pragma once
// The columns of each provider. What the model does not know is shown as the service shows an empty one; the usual
// columns of projects are those of a recorded answer. (reference: the vendor's pages on the providers)
#include "dialects/superoffice/columns.hpp"
#include "dialects/superoffice/elements.hpp"

#include <span>

namespace dialects::superoffice {

template <class E> using Columns = std::span<Column<E> const>;

Columns<canonical::Project> project_columns();
Columns<canonical::Person> person_columns();
Columns<canonical::Person> user_columns();
Columns<canonical::Company> company_columns();
Columns<canonical::Task> activity_columns();
Columns<Link> link_columns();

// The column of that name, in any case; nothing (null) where there is none.
template <class E> Column<E> const *find_column(Columns<E> columns, std::string_view name) {
    for (auto const &column : columns) {
        auto const part = column.write_under ? name.substr(0, column.name.size()) : name;
        if (codec::same_word(column.name, part, codec::Case::ignored)) return &column;
    }
    return nullptr;
}

} // namespace dialects::superoffice
