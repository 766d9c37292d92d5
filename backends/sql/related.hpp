#pragma once
// The records that belong to those of an answer: what they refer to, and what refers to them. One statement for each
// relation finds them, whatever the number of records.
#include "backends/sql/rows.hpp"
#include "canonical/request.hpp"

#include <algorithm>
#include <set>

namespace backends::sql {

constexpr canonical::Kind kind_of_relation(canonical::Relation relation) {
    using canonical::Kind, canonical::Relation;
    switch (relation) {
    case Relation::company:
        return Kind::company;
    case Relation::status:
        return Kind::project_status;
    case Relation::type:
        return Kind::project_type;
    case Relation::workflow:
        return Kind::workflow;
    case Relation::people:
        return Kind::person;
    case Relation::tags:
        return Kind::tag;
    case Relation::source:
    case Relation::projects:
        return Kind::project;
    case Relation::workflow_statuses:
        return Kind::workflow_status;
    case Relation::task_lists:
        return Kind::task_list;
    case Relation::tasks:
        return Kind::task;
    }
    return Kind::project;
}
inline constexpr auto last_relation = canonical::Relation::tasks;

namespace detail {

// A project refers to other projects in one way, the others to theirs.
constexpr bool refers(Column const &column, canonical::Relation relation) {
    if (column.target != table_of(kind_of_relation(relation))) return false;
    if (relation == canonical::Relation::source) return column.name == "source";
    return relation != canonical::Relation::projects || column.name != "source";
}

inline void add_id(std::set<std::int64_t> &ids, canonical::Ref const &ref) {
    if (auto const id = parse_id(ref.id)) ids.insert(*id);
}

// What the records themselves refer to.
template <class E>
void add_referred(std::span<E const> records, canonical::Relation relation, std::set<std::int64_t> &ids) {
    for (auto const &record : records)
        for_each_member(record, [&](auto const &slot, Column const &column, canonical::MemberId) {
            using Type = Content<decltype(slot)>;
            if (!refers(column, relation)) return;
            if constexpr (std::is_same_v<Type, canonical::Ref>)
                add_id(ids, *slot);
            else if constexpr (std::is_same_v<Type, std::vector<canonical::Ref>>)
                for (auto const &ref : *slot) add_id(ids, ref);
            else if constexpr (std::is_same_v<Type, std::vector<canonical::Member>>)
                for (auto const &member : *slot) add_id(ids, member.person);
        });
}

// Whether records of that kind have others hanging on them by that column.
inline bool hangs_on(Column const &column, canonical::Kind kind) {
    return column.shape == Shape::reference && column.target == table_of(kind) && kind != canonical::Kind::person &&
           column.name != "source";
}

// What refers to the records, in the order of its kind.
template <class E>
std::vector<std::int64_t> referring(Connection &connection, std::span<E const> records, canonical::Relation relation) {
    std::vector<std::int64_t> owners, found;
    for (auto const &record : records) owners.push_back(*parse_id(*record.id));
    auto const kind = kind_of_relation(relation);
    for (auto const &column : columns_of(kind)) {
        if (!hangs_on(column, canonical::kind_of<E>)) continue;
        Sql sql;
        sql.add("SELECT t.id FROM ").add(table_of(kind)).add(" t WHERE ");
        is_one_of(sql, column_of("t", column.name), json_list(owners));
        sql.add(" ORDER BY ");
        if (find_column(kind, "position")) sql.add("t.position, ");
        sql.add("t.id");
        auto rows = connection.run(sql);
        while (rows.next()) found.push_back(rows.integer(0));
    }
    return found;
}

} // namespace detail

// Adds to `related` what the wanted relations lead to, each record once.
template <class E>
void add_related(Connection &connection, std::span<E const> records, canonical::Request const &request,
                 canonical::Records &related) {
    for (auto r = 0; r <= int(last_relation); ++r) {
        auto const relation = canonical::Relation(r);
        if (!request.query.related.has(relation) || records.empty()) continue;
        std::set<std::int64_t> referred;
        detail::add_referred(records, relation, referred);
        std::vector<std::int64_t> ids(referred.begin(), referred.end());
        if (relation >= canonical::Relation::projects)
            for (auto const id : detail::referring(connection, records, relation))
                if (referred.insert(id).second) ids.push_back(id);
        canonical::with_kind(kind_of_relation(relation), [&]<class R>(std::type_identity<R>) {
            auto &list = related.of<R>();
            std::erase_if(ids, [&](auto id) { return related.find<R>(std::to_string(id)) != nullptr; });
            auto found = read_all<R>(connection, ids, request.dialect);
            std::ranges::move(found, std::back_inserter(list));
        });
    }
}

} // namespace backends::sql
