#pragma once
// The model's values as the database holds them, and back.
#include "backends/sql/connection.hpp"
#include "canonical/entities.hpp"

#include <span>

namespace backends::sql {

// Ids are numbers in the database: nothing for any other text.
std::optional<std::int64_t> parse_id(std::string_view text);
// Whether the text has the form of a GUID, by which people are known too.
bool is_guid(std::string_view text);

// The database compares ASCII letters without regard to case by itself; for others it must be asked to.
bool is_ascii(std::string_view text);

// Text that sorts as the decimals do: "…0060.25" with eighteen places before the point, and for negative ones a minus,
// the complement of each digit and a '~'. Exact, unlike a REAL.
std::string decimal_key(canonical::Decimal const &decimal);
canonical::Decimal parse_decimal_key(std::string_view key);

// `anyone` in a reference; no record has this id.
inline constexpr std::int64_t id_of_anyone = 0;

// Enumerators are stored by their numbers: those below never change, new ones come behind.
static_assert(int(canonical::Phase::active) == 0 && int(canonical::Phase::paused) == 1 &&
              int(canonical::Phase::closed) == 2);
static_assert(int(canonical::Category::open) == 0 && int(canonical::Category::started) == 1 &&
              int(canonical::Category::closed) == 2);
static_assert(int(canonical::Role::owner) == 0 && int(canonical::Role::admin) == 1 &&
              int(canonical::Role::member) == 2 && int(canonical::Role::guest) == 3 &&
              int(canonical::Role::contact) == 4);
static_assert(int(canonical::Access::everyone) == 0 && int(canonical::Access::own_company) == 1);
static_assert(int(canonical::FieldType::text) == 0 && int(canonical::FieldType::number) == 1 &&
              int(canonical::FieldType::date) == 2 && int(canonical::FieldType::flag) == 3 &&
              int(canonical::FieldType::choice) == 4 && int(canonical::FieldType::choices) == 5 &&
              int(canonical::FieldType::person) == 6 && int(canonical::FieldType::file) == 7);

inline Bound to_column(std::string const &value) { return value; }
inline Bound to_column(std::int64_t value) { return value; }
inline Bound to_column(bool value) { return std::int64_t(value); }
inline Bound to_column(canonical::Instant value) { return std::int64_t(value.time_since_epoch().count()); }
inline Bound to_column(canonical::Date value) { return std::int64_t(value.time_since_epoch().count()); }
inline Bound to_column(canonical::Decimal const &value) { return decimal_key(value); }
template <class E>
requires std::is_enum_v<E> Bound to_column(E value) { return std::int64_t(value); }
Bound to_column(canonical::Ref const &ref); // by its id
Bound to_column(std::vector<canonical::CustomValue> const &values);

inline void from_column(Rows const &row, int column, std::string &value) { value = row.text(column); }
inline void from_column(Rows const &row, int column, std::int64_t &value) { value = row.integer(column); }
inline void from_column(Rows const &row, int column, bool &value) { value = row.integer(column) != 0; }
inline void from_column(Rows const &row, int column, canonical::Instant &value) {
    value = canonical::Instant(std::chrono::milliseconds(row.integer(column)));
}
inline void from_column(Rows const &row, int column, canonical::Date &value) {
    value = canonical::Date(std::chrono::days(row.integer(column)));
}
inline void from_column(Rows const &row, int column, canonical::Decimal &value) {
    value = parse_decimal_key(row.text(column));
}
template <class E>
requires std::is_enum_v<E>
void from_column(Rows const &row, int column, E &value) { value = E(row.integer(column)); }
void from_column(Rows const &row, int column, std::vector<canonical::CustomValue> &values);

// A list of ids for `IN (SELECT value FROM json_each($n))`: one statement for any number of them.
std::string json_list(std::span<std::int64_t const> ids);

} // namespace backends::sql
