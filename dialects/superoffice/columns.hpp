#pragma once
// Columns of lists: what they are called in $select, $filter and $orderBy, how a cell looks, and by what it is
// compared. (reference: the vendor's pages on archives and their providers; recorded answers)
#include "dialects/superoffice/cards.hpp"
#include "dialects/superoffice/times.hpp"

namespace dialects::superoffice {

enum class ColumnType : unsigned char { number, text, flag, list, associate, date, instant, completed, retired };

template <class E> struct Column {
    std::string_view name; // of several at once: what their names begin with
    ColumnType type;
    void (*write)(E const &, Text &) = nullptr;
    std::optional<canonical::Field> field = {};                      // nothing: no store can filter or sort by it
    canonical::Value (*value)(E const &, canonical::Part) = nullptr; // of rows that no store compares
    bool usual = true;                                               // shown where nobody selects
    std::optional<canonical::Relation> needs = {};                   // what the store must tell, too
    void (*write_under)(E const &, std::string_view rest, Text &) = nullptr; // of several, by the rest of the name
    std::optional<canonical::Field> otherwise = {};                          // compared where the field has nothing
};

// What a condition or an order needs to know of it.
struct Comparable {
    ColumnType type;
    canonical::Field field;
    std::optional<canonical::Field> otherwise = {};
    std::string key = {}; // of a value that the workspace defined for itself
};

namespace detail {

// Users are shown by their initials.
inline void write_initials(Ref const &ref, Text &out) {
    auto const *const person = out.context.find<Person>(ref.id);
    out.string(person && person->login ? *person->login : ref.name);
}

template <auto M, ColumnType type> void write_cell(auto const &e, Text &out) {
    auto const &slot = e.*M;
    if constexpr (type == ColumnType::number) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(*slot)>, Ref>)
            codec::id::write(slot->id.empty() ? std::string(blank::zero) : slot->id, out);
        else
            codec::id::write(slot->empty() ? std::string(blank::zero) : *slot, out);
    } else if constexpr (type == ColumnType::text)
        out.string(*slot);
    else if constexpr (type == ColumnType::flag)
        out.flag(slot.value_or(false));
    else if constexpr (type == ColumnType::retired)
        out.flag(!slot.value_or(true));
    else if constexpr (type == ColumnType::list)
        out.string(localized(slot->name, out.context.language));
    else if constexpr (type == ColumnType::associate)
        write_initials(*slot, out);
    else if constexpr (type == ColumnType::date) {
        if (slot)
            codec::date<"YYYY-MM-DD", "T00:00:00">::write(*slot, out);
        else
            out.raw(no_time);
    } else if constexpr (type == ColumnType::instant)
        write_time(slot ? std::optional(*slot) : std::nullopt, Clock::recorded, out);
    else
        out.flag(slot.value_or(canonical::Phase::active) == canonical::Phase::closed);
}

template <ColumnType type> consteval canonical::Part part_of_column() {
    return type == ColumnType::list || type == ColumnType::associate ? canonical::Part::id : canonical::Part::self;
}

} // namespace detail

enum class Usual : bool { no, yes };

template <auto M, ColumnType type> constexpr auto column(std::string_view name, Usual usual = Usual::yes) {
    using Class = canonical::detail::ClassOf<decltype(M)>;
    using E = typename Class::Class;
    constexpr bool refers = std::is_same_v<typename Class::Type, Slot<Ref>>;
    auto const part = refers ? canonical::Part::id : detail::part_of_column<type>();
    return Column<E>{.name = name,
                     .type = type,
                     .write = [](E const &e, Text &out) { detail::write_cell<M, type>(e, out); },
                     .field = canonical::Field{canonical::member<M>(), part},
                     .usual = usual == Usual::yes};
}

// What is worked out, and what always stands there.
template <class E> constexpr Column<E> column(std::string_view name, void (*write)(E const &, Text &)) {
    return {.name = name, .type = ColumnType::text, .write = write};
}
// The same, which nobody is shown unasked.
template <class E>
constexpr Column<E> shown_column(std::string_view name, ColumnType type, void (*write)(E const &, Text &)) {
    return {.name = name, .type = type, .write = write, .usual = false};
}

} // namespace dialects::superoffice
