#include "dialects/superoffice/contacts.hpp"

#include "dialects/superoffice/countries.hpp"

namespace dialects::superoffice {

namespace {

void write_addresses(std::string_view kind, std::string_view id, Text &out) {
    auto const base = out.context.base + "/" + std::string(kind) + "/";
    auto const self = base + std::string(id) + "/";
    out.put('{');
    out.key("Self");
    out.string(self);
    out.key("Self.Simple");
    out.string(self + "Simple/");
    out.key("Archive");
    out.string(base);
    out.put('}');
}

Company known_company(Ref const &ref, Context const &context) {
    if (auto const *company = context.find<Company>(ref.id)) return *company;
    Company company;
    company.id = ref.id;
    company.name = ref.name;
    return company;
}

} // namespace

void write_company_links(Company const &company, Text &out) { write_addresses("Contact", *company.id, out); }
void write_person_links(Person const &person, Text &out) { write_addresses("Person", person_id(person), out); }

bool read_country(json::value const &j, std::string &code) {
    if (j.is_null() || is_blank(j, blank::text)) return true;
    auto const *const object = j.if_object();
    if (!object) return false;
    auto const text = [&](std::string_view name) {
        auto const *const value = find_any_case(*object, name);
        if (!value) return std::string();
        codec::Scalar const scalar(*value);
        return scalar ? std::string(scalar.text) : std::string();
    };
    code = text("TwoLetterISOCountry");
    if (code.empty()) code = country_code(text("CountryId"));
    return true;
}

void write_country(std::string_view code, Text &out) {
    auto const number = country_number(code);
    out.raw(R"({"CountryId":)");
    out.raw(number.empty() ? blank::zero : number);
    out.raw(R"(,"Name":)");
    out.string(code);
    out.raw(R"(,"CurrencyId":0,"EnglishName":)");
    out.string(code);
    out.raw(R"(,"TwoLetterISOCountry":)");
    out.string(code);
    out.raw(
        R"(,"ThreeLetterISOCountry":"","ImageDescription":"","OrgNrText":"","InterAreaPrefix":"","DialInPrefix":"",)"
        R"("ZipPrefix":"","DomainName":"","AddressLayoutId":0,"DomesticAddressLayoutId":0,"ForeignAddressLayoutId":0,)"
        R"("Rank":0,"Tooltip":"","Deleted":false,"TableRight":null,"FieldProperties":{}})");
}

void write_country_number(Company const &company, Text &out) {
    auto const number = country_number(*company.country);
    out.raw(number.empty() ? blank::zero : number);
}

void write_people(Company const &company, Text &out) {
    out.put('[');
    if (auto const *related = out.context.related) {
        for (auto const &person : related->of<Person>()) {
            if (person.company->id != *company.id) continue;
            out.next();
            View const view{.extras = false};
            write(simple_person_table, view, person, out);
        }
    }
    out.put(']');
}

bool read_company_of(json::value const &j, Person &person, Context const &context) {
    person.company = std::nullopt;
    if (j.is_null() || is_blank(j, blank::text)) return true;
    auto const *const object = j.if_object();
    auto const *const id = object ? find_any_case(*object, "ContactId") : nullptr;
    if (!id) return object != nullptr;
    std::string number;
    if (!record_id::read(*id, number, context)) return false;
    auto const *const name = find_any_case(*object, "Name");
    std::string words;
    if (name) codec::easy_text::read(*name, words, context);
    if (!number.empty()) person.company = Ref{.id = std::move(number), .name = std::move(words)};
    return true;
}

void write_company_of(Person const &person, Text &out) {
    View const view{.extras = false};
    write(simple_company_table, view, known_company(*person.company, out.context), out);
}

void write_is_associate(Person const &person, Text &out) {
    out.flag(person.role.value_or(Role::member) != Role::contact);
}

void write_associate_of(Person const &person, Text &out) {
    if (!person.id || person.role.value_or(Role::member) == Role::contact) return out.raw(blank::null);
    View const view{.extras = false};
    write(associate_table, view, person, out);
}

} // namespace dialects::superoffice
