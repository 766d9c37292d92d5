#pragma once
// Relations as JSON:API writes them: not asked for, empty and set all look different, so that the codecs read a whole
// slot. Which ones somebody asked for is in the view.
#include "dialects/engine/fields.hpp"

namespace dialects {

namespace codec {

// To one record, by its type and id; of what is read only the id counts, as in the tool that this comes from.
template <Literal Type> struct relation {
    static constexpr Code failure = Code::unknown_reference;
    static constexpr std::string_view not_included = R"({"meta":{"included":false}})", null = R"({"data":null})";

    static bool read(json::value const &j, Slot<Ref> &slot, Context const &context) {
        auto const *object = j.if_object();
        auto const *data = object ? object->if_contains("data") : nullptr;
        if (!data) return object != nullptr;
        if (data->is_null()) {
            slot = std::nullopt;
            return true;
        }
        auto const *key = data->is_object() ? data->get_object().if_contains("id") : nullptr;
        return key && id::read(*key, slot.emplace().id, context) && !slot->id.empty();
    }
    static void write(Ref const &ref, Text &out) {
        out.raw(R"({"data":)");
        write_key(ref.id, out);
        out.put('}');
    }
    // What names a record, also in a list of them.
    static void write_key(std::string_view id, Text &out) {
        out.raw(R"({"type":")");
        out.raw(Type);
        out.raw(R"(","id":)");
        out.string(id);
        out.put('}');
    }
    static bool same(Ref const &a, Ref const &b) { return a.id == b.id; }
};

} // namespace codec

namespace blank {
inline constexpr std::string_view not_included = codec::relation<"">::not_included,
                                  no_record = codec::relation<"">::null, no_records = R"({"data":[]})";
}

// A relation for which the model has no member: kept as it came, where it came with its records. `nothing`: how it
// looks where it is asked for and empty.
template <class E> constexpr Field<E> kept_relation(Path wire, std::string_view nothing) {
    auto row = kept<E>(wire, Face::shown, nothing);
    row.read = [](Field<E> const &self, json::value const &j, E &, Packer &to, Context const &) {
        bool const said = j.is_object() && j.get_object().contains("data");
        return !said || to.add({}, self.kept).value(j);
    };
    row.write = [](Field<E> const &self, E const &, Writer &to) {
        auto json = to.view.includes(self.wire.name()) ? to.kept(self.kept) : blank::not_included;
        to.at(self.wire).raw(json.empty() ? self.blank : json);
    };
    return row;
}

} // namespace dialects
