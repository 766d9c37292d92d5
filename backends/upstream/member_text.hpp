#pragma once
// Any member of the model as a JSON text, and back: how the keeper holds what a service has no room for.
#include "canonical/kinds.hpp"

#include <string>
#include <string_view>

namespace backends::upstream {

// "null" where there is no value.
std::string member_text(canonical::Entity const &record, canonical::MemberId member);
// False where the text is none of that member's.
bool set_member(canonical::Entity &record, canonical::MemberId member, std::string_view text);

// Whether two such texts say the same: of references only the ids count, and whatever is empty is nothing.
bool same_fact(std::string_view a, std::string_view b);

} // namespace backends::upstream
