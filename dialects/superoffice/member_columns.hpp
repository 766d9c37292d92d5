#pragma once
// Places on teams as rows of a list. The model has them inside projects, so that they are compared, put in order and
// cut here, by what their columns hold. (reference: the vendor's page on the provider ProjectMember)
#include "dialects/superoffice/columns.hpp"
#include "dialects/superoffice/members.hpp"

namespace dialects::superoffice {

std::span<Column<Membership> const> member_columns();

// Those places for which the condition holds, in that order. Conditions and orders name columns by their place in the
// table, see comparable_member_column().
std::vector<Membership> chosen(std::vector<Membership> places, canonical::Query const &query);

// As conditions and orders know a column; nothing where it can be neither.
std::optional<Comparable> comparable_member_column(std::string_view name);

} // namespace dialects::superoffice
