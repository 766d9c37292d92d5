#pragma once
// Records that a project refers to, whole inside it: users (associates), statuses and types. Of what is sent only the
// id counts. (reference: the vendor's pages on Associate, ProjectStatus and ProjectType; recorded answers)
#include "dialects/superoffice/language.hpp"
#include "dialects/superoffice/members.hpp"
#include "dialects/superoffice/parts.hpp"
#include "dialects/superoffice/rights.hpp"

namespace dialects::superoffice {

using canonical::ProjectStatus, canonical::ProjectType, canonical::Role;

inline constexpr codec::Word<Role> associate_types[]{{"InternalAssociate", Role::member},
                                                     {"InternalAssociate", Role::owner},
                                                     {"InternalAssociate", Role::admin},
                                                     {"ExternalAssociate", Role::guest},
                                                     {"ExternalAssociate", Role::contact}};
inline constexpr codec::Word<bool> deleted_words[]{{"false", true}, {"true", false}};

void write_person_id(Person const &person, Text &out);
void write_formal_name(Person const &person, Text &out);

template <Face face = Face::both> constexpr Field<Person> person_id_row() {
    auto row = written_by<write_person_id>(both<&Person::contact_record, codec::id>("PersonId", blank::zero));
    row.face = face;
    row.same = [](Person const &a, Person const &b, Face) { return person_id(a) == person_id(b); };
    return row;
}

inline constexpr Field<Person> associate_rows[]{
    both<&Person::id, record_id>("AssociateId", blank::zero),
    both<&Person::login, codec::easy_text>("Name", blank::text),
    person_id_row<>(),
    kept<Person>("Rank", Face::shown, blank::zero),
    kept<Person>("Tooltip", Face::shown, blank::text),
    both<&Person::role, codec::words<associate_types>>("Type", R"("InternalAssociate")", Fidelity::approximated),
    kept<Person>("GroupIdx", Face::shown, blank::zero),
    both<&Person::name, codec::easy_text>("FullName", blank::text),
    computed<write_formal_name, Person>("FormalName", blank::text),
    both<&Person::is_active, codec::words<deleted_words, codec::Style::bare, codec::Case::ignored>>("Deleted",
                                                                                                    blank::no),
    kept<Person>("EjUserId", Face::shown, blank::zero),
    kept<Person>("UserName", Face::shown, blank::null),
    fixed<Person>("ExtraFields", Face::shown, blank::map),
    fixed<Person>("CustomFields", Face::shown, blank::map),
    computed<write_associate_right, Person>("TableRight"),
    fixed<Person>("FieldProperties", Face::shown, blank::map),
};
inline constexpr Table<Person> associate_table{
    .dialect = "superoffice", .rows = associate_rows, .letters = codec::Case::ignored};
static_assert(well_formed(associate_table));

inline constexpr Field<ProjectStatus> status_rows[]{
    both<&ProjectStatus::id, record_id>("Id", blank::zero),
    both<&ProjectStatus::name, localized_text>("Value", blank::text),
    both<&ProjectStatus::description, localized_text>("Tooltip", blank::text),
    fixed<ProjectStatus>("TableRight", Face::shown, blank::null),
    computed<write_status_properties, ProjectStatus>("FieldProperties", blank::map),
};
inline constexpr Table<ProjectStatus> status_table{
    .dialect = "superoffice", .rows = status_rows, .letters = codec::Case::ignored};
static_assert(well_formed(status_table));

inline constexpr Field<ProjectType> type_rows[]{
    both<&ProjectType::id, record_id>("Id", blank::zero),
    both<&ProjectType::name, localized_text>("Value", blank::text),
    both<&ProjectType::description, localized_text>("Tooltip", blank::text),
    fixed<ProjectType>("TableRight", Face::shown, blank::null),
    fixed<ProjectType>("FieldProperties", Face::shown, blank::map),
};
inline constexpr Table<ProjectType> type_table{
    .dialect = "superoffice", .rows = type_rows, .letters = codec::Case::ignored};
static_assert(well_formed(type_table));

inline constexpr TableSet card_tables = TableSet{}.with(associate_table).with(status_table).with(type_table);

// What stands for no record.
template <class R>
inline constexpr std::string_view no_card =
    R"({"Id":0,"Value":"","Tooltip":"","TableRight":null,"FieldProperties":{}})";
template <> inline constexpr std::string_view no_card<Person> = blank::null;

// A reference of a project to a record of kind R, as a row.
template <auto M, class R, Face face = Face::both> constexpr Field<Project> card(Path wire) {
    auto row = member_row<M, codec::by_id, face>(wire, no_card<R>, Fidelity::exact);
    row.read = [](Field<Project> const &, json::value const &j, Project &project, Packer &, Context const &context) {
        R record;
        project.*M = std::nullopt;
        if (j.is_null() || is_blank(j, blank::text)) return true;
        if (!read_into(record, *card_tables.of<R>(), Face::sent, j, context)) return false;
        if (!record.id->empty()) project.*M = Ref{.id = *record.id, .name = *record.name};
        return true;
    };
    row.write = [](Field<Project> const &self, Project const &project, Writer &to) {
        auto const &slot = project.*M;
        if (to.view.face == Face::sent && slot.absent()) return;
        auto &out = to.at(self.wire);
        if (!slot) return out.raw(self.blank);
        Inside const inside(to.view, self.wire.whole);
        if (auto const *record = out.context.find<R>(slot->id))
            return write(*card_tables.of<R>(), inside.view(), *record, out);
        R known;
        known.id = slot->id;
        known.name = slot->name;
        write(*card_tables.of<R>(), inside.view(), known, out);
    };
    row.same = [](Project const &a, Project const &b, Face) { return (*(a.*M)).id == (*(b.*M)).id; };
    return row;
}

} // namespace dialects::superoffice
