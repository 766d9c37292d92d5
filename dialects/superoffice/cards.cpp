#include "dialects/superoffice/cards.hpp"

namespace dialects::superoffice {

void write_person_id(Person const &person, Text &out) {
    bool const known = person.id || (person.contact_record && !person.contact_record->empty());
    if (known)
        codec::id::write(person_id(person), out);
    else
        out.raw(blank::zero);
}

void write_formal_name(Person const &person, Text &out) { out.string(*person.name); }

} // namespace dialects::superoffice
