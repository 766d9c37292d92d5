#pragma once
// What every answer of Paymo has in common: the headers, XML for those who ask for it, and the words of errors.
#include "dialects/engine/dialect.hpp"

namespace dialects::paymo {

wire::Response respond(Call const &call, unsigned status, std::string json);
wire::Response refusal(Call const &call, canonical::Error const &error);

} // namespace dialects::paymo
