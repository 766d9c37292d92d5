#pragma once
// Codecs: how one value stands on the wire. Stateless types with `read` (false to a wrong type or form) and `write`
// (appends JSON). Where a form holds less than the value, `same` tells what it cannot tell apart.
#include "dialects/engine/moment.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace dialects {

using canonical::Code, canonical::Date, canonical::Decimal, canonical::Instant, canonical::Ref, canonical::Slot;

// A text as a template argument.
template <std::size_t N> struct Literal {
    char chars[N];
    constexpr Literal(char const (&s)[N]) { std::copy_n(s, N, chars); }
    constexpr operator std::string_view() const { return {chars, N - 1}; }
    constexpr bool empty() const { return N == 1; }
};

namespace codec {

// A text, number or flag as text: forms, query strings and easy-going clients send one for the other.
class Scalar {
public:
    explicit Scalar(json::value const &j); // into which the text may look
    explicit Scalar(json::value const &&) = delete;
    Scalar(Scalar const &) = delete;
    Scalar &operator=(Scalar const &) = delete;

    explicit operator bool() const { return text.data() != nullptr; }
    std::string_view text; // no data if it is none of them

private:
    char room_[400];
};

// Whether two values look the same through a codec.
template <class C> bool same(auto const &a, auto const &b) {
    if constexpr (requires { C::same(a, b); })
        return C::same(a, b);
    else
        return a == b;
}

// What a codec reads wrongly, in the vocabulary of errors.
template <class C> constexpr Code failure() {
    if constexpr (requires { C::failure; })
        return C::failure;
    else
        return Code::bad_value;
}

struct text {
    static bool read(json::value const &j, std::string &s, Context const &) {
        auto const *string = j.if_string();
        if (string) s = *string;
        return string != nullptr;
    }
    static void write(std::string const &s, Text &out) { out.string(s); }
};

// A text that may come as a number or a flag.
struct easy_text {
    static bool read(json::value const &j, std::string &s, Context const &) {
        Scalar const scalar(j);
        if (scalar) s = scalar.text;
        return bool(scalar);
    }
    static void write(std::string const &s, Text &out) { out.string(s); }
};

// Whole numbers on the wire, text in the model.
struct id {
    static bool read(json::value const &j, std::string &s, Context const &);
    static void write(std::string const &s, Text &out);
};

// Ids that are written as text, and may come as numbers.
struct text_id {
    static bool read(json::value const &j, std::string &s, Context const &c) { return id::read(j, s, c); }
    static void write(std::string const &s, Text &out) { out.string(s); }
};

struct integer {
    static bool read(json::value const &j, std::int64_t &n, Context const &);
    static void write(std::int64_t n, Text &out) { out.number(n); }
};

// A number or a text, with a point or a comma; written as a number.
struct decimal {
    static bool read(json::value const &j, Decimal &d, Context const &);
    static void write(Decimal const &d, Text &out) { out.raw(d.text()); }
};

template <class T> struct Word {
    std::string_view wire;
    T value;
};

enum class Style : unsigned char { quoted, bare };
enum class Case : unsigned char { matters, ignored };

bool same_word(std::string_view a, std::string_view b, Case letters);

// A table of words. Where several stand for one value, the first is written.
template <auto const &Words, Style style = Style::quoted, Case letters = Case::matters> struct words {
    static constexpr Code failure = Code::not_in_list;

    static bool read(json::value const &j, auto &value, Context const &) {
        Scalar const scalar(j);
        if (!scalar) return false;
        for (auto const &word : Words) {
            if (!same_word(word.wire, scalar.text, letters)) continue;
            value = word.value;
            return true;
        }
        return false;
    }
    static void write(auto value, Text &out) {
        if constexpr (style == Style::quoted)
            out.string(wire(value));
        else
            out.raw(wire(value));
    }
    static bool same(auto a, auto b) { return wire(a) == wire(b); }
    static std::string_view wire(auto value) {
        for (auto const &word : Words)
            if (word.value == value) return word.wire;
        return std::begin(Words)->wire;
    }
};

inline constexpr Word<bool> true_false[]{{"true", true}, {"false", false}};
inline constexpr Word<bool> easy_true_false[]{{"true", true}, {"false", false}, {"1", true}, {"0", false}};
inline constexpr Word<bool> one_zero[]{{"1", true}, {"0", false}, {"true", true}, {"false", false}};
using flag = words<true_false, Style::bare, Case::ignored>;
using easy_flag = words<easy_true_false, Style::bare, Case::ignored>; // takes 1 and 0 too
using flag01 = words<one_zero, Style::bare, Case::ignored>;           // written as 1 and 0

// Rest: a time of day without meaning, written so and read over.
template <Literal Form, Literal Rest = ""> struct date {
    static bool read(json::value const &j, Date &d, Context const &) {
        Scalar scalar(j);
        Moment moment;
        if (!scalar || !moment.read(Form, scalar.text)) return false;
        if (Rest.empty() && !scalar.text.empty()) return false;
        auto const t = moment.instant();
        if (t) d = std::chrono::floor<std::chrono::days>(*t);
        return t.has_value();
    }
    static void write(Date d, Text &out) {
        out.put('"');
        Moment(d).write(Form, out);
        out.raw(Rest);
        out.put('"');
    }
};

enum class Show : unsigned char { utc, zone, zone_with_offset };

// A time in a form, of UTC or of the workspace's zone. It reads any ISO 8601 time.
template <Literal Form, Show show, Literal Tail = ""> struct instant {
    static bool read(json::value const &j, Instant &t, Context const &context) {
        Scalar const scalar(j);
        static Zone const utc;
        auto const read = scalar ? read_instant(scalar.text, show == Show::utc ? utc : context.zone) : std::nullopt;
        if (read) t = *read;
        return read.has_value();
    }
    static void write(Instant t, Text &out) {
        auto const offset = show == Show::utc ? std::chrono::minutes(0) : out.context.zone.offset_at(t);
        out.put('"');
        Moment(t + offset).write(Form, out);
        if constexpr (show == Show::zone_with_offset) write_offset(offset, out);
        out.raw(Tail);
        out.put('"');
    }
    static bool same(Instant a, Instant b) { return coarse(a) == coarse(b); }

private:
    // What the form shows: milliseconds, seconds or minutes.
    static Instant coarse(Instant t) {
        std::string_view const form = Form;
        if (form.find('f') != form.npos) return t;
        if (form.find('s') != form.npos) return std::chrono::floor<std::chrono::seconds>(t);
        return std::chrono::floor<std::chrono::minutes>(t);
    }
};

// A reference by one of its parts.
template <auto Part, class C> struct by {
    static bool read(json::value const &j, Ref &ref, Context const &context) { return C::read(j, ref.*Part, context); }
    static void write(Ref const &ref, Text &out) { C::write(ref.*Part, out); }
    static bool same(Ref const &a, Ref const &b) { return a.*Part == b.*Part; }
};
using by_id = by<&Ref::id, id>;
using by_text_id = by<&Ref::id, text_id>;
using by_name = by<&Ref::name, text>;
using by_email = by<&Ref::email, text>;

// A reference as an object; what else it shows belongs to the record it points to.
template <class Id, Literal IdKey, Literal Name, Literal Email> struct card {
    static bool read(json::value const &j, Ref &ref, Context const &context) {
        auto const part = [&](std::string_view key, auto c, std::string &to) {
            auto const *value = j.get_object().if_contains(key);
            return !value || value->is_null() || decltype(c)::read(*value, to, context);
        };
        return j.is_object() && part(IdKey, Id{}, ref.id) && part(Name, text{}, ref.name) &&
               part(Email, text{}, ref.email);
    }
    static void write(Ref const &ref, Text &out) {
        out.put('{');
        out.key(IdKey);
        Id::write(ref.id, out);
        if constexpr (!Email.empty()) {
            out.key(Email);
            out.string(ref.email);
        }
        if constexpr (!Name.empty()) {
            out.key(Name);
            out.string(ref.name);
        }
        out.put('}');
    }
    static bool same(Ref const &a, Ref const &b) {
        return a.id == b.id && (Name.empty() || a.name == b.name) && (Email.empty() || a.email == b.email);
    }
};

// Somebody on a team, by a codec for people: all that most tools know of a membership.
template <class C> struct person_of {
    static bool read(json::value const &j, canonical::Member &m, Context const &c) { return C::read(j, m.person, c); }
    static void write(canonical::Member const &m, Text &out) { C::write(m.person, out); }
    static bool same(canonical::Member const &a, canonical::Member const &b) {
        return codec::same<C>(a.person, b.person);
    }
};

template <class C> struct list {
    using Item = C;

    static bool read(json::value const &j, auto &items, Context const &context) {
        auto const *array = j.if_array();
        if (!array) return false;
        items.clear();
        for (auto const &item : *array)
            if (!C::read(item, items.emplace_back(), context)) return false;
        return true;
    }
    static void write(auto const &items, Text &out) {
        out.put('[');
        for (auto const &item : items) {
            out.next();
            C::write(item, out);
        }
        out.put(']');
    }
    static bool same(auto const &a, auto const &b) {
        return std::ranges::equal(a, b, [](auto const &x, auto const &y) { return codec::same<C>(x, y); });
    }
};

// Fields that a workspace defined for itself, as one object.
struct custom_map {
    static bool read(json::value const &j, std::vector<canonical::CustomValue> &values, Context const &);
    static void write(std::vector<canonical::CustomValue> const &values, Text &out);
};

} // namespace codec
} // namespace dialects
