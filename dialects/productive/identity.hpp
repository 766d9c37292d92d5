#pragma once
// What a token tells about its owner: clients test their credentials with these lists, each of which has one record.
#include "dialects/engine/dialect.hpp"

namespace dialects::productive {

// Whether an operation is about whoever asks, whatever the organization.
bool is_about_caller(Operation const &operation);

Serve list_memberships(Call &call);
Serve list_users(Call &call);
Serve list_organizations(Call &call);
Serve list_subsidiaries(Call &call); // by the company that runs the workspace, or one of them

} // namespace dialects::productive
