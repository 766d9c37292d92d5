#pragma once
// Every reference that a record holds, whatever member it stands in.
#include "backends/sql/tables.hpp"

namespace backends::upstream {

// The kind that a member of a kind refers to, or nothing.
inline std::optional<canonical::Kind> target_of(sql::Column const &column) {
    if (column.target.empty()) return {};
    for (std::size_t kind = 0; kind < canonical::kinds; ++kind)
        if (sql::table_of(canonical::Kind(kind)) == column.target) return canonical::Kind(kind);
    return {};
}

// Calls f(ref, target, member's name) for each of them.
template <class E, class F> void for_each_ref(E &record, F &&f) {
    sql::for_each_member(record, [&](auto &slot, sql::Column const &column, canonical::MemberId) {
        using Type = typename std::remove_cvref_t<decltype(slot)>::value_type;
        auto const target = target_of(column);
        if (!slot || !target) return;
        if constexpr (std::is_same_v<Type, canonical::Ref>)
            f(*slot, *target, column.name);
        else if constexpr (std::is_same_v<Type, std::vector<canonical::Ref>>)
            for (auto &ref : *slot) f(ref, *target, column.name);
        else if constexpr (std::is_same_v<Type, std::vector<canonical::Member>>)
            for (auto &member : *slot) f(member.person, *target, column.name);
    });
}

// The references of what is asked for: in the patch and in the changes of its lists.
template <class F> void for_each_ref(canonical::Request &request, F &&f) {
    std::visit([&](auto &patch) { for_each_ref(patch, f); }, request.patch);
    for (auto &change : request.changes) {
        auto const &column = sql::columns_of(request.kind)[change.member.index];
        auto const target = target_of(column);
        if (!target) continue;
        for (auto &ref : change.add) f(ref, *target, column.name);
        for (auto &ref : change.remove) f(ref, *target, column.name);
    }
}

inline bool is_open(canonical::Ref const &ref) { return ref.id.empty() && !ref.empty(); }
inline bool is_nameless(canonical::Ref const &ref) {
    return !ref.id.empty() && ref.name.empty() && ref.id != canonical::anyone;
}

} // namespace backends::upstream
