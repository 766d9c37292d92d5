#pragma once
// Field tables: under this path, on this face, this member in this form. A table is constexpr data, which read and
// write walk on both faces; a row, too, is data: its behaviour is a few functions made of a member and a codec.
#include "canonical/kinds.hpp"
#include "dialects/engine/codecs.hpp"
#include "dialects/engine/writer.hpp"

#include <boost/mp11/list.hpp>

namespace dialects {

// Fills extras until it goes out of scope.
class Packer {
public:
    Packer(canonical::Extras &extras, Context const &context) : extras_(extras), text_(extras.block, context) {}

    // Its JSON is to follow.
    Text &add(std::string_view place, std::string_view key) {
        auto const start = text_.size();
        text_.raw(place);
        text_.raw(key);
        extras_.cut(start, start + place.size(), text_.size());
        return text_;
    }

private:
    canonical::Extras &extras_;
    Text text_;
};

// What becomes of a value between this dialect and the model.
enum class Fidelity : unsigned char { exact, converted, kept, emulated, approximated };

template <class E> struct Field {
    Path wire;
    Face face;
    std::string_view blank; // the JSON that says nothing; where empty, the key is left out
    // False to a wrong type or form.
    bool (*read)(Field const &, json::value const &, E &, Packer &kept, Context const &);
    // None: understood, never said.
    void (*write)(Field const &, E const &, Writer &) = nullptr;
    // Of a member: whether two entities look the same here.
    bool (*same)(E const &, E const &, Face) = nullptr;
    // Of a member: whether it has no value.
    bool (*is_empty)(E const &) = nullptr;
    // Of a member that is said in a way of its own: how it would be said without that.
    void (*plain)(Field const &, E const &, Writer &) = nullptr;
    // Of a member: a value for a filter.
    bool (*value)(json::value const &, canonical::Value &, Context const &) = nullptr;
    canonical::Field member = {{canonical::Kind::project, no_member}};
    std::string_view kept = {}; // of a place without a member: its name in the bag
    Code failure = Code::bad_value;
    Fidelity fidelity = Fidelity::exact;

    static constexpr unsigned char no_member = 255;
    constexpr bool has_member() const { return member.member.index != no_member; }
};

template <class E> struct Table {
    std::string_view dialect;
    std::span<Field<E> const> rows;
    // Names that only filters and sorts know, beside those of the rows.
    std::span<Field<E> const> asked = {};
    codec::Case letters = codec::Case::matters; // of the names
};

namespace blank {
inline constexpr std::string_view left_out = "", null = "null", text = R"("")", zero = "0", no = "false", yes = "true",
                                  list = "[]", map = "{}";
}

// Whether a value is what the row shows for nothing.
bool is_blank(json::value const &j, std::string_view blank);

canonical::Value value_of(auto const &v) { return canonical::Value(v); }
canonical::Value value_of(Ref const &ref);

// Which part of a reference a codec speaks of.
template <class C> consteval canonical::Part part_of() {
    if constexpr (std::is_same_v<C, codec::by_name>)
        return canonical::Part::name;
    else if constexpr (std::is_same_v<C, codec::by_email>)
        return canonical::Part::email;
    else
        return canonical::Part::id;
}

template <auto M, class C> struct MemberRow;
template <class E, class T, Slot<T> E::*M, class C> struct MemberRow<M, C> {
    static constexpr bool whole_slot = requires { C::not_included; }; // a relation: not included, empty and set differ
    static constexpr bool flag = std::is_same_v<T, bool> || std::is_enum_v<T>; // its blank is an answer too

    static bool read(Field<E> const &row, json::value const &j, E &e, Packer &, Context const &context) {
        if constexpr (whole_slot) {
            return C::read(j, e.*M, context);
        } else {
            bool nothing = j.is_null() || (!flag && is_blank(j, row.blank));
            if constexpr (requires { C::is_nothing(j); }) nothing = nothing || C::is_nothing(j);
            if (nothing) {
                e.*M = std::nullopt;
                return true;
            }
            return C::read(j, (e.*M).emplace(), context);
        }
    }
    static void write(Field<E> const &row, E const &e, Writer &to) {
        auto const &slot = e.*M;
        if constexpr (whole_slot) {
            if (to.view.face == Face::shown && !to.view.includes(row.wire.name())) {
                to.at(row.wire).raw(C::not_included);
                return;
            }
        }
        if (slot) {
            if constexpr (requires { C::write(*slot, to.at(row.wire), e); })
                C::write(*slot, to.at(row.wire), e);
            else
                C::write(*slot, to.at(row.wire));
            return;
        }
        auto nothing = row.blank;
        if constexpr (whole_slot) nothing = slot.absent() && !to.view.included ? C::not_included : C::null;
        if (to.view.face == Face::sent && slot.absent())
            nothing = blank::left_out;
        else if (to.view.face == Face::sent && nothing.empty())
            nothing = blank::null;
        if (!nothing.empty()) to.at(row.wire).raw(nothing);
    }
    // What is shown does not tell absent from null.
    static bool same(E const &x, E const &y, Face face) {
        auto const &a = x.*M, &b = y.*M;
        if (a && b) return codec::same<C>(*a, *b);
        return !a && !b && (face == Face::shown || a.absent() == b.absent());
    }
    static bool value(json::value const &j, canonical::Value &to, Context const &context) {
        if (auto const *s = j.if_string(); j.is_null() || (s && s->empty())) {
            to = nullptr;
            return true;
        }
        return element_value<C>(j, to, context);
    }
    static constexpr canonical::Part part() { // clang 14 cannot call a consteval one from here
        if constexpr (std::is_same_v<T, Ref>)
            return part_of<C>();
        else if constexpr (std::is_same_v<T, std::vector<Ref>> || std::is_same_v<T, std::vector<canonical::Member>>)
            return canonical::Part::id;
        else
            return canonical::Part::self;
    }
    static constexpr Field<E> row(Path wire, Face face, std::string_view blank, Fidelity fidelity) {
        return {.wire = wire,
                .face = face,
                .blank = blank,
                .read = read,
                .write = write,
                .same = same,
                .is_empty = [](E const &e) { return !(e.*M); },
                .value = value,
                .member = {canonical::member<M>(), part()},
                .failure = codec::failure<C>(),
                .fidelity = fidelity};
    }

private:
    template <class Codec>
    static bool element_value(json::value const &j, canonical::Value &to, Context const &context) {
        // Of a list: one of its items.
        if constexpr (requires { typename Codec::Item; }) {
            using Items = T;
            typename Items::value_type item{};
            if (!Codec::Item::read(j, item, context)) return false;
            if constexpr (requires { item.person; })
                to = value_of(item.person);
            else if constexpr (requires { item.json; })
                return false;
            else
                to = value_of(item);
            return true;
        } else if constexpr (std::is_same_v<T, std::vector<canonical::CustomValue>> ||
                             std::is_same_v<T, std::vector<Ref>> || std::is_same_v<T, std::vector<canonical::Member>>) {
            return false;
        } else if constexpr (whole_slot) {
            Ref ref;
            if (!codec::id::read(j, ref.id, context)) return false;
            to = value_of(ref);
            return true;
        } else {
            T v{};
            if (!Codec::read(j, v, context)) return false;
            to = value_of(v);
            return true;
        }
    }
};

template <auto M, class C, Face face>
constexpr auto member_row = [](Path wire, std::string_view blank = blank::null, Fidelity fidelity = Fidelity::exact) {
    return MemberRow<M, C>::row(wire, face, blank, fidelity);
};
// A member under the same path on both faces, or on one of them.
template <auto M, class C> constexpr auto both = member_row<M, C, Face::both>;
template <auto M, class C> constexpr auto sent = member_row<M, C, Face::sent>;
template <auto M, class C> constexpr auto shown = member_row<M, C, Face::shown>;
// Understood, never said.
template <auto M, class C>
constexpr auto alias = [](Path wire) {
    auto heard = MemberRow<M, C>::row(wire, Face::sent, blank::null, Fidelity::exact);
    heard.write = nullptr;
    return heard;
};
// A name that only filters and sorts know. `part`: of the reference, what they compare; `self` leaves it to the codec.
template <auto M, class C>
constexpr auto asked = [](std::string_view name, canonical::Part part = canonical::Part::self) {
    auto row = MemberRow<M, C>::row(Path(name), Face::both, blank::null, Fidelity::exact);
    if (part != canonical::Part::self) row.member.part = part;
    return row;
};

// A place of the service for which the model has no member: what stands there is kept under a name in the bag.
template <class E> constexpr Field<E> kept(Path wire, Face face, std::string_view blank, std::string_view name = {}) {
    return {.wire = wire,
            .face = face,
            .blank = blank,
            .read = [](Field<E> const &row, json::value const &j, E &, Packer &to,
                       Context const &) { return to.add({}, row.kept).value(j); },
            .write =
                [](Field<E> const &row, E const &, Writer &to) {
                    auto json = to.kept(row.kept);
                    if (json.empty() && to.view.face == Face::shown) json = row.blank;
                    if (!json.empty()) to.at(row.wire).raw(json);
                },
            .kept = name.empty() ? wire.whole : name,
            .fidelity = Fidelity::kept};
}

// The same, but only in a form that a codec for T understands, and said again as that codec says it.
template <class E, class T, class C>
constexpr Field<E> kept_as(Path wire, Face face, std::string_view blank, std::string_view name = {}) {
    auto row = kept<E>(wire, face, blank, name);
    row.failure = codec::failure<C>();
    row.read = [](Field<E> const &self, json::value const &j, E &, Packer &to, Context const &context) {
        T value{};
        bool const nothing = j.is_null() || is_blank(j, self.blank);
        if (!nothing && !C::read(j, value, context)) return false;
        auto &text = to.add({}, self.kept);
        if (nothing)
            text.raw(self.blank.empty() ? blank::null : self.blank);
        else
            C::write(value, text);
        return true;
    };
    return row;
}

// A member that is shown only where `When(entity, context)` says so. It takes no part in the laws' comparisons.
template <auto M, class C, auto When> constexpr auto shown_when(Path wire, std::string_view blank = blank::left_out) {
    using E = typename canonical::detail::ClassOf<decltype(M)>::Class;
    auto row = shown<M, C>(wire, blank);
    row.same = nullptr;
    row.write = [](Field<E> const &self, E const &e, Writer &to) {
        if (When(e, to.context())) MemberRow<M, C>::write(self, e, to);
    };
    return row;
}

// A row that says its member in a way of its own: `Write(entity, text)`. What is shown is said so even where the member
// has no value; what is sent is not.
template <auto Write, class E> constexpr Field<E> written_by(Field<E> row) {
    row.plain = row.write;
    row.write = [](Field<E> const &self, E const &e, Writer &to) {
        if (to.view.face == Face::sent && self.is_empty(e))
            self.plain(self, e, to);
        else
            Write(e, to.at(self.wire));
    };
    return row;
}

// What always stands there and means nothing.
template <class E> constexpr Field<E> fixed(Path wire, Face face, std::string_view json) {
    return {.wire = wire,
            .face = face,
            .blank = json,
            .read = [](Field<E> const &, json::value const &, E &, Packer &, Context const &) { return true; },
            .write = [](Field<E> const &row, E const &, Writer &to) { to.at(row.wire).raw(row.blank); },
            .fidelity = Fidelity::emulated};
}

// What the gateway works out: `Write` writes its JSON. Read over on the way in.
template <auto Write, class E> constexpr Field<E> computed(Path wire, std::string_view blank = blank::null) {
    return {.wire = wire,
            .face = Face::shown,
            .blank = blank,
            .read = [](Field<E> const &, json::value const &, E &, Packer &, Context const &) { return true; },
            .write = [](Field<E> const &row, E const &e, Writer &to) { Write(e, to.at(row.wire)); },
            .fidelity = Fidelity::emulated};
}

// Plain names; no path twice on a face or inside another; rows of one path and of one object stand together.
template <class E> consteval bool well_formed(Table<E> table) {
    // Objects in common, and the path itself.
    auto const shared = [](std::string_view a, std::string_view b) {
        std::size_t n = a == b;
        auto const *const x = a.data(), *const y = b.data(); // compilers count their steps
        auto const size = std::min(a.size(), b.size());
        for (std::size_t i = 0; i < size && x[i] == y[i]; ++i)
            if (x[i] == '/') ++n;
        return n;
    };
    for (auto row = table.rows.begin(); row != table.rows.end(); ++row) {
        auto const path = row->wire.whole;
        if (path.empty() || path.starts_with('/') || path.ends_with('/') || path.find("//") != path.npos) return false;
        for (char const c : path)
            if (c < ' ' || c == '"' || c == '\\') return false;
        auto together = std::size_t(-1);
        for (auto other = row + 1; other != table.rows.end(); ++other) {
            auto const rival = other->wire.whole;
            if (on(row->face, other->face) && (within(path, rival) || within(rival, path))) return false;
            if (shared(path, rival) > together) return false;
            together = shared(path, rival);
        }
    }
    return true;
}

// What a row shows that nobody asked for, where it may not be left out.
constexpr std::string_view unasked(std::string_view blank) {
    return blank == blank::zero || blank == blank::no ? blank : blank::null;
}

// Writes an entity through its table as one JSON object. `tail(text)` may write further members before it closes.
template <class E, class Tail> void write(Table<E> const &table, View const &view, E const &e, Text &text, Tail tail) {
    Writer to(text, view, e.extras);
    for (auto const &row : table.rows) {
        if (!row.write || !on(row.face, view.face)) continue;
        if (view.shows(row.wire.whole))
            row.write(row, e, to);
        else if (view.rest == View::Rest::blank && !row.blank.empty())
            to.at(row.wire).raw(unasked(row.blank));
    }
    to.return_to_root();
    tail(text);
    to.finish();
}
template <class E> void write(Table<E> const &table, View const &view, E const &e, Text &text) {
    write(table, view, e, text, [](Text &) {});
}

// A dialect's tables: for each kind that it knows, one.
struct TableSet {
    template <class E> using Entry = Table<E> const *;
    template <class... E> static std::tuple<Entry<E>...> entries_of(std::variant<E...> const &);

    decltype(entries_of(std::declval<canonical::Entity>())) tables;

    // Null: this dialect does not know the kind.
    template <class E> constexpr Table<E> const *of() const { return std::get<Entry<E>>(tables); }
    template <class E> constexpr TableSet with(Table<E> const &table) const {
        auto set = *this;
        std::get<Entry<E>>(set.tables) = &table;
        return set;
    }
};

// What a name in a filter, a sort or a selection stands for.
struct Asked {
    canonical::Field field;
    bool (*value)(json::value const &, canonical::Value &, Context const &);
};

// By a name that filters and sorts know; nothing for any other.
std::optional<Asked> find_asked(TableSet const &tables, canonical::Kind kind, std::string_view name);

// Whether rows of that kind stand under that path on face `shown`.
bool has_path(TableSet const &tables, canonical::Kind kind, std::string_view path);

// How this dialect calls a member in what is sent: the path of its row; the member's own name where there is no row.
std::string_view wire_path(TableSet const &tables, canonical::Kind kind, std::string_view member);

// Writes any record of a reply.
void write(TableSet const &tables, View const &view, canonical::Entity const &entity, Text &text);

} // namespace dialects
