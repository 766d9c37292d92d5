#include "backends/upstream/member_text.hpp"

#include "dialects/engine/codecs.hpp"
#include "dialects/engine/documents/json.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

namespace backends::upstream {

namespace {

using namespace dialects;
using canonical::CustomValue, canonical::Entity, canonical::Member, canonical::MemberId;

template <class T> struct FormOf;

using RefForm = codec::card<codec::text, "id", "name", "email">;
using InstantForm = codec::instant<"YYYY-MM-DDThh:mm:ss.fff", codec::Show::utc, "Z">;

template <class T>
requires std::is_enum_v<T>
struct FormOf<T> {
    static bool read(json::value const &j, T &value, Context const &) {
        auto const *const text = j.if_string();
        return text && boost::describe::enum_from_string(std::string(*text).c_str(), value);
    }
    static void write(T value, Text &out) { out.string(boost::describe::enum_to_string(value, "")); }
};
template <> struct FormOf<std::string> : codec::text {};
template <> struct FormOf<std::int64_t> : codec::integer {};
template <> struct FormOf<bool> : codec::flag {};
template <> struct FormOf<Decimal> : codec::decimal {};
template <> struct FormOf<Date> : codec::date<"YYYY-MM-DD"> {};
template <> struct FormOf<Instant> : InstantForm {};
template <> struct FormOf<Ref> : RefForm {};
template <> struct FormOf<std::vector<Ref>> : codec::list<RefForm> {};
template <> struct FormOf<std::vector<CustomValue>> : codec::custom_map {};

struct MemberForm {
    static bool read(json::value const &j, Member &member, Context const &context) {
        auto const *const object = j.if_object();
        if (!object) return false;
        auto const part = [&](std::string_view key, auto form, auto &to) {
            auto const *const value = object->if_contains(key);
            return !value || value->is_null() || decltype(form)::read(*value, to, context);
        };
        Instant joined{};
        bool const good = part("id", codec::text{}, member.id) && part("person", RefForm{}, member.person) &&
                          part("company", RefForm{}, member.company) && part("role", RefForm{}, member.role) &&
                          part("note", codec::text{}, member.note) && part("joined", InstantForm{}, joined);
        if (joined != Instant()) member.joined = joined;
        return good;
    }
    static void write(Member const &member, Text &out) {
        out.put('{');
        out.key("id");
        out.string(member.id);
        out.key("person");
        RefForm::write(member.person, out);
        out.key("company");
        RefForm::write(member.company, out);
        out.key("role");
        RefForm::write(member.role, out);
        out.key("note");
        out.string(member.note);
        if (member.joined) {
            out.key("joined");
            InstantForm::write(*member.joined, out);
        }
        out.put('}');
    }
};
template <> struct FormOf<std::vector<Member>> : codec::list<MemberForm> {};

template <class F> void with_slot(auto &record, MemberId member, F &&f) {
    using E = std::remove_cvref_t<decltype(record)>;
    unsigned char index = 0;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        if (index++ == member.index) f(record.*d.pointer);
    });
}

// What of a text counts when it is compared.
json::value essence(json::value const &j) {
    if (auto const *const object = j.if_object()) {
        auto const *const person = object->if_contains("person");
        if (person) return essence(*person);
        auto const *const id = object->if_contains("id");
        if (id && id->is_string() && !id->get_string().empty()) return *id;
        return object->empty() ? json::value() : j;
    }
    if (auto const *const array = j.if_array()) {
        if (array->empty()) return {};
        json::array all;
        for (auto const &item : *array) all.push_back(essence(item));
        return all;
    }
    auto const *const text = j.if_string();
    return text && text->empty() ? json::value() : j;
}

} // namespace

std::string member_text(Entity const &record, MemberId member) {
    std::string json;
    Context const plain;
    {
        Text out(json, plain);
        std::visit(
            [&](auto const &entity) {
                with_slot(entity, member, [&](auto const &slot) {
                    using Form = FormOf<typename std::remove_cvref_t<decltype(slot)>::value_type>;
                    if (slot)
                        Form::write(*slot, out);
                    else
                        out.raw("null");
                });
            },
            record);
    }
    return json;
}

bool set_member(Entity &record, MemberId member, std::string_view text) {
    auto const parsed = dialects::parse_json(std::string(text));
    if (!parsed) return false;
    Context const plain;
    bool good = false;
    std::visit(
        [&](auto &entity) {
            with_slot(entity, member, [&](auto &slot) {
                using Form = FormOf<typename std::remove_cvref_t<decltype(slot)>::value_type>;
                if (parsed->is_null())
                    slot = std::nullopt;
                else
                    good = Form::read(*parsed, slot.emplace(), plain);
                good = good || parsed->is_null();
            });
        },
        record);
    return good;
}

bool same_fact(std::string_view a, std::string_view b) {
    if (a == b) return true;
    auto const x = dialects::parse_json(std::string(a)), y = dialects::parse_json(std::string(b));
    return x && y && essence(*x) == essence(*y);
}

} // namespace backends::upstream
