#include "backends/sql/conditions.hpp"
#include "backends/sql/phrases.hpp"
#include "backends/sql/tables.hpp"
#include "backends/sql/values.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

namespace backends::sql {

using canonical::Code, canonical::Error, canonical::Filter, canonical::Kind, canonical::Operator, canonical::Part,
    canonical::Phase, canonical::Result;

namespace {

constexpr std::size_t longest_pattern = 1000; // in bytes: long ones with many % take forever
constexpr std::size_t most_values = 30'000;   // bound to one statement
constexpr int deepest = 100;                  // conditions within conditions

// Of a pattern, so that a character stands for itself.
std::string escaped(std::string_view text, bool percent_too) {
    std::string out;
    for (char const c : text) {
        if (c == '_' || c == '\\' || (c == '%' && percent_too)) out += '\\';
        out += c;
    }
    return out;
}

std::string json_text(std::vector<Bound> const &values) {
    boost::json::array array;
    for (auto const &value : values) {
        if (auto const *text = std::get_if<std::string>(&value))
            array.emplace_back(*text);
        else
            array.emplace_back(std::get<std::int64_t>(value));
    }
    return boost::json::serialize(array);
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

// A value as a column of that shape holds it. None: no record can have it. Nothing (false): it makes no sense there.
struct Stored {
    bool sensible = false;
    std::vector<Bound> bounds = {};

    Stored() = default;
    Stored(Bound bound) : sensible(true) { bounds.push_back(std::move(bound)); }
    static Stored none() {
        Stored stored;
        stored.sensible = true;
        return stored;
    }
};

// One overload per type of value.
struct Store {
    Shape shape;

    Stored operator()(std::nullptr_t) const { return {}; }
    Stored operator()(bool value) const { return shape == Shape::flag ? Stored(to_column(value)) : Stored(); }
    Stored operator()(std::int64_t value) const {
        switch (shape) {
        case Shape::id:
        case Shape::integer:
            return {to_column(value)};
        case Shape::text:
            return {std::to_string(value)};
        case Shape::flag:
            return value == 0 || value == 1 ? Stored(to_column(value)) : Stored();
        case Shape::decimal:
            return {decimal_key({.digits = value})};
        default:
            return {};
        }
    }
    Stored operator()(std::string const &value) const {
        switch (shape) {
        case Shape::text:
            return {value};
        case Shape::id: {
            if (value == canonical::anyone) return {id_of_anyone};
            auto const id = parse_id(value);
            return id ? Stored(*id) : Stored::none();
        }
        case Shape::integer: {
            auto const integer = parse_integer(value);
            return integer ? Stored(*integer) : Stored();
        }
        case Shape::decimal: {
            auto const decimal = canonical::Decimal::parse(value);
            return decimal ? Stored(to_column(*decimal)) : Stored();
        }
        default:
            return {};
        }
    }
    Stored operator()(canonical::Decimal const &value) const {
        if (shape == Shape::decimal) return {to_column(value)};
        if (shape == Shape::text) return {value.text()};
        return shape == Shape::integer && value.scale == 0 ? Stored(to_column(value.digits)) : Stored();
    }
    Stored operator()(canonical::Date value) const {
        if (shape == Shape::instant) return {to_column(canonical::Instant(value))};
        return shape == Shape::date ? Stored(to_column(value)) : Stored();
    }
    Stored operator()(canonical::Instant value) const {
        if (shape == Shape::date) return {to_column(std::chrono::floor<std::chrono::days>(value))};
        return shape == Shape::instant ? Stored(to_column(value)) : Stored();
    }
    Stored operator()(Phase value) const {
        if (shape != Shape::phase) return {};
        if (value != Phase::not_closed && value != Phase::not_active) return {to_column(value)};
        Stored stored(to_column(Phase::paused));
        stored.bounds.push_back(to_column(value == Phase::not_closed ? Phase::active : Phase::closed));
        return stored;
    }
    Stored operator()(canonical::Category value) const {
        return shape == Shape::category ? Stored(to_column(value)) : Stored();
    }
    Stored operator()(canonical::Role value) const {
        return shape == Shape::role ? Stored(to_column(value)) : Stored();
    }
    Stored operator()(canonical::Access value) const {
        return shape == Shape::access ? Stored(to_column(value)) : Stored();
    }
    Stored operator()(canonical::FieldType value) const {
        return shape == Shape::field_type ? Stored(to_column(value)) : Stored();
    }
};

// What a condition on one value looks at.
struct Operand {
    std::string expression;
    Shape shape = Shape::text;
    std::string_view guids = {}; // of an id: the table in which a GUID is looked up, if there are any
};

std::string count_of_tasks(Shape shape) {
    return std::string("(SELECT count(*) FROM tasks c WHERE c.project = t.id") +
           (shape == Shape::tasks_open ? " AND c.is_done = 0)" : ")");
}

std::string_view comparison(Operator op) {
    switch (op) {
    case Operator::less:
        return " < ";
    case Operator::less_or_equal:
        return " <= ";
    case Operator::greater:
        return " > ";
    case Operator::greater_or_equal:
        return " >= ";
    default:
        return " = ";
    }
}

class Conditions {
public:
    Conditions(Sql &sql, Kind kind) : sql_(sql), kind_(kind) {}

    Result<void> add(Filter const &filter, int depth) {
        if (depth > deepest) return Error{.code = Code::bad_value, .detail = "too many conditions within conditions"};
        if (sql_.values.size() > most_values) return Error{.code = Code::bad_value, .detail = "too many conditions"};
        switch (filter.op) {
        case Operator::all:
            return add_children(filter.children, " AND ", depth);
        case Operator::any:
            return add_children(filter.children, " OR ", depth);
        case Operator::none: {
            auto added = add_children(filter.children, " OR ", depth);
            sql_.add(does_not_hold());
            return added;
        }
        default:
            return add_leaf(filter);
        }
    }

private:
    // As a tree of pairs: the database limits how deep an expression goes, and a chain of a thousand is a thousand
    // deep.
    Result<void> add_children(std::span<Filter const> children, std::string_view between, int depth) {
        if (children.empty()) {
            sql_.add(between == " AND " ? "TRUE" : "FALSE");
            return {};
        }
        if (children.size() == 1) return add_in_brackets([&] { return add(children.front(), depth + 1); });
        auto const half = children.size() / 2;
        return add_in_brackets([&]() -> Result<void> {
            if (auto added = add_children(children.first(half), between, depth); !added) return added;
            sql_.add(between);
            return add_children(children.subspan(half), between, depth);
        });
    }

    Result<void> add_in_brackets(auto const &what) {
        sql_.add("(");
        auto added = what();
        sql_.add(")");
        return added;
    }

    Result<void> add_leaf(Filter const &filter) {
        if (filter.op == Operator::not_equal || filter.op == Operator::not_in) {
            Filter positive = filter;
            positive.op = filter.op == Operator::not_equal ? Operator::equal : Operator::in;
            auto added = add_in_brackets([&] { return add_leaf(positive); });
            sql_.add(does_not_hold());
            return added;
        }
        auto const columns = columns_of(kind_);
        auto const member = filter.field.member;
        if (member.kind != kind_ || member.index >= columns.size()) return unknown_field(filter);
        if (filter.op != Operator::in && filter.values.size() != 1) return bad_value(filter);
        auto const &column = columns[member.index];
        return add_in_brackets(
            [&] { return filter.key.empty() ? add_parts(filter, column) : add_custom(filter, column); });
    }

    // Of a field that the workspace defined for itself. They are few and seldom asked for: each record's column is
    // looked through, where they stand as to_column() wrote them.
    Result<void> add_custom(Filter const &filter, Column const &column) {
        if (column.shape != Shape::custom) return unknown_field(filter);
        std::string_view between = "";
        for (auto const &value : filter.values) {
            bool const none = std::holds_alternative<std::nullptr_t>(value);
            sql_.add(std::exchange(between, " OR ")).add(none ? "NOT EXISTS (" : "EXISTS (");
            // A value that is no list is the only row of json_each.
            sql_.add("SELECT 1 FROM json_each(coalesce(nullif(t.\"custom\", ''), '{}'), '$.kept') f,"
                     " json_each(json_extract(f.value, '$[2]')) v WHERE json_extract(f.value, '$[1]') = ");
            sql_.bind(filter.key).add(" AND ");
            if (auto added = add_item(filter, value); !added) return added;
            sql_.add(")");
        }
        if (between.empty()) sql_.add("FALSE");
        return {};
    }

    // Of one item of the value.
    Result<void> add_item(Filter const &filter, canonical::Value const &value) {
        auto const *text = std::get_if<std::string>(&value);
        auto const *number = std::get_if<canonical::Decimal>(&value);
        bool const in = filter.op == Operator::equal || filter.op == Operator::in;
        bool const order = comparison(filter.op) != comparison(Operator::equal);
        if (std::holds_alternative<std::nullptr_t>(value)) {
            if (!in) return bad_value(filter);
            sql_.add("v.type <> 'null'");
        } else if (number && (in || order)) {
            sql_.add("v.type IN ('integer', 'real') AND v.value").add(comparison(filter.op));
            sql_.add("CAST(").bind(number->text()).add(" AS NUMERIC)");
        } else if (text && (in || order)) {
            sql_.add("v.type = 'text' AND lower(v.value)")
                .add(comparison(filter.op))
                .add("lower(")
                .bind(*text)
                .add(")");
        } else if (text) {
            return add_pattern(filter, {"CAST(v.value AS TEXT) COLLATE NOCASE", Shape::text});
        } else {
            return bad_value(filter);
        }
        return {};
    }

    // Having no value is a condition of its own, beside having one of the others.
    Result<void> add_parts(Filter const &filter, Column const &column) {
        Filter others = filter;
        auto const is_null = [](auto const &value) { return std::holds_alternative<std::nullptr_t>(value); };
        bool const null = std::erase_if(others.values, is_null) > 0;
        if (null && filter.op != Operator::equal && filter.op != Operator::in) {
            sql_.add("FALSE"); // nothing is less than nothing
            return {};
        }
        if (null) add_is_null(column);
        if (null && others.values.empty()) return {};
        if (null) sql_.add(" OR ");
        return add_column(others, column);
    }

    void add_is_null(Column const &column) {
        if (in_a_list(column.shape))
            sql_.add("NOT EXISTS (SELECT 1 FROM ").add(column.list).add(" l WHERE l.owner = t.id)");
        else if (is_counted(column.shape))
            sql_.add("FALSE");
        else
            sql_.add(column_of("t", column.name)).add(" IS NULL");
    }

    Result<void> add_column(Filter const &filter, Column const &column) {
        auto const part = filter.field.part;
        bool const by_id = part == Part::self || part == Part::id;
        auto const guids = has_guids(column.target) ? column.target : std::string_view();
        if (column.target.empty() && part != Part::self) return unknown_field(filter);
        if (part == Part::email && column.target != people) return unknown_field(filter);
        if (column.shape == Shape::custom) return unknown_field(filter); // without a key
        if (part == Part::membership && column.shape != Shape::team) return unknown_field(filter);

        if (in_a_list(column.shape)) {
            sql_.add("t.id IN (SELECT owner FROM ").add(column.list).add(" WHERE ");
            auto added = part == Part::membership ? add_value(filter, {"id", Shape::id})
                         : by_id                  ? add_value(filter, {"target", Shape::id, guids})
                                                  : add_target(filter, column, "target");
            sql_.add(")");
            return added;
        }
        auto const name = column_of("t", column.name);
        if (column.shape == Shape::reference && !by_id) return add_target(filter, column, name);
        if (column.shape == Shape::reference) return add_value(filter, {coarse(column, name), Shape::id, guids});
        if (is_counted(column.shape)) return add_value(filter, {count_of_tasks(column.shape), Shape::integer});
        if (column.name == "is_template" && filter.op == Operator::equal &&
            filter.values.front() == canonical::Value(true))
            return add_value(filter, {name, column.shape}); // there are few of them: seek them
        bool const guided = column.shape == Shape::id && has_guids(table_of(kind_));
        auto const self = guided ? table_of(kind_) : std::string_view();
        return add_value(filter, {coarse(column, name), column.shape, self});
    }

    // By the name or the email address of what is referred to.
    Result<void> add_target(Filter const &filter, Column const &column, std::string const &reference) {
        auto const part = filter.field.part == Part::email ? "\"email\"" : "\"name\"";
        sql_.add(reference).add(" IN (SELECT id FROM ").add(column.target).add(" WHERE ");
        auto added = add_value(filter, {part, Shape::text});
        sql_.add(")");
        return added;
    }

    // A column with few different values never leads to the rows: going through an index in the wanted order and
    // leaving out what does not fit is quick at any size, while sorting half of all records is not.
    std::string coarse(Column const &column, std::string const &name) const {
        bool const few = column.shape == Shape::flag || column.shape == Shape::phase ||
                         column.shape == Shape::category || column.shape == Shape::role ||
                         column.target == "project_statuses" || column.target == "project_types" ||
                         (column.target == "workflows" && kind_ == Kind::project);
        return few ? not_sought(name) : name;
    }

    Result<void> add_value(Filter const &filter, Operand const &operand) {
        switch (filter.op) {
        case Operator::contains:
        case Operator::starts_with:
        case Operator::ends_with:
        case Operator::like:
            return add_pattern(filter, operand);
        case Operator::equal:
        case Operator::in:
            return add_equal(filter, operand);
        default:
            break;
        }
        auto stored = std::visit(Store{operand.shape}, filter.values.front());
        if (!stored.sensible) return bad_value(filter);
        if (stored.bounds.size() > 1) return unknown_operator(filter);
        if (stored.bounds.empty())
            sql_.add("FALSE");
        else
            sql_.add(operand.expression).add(comparison(filter.op)).bind(std::move(stored.bounds.front()));
        return {};
    }

    Result<void> add_equal(Filter const &filter, Operand const &operand) {
        std::vector<Bound> plain;
        std::vector<std::string> foreign, guids; // beyond ASCII
        for (auto const &value : filter.values) {
            auto const *text = std::get_if<std::string>(&value);
            auto stored = std::visit(Store{operand.shape}, value);
            if (!stored.sensible) return bad_value(filter);
            if (text && !operand.guids.empty() && is_guid(*text))
                guids.push_back(*text);
            else if (text && operand.shape == Shape::text && !is_ascii(*text))
                foreign.push_back(*text);
            else
                std::ranges::move(stored.bounds, std::back_inserter(plain));
        }
        // Each alternative with its separator in front.
        std::string_view between = "";
        auto const alternative = [&]() -> Sql & { return sql_.add(std::exchange(between, " OR ")); };
        if (plain.size() == 1)
            alternative().add(operand.expression).add(" = ").bind(std::move(plain.front()));
        else if (plain.size() > 1)
            is_one_of(alternative(), operand.expression, json_text(plain));
        for (auto &text : foreign)
            alternative().add("lower(").add(operand.expression).add(") = lower(").bind(std::move(text)).add(")");
        for (auto &guid : guids) {
            alternative().add(operand.expression).add(" IN (SELECT id FROM ").add(operand.guids).add(" WHERE guid = ");
            sql_.bind(std::move(guid)).add(")");
        }
        if (between.empty()) sql_.add("FALSE");
        return {};
    }

    Result<void> add_pattern(Filter const &filter, Operand const &operand) {
        auto const *text = std::get_if<std::string>(&filter.values.front());
        bool const number = operand.shape == Shape::id || operand.shape == Shape::integer;
        if (operand.shape != Shape::text && !number) return unknown_operator(filter);
        if (!text || text->size() > longest_pattern) return bad_value(filter);

        auto const expression = number ? "CAST(" + operand.expression + " AS TEXT)" : operand.expression;
        bool const ascii = is_ascii(*text);
        if (filter.op == Operator::starts_with && ascii && !number && !text->empty()) {
            // A range, for the index.
            sql_.add(expression).add(" BETWEEN ").bind(*text).add(" AND ").bind(*text + "\U0010FFFF");
            return {};
        }
        auto pattern = escaped(*text, filter.op != Operator::like);
        if (filter.op == Operator::contains || filter.op == Operator::ends_with) pattern.insert(0, "%");
        if (filter.op == Operator::contains || filter.op == Operator::starts_with) pattern += '%';
        if (ascii)
            looks_like(sql_, expression, std::move(pattern));
        else {
            sql_.add("lower(").add(expression).add(") LIKE lower(").bind(std::move(pattern)).add(") ESCAPE '\\'");
        }
        return {};
    }

    static Error about(Code code, Filter const &filter) {
        return {.code = code,
                .field = std::string(columns_of(filter.field.member.kind)[filter.field.member.index].name)};
    }
    static Error bad_value(Filter const &filter) {
        auto error = about(Code::bad_value, filter);
        for (auto const &value : filter.values)
            if (auto const *text = std::get_if<std::string>(&value)) error.detail = *text;
        return error;
    }
    static Error unknown_operator(Filter const &filter) {
        auto error = about(Code::unknown_operator, filter);
        error.detail = boost::describe::enum_to_string(filter.op, "");
        return error;
    }
    static Error unknown_field(Filter const &filter) {
        auto const member = filter.field.member;
        if (member.index >= columns_of(member.kind).size()) return {.code = Code::unknown_field};
        return about(Code::unknown_field, filter);
    }

    Sql &sql_;
    Kind kind_;
};

Result<void> add_where(Sql &sql, Kind kind, Filter const &filter) {
    if (filter.empty()) return {};
    sql.add(" WHERE ");
    return add_condition(sql, kind, filter);
}

// What to sort by, or nothing where a field has no order.
std::optional<std::string> sort_key(Kind kind, canonical::Field field) {
    auto const columns = columns_of(kind);
    if (field.member.kind != kind || field.member.index >= columns.size()) return {};
    auto const &column = columns[field.member.index];
    auto const part = std::string_view(field.part == Part::email ? "email" : "name");
    bool const by_id = field.part == Part::self || field.part == Part::id;
    if (field.part == Part::email && column.target != people) return {};
    if (field.part == Part::membership) return {};
    if (field.part != Part::self && column.target.empty()) return {};
    switch (column.shape) {
    case Shape::custom:
        return {};
    case Shape::tasks_open:
    case Shape::tasks_total:
        return count_of_tasks(column.shape);
    case Shape::list:
    case Shape::team: // by the first of them
        return "(SELECT " + column_of("r", by_id ? "id" : part) + " FROM " + std::string(column.list) + " l JOIN " +
               std::string(column.target) + " r ON r.id = l.target WHERE l.owner = t.id ORDER BY l.position LIMIT 1)";
    case Shape::reference:
        if (by_id) break;
        return "(SELECT " + column_of("r", part) + " FROM " + std::string(column.target) +
               " r WHERE r.id = " + column_of("t", column.name) + ")";
    default:
        break;
    }
    return column_of("t", column.name);
}

constexpr auto number_of_project = canonical::member<&canonical::Project::number>();

Result<void> add_order(Sql &sql, Kind kind, std::span<canonical::Sort const> sorts) {
    sql.add(" ORDER BY ");
    for (auto const &sort : sorts) {
        auto const key = sort_key(kind, sort.field);
        if (!key) {
            Error error{.code = Code::unknown_field};
            auto const columns = columns_of(sort.field.member.kind);
            if (sort.field.member.index < columns.size()) error.field = columns[sort.field.member.index].name;
            return error;
        }
        std::string_view const direction = sort.descending ? " DESC, " : ", ";
        // Numbers are text, and 9 comes before 10.
        if (sort.field.member == number_of_project) sql.add("length(").add(*key).add(")").add(direction);
        sql.add(*key).add(direction);
    }
    sql.add("t.id");
    return {};
}

} // namespace

Result<void> add_condition(Sql &sql, Kind kind, Filter const &filter) { return Conditions(sql, kind).add(filter, 0); }

Result<Sql> select_ids(Kind kind, canonical::Query const &query) {
    Sql sql;
    sql.add("SELECT t.id FROM ").add(table_of(kind)).add(" t");
    if (auto added = add_where(sql, kind, query.filter); !added) return added.error();
    if (auto added = add_order(sql, kind, query.sort); !added) return added.error();
    if (query.page.limit >= 0 || query.page.offset > 0)
        sql.add(" LIMIT ").bind(query.page.limit).add(" OFFSET ").bind(query.page.offset);
    return sql;
}

Result<Sql> select_count(Kind kind, canonical::Query const &query) {
    Sql sql;
    sql.add("SELECT count(*) FROM ").add(table_of(kind)).add(" t");
    if (auto added = add_where(sql, kind, query.filter); !added) return added.error();
    return sql;
}

} // namespace backends::sql
