#pragma once
// A field as people write it in a mapping: "project.number", or "project.custom.Cost centre" for a field that a
// workspace defined for itself.
#include "canonical/kinds.hpp"

#include <optional>
#include <string>
#include <variant>

namespace canonical {

struct FieldPath {
    MemberId member;
    std::string_view key = {}; // of a custom value; else empty

    bool is_custom() const { return !key.empty(); }
};

// The field, or what is wrong with its name. The path lives as long as the name.
std::variant<FieldPath, std::string> find_field(std::string_view name);

// Whether that member is text that somebody may say, and not an id.
bool is_text(MemberId member);

// Whether a mapping may say what a new record gets there.
bool may_have_default(MemberId member);

// Sets the field of a new record unless somebody spoke of it. False if the value does not suit it.
bool set_default(Entity &entity, FieldPath const &field, std::string_view value);

// Calls f(slot) for one member of an entity.
template <class E, class F> void with_member(E &entity, unsigned char index, F &&f) {
    unsigned char i = 0;
    boost::mp11::mp_for_each<Members<std::remove_const_t<E>>>([&](auto d) {
        if (i++ == index) f(entity.*d.pointer);
    });
}

// The custom values of an entity, or nothing (null) for kinds that have none.
template <class E> Slot<std::vector<CustomValue>> *custom_of(E &entity) {
    if constexpr (requires { entity.custom; })
        return &entity.custom;
    else
        return nullptr;
}

} // namespace canonical
