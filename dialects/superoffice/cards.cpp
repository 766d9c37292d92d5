#include "dialects/superoffice/cards.hpp"

namespace dialects::superoffice {

void write_person_id(Person const &person, Text &out) { codec::id::write(person_id(person), out); }

void write_formal_name(Person const &person, Text &out) { out.string(*person.name); }

} // namespace dialects::superoffice
