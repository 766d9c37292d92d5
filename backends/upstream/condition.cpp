#include "backends/upstream/condition.hpp"

#include "backends/sql/tables.hpp"
#include "canonical/lower.hpp"

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>
#include <boost/json.hpp>
#include <charconv>

namespace backends::upstream {

using canonical::Code, canonical::Decimal, canonical::Entity, canonical::Error, canonical::Field, canonical::Filter,
    canonical::Kind, canonical::Member, canonical::Operator, canonical::Part, canonical::Phase, canonical::Ref,
    canonical::Result;
using sql::Column, sql::Shape;

namespace {

constexpr int deepest = 100; // conditions within conditions, as in a store
constexpr std::size_t longest_pattern = 1000;

// Calls f(descriptor) for that member; false where the kind has none such.
template <class E, class F> bool with_member(canonical::MemberId member, F &&f) {
    unsigned char index = 0;
    bool found = false;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        if (member.kind == canonical::kind_of<E> && index++ == member.index) {
            f(d);
            found = true;
        }
    });
    return found;
}

// The member's column, or nothing (null) where the kind has none such.
Column const *column_of(canonical::MemberId member, Kind kind) {
    auto const columns = sql::columns_of(kind);
    return member.kind == kind && member.index < columns.size() ? &columns[member.index] : nullptr;
}

bool is_word(Shape shape) {
    return shape == Shape::phase || shape == Shape::category || shape == Shape::role || shape == Shape::access ||
           shape == Shape::field_type;
}
bool refers(Shape shape) { return shape == Shape::reference || sql::in_a_list(shape); }

std::optional<std::int64_t> integer_of(std::string_view text) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

// Ids that are numbers stand in the order of numbers.
Scalar scalar_of_id(std::string const &id) {
    if (auto const number = integer_of(id)) return *number;
    return canonical::lower(id);
}

// --- the record's side

std::string const &part_of(Ref const &ref, Part part) {
    return part == Part::name ? ref.name : part == Part::email ? ref.email : ref.id;
}

void add_part(Ref const &ref, Part part, std::vector<Scalar> &out) {
    auto const &text = part_of(ref, part);
    bool const by_id = part == Part::self || part == Part::id;
    if (!text.empty()) out.push_back(by_id ? scalar_of_id(text) : Scalar(canonical::lower(text)));
}

template <class T> void add_values(T const &value, Field field, std::string_view name, std::vector<Scalar> &out) {
    if constexpr (std::is_same_v<T, std::string>)
        out.push_back(name == "id" ? scalar_of_id(value) : Scalar(canonical::lower(value)));
    else if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, bool> || std::is_enum_v<T>)
        out.emplace_back(std::int64_t(value));
    else if constexpr (std::is_same_v<T, canonical::Instant> || std::is_same_v<T, canonical::Date>)
        out.emplace_back(std::int64_t(value.time_since_epoch().count()));
    else if constexpr (std::is_same_v<T, Decimal>)
        out.emplace_back(value);
    else if constexpr (std::is_same_v<T, Ref>)
        add_part(value, field.part, out);
    else if constexpr (std::is_same_v<T, std::vector<Ref>>)
        for (auto const &ref : value) add_part(ref, field.part, out);
    else if constexpr (std::is_same_v<T, std::vector<Member>>)
        for (auto const &member : value)
            if (field.part == Part::membership)
                out.push_back(scalar_of_id(member.id));
            else
                add_part(member.person, field.part, out);
    else if (!value.empty()) // fields of a workspace's own: whether there are any
        out.emplace_back(std::int64_t(value.size()));
}

// --- the filter's side

// A value as the member has it: nothing where it makes no sense there; empty where no record can have it.
struct Wanted {
    Shape shape;
    using Scalars = std::optional<std::vector<Scalar>>;

    static Scalars one(Scalar value) { return std::vector{std::move(value)}; }

    Scalars operator()(std::nullptr_t) const { return {}; }
    Scalars operator()(bool value) const { return shape == Shape::flag ? one(std::int64_t(value)) : Scalars(); }
    Scalars operator()(std::int64_t value) const {
        switch (shape) {
        case Shape::id:
        case Shape::integer:
            return one(value);
        case Shape::text:
            return one(std::to_string(value));
        case Shape::flag:
            return value == 0 || value == 1 ? one(value) : Scalars();
        case Shape::decimal:
            return one(Decimal{.digits = value});
        default:
            return {};
        }
    }
    Scalars operator()(std::string const &value) const {
        switch (shape) {
        case Shape::text:
            return one(canonical::lower(value));
        case Shape::id:
            return one(scalar_of_id(value));
        case Shape::integer: {
            auto const integer = integer_of(value);
            return integer ? one(*integer) : Scalars();
        }
        case Shape::decimal: {
            auto const decimal = Decimal::parse(value);
            return decimal ? one(*decimal) : Scalars();
        }
        default:
            return {};
        }
    }
    Scalars operator()(Decimal const &value) const {
        if (shape == Shape::decimal) return one(value);
        if (shape == Shape::text) return one(value.text());
        return shape == Shape::integer && value.scale == 0 ? one(value.digits) : Scalars();
    }
    Scalars operator()(canonical::Date value) const {
        if (shape == Shape::instant) return one(std::int64_t(canonical::Instant(value).time_since_epoch().count()));
        return shape == Shape::date ? one(std::int64_t(value.time_since_epoch().count())) : Scalars();
    }
    Scalars operator()(canonical::Instant value) const {
        auto const day = std::chrono::floor<std::chrono::days>(value);
        if (shape == Shape::date) return one(std::int64_t(day.time_since_epoch().count()));
        return shape == Shape::instant ? one(std::int64_t(value.time_since_epoch().count())) : Scalars();
    }
    Scalars operator()(Phase value) const {
        if (value != Phase::not_closed && value != Phase::not_active) return word(value);
        auto both = word(Phase::paused);
        if (both) both->emplace_back(std::int64_t(value == Phase::not_closed ? Phase::active : Phase::closed));
        return both;
    }
    Scalars operator()(auto value) const { return word(value); } // the other enumerations

    Scalars word(auto value) const { return is_word(shape) ? one(std::int64_t(value)) : Scalars(); }
};

// The shape of what a condition on that field compares.
Shape compared(Field field, Shape shape) {
    if (sql::is_counted(shape)) return Shape::integer;
    if (!refers(shape)) return shape;
    return field.part == Part::name || field.part == Part::email ? Shape::text : Shape::id;
}

bool is_null(canonical::Value const &value) { return std::holds_alternative<std::nullptr_t>(value); }

bool is_pattern(Operator op) {
    return op == Operator::contains || op == Operator::starts_with || op == Operator::ends_with || op == Operator::like;
}

bool is_order(Operator op) {
    return op == Operator::less || op == Operator::less_or_equal || op == Operator::greater ||
           op == Operator::greater_or_equal;
}

bool keeps(Operator op, std::strong_ordering order) {
    switch (op) {
    case Operator::less:
        return order < 0;
    case Operator::less_or_equal:
        return order <= 0;
    case Operator::greater:
        return order > 0;
    case Operator::greater_or_equal:
        return order >= 0;
    default:
        return order == 0;
    }
}

// A % for any text. Both in lower case.
bool looks_like(std::string_view text, std::string_view pattern) {
    auto const percent = pattern.find('%');
    if (percent == pattern.npos) return text == pattern;
    if (!text.starts_with(pattern.substr(0, percent))) return false;
    text.remove_prefix(percent);
    pattern.remove_prefix(percent);
    while (!pattern.empty()) {
        pattern.remove_prefix(1); // the %
        auto const next = pattern.find('%');
        auto const piece = pattern.substr(0, next);
        if (next == pattern.npos) return text.ends_with(piece);
        auto const at = text.find(piece);
        if (at == text.npos) return false;
        text.remove_prefix(at + piece.size());
        pattern.remove_prefix(next);
    }
    return true;
}

bool fits(Operator op, std::string_view text, std::string const &wanted) {
    switch (op) {
    case Operator::contains:
        return text.find(wanted) != text.npos;
    case Operator::starts_with:
        return text.starts_with(wanted);
    case Operator::ends_with:
        return text.ends_with(wanted);
    default:
        return looks_like(text, wanted);
    }
}

std::string text_of(Scalar const &value) {
    if (auto const *number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (auto const *decimal = std::get_if<Decimal>(&value)) return decimal->text();
    return std::get<std::string>(value);
}

// --- fields of a workspace's own

// A value that is no list is its only item.
std::vector<boost::json::value> items_of(canonical::CustomValue const &value) {
    boost::system::error_code error;
    auto parsed = boost::json::parse(value.json, error);
    if (error || parsed.is_null()) return {};
    if (!parsed.is_array()) return {std::move(parsed)};
    auto const &array = parsed.get_array();
    return {array.begin(), array.end()};
}

// Of a number; its text would be 9.5E0.
std::optional<Decimal> decimal_of(boost::json::value const &number) {
    if (auto const *integer = number.if_int64()) return Decimal{.digits = *integer};
    char digits[512]; // 1E308 has 309
    auto const [end, error] =
        std::to_chars(std::begin(digits), std::end(digits), number.to_number<double>(), std::chars_format::fixed);
    return error == std::errc() ? Decimal::parse({digits, end}) : std::nullopt;
}

bool fits(Operator op, boost::json::value const &item, canonical::Value const &wanted) {
    auto const *text = std::get_if<std::string>(&wanted);
    auto const *number = std::get_if<Decimal>(&wanted);
    if (text && is_pattern(op)) {
        auto const shown = item.is_string() ? std::string(item.get_string()) : boost::json::serialize(item);
        return fits(op, canonical::lower(shown), canonical::lower(*text));
    }
    if (text)
        return item.is_string() &&
               keeps(op, canonical::lower(std::string(item.get_string())) <=> canonical::lower(*text));
    if (!number || !item.is_number()) return false;
    auto const decimal = decimal_of(item);
    return decimal && keeps(op, *decimal <=> *number);
}

bool holds_custom(Filter const &filter, std::vector<canonical::CustomValue> const &values) {
    auto const found = std::ranges::find(values, filter.key, &canonical::CustomValue::key);
    auto const items = found == values.end() ? std::vector<boost::json::value>() : items_of(*found);
    return std::ranges::any_of(filter.values, [&](canonical::Value const &wanted) {
        if (is_null(wanted)) return items.empty();
        return std::ranges::any_of(items, [&](auto const &item) { return fits(filter.op, item, wanted); });
    });
}

// --- errors

Error about(Code code, Filter const &filter) {
    Error error{.code = code,
                .field = std::string(sql::columns_of(filter.field.member.kind)[filter.field.member.index].name)};
    for (auto const &value : filter.values)
        if (auto const *text = std::get_if<std::string>(&value); text && code == Code::bad_value) error.detail = *text;
    if (code == Code::unknown_operator) error.detail = boost::describe::enum_to_string(filter.op, "");
    return error;
}

Result<void> check_custom(Filter const &filter) {
    for (auto const &value : filter.values) {
        bool const number = std::holds_alternative<Decimal>(value);
        bool const text = std::holds_alternative<std::string>(value);
        bool const equals = filter.op == Operator::equal || filter.op == Operator::not_equal ||
                            filter.op == Operator::in || filter.op == Operator::not_in;
        if (!text && !(number && !is_pattern(filter.op)) && !(is_null(value) && equals))
            return about(Code::bad_value, filter);
    }
    return {};
}

Result<void> check_leaf(Filter const &filter, Kind kind) {
    auto const *const column = column_of(filter.field.member, kind);
    if (!column) return Error{.code = Code::unknown_field};
    bool const several = filter.op == Operator::in || filter.op == Operator::not_in;
    if (!several && filter.values.size() != 1) return about(Code::bad_value, filter);
    bool const custom = column->shape == Shape::custom;
    if (!filter.key.empty()) return custom ? check_custom(filter) : about(Code::unknown_field, filter);
    bool const only_null = std::ranges::all_of(filter.values, is_null);
    bool const of_people = column->target == sql::people;
    if (filter.field.part != Part::self && !refers(column->shape)) return about(Code::unknown_field, filter);
    if (filter.field.part == Part::email && !of_people) return about(Code::unknown_field, filter);
    if (filter.field.part == Part::membership && column->shape != Shape::team)
        return about(Code::unknown_field, filter);
    if (custom) return only_null ? Result<void>() : about(Code::unknown_field, filter);
    auto const looked_at = compared(filter.field, column->shape);
    bool const readable = looked_at == Shape::text || looked_at == Shape::id || looked_at == Shape::integer;
    if (is_pattern(filter.op) && !readable) return about(Code::unknown_operator, filter);
    for (auto const &value : filter.values) {
        if (is_null(value)) continue;
        auto const *text = std::get_if<std::string>(&value);
        if (is_pattern(filter.op) && (!text || text->size() > longest_pattern)) return about(Code::bad_value, filter);
        if (is_pattern(filter.op)) continue;
        auto const wanted = std::visit(Wanted{looked_at}, value);
        if (!wanted) return about(Code::bad_value, filter);
        if (is_order(filter.op) && wanted->size() > 1) return about(Code::unknown_operator, filter);
    }
    return {};
}

Result<void> check_all(Filter const &filter, Kind kind, int depth) {
    if (depth > deepest) return Error{.code = Code::bad_value, .detail = "too many conditions within conditions"};
    if (filter.op != Operator::all && filter.op != Operator::any && filter.op != Operator::none)
        return check_leaf(filter, kind);
    for (auto const &child : filter.children)
        if (auto checked = check_all(child, kind, depth + 1); !checked) return checked;
    return {};
}

bool holds_leaf(Filter const &filter, Entity const &record) {
    if (filter.op == Operator::not_equal || filter.op == Operator::not_in) {
        auto positive = filter;
        positive.op = filter.op == Operator::not_equal ? Operator::equal : Operator::in;
        return !holds_leaf(positive, record);
    }
    if (!filter.key.empty()) {
        auto const *const project = std::get_if<canonical::Project>(&record);
        return project && holds_custom(filter, *project->custom);
    }
    auto const values = values_of(record, filter.field);
    auto const member = filter.field.member;
    auto const shape = compared(filter.field, sql::columns_of(member.kind)[member.index].shape);
    return std::ranges::any_of(filter.values, [&](canonical::Value const &value) {
        if (is_null(value)) return values.empty() && !is_order(filter.op) && !is_pattern(filter.op);
        if (is_pattern(filter.op)) {
            auto const wanted = canonical::lower(std::get<std::string>(value));
            return std::ranges::any_of(values, [&](auto const &v) { return fits(filter.op, text_of(v), wanted); });
        }
        auto const wanted = std::visit(Wanted{shape}, value);
        return std::ranges::any_of(*wanted, [&](Scalar const &one) {
            return std::ranges::any_of(
                values, [&](Scalar const &v) { return v.index() == one.index() && keeps(filter.op, compare(v, one)); });
        });
    });
}

} // namespace

std::strong_ordering compare(Scalar const &a, Scalar const &b) {
    if (a.index() != b.index()) return a.index() <=> b.index();
    return std::visit(
        [&](auto const &x) -> std::strong_ordering { return x <=> std::get<std::remove_cvref_t<decltype(x)>>(b); }, a);
}

std::vector<Scalar> values_of(Entity const &record, Field field) {
    std::vector<Scalar> values;
    std::visit(
        [&]<class E>(E const &entity) {
            with_member<E>(field.member, [&](auto d) {
                if (auto const &slot = entity.*d.pointer) add_values(*slot, field, d.name, values);
            });
        },
        record);
    return values;
}

Result<void> check(Filter const &filter, Kind kind) { return check_all(filter, kind, 0); }

Result<void> check(canonical::Sort const &sort, Kind kind) {
    auto const *const column = column_of(sort.field.member, kind);
    if (!column) return Error{.code = Code::unknown_field};
    auto const part = sort.field.part;
    bool const sensible = column->shape != Shape::custom && (part == Part::self || refers(column->shape)) &&
                          (part != Part::email || column->target == sql::people) && part != Part::membership;
    if (!sensible) return Error{.code = Code::unknown_field, .field = std::string(column->name)};
    return {};
}

bool holds(Filter const &filter, Entity const &record) {
    auto const child_holds = [&](Filter const &child) { return holds(child, record); };
    switch (filter.op) {
    case Operator::all:
        return std::ranges::all_of(filter.children, child_holds);
    case Operator::any:
        return std::ranges::any_of(filter.children, child_holds);
    case Operator::none:
        return std::ranges::none_of(filter.children, child_holds);
    default:
        return holds_leaf(filter, record);
    }
}

} // namespace backends::upstream
