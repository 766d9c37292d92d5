#pragma once
// Whole records out of the database: a row with its references and extras by one statement, each of its lists by one
// more, for a single record as for a page of them.
#include "backends/sql/phrases.hpp"
#include "backends/sql/tables.hpp"
#include "backends/sql/values.hpp"

#include <unordered_map>

namespace backends::sql {

namespace detail {

// How many records are read by one statement.
inline constexpr std::size_t chunk = 1000;

enum class Amount : unsigned char { one, page };

// For one: $1 is the dialect, $2 the id. For a page: $1 is the list of ids, $2 the dialect; the list
// leads the join, so that the rows come in its order.
template <class E> std::string text_of_rows(Amount amount) {
    std::string wanted, joins;
    for (std::size_t i = 0; i < columns<E>.size(); ++i) {
        auto const &column = columns<E>[i];
        if (!is_stored(column.shape)) continue;
        wanted += column_of("t", column.name) + ", ";
        if (column.shape != Shape::reference) continue;
        auto const joined = "r" + std::to_string(i);
        wanted += joined + ".name, ";
        if (column.target == people) wanted += joined + ".email, ";
        joins += " LEFT JOIN " + std::string(column.target) + " " + joined + " ON " + joined +
                 ".id = " + column_of("t", column.name);
    }
    auto const kind = canonical::kind_of<E>;
    auto const table = std::string(table_of(kind)) + " t";
    joins += " LEFT JOIN extras x ON x.kind = '" + std::string(canonical::name_of(kind)) +
             "' AND x.id = t.id AND x.dialect = ";
    if (amount == Amount::one) return "SELECT " + wanted + "x.body FROM " + table + joins + "$1 WHERE t.id = $2";
    return "SELECT " + wanted + "x.body FROM json_each($1) p CROSS JOIN " + table + " ON t.id = p.value" + joins + "$2";
}

// For one: $1 is the id of the owner; for a page: the list of them. The first column is the owner.
std::string text_of_list(Column const &column, Amount amount);

// The columns of a reference: id, name and, of a person, the email address. Moves the place behind them.
void read_reference(Rows const &row, int &place, Column const &column, canonical::Ref &ref);
void read_member(Rows const &row, canonical::Member &member);

// Whether the member is kept in a table of its own.
template <class T>
inline constexpr bool is_list_type =
    std::is_same_v<T, std::vector<canonical::Ref>> || std::is_same_v<T, std::vector<canonical::Member>>;

template <class Slot> using Content = typename std::remove_reference_t<Slot>::value_type;

// Returns the place behind the columns.
template <class E> int read_row(Rows const &row, E &entity) {
    int place = 0;
    for_each_member(entity, [&](auto &slot, Column const &column, canonical::MemberId) {
        using Type = Content<decltype(slot)>;
        if (!is_stored(column.shape)) return;
        if constexpr (std::is_same_v<Type, canonical::Ref>) {
            if (row.is_null(place))
                slot = std::nullopt;
            else
                slot.emplace();
            read_reference(row, place, column, *slot);
        } else if constexpr (!is_list_type<Type>) {
            if (row.is_null(place))
                slot = std::nullopt;
            else
                from_column(row, place, slot.emplace());
            ++place;
        }
    });
    entity.extras = canonical::Bag::parse(row.text(place));
    return place + 1;
}

// Fills one list of all the entities by one statement.
template <auto List, class E> void read_list(Connection &connection, std::span<E> entities, Column const &column) {
    static std::string const of_one = text_of_list(column, Amount::one);
    static std::string const of_page = text_of_list(column, Amount::page);
    using Items = Content<decltype(entities.front().*List)>;

    std::unordered_map<std::int64_t, Items *> owners;
    std::vector<std::int64_t> ids;
    for (auto &entity : entities) {
        ids.push_back(*parse_id(*entity.id));
        auto &items = (entity.*List).emplace();
        if (entities.size() > 1) owners.emplace(ids.back(), &items);
    }
    bool const one = ids.size() == 1;
    auto rows = one ? connection.run(of_one, ids.front()) : connection.run(of_page, json_list(ids));
    while (rows.next()) {
        auto &item = (one ? *(entities.front().*List) : *owners.at(rows.integer(0))).emplace_back();
        int place = 1;
        if constexpr (std::is_same_v<Items, std::vector<canonical::Ref>>)
            read_reference(rows, place, column, item);
        else
            read_member(rows, item);
    }
}

template <class E> void read_lists(Connection &connection, std::span<E> entities) {
    if (entities.empty()) return;
    std::size_t index = 0;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        using Type = Content<decltype(entities.front().*d.pointer)>;
        if constexpr (is_list_type<Type>)
            if (auto const &column = columns<E>[index]; in_a_list(column.shape))
                read_list<d.pointer>(connection, entities, column);
        ++index;
    });
}

} // namespace detail

// The record as it is stored, with that dialect's extras.
template <class E> std::optional<E> read_one(Connection &connection, std::int64_t id, std::string_view dialect) {
    static std::string const text = detail::text_of_rows<E>(detail::Amount::one);
    std::optional<E> found;
    auto rows = connection.run(text, dialect, id);
    if (!rows.next()) return found;
    detail::read_row(rows, found.emplace());
    detail::read_lists(connection, std::span<E>(&*found, 1));
    return found;
}

// Those that exist, in the order of the ids.
template <class E>
std::vector<E> read_all(Connection &connection, std::span<std::int64_t const> ids, std::string_view dialect) {
    static std::string const text = detail::text_of_rows<E>(detail::Amount::page);
    std::vector<E> records;
    records.reserve(ids.size());
    while (!ids.empty()) {
        auto const part = ids.first(std::min(ids.size(), detail::chunk));
        auto const first = records.size();
        auto rows = connection.run(text, json_list(part), dialect);
        while (rows.next()) detail::read_row(rows, records.emplace_back());
        detail::read_lists(connection, std::span(records).subspan(first));
        ids = ids.subspan(part.size());
    }
    return records;
}

} // namespace backends::sql
