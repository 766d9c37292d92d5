#pragma once
// Tables of plain structs: objects that are no records of the model, as the links of a project or a place on its team.
#include "dialects/engine/read.hpp"

namespace dialects {

template <auto M, class C> struct PartRow;
template <class E, class T, T E::*M, class C> struct PartRow<M, C> {
    static bool read(Field<E> const &row, json::value const &j, E &e, Packer &, Context const &context) {
        e.*M = T{};
        return j.is_null() || is_blank(j, row.blank) || C::read(j, e.*M, context);
    }
    static void write(Field<E> const &row, E const &e, Writer &to) {
        if (e.*M == T{})
            to.at(row.wire).raw(row.blank);
        else
            C::write(e.*M, to.at(row.wire));
    }
};

// A member of a plain struct.
template <auto M, class C, Face face = Face::both>
constexpr auto part = [](Path wire, std::string_view blank) {
    using E = typename canonical::detail::ClassOf<decltype(M)>::Class;
    return Field<E>{.wire = wire,
                    .face = face,
                    .blank = blank,
                    .read = PartRow<M, C>::read,
                    .write = PartRow<M, C>::write,
                    .failure = codec::failure<C>()};
};

// Such an object as a value. Clients send back what they were shown.
template <auto const &Rows> struct object {
    static bool read(json::value const &j, auto &e, Context const &context) {
        return read_into(e, Rows, Face::both, j, context).has_value();
    }
    static void write(auto const &e, Text &out) { dialects::write(Rows, View{.extras = false}, e, out); }
};

} // namespace dialects
