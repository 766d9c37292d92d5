#pragma once
// How contacts of the CRM look: the same keys for companies and people, then those of either.
#include "dialects/onlyoffice/people.hpp"
#include "dialects/onlyoffice/times.hpp"

namespace dialects::onlyoffice {

using canonical::Company;

namespace detail {

// Mail and telephone as the CRM lists what it knows of somebody.
template <class E> void write_common_data(E const &contact, Text &out) {
    struct Known {
        int type; // 0 telephone, 1 mail
        std::string const &value;
    };
    out.put('[');
    for (auto const &[type, value] : {Known{1, *contact.email}, Known{0, *contact.phone}}) {
        if (value.empty()) continue;
        out.next();
        out.raw(R"({"id":)");
        codec::id::write(*contact.id, out);
        out.raw(R"(,"infoType":)");
        out.number(type);
        out.raw(R"(,"category":0,"data":)");
        out.string(value);
        out.raw(R"(,"isPrimary":true})");
    }
    out.put(']');
}

// A person's own name; where only the whole is known, its last word and what stands before it.
void write_first_name(Person const &person, Text &out);
void write_last_name(Person const &person, Text &out);
void write_company(Person const &person, Text &out);
void write_persons_count(Company const &company, Text &out);

template <class E> constexpr std::string_view is_company = std::is_same_v<E, Company> ? blank::yes : blank::no;

template <class E>
inline constexpr Field<E> contact_rows[]{
    shown<&E::id, codec::id>("id"),
    shown<&E::name, html_text>("displayName", blank::text),
    fixed<E>("isCompany", Face::shown, is_company<E>),
    fixed<E>("isPrivate", Face::shown, blank::no),
    fixed<E>("isShared", Face::shown, blank::no),
    fixed<E>("shareType", Face::shown, blank::zero),
    fixed<E>("smallFotoUrl", Face::shown, blank::text),
    fixed<E>("mediumFotoUrl", Face::shown, blank::text),
    fixed<E>("canEdit", Face::shown, blank::yes),
    fixed<E>("canDelete", Face::shown, blank::no),
    shown<&E::created, portal_time>("created"),
    kept_as<E, std::string, codec::easy_text>("about", Face::both, blank::text),
    fixed<E>("industry", Face::shown, blank::text),
    fixed<E>("tags", Face::shown, blank::list),
    computed<write_common_data<E>, E>("commonData"),
    fixed<E>("addresses", Face::shown, blank::list),
    fixed<E>("customFields", Face::shown, blank::list),
    fixed<E>("taskCount", Face::shown, blank::zero),
    fixed<E>("haveLateTasks", Face::shown, blank::no),
};

inline constexpr Field<Company> own_company_rows[]{
    both<&Company::name, codec::easy_text>("companyName", blank::text),
    fixed<Company>("persons", Face::shown, blank::list),
    computed<write_persons_count, Company>("personsCount"),
};
inline constexpr Field<Person> own_person_rows[]{
    sent<&Person::given_name, codec::easy_text>("firstName", blank::text),
    computed<write_first_name, Person>("firstName", blank::text),
    sent<&Person::family_name, codec::easy_text>("lastName", blank::text),
    computed<write_last_name, Person>("lastName", blank::text),
    sent<&Person::title, codec::easy_text>("jobTitle"),
    sent<&Person::company, codec::by_id>("companyId"),
    computed<write_company, Person>("company"),
    shown<&Person::title, codec::easy_text>("title", blank::text),
};
inline constexpr auto crm_company_rows = joined(contact_rows<Company>, own_company_rows);
inline constexpr auto crm_person_rows = joined(contact_rows<Person>, own_person_rows);

} // namespace detail

inline constexpr Table<Company> crm_company_table{
    .dialect = "onlyoffice", .rows = detail::crm_company_rows, .letters = codec::Case::ignored};
static_assert(well_formed(crm_company_table));
inline constexpr Table<Person> crm_person_table{
    .dialect = "onlyoffice", .rows = detail::crm_person_rows, .letters = codec::Case::ignored};
static_assert(well_formed(crm_person_table));

inline constexpr TableSet crm_tables = TableSet{}.with(crm_company_table).with(crm_person_table);

} // namespace dialects::onlyoffice
