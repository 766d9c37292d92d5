#pragma once
// Companies and people as entities. A company is called a contact here, and a person is another record than a user.
// (reference: the vendor's pages on Contact and Person)
#include "dialects/superoffice/cards.hpp"
#include "dialects/superoffice/elements.hpp"

namespace dialects::superoffice {

using canonical::Company;

// The addresses of a stored record: its own and those that the service has for its kind. None of one without an id.
void write_company_links(Company const &company, Text &out);
void write_person_links(Person const &person, Text &out);
template <class E, void (*Write)(E const &, Text &)> constexpr Field<E> links_of() {
    auto row = computed<Write, E>("_Links");
    row.write = [](Field<E> const &self, E const &record, Writer &to) {
        if (record.id) Write(record, to.at(self.wire));
    };
    return row;
}

// A country by its letters, or where there are none by its number. Its names are known to clients.
bool read_country(json::value const &j, std::string &code);
void write_country(std::string_view code, Text &out);
constexpr Field<Company> country_row(Path wire) {
    auto row = both<&Company::country, codec::easy_text>(wire, blank::null, Fidelity::converted);
    row.read = [](Field<Company> const &, json::value const &j, Company &company, Packer &, Context const &) {
        std::string code;
        if (!read_country(j, code)) return false;
        company.country = std::nullopt;
        if (!code.empty()) company.country = std::move(code);
        return true;
    };
    row.write = [](Field<Company> const &self, Company const &company, Writer &to) {
        if (to.view.face == Face::sent && company.country.absent()) return;
        write_country(*company.country, to.at(self.wire));
    };
    return row;
}

// A person in short, as the record of a company names those who belong to it.
inline constexpr Field<Person> simple_person_rows[]{
    person_id_row<Face::shown>(),
    shown<&Person::given_name, codec::easy_text>("Firstname", blank::text),
    shown<&Person::family_name, codec::easy_text>("Lastname", blank::text),
    shown<&Person::name, codec::easy_text>("FullName", blank::text),
    shown<&Person::title, codec::easy_text>("Title", blank::text),
    shown<&Person::email, codec::easy_text>("Email", blank::text),
    shown<&Person::phone, codec::easy_text>("DirectPhone", blank::text),
    shown<&Person::company, codec::by_id>("ContactId", blank::zero),
    shown<&Person::company, codec::by_name>("ContactName", blank::text),
    fixed<Person>("TableRight", Face::shown, blank::null),
    fixed<Person>("FieldProperties", Face::shown, blank::map),
};
inline constexpr Table<Person> simple_person_table{
    .dialect = "superoffice", .rows = simple_person_rows, .letters = codec::Case::ignored};
static_assert(well_formed(simple_person_table));

// Those who belong to a company, as far as the reply has them.
void write_people(Company const &company, Text &out);

template <class E>
constexpr auto kept_words =
    [](Path wire) { return kept_as<E, std::string, codec::easy_text>(wire, Face::both, blank::text); };

inline constexpr Field<Company> company_rows[]{
    shown<&Company::id, codec::id>("ContactId", blank::zero),
    both<&Company::name, codec::easy_text>("Name", blank::text),
    kept_words<Company>("Department"),
    both<&Company::tax_number, codec::easy_text>("OrgNr", blank::text),
    both<&Company::code, codec::easy_text>("Number1", blank::text),
    kept_words<Company>("Number2"),
    recorded<&Company::updated>("UpdatedDate"),
    recorded<&Company::created>("CreatedDate"),
    first_address<&Company::email>("Emails"),
    fixed<Company>("Interests", Face::shown, blank::list),
    first_address<&Company::website>("Urls"),
    first_address<&Company::phone>("Phones"),
    kept_list<Company, address_table, Address>("Faxes"),
    kept_words<Company>("Description"),
    fixed<Company>("UpdatedBy", Face::shown, blank::null),
    fixed<Company>("CreatedBy", Face::shown, blank::null),
    fixed<Company>("Associate", Face::shown, blank::null),
    fixed<Company>("Business", Face::shown, no_card<ProjectType>),
    fixed<Company>("Category", Face::shown, no_card<ProjectType>),
    country_row("Country"),
    computed<write_people, Company>("Persons"),
    kept_as<Company, bool, codec::easy_flag>("NoMailing", Face::both, blank::no),
    kept_words<Company>("Kananame"),
    kept_as<Company, bool, codec::easy_flag>("Xstop", Face::both, blank::no),
    fixed<Company>("ActiveInterests", Face::shown, blank::zero),
    fixed<Company>("GroupId", Face::shown, blank::zero),
    fixed<Company>("ActiveStatusMonitorId", Face::shown, blank::zero),
    fixed<Company>("SupportAssociate", Face::shown, blank::null),
    fixed<Company>("TicketPriority", Face::shown, blank::null),
    fixed<Company>("CustomerLanguage", Face::shown, blank::null),
    fixed<Company>("Deleted", Face::shown, blank::zero),
    fixed<Company>("DbiAgentId", Face::shown, blank::zero),
    fixed<Company>("DbiKey", Face::shown, blank::text),
    computed<write_never<Company>, Company>("DbiLastSyncronized"),
    computed<write_never<Company>, Company>("DbiLastModified"),
    fixed<Company>("SupportPerson", Face::shown, blank::null),
    fixed<Company>("Address/Wgs84Latitude", Face::shown, blank::zero),
    fixed<Company>("Address/Wgs84Longitude", Face::shown, blank::zero),
    fixed<Company>("Address/LocalizedAddress", Face::shown, blank::list),
    fixed<Company>("Address/Street/AtypeIdx", Face::shown, "2"),
    both<&Company::address, codec::easy_text>("Address/Street/Address1", blank::text),
    kept_words<Company>("Address/Street/Address2"),
    kept_words<Company>("Address/Street/Address3"),
    both<&Company::city, codec::easy_text>("Address/Street/City", blank::text),
    kept_words<Company>("Address/Street/County"),
    both<&Company::state, codec::easy_text>("Address/Street/State", blank::text),
    both<&Company::postal_code, codec::easy_text>("Address/Street/Zipcode", blank::text),
    fixed<Company>("Address/Street/Formatted", Face::shown, blank::text),
    fixed<Company>("Address/Postal/AtypeIdx", Face::shown, "1"),
    kept_words<Company>("Address/Postal/Address1"),
    kept_words<Company>("Address/Postal/Address2"),
    kept_words<Company>("Address/Postal/Address3"),
    kept_words<Company>("Address/Postal/City"),
    kept_words<Company>("Address/Postal/County"),
    kept_words<Company>("Address/Postal/State"),
    kept_words<Company>("Address/Postal/Zipcode"),
    fixed<Company>("Address/Postal/Formatted", Face::shown, blank::text),
    fixed<Company>("Address/Formatted", Face::shown, blank::text),
    fixed<Company>("Source", Face::shown, blank::zero),
    fixed<Company>("ActiveErpLinks", Face::shown, blank::zero),
    fixed<Company>("BounceEmails", Face::shown, blank::list),
    fixed<Company>("Domains", Face::shown, blank::list),
    fixed<Company>("UtmParameters", Face::shown, blank::null),
    kept<Company>("UserDefinedFields", Face::both, blank::map),
    kept<Company>("ExtraFields", Face::both, blank::map),
    kept<Company>("CustomFields", Face::both, blank::map),
    computed<write_full_right<Company>, Company>("TableRight"),
    fixed<Company>("FieldProperties", Face::shown, blank::map),
    links_of<Company, write_company_links>(),
};
inline constexpr Table<Company> company_table{
    .dialect = "superoffice", .rows = company_rows, .letters = codec::Case::ignored};
static_assert(well_formed(company_table));

void write_country_number(Company const &company, Text &out);

// The short form, which also stands in the record of a person.
inline constexpr Field<Company> simple_company_rows[]{
    shown<&Company::id, codec::id>("ContactId", blank::zero),
    shown<&Company::name, codec::easy_text>("Name", blank::text),
    shown<&Company::tax_number, codec::easy_text>("OrgNr", blank::text),
    kept<Company>("Department", Face::shown, blank::text),
    shown<&Company::website, codec::easy_text>("URL", blank::text),
    shown<&Company::city, codec::easy_text>("City", blank::text),
    shown<&Company::phone, codec::easy_text>("DirectPhone", blank::text),
    fixed<Company>("AssociateId", Face::shown, blank::zero),
    computed<write_country_number, Company>("CountryId"),
    shown<&Company::email, codec::easy_text>("EmailAddress", blank::text),
    kept<Company>("Kananame", Face::shown, blank::text),
    fixed<Company>("EmailAddressName", Face::shown, blank::text),
    fixed<Company>("URLName", Face::shown, blank::text),
    fixed<Company>("AssociateFullName", Face::shown, blank::text),
    fixed<Company>("BusinessName", Face::shown, blank::text),
    fixed<Company>("CategoryName", Face::shown, blank::text),
    shown<&Company::country, codec::easy_text>("CountryName", blank::text),
    fixed<Company>("Address", Face::shown, blank::null),
    fixed<Company>("FormattedAddress", Face::shown, blank::text),
    shown<&Company::name, codec::easy_text>("FullName", blank::text),
    shown<&Company::is_own, codec::easy_flag>("IsOwnerContact", blank::no),
    fixed<Company>("ActiveErpLinks", Face::shown, blank::zero),
    shown<&Company::code, codec::easy_text>("Number1", blank::text),
    kept<Company>("Number2", Face::shown, blank::text),
    fixed<Company>("TableRight", Face::shown, blank::null),
    fixed<Company>("FieldProperties", Face::shown, blank::map),
};
inline constexpr Table<Company> simple_company_table{
    .dialect = "superoffice", .rows = simple_company_rows, .letters = codec::Case::ignored};
static_assert(well_formed(simple_company_table));

// The company of a person, in short; of what is sent only its number counts.
bool read_company_of(json::value const &j, Person &person, Context const &context);
void write_company_of(Person const &person, Text &out);
constexpr Field<Person> company_of_row(Path wire) {
    auto row = both<&Person::company, codec::by_id>(wire, blank::null, Fidelity::exact);
    row.read = [](Field<Person> const &, json::value const &j, Person &person, Packer &, Context const &context) {
        return read_company_of(j, person, context);
    };
    row.write = [](Field<Person> const &self, Person const &person, Writer &to) {
        if (to.view.face == Face::sent && person.company.absent()) return;
        auto &out = to.at(self.wire);
        if (person.company && !person.company->id.empty())
            write_company_of(person, out);
        else
            out.raw(blank::null);
    };
    return row;
}

void write_is_associate(Person const &person, Text &out);
void write_associate_of(Person const &person, Text &out); // null for those who are no users

inline constexpr Field<Person> entity_rows_of_person[]{
    person_id_row<Face::shown>(),
    both<&Person::given_name, codec::easy_text>("Firstname", blank::text),
    kept_words<Person>("MiddleName"),
    both<&Person::family_name, codec::easy_text>("Lastname", blank::text),
    kept_words<Person>("Mrmrs"),
    both<&Person::title, codec::easy_text>("Title", blank::text),
    recorded<&Person::updated>("UpdatedDate"),
    recorded<&Person::created>("CreatedDate"),
    kept_time<Person>("BirthDate", Face::both),
    fixed<Person>("CreatedBy", Face::shown, blank::null),
    first_address<&Person::email>("Emails"),
    kept_words<Person>("Description"),
    computed<write_is_associate, Person>("IsAssociate"),
    kept_list<Person, address_table, Address>("PrivatePhones"),
    kept_list<Person, address_table, Address>("Faxes"),
    kept_list<Person, address_table, Address>("MobilePhones"),
    first_address<&Person::phone>("OfficePhones"),
    kept_list<Person, address_table, Address>("OtherPhones"),
    fixed<Person>("Position", Face::shown, no_card<ProjectType>),
    fixed<Person>("UpdatedBy", Face::shown, blank::null),
    company_of_row("Contact"),
    fixed<Person>("Country", Face::shown, blank::null),
    fixed<Person>("Interests", Face::shown, blank::list),
    kept_words<Person>("PersonNumber"),
    shown<&Person::name, codec::easy_text>("FullName", blank::text),
    kept_as<Person, bool, codec::easy_flag>("NoMailing", Face::both, blank::no),
    kept_as<Person, bool, codec::easy_flag>("UsePersonAddress", Face::both, blank::no),
    both<&Person::is_active, codec::words<deleted_words, codec::Style::bare, codec::Case::ignored>>("Retired",
                                                                                                    blank::no),
    kept_list<Person, address_table, Address>("Urls"),
    computed<write_formal_name, Person>("FormalName", blank::text),
    fixed<Person>("Address", Face::shown, blank::null),
    fixed<Person>("Post3", Face::shown, blank::text),
    fixed<Person>("Post2", Face::shown, blank::text),
    fixed<Person>("Post1", Face::shown, blank::text),
    computed<write_associate_of, Person>("CorrespondingAssociate"),
    fixed<Person>("Category", Face::shown, blank::null),
    fixed<Person>("Business", Face::shown, blank::null),
    fixed<Person>("Associate", Face::shown, blank::null),
    kept_words<Person>("Salutation"),
    fixed<Person>("Consents", Face::shown, blank::list),
    fixed<Person>("Leadstatus", Face::shown, blank::null),
    fixed<Person>("LeadstatusId", Face::shown, blank::zero),
    kept<Person>("UserDefinedFields", Face::both, blank::map),
    kept<Person>("ExtraFields", Face::both, blank::map),
    kept<Person>("CustomFields", Face::both, blank::map),
    computed<write_full_right<Person>, Person>("TableRight"),
    fixed<Person>("FieldProperties", Face::shown, blank::map),
    links_of<Person, write_person_links>(),
};
inline constexpr Table<Person> person_entity_table{
    .dialect = "superoffice", .rows = entity_rows_of_person, .letters = codec::Case::ignored};
static_assert(well_formed(person_entity_table));

inline constexpr TableSet entity_tables = TableSet{}.with(company_table).with(person_entity_table);

} // namespace dialects::superoffice
