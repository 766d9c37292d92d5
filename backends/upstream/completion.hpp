#pragma once
// What every record of the model has, whether the service tells it or not: whoever reads a record need not ask whether
// its members are there.
#include "canonical/request.hpp"

namespace backends::upstream {

// Also settles what a service sees less finely: two states of a project, a name and its parts.
void complete(canonical::Kind kind, canonical::Records &records);

// The GUID by which somebody is known who has none from the service, made of the number; and the number in such a one.
std::string guid_of_number(std::string_view number);
std::optional<std::string> number_of_guid(std::string_view guid);

} // namespace backends::upstream
