#include "dialects/onlyoffice/projects.hpp"

namespace dialects::onlyoffice {

Rights::Rights(Project const &project, canonical::Person const *caller) {
    auto const is = [&](canonical::Ref const &ref) { return caller && !ref.id.empty() && ref.id == *caller->id; };
    auto const role = caller ? caller->role.value_or(Role::member) : Role::guest;
    bool const admin = role == Role::owner || role == Role::admin;
    bool const created = is(*project.creator);
    open_ = project.phase.value_or(Phase::active) == Phase::active;
    team_ = is(*project.manager) || std::ranges::any_of(*project.team, [&](auto const &m) { return is(m.person); });
    see_ = admin || created || team_ || !project.is_private.value_or(false);
    edit_ = admin || created || is(*project.manager);
    remove_ = admin || created;
    in_ = admin || created || team_;
}

namespace {

Rights rights(Project const &project, Text const &out) { return {project, out.context.person}; }

void write_can_edit(Project const &project, Text &out) { out.flag(rights(project, out).edit()); }
void write_can_delete(Project const &project, Text &out) { out.flag(rights(project, out).remove()); }
void write_can_create(Project const &project, Text &out) { out.flag(rights(project, out).create_in()); }
void write_can_read(Project const &project, Text &out) { out.flag(rights(project, out).see()); }
void write_in_team(Project const &project, Text &out) { out.flag(rights(project, out).in_team()); }

// Those on the team, unless the call counts in a way of its own.
void write_team_size(Field<Project> const &row, Project const &project, Writer &to) {
    auto const counted = to.kept(row.kept);
    if (!counted.empty())
        to.at(row.wire).raw(counted);
    else
        to.at(row.wire).number(project.team->size());
}
constexpr Field<Project> team_size_row() {
    auto row = fixed<Project>(participant_count, Face::shown, blank::zero);
    row.kept = participant_count;
    row.write = write_team_size;
    return row;
}

// Told by the call for one project alone.
void write_is_follow(Project const &project, Text &out) {
    auto const *const me = out.context.person;
    bool const told = me && out.context.verb == canonical::Verb::get;
    out.flag(told && std::ranges::any_of(*project.followers, [&](auto const &ref) { return ref.id == *me->id; }));
}

// The root folder of a project in the files module: a number of its own, or the project's.
void write_folder(Field<Project> const &row, Project const &project, Writer &to) {
    auto const known = to.kept(row.kept);
    if (!known.empty())
        to.at(row.wire).raw(known);
    else
        codec::id::write(*project.id, to.at(row.wire));
}
constexpr Field<Project> folder_row() {
    auto row = kept<Project>("projectFolder", Face::shown, blank::zero);
    row.write = write_folder;
    return row;
}

// People as objects, or as GUIDs alone where the caller asks for the compact form.
bool whole(Project const &, Context const &context) { return !context.compact; }
bool compact(Project const &, Context const &context) { return context.compact; }
// The last editor only where it is not the creator.
bool other_editor(Project const &project, Context const &context) {
    return !context.compact && project.editor && project.editor->id != project.creator->id;
}

// When it was changed; when it was made, before that.
void write_updated(Project const &project, Text &out) {
    portal_time::write(std::max(*project.created, *project.updated), out);
}
constexpr Field<Project> updated_row() {
    auto row = written_by<write_updated>(shown<&Project::updated, portal_time>("updated"));
    row.same = nullptr;
    row.fidelity = Fidelity::emulated;
    return row;
}

// `status` is all that a client sends alone.
constexpr Field<Project> project_rows[]{
    computed<write_can_edit, Project>("canEdit"),
    computed<write_can_delete, Project>("canDelete"),
    computed<write_can_create, Project>("security/canCreateMilestone"),
    computed<write_can_create, Project>("security/canCreateMessage"),
    computed<write_can_create, Project>("security/canCreateTask"),
    computed<write_can_create, Project>("security/canCreateTimeSpend"),
    computed<write_can_edit, Project>("security/canEditTeam"),
    computed<write_can_read, Project>("security/canReadFiles"),
    computed<write_can_read, Project>("security/canReadMilestones"),
    computed<write_can_read, Project>("security/canReadMessages"),
    computed<write_can_read, Project>("security/canReadTasks"),
    computed<write_can_edit, Project>("security/canLinkContact"),
    computed<write_can_read, Project>("security/canReadContacts"),
    computed<write_can_edit, Project>("security/canEdit"),
    computed<write_can_delete, Project>("security/canDelete"),
    computed<write_in_team, Project>("security/isInTeam"),
    folder_row(),
    shown<&Project::id, codec::id>("id"),
    both<&Project::name, codec::easy_text>("title", blank::text),
    both<&Project::description, codec::easy_text>("description", blank::text),
    both<&Project::phase, Status>("status", blank::zero, Fidelity::approximated),
    shown_when<&Project::manager, full_card, whole>("responsible"),
    shown_when<&Project::manager, person_id, compact>("responsibleId"),
    sent<&Project::manager, person_id>("responsibleId"),
    shown<&Project::is_private, codec::flag>("isPrivate", blank::no),
    sent<&Project::is_private, codec::flag>("private", blank::no),
    shown<&Project::tasks_open, codec::integer>("taskCount", blank::zero),
    shown<&Project::tasks_total, codec::integer>("taskCountTotal", blank::zero),
    kept<Project>("milestoneCount", Face::shown, blank::zero),
    kept<Project>("discussionCount", Face::shown, blank::zero),
    team_size_row(),
    kept<Project>("timeTrackingTotal", Face::shown, blank::text),
    kept<Project>("documentsCount", Face::shown, blank::zero),
    computed<write_is_follow, Project>("isFollow", blank::no),
    shown<&Project::tags, codec::list<codec::by_name>>("tags", blank::left_out),
    shown_when<&Project::editor, short_card, other_editor>("updatedBy"),
    shown_when<&Project::editor, person_id, compact>("updatedById"),
    shown<&Project::created, portal_time>("created"),
    shown_when<&Project::creator, short_card, whole>("createdBy"),
    shown_when<&Project::creator, person_id, compact>("createdById"),
    updated_row(),
};

// All but one of them.
template <class E, std::size_t N> consteval auto without(std::string_view path, Field<E> const (&rows)[N]) {
    return [&]<std::size_t... I>(std::size_t place, std::index_sequence<I...>) {
        return std::array<Field<E>, N - 1>{rows[I < place ? I : I + 1]...};
    }
    (std::size_t(std::ranges::find(rows, path, [](auto const &row) { return row.wire.whole; }) - rows),
     std::make_index_sequence<N - 1>());
}
constexpr auto linked_project_rows = without("projectFolder", project_rows);

constexpr Field<Project> short_project_rows[]{
    shown<&Project::id, codec::id>("id"),
    shown<&Project::name, codec::text>("title", blank::text),
    shown<&Project::description, codec::text>("description", blank::text),
    shown<&Project::phase, Status>("status", blank::zero),
    shown_when<&Project::manager, short_card, whole>("responsible"),
    shown_when<&Project::manager, person_id, compact>("responsibleId"),
    computed<write_can_edit, Project>("canEdit"),
    shown<&Project::is_private, codec::flag>("isPrivate", blank::no),
};

// What lists can be sorted and filtered by, beside the fields themselves.
constexpr Field<Project> asked_rows[]{
    asked<&Project::created, portal_time>("create_on"),
    asked<&Project::created, portal_time>("created"),
    asked<&Project::updated, portal_time>("updated"),
    asked<&Project::manager, codec::by_name>("responsible.displayName"),
    asked<&Project::manager, person_id>("responsible.id"),
};

constexpr Table<Project> whole_table{
    .dialect = "onlyoffice", .rows = project_rows, .asked = asked_rows, .letters = codec::Case::ignored};
static_assert(well_formed(whole_table));
constexpr Table<Project> short_table{
    .dialect = "onlyoffice", .rows = short_project_rows, .asked = asked_rows, .letters = codec::Case::ignored};
static_assert(well_formed(short_table));
constexpr Table<Project> linked_table{
    .dialect = "onlyoffice", .rows = linked_project_rows, .letters = codec::Case::ignored};
static_assert(well_formed(linked_table));

} // namespace

Table<Project> const project_table = whole_table;
Table<Project> const short_project_table = short_table;
Table<Project> const linked_project_table = linked_table;

} // namespace dialects::onlyoffice
