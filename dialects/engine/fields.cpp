#include "dialects/engine/fields.hpp"

namespace dialects {

bool is_blank(json::value const &j, std::string_view blank) {
    if (auto const *s = j.if_string())
        return blank.size() == s->size() + 2 && (s->empty() || blank[0] == '"') &&
               blank.substr(1, s->size()) == std::string_view(*s);
    if (j.is_array()) return blank == blank::list && j.get_array().empty();
    return j.is_int64() && j.get_int64() == 0 && blank == blank::zero;
}

canonical::Value value_of(Ref const &ref) {
    if (!ref.id.empty()) return ref.id;
    return ref.email.empty() ? ref.name : ref.email;
}

std::optional<Asked> find_asked(TableSet const &tables, canonical::Kind kind, std::string_view name) {
    return canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) -> std::optional<Asked> {
        auto const *table = tables.of<E>();
        if (!table) return {};
        for (auto const &row : table->asked)
            if (codec::same_word(row.wire.whole, name, table->letters)) return Asked{row.member, row.value};
        for (auto const &row : table->rows)
            if (row.has_member() && on(row.face, Face::shown) && codec::same_word(row.wire.whole, name, table->letters))
                return Asked{row.member, row.value};
        return {};
    });
}

bool has_path(TableSet const &tables, canonical::Kind kind, std::string_view path) {
    return canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) {
        auto const *table = tables.of<E>();
        if (!table) return false;
        return std::ranges::any_of(table->rows, [&](auto const &row) {
            auto const whole = row.wire.whole;
            if (!on(row.face, Face::shown) || whole.size() < path.size()) return false;
            return codec::same_word(whole.substr(0, path.size()), path, table->letters) &&
                   (whole.size() == path.size() || whole[path.size()] == '/');
        });
    });
}

std::string_view wire_path(TableSet const &tables, canonical::Kind kind, std::string_view member) {
    return canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) -> std::string_view {
        auto const *table = tables.of<E>();
        if (!table) return member;
        unsigned char index = 0;
        auto wanted = Field<E>::no_member;
        boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
            if (d.name == member) wanted = index;
            ++index;
        });
        if (wanted == Field<E>::no_member) return member;
        for (auto const &row : table->rows)
            if (row.member.member.index == wanted && on(row.face, Face::sent)) return row.wire.whole;
        return member;
    });
}

void write(TableSet const &tables, View const &view, canonical::Entity const &entity, Text &text) {
    std::visit(
        [&]<class E>(E const &e) {
            if (auto const *table = tables.of<E>()) write(*table, view, e, text);
        },
        entity);
}

} // namespace dialects
