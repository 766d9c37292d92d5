#pragma once
// GUIDs as clients write them: with dashes or without, in braces or brackets, in any case.
#include <optional>
#include <string>
#include <string_view>

namespace dialects::onlyoffice {

// In small letters with dashes, as the model has them; empty for the one of noughts, which names nobody. Nothing: it is
// no GUID.
std::optional<std::string> read_guid(std::string_view text);

// The same; any other text as it stands.
std::string plain_guid(std::string_view text);

} // namespace dialects::onlyoffice
