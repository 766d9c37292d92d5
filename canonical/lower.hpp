#pragma once
// Lower case for the alphabets of Europe: a project named "Проект" must be found by "проект".
#include <string>
#include <string_view>

namespace canonical {

// Of UTF-8. What is no letter, or no UTF-8, stays as it is.
std::string lower(std::string_view text);

} // namespace canonical
