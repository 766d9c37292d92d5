#include "dialects/superoffice/member_columns.hpp"

#include "canonical/lower.hpp"
#include "dialects/superoffice/archive_columns.hpp"

#include <algorithm>

namespace dialects::superoffice {

using canonical::Filter, canonical::Kind, canonical::Operator, canonical::Part, canonical::Sort, canonical::Value;

namespace {

using enum ColumnType;

// Nothing is 0 among numbers.
std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

template <auto M> constexpr Column<Membership> number_column(std::string_view name, Usual usual = Usual::yes) {
    return {.name = name,
            .type = number,
            .write = [](Membership const &place,
                        Text &out) { codec::id::write((place.*M).empty() ? std::string(blank::zero) : place.*M, out); },
            .value = [](Membership const &place, Part) { return Value(number_in(place.*M)); },
            .usual = usual == Usual::yes};
}
template <auto M> constexpr Column<Membership> text_column(std::string_view name, Usual usual = Usual::yes) {
    return {.name = name,
            .type = text,
            .write = [](Membership const &place, Text &out) { out.string(place.*M); },
            .value = [](Membership const &place, Part) { return Value(place.*M); },
            .usual = usual == Usual::yes};
}

// Asked for by the number of the item, and in the order of the names.
Value role_of(Membership const &place, Part part) {
    return part == Part::name ? Value(place.role_name) : Value(number_in(place.role_id));
}
constexpr Column<Membership> role_column(std::string_view name) {
    return {.name = name,
            .type = list,
            .write = [](Membership const &place,
                        Text &out) { out.string(localized(place.role_name, out.context.language)); },
            .value = role_of};
}

void write_registered(Membership const &place, Text &out) { write_time(place.registered, Clock::recorded, out); }
Value registered_of(Membership const &place, Part) { return Value(place.registered.value_or(Instant())); }

Value has_comment(Membership const &place, Part) { return Value(!place.comment.empty()); }
void write_has_comment(Membership const &place, Text &out) { out.flag(!place.comment.empty()); }

void write_zero(Membership const &, Text &out) { out.raw(blank::zero); }
void write_participation(Membership const &place, Text &out) { ParticipationWord::write(place.participation, out); }

constexpr Column<Membership> columns[]{
    number_column<&Membership::id>("projectMemberId"),
    number_column<&Membership::project_id>("projectId"),
    number_column<&Membership::company_id>("contactId"),
    number_column<&Membership::person_id>("personId"),
    role_column("function"),
    text_column<&Membership::full_name>("fullName"),
    text_column<&Membership::company_name>("contact/name"),
    text_column<&Membership::full_name>("person/fullName"),
    {.name = "registered", .type = instant, .write = write_registered, .value = registered_of, .usual = false},
    shown_column<Membership>("updated", instant, write_never),
    text_column<&Membership::comment>("infoText", Usual::no),
    text_column<&Membership::comment>("comment", Usual::no),
    {.name = "hasInfoText", .type = flag, .write = write_has_comment, .value = has_comment, .usual = false},
    shown_column<Membership>("textId", number, write_zero),
    shown_column<Membership>("eventParticipantStatus", list, write_participation),
    number_column<&Membership::project_id>("project/projectId", Usual::no),
    text_column<&Membership::project_name>("project/name", Usual::no),
    number_column<&Membership::person_id>("person/personId", Usual::no),
    text_column<&Membership::first_name>("person/firstName", Usual::no),
    text_column<&Membership::last_name>("person/lastName", Usual::no),
    text_column<&Membership::email>("person/email/emailAddress", Usual::no),
    number_column<&Membership::company_id>("contact/contactId", Usual::no),
};

Column<Membership> const *column_of(canonical::Field const &field) { return &columns[field.member.index]; }

// As the value of the cell is: numbers stand in conditions as texts, and nothing is 0, no text or the first of times.
template <class T> T as(Value const &asked) {
    if (auto const *const same = std::get_if<T>(&asked)) return *same;
    return {};
}
template <> std::int64_t as<std::int64_t>(Value const &asked) {
    auto const *const text = std::get_if<std::string>(&asked);
    auto const *const same = std::get_if<std::int64_t>(&asked);
    return text ? number_in(*text) : same ? *same : 0;
}

std::strong_ordering order_of(Value const &cell, Value const &asked) {
    if (auto const *const words = std::get_if<std::string>(&cell))
        return canonical::lower(*words) <=> canonical::lower(as<std::string>(asked));
    if (auto const *const time = std::get_if<Instant>(&cell)) return *time <=> as<Instant>(asked);
    if (auto const *const yes = std::get_if<bool>(&cell)) return *yes <=> as<bool>(asked);
    return std::get<std::int64_t>(cell) <=> as<std::int64_t>(asked);
}

bool holds(Operator op, Value const &cell, std::vector<Value> const &asked) {
    auto const among = [&] {
        return std::ranges::any_of(asked, [&](Value const &one) { return order_of(cell, one) == 0; });
    };
    if (op == Operator::equal || op == Operator::in) return among();
    if (op == Operator::not_equal || op == Operator::not_in) return !among();
    if (asked.empty()) return false;
    auto const order = order_of(cell, asked.front());
    auto const words = canonical::lower(as<std::string>(cell)), part = canonical::lower(as<std::string>(asked.front()));
    switch (op) {
    case Operator::less:
        return order < 0;
    case Operator::less_or_equal:
        return order <= 0;
    case Operator::greater:
        return order > 0;
    case Operator::greater_or_equal:
        return order >= 0;
    case Operator::contains:
        return words.find(part) != words.npos;
    case Operator::starts_with:
        return words.starts_with(part);
    case Operator::ends_with:
        return words.ends_with(part);
    default:
        return false;
    }
}

bool passes(Membership const &place, Filter const &filter) {
    auto const each = [&](Filter const &child) { return passes(place, child); };
    if (filter.op == Operator::all) return std::ranges::all_of(filter.children, each);
    if (filter.op == Operator::any) return std::ranges::any_of(filter.children, each);
    if (filter.op == Operator::none) return std::ranges::none_of(filter.children, each);
    auto const cell = column_of(filter.field)->value(place, filter.field.part);
    return holds(filter.op, cell, filter.values);
}

bool is_before(Membership const &a, Membership const &b, std::vector<Sort> const &sorts) {
    for (auto const &[field, descending] : sorts) {
        auto const *const column = column_of(field);
        auto const order = order_of(column->value(a, field.part), column->value(b, field.part));
        if (order != 0) return descending ? order > 0 : order < 0;
    }
    return false;
}

} // namespace

std::span<Column<Membership> const> member_columns() { return columns; }

std::optional<Comparable> comparable_member_column(std::string_view name) {
    auto const *const column = find_column(member_columns(), name);
    if (!column || !column->value) return {};
    auto const place = static_cast<unsigned char>(column - columns);
    return Comparable{.type = column->type, .field = {.member = {Kind::project, place}}};
}

std::vector<Membership> chosen(std::vector<Membership> places, canonical::Query const &query) {
    std::erase_if(places, [&](Membership const &place) { return !passes(place, query.filter); });
    std::ranges::stable_sort(places,
                             [&](Membership const &a, Membership const &b) { return is_before(a, b, query.sort); });
    return places;
}

} // namespace dialects::superoffice
