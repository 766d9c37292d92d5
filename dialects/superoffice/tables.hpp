#pragma once
// SuperOffice's project: one flat object, always shown whole, so that clients send back what they were shown. Keys in
// any case. (reference: the vendor's page on PUT Project/{id}; recorded answers)
#include "dialects/superoffice/cards.hpp"
#include "dialects/superoffice/custom_fields.hpp"
#include "dialects/superoffice/elements.hpp"
#include "dialects/superoffice/members.hpp"

namespace dialects::superoffice {

using canonical::Phase;

// Words of one state only: a status of the workspace says the finer one.
inline constexpr codec::Word<Phase> completed_words[]{{"true", Phase::closed},      {"1", Phase::closed},
                                                      {"false", Phase::not_closed}, {"false", Phase::active},
                                                      {"false", Phase::paused},     {"0", Phase::not_closed}};
using Completed = codec::words<completed_words, codec::Style::bare, codec::Case::ignored>;

constexpr Field<Project> link_count_row() {
    auto row = fixed<Project>("ActiveLinks", Face::shown, blank::zero);
    row.write = [](Field<Project> const &self, Project const &, Writer &to) {
        auto const count = kept_array(to.kept("Links")).size();
        to.at(self.wire).number(count);
    };
    return row;
}

// Since when it is as it is: nothing while nobody has changed it.
constexpr Field<Project> updated_row(Path wire) {
    auto row = recorded<&Project::updated>(wire);
    row.write = [](Field<Project> const &self, Project const &project, Writer &to) {
        bool const changed = project.updated && project.updated != project.created;
        write_time(changed ? std::optional(*project.updated) : std::nullopt, Clock::recorded, to.at(self.wire));
    };
    return row;
}
constexpr Field<Project> editor_row() {
    auto row = card<&Project::editor, Person, Face::shown>("UpdatedBy");
    row.write = [](Field<Project> const &self, Project const &project, Writer &to) {
        bool const changed = project.updated != project.created || !project.created;
        if (changed)
            card<&Project::editor, Person, Face::shown>(self.wire).write(self, project, to);
        else
            to.at(self.wire).raw(self.blank);
    };
    row.same = nullptr;
    return row;
}

// A day in the model, a time here: the time of that day is kept beside it and holds as long as the day stays.
bool read_end(json::value const &j, Project &project, Packer &kept, Context const &context);
void write_end(Field<Project> const &row, Project const &project, Writer &to);
constexpr Field<Project> end_row() {
    auto row = both<&Project::ends, codec::date<"YYYY-MM-DD", "T00:00:00">>("EndDate", no_time, Fidelity::exact);
    row.read = [](Field<Project> const &, json::value const &j, Project &project, Packer &kept,
                  Context const &context) { return read_end(j, project, kept, context); };
    row.write = write_end;
    return row;
}

// Addresses around a project; none around one that is not stored yet.
void write_links(Project const &project, Text &out);
constexpr Field<Project> links_around_row() {
    auto row = computed<write_links, Project>("_Links");
    row.write = [](Field<Project> const &self, Project const &project, Writer &to) {
        if (project.id) write_links(project, to.at(self.wire));
    };
    return row;
}

inline constexpr Field<Project> project_rows[]{
    shown<&Project::id, codec::id>("ProjectId", blank::zero),
    both<&Project::name, codec::easy_text>("Name", blank::text),
    both<&Project::number, codec::easy_text>("ProjectNumber", blank::text),
    members("ProjectMembers"),
    kept_list<Project, address_table, Address>("Urls"),
    recorded<&Project::created>("CreatedDate"),
    updated_row("UpdatedDate"),
    both<&Project::description, codec::easy_text>("Description", blank::text),
    both<&Project::note, codec::easy_text>("Postit", blank::text),
    card<&Project::creator, Person, Face::shown>("CreatedBy"),
    editor_row(),
    card<&Project::manager, Person>("Associate"),
    card<&Project::status, ProjectStatus>("ProjectStatus"),
    card<&Project::type, ProjectType>("ProjectType"),
    fixed<Project>("HasImage", Face::shown, blank::no),
    kept_as<Project, std::string, codec::easy_text>("ImageDescription", Face::both, blank::text),
    fixed<Project>("ActiveStatusMonitorId", Face::shown, blank::zero),
    kept_list<Project, link_table, Link>("Links"),
    link_count_row(),
    both<&Project::phase, Completed>("Completed", blank::no, Fidelity::approximated),
    computed<write_no_time<Project>, Project>("NextMilestoneDate", no_time),
    fixed<Project>("NmdAppointmentId", Face::shown, blank::zero),
    end_row(),
    fixed<Project>("ActiveErpLinks", Face::shown, blank::zero),
    kept_as<Project, std::int64_t, codec::integer>("EventId", Face::both, blank::zero),
    kept_time<Project>("StartDate", Face::both),
    user_defined_fields("UserDefinedFields"),
    extra_fields("ExtraFields"),
    custom_fields("CustomFields"),
    kept_time<Project>("PublishEventDate", Face::both),
    kept_time<Project>("PublishTo", Face::both, for_ever),
    kept_time<Project>("PublishFrom", Face::both),
    kept_as<Project, bool, codec::easy_flag>("IsPublished", Face::both, blank::no),
    computed<write_project_right, Project>("TableRight"),
    computed<write_project_properties, Project>("FieldProperties"),
    links_around_row(),
};
inline constexpr Table<Project> project_table{
    .dialect = "superoffice", .rows = project_rows, .letters = codec::Case::ignored};
static_assert(well_formed(project_table));

// Without the addresses, which stand last: as agents answer.
inline constexpr Table<Project> agent_table{.dialect = "superoffice",
                                            .rows = std::span(project_rows).first(std::size(project_rows) - 1),
                                            .letters = codec::Case::ignored};

inline constexpr TableSet tables = card_tables.with(project_table);

// The short form: names and ids side by side.
using ListName = codec::by<&Ref::name, localized_text>;
void write_first_url(Field<Project> const &row, Project const &project, Writer &to);
// Of the first address, what the row calls so.
constexpr Field<Project> first_url(Path wire, std::string_view key) {
    auto row = kept<Project>(wire, Face::shown, blank::text, key);
    row.write = write_first_url;
    return row;
}
inline constexpr Field<Project> simple_rows[]{
    shown<&Project::id, codec::id>("ProjectId", blank::zero),
    shown<&Project::name, codec::easy_text>("Name", blank::text),
    shown<&Project::description, codec::easy_text>("Description", blank::text),
    first_url("URL", "Value"),
    shown<&Project::type, ListName>("Type", blank::text),
    shown<&Project::manager, codec::by_id>("AssociateId", blank::zero),
    shown<&Project::manager, codec::by_name>("AssociateFullName", blank::text),
    shown<&Project::type, codec::by_id>("TypeId", blank::zero),
    updated_row("Updated"),
    shown<&Project::status, codec::by_id>("StatusId", blank::zero),
    shown<&Project::status, ListName>("Status", blank::text),
    fixed<Project>("TextId", Face::shown, blank::zero),
    kept_time<Project>("PublishTo", Face::shown, for_ever),
    kept_time<Project>("PublishFrom", Face::shown),
    kept<Project>("IsPublished", Face::shown, blank::no),
    first_url("URLName", "Description"),
    shown<&Project::number, codec::easy_text>("ProjectNumber", blank::text),
    fixed<Project>("ActiveErpLinks", Face::shown, blank::zero),
    kept<Project>("EventId", Face::shown, blank::zero),
    kept_time<Project>("StartDate", Face::shown),
    fixed<Project>("TableRight", Face::shown, blank::null),
    fixed<Project>("FieldProperties", Face::shown, blank::null),
};
inline constexpr Table<Project> simple_table{.dialect = "superoffice", .rows = simple_rows};
static_assert(well_formed(simple_table));

} // namespace dialects::superoffice
