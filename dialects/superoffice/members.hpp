#pragma once
// ProjectMembers: people of a project by their record as a person, with the company they stand for and their role. What
// else is shown of them comes from those records; of what is sent only the ids, the comment and the participation
// count. (reference: the vendor's page on ProjectMember; recorded answers)
#include "dialects/superoffice/language.hpp"
#include "dialects/superoffice/parts.hpp"
#include "dialects/superoffice/rights.hpp"
#include "dialects/superoffice/times.hpp"

#include <span>

namespace dialects::superoffice {

using canonical::Member, canonical::Person, canonical::Project;

// At an event, where the project stands for one.
enum class Participation : unsigned char { no_event, not_reacted, declined, accepted, shown, not_shown };

// One entry as it stands on the wire.
struct Membership {
    std::string id = {}, project_id = {}, project_name = {};
    std::string person_id = {}, full_name = {}, first_name = {}, last_name = {}, email = {}, phone = {};
    std::string company_id = {}, company_name = {}, country_id = {};
    std::string role_id = {}, role_name = {}, comment = {};
    std::optional<Instant> registered = {};
    Participation participation = {};

    canonical::Bag extras = {};

    static Membership of(Member const &member, Context const &context);
    Member member() const;
};

// The id of a person's record as a person: that of the user, unless a tool keeps them apart.
std::string const &person_id(Person const &person);

inline constexpr codec::Word<Participation> participation_words[]{{"NotAnEvent", Participation::no_event},
                                                                  {"NotReacted", Participation::not_reacted},
                                                                  {"ReactedNo", Participation::declined},
                                                                  {"ReactedYes", Participation::accepted},
                                                                  {"Show", Participation::shown},
                                                                  {"NoShow", Participation::not_shown},
                                                                  {"0", Participation::no_event},
                                                                  {"1", Participation::not_reacted},
                                                                  {"2", Participation::declined},
                                                                  {"3", Participation::accepted},
                                                                  {"4", Participation::shown},
                                                                  {"5", Participation::not_shown}};
using ParticipationWord = codec::words<participation_words, codec::Style::quoted, codec::Case::ignored>;

constexpr Field<Membership> registered_row() {
    return {.wire = "Registered",
            .face = Face::shown,
            .blank = no_time,
            .read = [](Field<Membership> const &, json::value const &j, Membership &m, Packer &,
                       Context const &context) { return read_time(j, m.registered, context.home); },
            .write = [](Field<Membership> const &row, Membership const &m,
                        Writer &to) { write_time(m.registered, Clock::recorded, to.at(row.wire)); }};
}

// Addresses around a place on a team; none around one that is not stored yet.
void write_links_around(Membership const &place, Text &out);
constexpr Field<Membership> links_around_member_row() {
    auto row = computed<write_links_around, Membership>("_Links");
    row.write = [](Field<Membership> const &self, Membership const &place, Writer &to) {
        if (!place.id.empty()) write_links_around(place, to.at(self.wire));
    };
    return row;
}

inline constexpr Field<Membership> membership_rows[]{
    part<&Membership::id, record_id>("ProjectmemberId", blank::zero),
    part<&Membership::company_id, record_id>("ContactId", blank::zero),
    part<&Membership::project_id, record_id, Face::shown>("ProjectId", blank::zero),
    part<&Membership::company_name, codec::easy_text, Face::shown>("ContactName", blank::text),
    fixed<Membership>("ContactDepartment", Face::shown, blank::text),
    part<&Membership::project_name, codec::easy_text, Face::shown>("ProjectName", blank::text),
    fixed<Membership>("EmailId", Face::shown, blank::zero),
    part<&Membership::email, codec::easy_text, Face::shown>("EmailAddress", blank::text),
    part<&Membership::country_id, record_id, Face::shown>("CountryId", blank::zero),
    part<&Membership::first_name, codec::easy_text, Face::shown>("Firstname", blank::text),
    fixed<Membership>("MiddleName", Face::shown, blank::text),
    part<&Membership::last_name, codec::easy_text, Face::shown>("Lastname", blank::text),
    part<&Membership::person_id, record_id>("PersonId", blank::zero),
    fixed<Membership>("Mrmrs", Face::shown, blank::text),
    part<&Membership::role_name, localized_text>("ProjectMemberTypeName", blank::text),
    part<&Membership::phone, codec::easy_text, Face::shown>("Phone", blank::text),
    fixed<Membership>("PhoneId", Face::shown, blank::zero),
    part<&Membership::role_id, record_id>("ProjectMemberTypeId", blank::zero),
    fixed<Membership>("EmailAddressName", Face::shown, blank::text),
    part<&Membership::comment, codec::easy_text>("Comment", blank::text),
    part<&Membership::full_name, codec::easy_text, Face::shown>("FullName", blank::text),
    registered_row(),
    computed<write_never<Membership>, Membership>("Updated", no_time),
    part<&Membership::participation, ParticipationWord>("EventParticipantStatus", R"("NotAnEvent")"),
    computed<write_full_right<Membership>, Membership>("TableRight"),
    fixed<Membership>("FieldProperties", Face::shown, blank::map),
    links_around_member_row(),
};
// Without the addresses, which stand last: as part of a project, and as agents answer.
inline constexpr Table<Membership> membership_table{
    .dialect = "superoffice",
    .rows = std::span(membership_rows).first(std::size(membership_rows) - 1),
    .letters = codec::Case::ignored};
static_assert(well_formed(membership_table));
inline constexpr Table<Membership> membership_entity_table{
    .dialect = "superoffice", .rows = membership_rows, .letters = codec::Case::ignored};
static_assert(well_formed(membership_entity_table));

// Those of a project, as far as somebody was said to be on it, with what is known of each; the reply's people and
// companies in the context.
std::vector<Membership> entries_of(Project const &project, Context const &context);
// What is said of parts in an event, beside what was said before; nothing of those who are gone.
void keep_participations(Project const &before, Project &patch, std::span<Membership const> said,
                         std::span<std::string const> gone = {});

// The row of a project that they stand in. Participations, of which the model knows nothing, are kept by person.
constexpr Field<Project> members(Path wire);

namespace detail {
struct team_member {
    static bool read(json::value const &j, Member &member, Context const &context);
    static void write(Member const &member, Text &out);
    static bool same(Member const &a, Member const &b);
};
bool read_members(json::value const &j, Project &project, Packer &kept, Context const &context);
void write_members(Field<Project> const &row, Project const &project, Writer &to);
} // namespace detail

constexpr Field<Project> members(Path wire) {
    auto row = both<&Project::team, codec::list<detail::team_member>>(wire, blank::list);
    row.read = [](Field<Project> const &, json::value const &j, Project &project, Packer &kept,
                  Context const &context) { return detail::read_members(j, project, kept, context); };
    row.write = detail::write_members;
    return row;
}

} // namespace dialects::superoffice
