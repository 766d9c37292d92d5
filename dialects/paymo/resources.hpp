#pragma once
// What stands under which path: the key of its answers, and which records of a kind are meant. Users and contacts of
// clients are people, templates are projects. (reference: the vendor's public API documentation, one page a resource)
#include "dialects/engine/dialect.hpp"

namespace dialects::paymo {

struct Resource {
    std::string_view path, key, one; // "clients", the key of answers, the name of one of them in XML
    canonical::Kind kind;
    // Nothing: all of the kind.
    canonical::Filter (*which)() = nullptr;
    // What makes a new record one of these, where the caller says nothing.
    void (*fill_in)(canonical::Entity &) = nullptr;
    // What a new one cannot be without, as paths.
    std::span<std::string_view const> needed = {};
};

Resource const &resource_of(Operation const &operation);
// The first that shows that kind, or nothing (null).
Resource const *resource_of(canonical::Kind kind);
std::span<Resource const> resources();

} // namespace dialects::paymo
