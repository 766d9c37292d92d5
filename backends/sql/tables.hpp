#pragma once
// Where the kinds and their members live: tables, columns, what references point at, how lists are kept. All statements
// are built from this; a member that is added to an entity needs a column in schema.cpp and, if it is a reference, a
// line here.
#include "canonical/kinds.hpp"

#include <array>
#include <optional>
#include <span>

namespace backends::sql {

// The plural of the kind's name. Workspace files use the same words.
constexpr std::string_view table_of(canonical::Kind kind) {
    switch (kind) {
    case canonical::Kind::project:
        return "projects";
    case canonical::Kind::project_status:
        return "project_statuses";
    case canonical::Kind::project_type:
        return "project_types";
    case canonical::Kind::workflow:
        return "workflows";
    case canonical::Kind::workflow_status:
        return "workflow_statuses";
    case canonical::Kind::person:
        return "people";
    case canonical::Kind::company:
        return "companies";
    case canonical::Kind::tag:
        return "tags";
    case canonical::Kind::task_list:
        return "task_lists";
    case canonical::Kind::task:
        return "tasks";
    case canonical::Kind::tag_group:
        return "tag_groups";
    case canonical::Kind::person_group:
        return "person_groups";
    case canonical::Kind::custom_field:
        return "custom_fields";
    case canonical::Kind::custom_option:
        return "custom_options";
    }
    return {};
}
inline constexpr std::string_view people = "people"; // the only ones that have an email address
// Whose records are known by a GUID too.
constexpr bool has_guids(std::string_view table) { return table == people || table == "person_groups"; }

enum class Shape : unsigned char {
    // with a column in the kind's table
    id,
    text,
    integer,
    flag,
    instant, // milliseconds
    date,    // days
    decimal, // see decimal_key()
    phase,
    category,
    role,
    access,
    field_type,
    reference, // an id
    custom,    // as a bag
    // with a table of its own: (owner, target, position)
    list,
    team, // and what is known of each membership
    // counted
    tasks_open,
    tasks_total
};

constexpr bool in_a_list(Shape shape) { return shape == Shape::list || shape == Shape::team; }
constexpr bool is_counted(Shape shape) { return shape == Shape::tasks_open || shape == Shape::tasks_total; }
constexpr bool is_stored(Shape shape) { return !in_a_list(shape) && !is_counted(shape); }

struct Column {
    std::string_view name;
    Shape shape = Shape::text;
    std::string_view target = {};              // of references and lists: the table they point at
    std::string_view list = {};                // of lists: the table that holds them
    bool required = false;                     // a record without it is refused
    std::optional<std::int64_t> fallback = {}; // what stands there where a caller says nothing; it is never empty
};

namespace detail {

struct Relationship {
    canonical::MemberId member;
    std::string_view target, list = {};
    bool required = false;
};

using canonical::member, canonical::Project, canonical::Task;

inline constexpr Relationship relationships[] = {
    {member<&Project::status>(), "project_statuses"},
    {member<&Project::type>(), "project_types"},
    {member<&Project::company>(), "companies"},
    {member<&Project::workflow>(), "workflows"},
    {member<&Project::manager>(), people},
    {member<&Project::co_managers>(), people, "project_co_managers"},
    {member<&Project::team>(), people, "project_team"},
    {member<&Project::default_assignee>(), people},
    {member<&Project::tags>(), "tags", "project_tags"},
    {member<&Project::followers>(), people, "project_followers"},
    {member<&Project::source>(), "projects"},
    {member<&Project::creator>(), people},
    {member<&Project::editor>(), people},
    {member<&canonical::WorkflowStatus::workflow>(), "workflows", {}, true},
    {member<&canonical::Person::company>(), "companies"},
    {member<&canonical::Person::groups>(), "person_groups", "people_groups"},
    {member<&canonical::Tag::group>(), "tag_groups"},
    {member<&canonical::PersonGroup::manager>(), people},
    {member<&canonical::CustomOption::field>(), "custom_fields", {}, true},
    {member<&canonical::TaskList::project>(), "projects", {}, true},
    {member<&Task::project>(), "projects", {}, true},
    {member<&Task::list>(), "task_lists"},
    {member<&Task::status>(), "workflow_statuses"},
    {member<&Task::assignees>(), people, "task_assignees"},
    {member<&Task::tags>(), "tags", "task_tags"},
    {member<&Task::creator>(), people},
};

template <class T> constexpr Shape shape_of(std::string_view name) {
    using namespace canonical;
    if (name == "id") return Shape::id;
    if (name == "tasks_open") return Shape::tasks_open;
    if (name == "tasks_total") return Shape::tasks_total;
    if constexpr (std::is_same_v<T, std::string>)
        return Shape::text;
    else if constexpr (std::is_same_v<T, std::int64_t>)
        return Shape::integer;
    else if constexpr (std::is_same_v<T, bool>)
        return Shape::flag;
    else if constexpr (std::is_same_v<T, Instant>)
        return Shape::instant;
    else if constexpr (std::is_same_v<T, Date>)
        return Shape::date;
    else if constexpr (std::is_same_v<T, Decimal>)
        return Shape::decimal;
    else if constexpr (std::is_same_v<T, Phase>)
        return Shape::phase;
    else if constexpr (std::is_same_v<T, Category>)
        return Shape::category;
    else if constexpr (std::is_same_v<T, Role>)
        return Shape::role;
    else if constexpr (std::is_same_v<T, Access>)
        return Shape::access;
    else if constexpr (std::is_same_v<T, FieldType>)
        return Shape::field_type;
    else if constexpr (std::is_same_v<T, Ref>)
        return Shape::reference;
    else if constexpr (std::is_same_v<T, std::vector<Ref>>)
        return Shape::list;
    else if constexpr (std::is_same_v<T, std::vector<Member>>)
        return Shape::team;
    else {
        static_assert(std::is_same_v<T, std::vector<CustomValue>>);
        return Shape::custom;
    }
}

// Flags are false, phases active, categories open, and so on: whoever reads a record need not ask whether they are
// there.
constexpr std::optional<std::int64_t> fallback_of(Column const &column) {
    switch (column.shape) {
    case Shape::flag:
        if (column.name == "billable" || column.name == "flat_billing") return {};
        return column.name == "is_active" ? 1 : 0;
    case Shape::phase:
        return std::int64_t(canonical::Phase::active);
    case Shape::category:
        return std::int64_t(canonical::Category::open);
    case Shape::role:
        return std::int64_t(canonical::Role::member);
    case Shape::access:
        return std::int64_t(canonical::Access::everyone);
    case Shape::field_type:
        return std::int64_t(canonical::FieldType::text);
    case Shape::integer:
        if (column.name == "version") return 1;
        if (column.name == "last_task_number") return 0;
        return {};
    default:
        return {};
    }
}

template <class E> consteval auto describe_columns() {
    std::array<Column, canonical::member_count<E>> all{};
    unsigned char index = 0;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        using Type = typename std::remove_reference_t<decltype(std::declval<E &>().*d.pointer)>::value_type;
        Column column{.name = d.name, .shape = shape_of<Type>(d.name)};
        column.required = column.name == "name";
        column.fallback = fallback_of(column);
        for (auto const &relationship : relationships)
            if (relationship.member == canonical::MemberId{canonical::kind_of<E>, index}) {
                column.target = relationship.target;
                column.list = relationship.list;
                column.required = relationship.required;
            }
        bool const points = column.shape == Shape::reference || in_a_list(column.shape);
        if (points != !column.target.empty() || in_a_list(column.shape) != !column.list.empty())
            throw "a reference without a line in the table above, or the reverse";
        all[index++] = column;
    });
    return all;
}

} // namespace detail

// In the order of the described members.
template <class E> inline constexpr auto columns = detail::describe_columns<E>();

inline std::span<Column const> columns_of(canonical::Kind kind) {
    return canonical::with_kind(kind,
                                []<class E>(std::type_identity<E>) -> std::span<Column const> { return columns<E>; });
}

// The column of that name, or nothing.
inline Column const *find_column(canonical::Kind kind, std::string_view name) {
    for (auto const &column : columns_of(kind))
        if (column.name == name) return &column;
    return nullptr;
}

// Calls f(slot, column, member) for each described member of an entity.
template <class E, class F> void for_each_member(E &entity, F &&f) {
    using Kind = std::remove_const_t<E>;
    unsigned char index = 0;
    boost::mp11::mp_for_each<canonical::Members<Kind>>([&](auto d) {
        f(
            entity.*d.pointer, columns<Kind>[index], canonical::MemberId { canonical::kind_of<Kind>, index });
        ++index;
    });
}

} // namespace backends::sql
