#pragma once
// Fields that a workspace defined for itself. On the wire they are texts with their type in brackets ([I:23], [F:0.5],
// [D:06/01/2026]), each in two dictionaries, with read-only companions that say how to display it.
// (reference: the vendor's pages on custom fields and CultureDataFormatter; recorded answers)
#include "dialects/engine/fields.hpp"

namespace dialects::superoffice {

using canonical::CustomValue, canonical::Project;

// The model's JSON as text on the wire, and back. What has no form there stays a text, so that nothing gets lost:
// literal_of(json_of(x)) is x.
std::string literal_of(std::string_view json);
std::string json_of(std::string_view literal);

// Whether that key says how to display the value of another.
bool is_companion(std::string_view key);

// One value as a cell of a list: as it is displayed where the workspace says so, else numbers and flags as such.
void write_custom_cell(Project const &project, std::string_view key, Text &out);

// The dictionaries: all fields in one, and beside it those that admins defined, without the columns that the database
// was extended by (x_…, or whatever came in ExtraFields).
constexpr Field<Project> user_defined_fields(Path wire);
constexpr Field<Project> extra_fields(Path wire);
constexpr Field<Project> custom_fields(Path wire);

// What a document changes among the values of a project. It holds each value in two dictionaries: what differs from the
// present one counts, of two that do the later. Plain texts take the type of the present value.
std::vector<CustomValue> custom_changes(std::vector<CustomValue> const &said, std::vector<CustomValue> const &present);

namespace detail {
bool read_dictionary(json::value const &j, Project &project);
bool read_extra_fields(json::value const &j, Project &project, Packer &kept);
enum class Dictionary : unsigned char { user_defined, extra, all };
void write_dictionary(Field<Project> const &row, Project const &project, Writer &to, Dictionary which);
bool same_values(Project const &a, Project const &b, Face face);

template <Dictionary which> constexpr Field<Project> dictionary(Path wire) {
    auto row = both<&Project::custom, codec::custom_map>(wire, blank::map, Fidelity::converted);
    row.read = [](Field<Project> const &, json::value const &j, Project &project, Packer &kept, Context const &) {
        return which == Dictionary::extra ? read_extra_fields(j, project, kept) : read_dictionary(j, project);
    };
    row.write = [](Field<Project> const &self, Project const &project, Writer &to) {
        write_dictionary(self, project, to, which);
    };
    row.same = which == Dictionary::all ? same_values : nullptr;
    return row;
}
} // namespace detail

constexpr Field<Project> user_defined_fields(Path wire) {
    return detail::dictionary<detail::Dictionary::user_defined>(wire);
}
constexpr Field<Project> extra_fields(Path wire) { return detail::dictionary<detail::Dictionary::extra>(wire); }
constexpr Field<Project> custom_fields(Path wire) { return detail::dictionary<detail::Dictionary::all>(wire); }

} // namespace dialects::superoffice
