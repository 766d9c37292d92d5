#pragma once
// Users as records of their own, to be read: they are made and changed by whoever runs the workspace. (reference: the
// vendor's page on User)
#include "dialects/engine/dialect.hpp"
#include "dialects/superoffice/contacts.hpp"

namespace dialects::superoffice {

void write_retired(Person const &person, Text &out);
void write_person_of_user(Person const &person, Text &out);

inline constexpr Field<Person> user_rows[]{
    shown<&Person::id, record_id>("AssociateId", blank::zero),
    shown<&Person::login, codec::easy_text>("Name", blank::text),
    kept<Person>("Rank", Face::shown, blank::zero),
    kept<Person>("Tooltip", Face::shown, blank::text),
    fixed<Person>("LicenseOwners", Face::shown, blank::list),
    fixed<Person>("Role", Face::shown, R"({"Id":1,"Value":"User","Tooltip":""})"),
    fixed<Person>("UserGroup", Face::shown, blank::null),
    fixed<Person>("OtherGroups", Face::shown, blank::list),
    computed<write_person_of_user, Person>("Person"),
    shown<&Person::is_active, codec::words<deleted_words, codec::Style::bare>>("Deleted", blank::no),
    computed<write_never<Person>, Person>("Lastlogin"),
    computed<write_never<Person>, Person>("Lastlogout"),
    kept<Person>("EjUserId", Face::shown, blank::zero),
    fixed<Person>("RequestSignature", Face::shown, blank::no),
    shown<&Person::role, codec::words<associate_types>>("Type", R"("InternalAssociate")", Fidelity::approximated),
    computed<write_retired, Person>("IsPersonRetired"),
    fixed<Person>("IsOnTravel", Face::shown, blank::no),
    fixed<Person>("Credentials", Face::shown, blank::list),
    shown<&Person::email, codec::easy_text>("UserName", blank::text),
    fixed<Person>("TicketCategories", Face::shown, blank::list),
    fixed<Person>("NickName", Face::shown, blank::text),
    fixed<Person>("WaitingForApproval", Face::shown, blank::no),
    fixed<Person>("TableRight", Face::shown, blank::null),
    fixed<Person>("FieldProperties", Face::shown, blank::map),
};
inline constexpr Table<Person> user_table{.dialect = "superoffice", .rows = user_rows, .letters = codec::Case::ignored};
static_assert(well_formed(user_table));

inline constexpr TableSet user_tables = TableSet{}.with(user_table);

Serve get_user(Call &call); // the caller, or one by the number, the initials or the address

} // namespace dialects::superoffice
