#pragma once
// From a kind to its struct and back, and from a member to its place among the described ones. Written once, so that
// nobody else lists the kinds.
#include "canonical/entities.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <string_view>

namespace canonical {

template <class E> inline constexpr Kind kind_of = Kind(boost::mp11::mp_find<Entity, E>::value);

// Calls f(std::type_identity<E>()) for the struct of that kind.
template <class F> constexpr decltype(auto) with_kind(Kind kind, F &&f) {
    return boost::mp11::mp_with_index<kinds>(std::size_t(kind), [&](auto index) -> decltype(auto) {
        return f(std::type_identity<std::variant_alternative_t<index, Entity>>());
    });
}

inline std::string_view name_of(Kind kind) { return boost::describe::enum_to_string(kind, ""); }

inline Entity entity_of(Kind kind) {
    return with_kind(kind, []<class E>(std::type_identity<E>) { return Entity(std::in_place_type<E>); });
}

template <class E> using Members = boost::describe::describe_members<E, boost::describe::mod_public>;
template <class E> inline constexpr std::size_t member_count = boost::mp11::mp_size<Members<E>>::value;

namespace detail {
template <class T> struct ClassOf;
template <class E, class T> struct ClassOf<T E::*> {
    using Class = E;
    using Type = T;
};
} // namespace detail

// A member of a kind: its place among the described members.
struct MemberId {
    Kind kind;
    unsigned char index;

    friend bool operator==(MemberId, MemberId) = default;
};

template <auto M> consteval MemberId member() {
    using E = typename detail::ClassOf<decltype(M)>::Class;
    unsigned char found = 255, index = 0;
    boost::mp11::mp_for_each<Members<E>>([&](auto d) {
        if constexpr (std::is_same_v<std::remove_cv_t<decltype(d.pointer)>, decltype(M)>)
            if (d.pointer == M) found = index;
        ++index;
    });
    if (found == 255) throw "not a described member"; // does not compile
    return {kind_of<E>, found};
}

// "project.name": for messages and for mappings.
std::string name_of(MemberId member);

} // namespace canonical
