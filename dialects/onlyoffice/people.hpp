#pragma once
// How ONLYOFFICE shows people: by GUID, as a short card wherever somebody is named, and whole where it matters.
// (reference: server source 12.7, employee wrappers)
#include "dialects/engine/fields.hpp"
#include "dialects/onlyoffice/guids.hpp"

#include <array>

namespace dialects::onlyoffice {

using canonical::Person, canonical::Ref, canonical::Role;

// Only display names are escaped for HTML, as the real service does it: the five special characters and those of
// Latin-1.
std::string html_encoded(std::string_view text);

// A person's GUID, known from the related records; the id where it is not.
std::string_view guid_of(Ref const &ref, Context const &context);

// Somebody as a GUID, a short card or a full one; read by the GUID alone.
struct person_id {
    static bool read(json::value const &j, Ref &ref, Context const &context) {
        if (!codec::easy_text::read(j, ref.id, context)) return false;
        ref.id = plain_guid(ref.id);
        return true;
    }
    static void write(Ref const &ref, Text &out) { out.string(guid_of(ref, out.context)); }
    static bool same(Ref const &a, Ref const &b) { return a.id == b.id; }
};

struct short_card {
    static bool read(json::value const &j, Ref &ref, Context const &context);
    static void write(Ref const &ref, Text &out);
    static bool same(Ref const &a, Ref const &b) { return a.id == b.id; }
};

struct full_card {
    static bool read(json::value const &j, Ref &ref, Context const &context) {
        return short_card::read(j, ref, context);
    }
    static void write(Ref const &ref, Text &out);
    static bool same(Ref const &a, Ref const &b) { return a.id == b.id; }
};

struct html_text {
    static bool read(json::value const &j, std::string &s, Context const &context);
    static void write(std::string const &s, Text &out) { out.string(html_encoded(s)); }
};

// The parts of a private project that somebody on its team may be kept from reading, one bit each, as they are kept of
// the project by the person's id, and for showing them beside the person.
inline constexpr std::string_view restrictions = "restrictions";
enum Restriction : unsigned char { messages = 1, tasks = 2, files = 4, milestones = 8, contacts = 16 };

// Rows of one table behind those of another.
template <class E, std::size_t N, std::size_t M>
consteval auto joined(Field<E> const (&first)[N], Field<E> const (&second)[M]) {
    return [&]<std::size_t... I, std::size_t... J>(std::index_sequence<I...>, std::index_sequence<J...>) {
        return std::array<Field<E>, N + M>{first[I]..., second[J]...};
    }
    (std::make_index_sequence<N>(), std::make_index_sequence<M>());
}

extern Table<Person> const person_table;
// Somebody on a team: what may be read there, then the person.
extern Table<Person> const participant_table;

} // namespace dialects::onlyoffice
