#pragma once
// Lower case for the alphabets of Europe. SQLite itself knows that of ASCII alone, and a project named "Проект" must be
// found by "проект".
#include <string>
#include <string_view>

namespace backends::sql::sqlite {

// Of UTF-8. What is no letter, or no UTF-8, stays as it is.
std::string lower(std::string_view text);

} // namespace backends::sql::sqlite
