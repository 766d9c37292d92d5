#pragma once
// The documents of answers: the records of a reply as `data`, what was included, and of lists the links and figures.
#include "dialects/engine/dialect.hpp"

namespace dialects::productive {

// What is to be asked beside the relations of the request: the company that runs the workspace stands for the
// organization. Nothing where nobody wants it.
std::optional<canonical::Request> organization_question(Wanted const &wanted);
void add_organization(canonical::Reply &&answer, canonical::Reply &reply);

wire::Response answer(Call const &call, Wanted const &wanted, canonical::Reply &reply);

} // namespace dialects::productive
