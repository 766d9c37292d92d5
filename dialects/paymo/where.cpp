#include "dialects/paymo/where.hpp"

#include "dialects/engine/filters.hpp"
#include "dialects/paymo/include.hpp"
#include "dialects/paymo/tables.hpp"

#include <charconv>

namespace dialects::paymo {

using canonical::Filter, canonical::Kind, canonical::Operator;

namespace {

constexpr std::size_t most_conditions = 50;
constexpr std::size_t most_values = 1000;

Error invalid(std::string_view text) {
    return {.code = Code::malformed, .field = "where", .detail = std::string(text)};
}
Error unknown(std::string_view name) { return {.code = Code::unknown_field, .detail = std::string(name)}; }

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
    while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
    return s;
}

// Where the text stands at the start, as a word of its own.
bool starts_with_word(std::string_view s, std::string_view word) {
    return s.size() >= word.size() && wire::same_letters(s.substr(0, word.size()), word);
}

// Splits at a separator that stands outside of quotes and parentheses.
template <class At> std::vector<std::string_view> split(std::string_view text, At separator_at) {
    std::vector<std::string_view> parts;
    char quote = 0;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (quote) {
            quote = c == quote ? char(0) : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')') {
            --depth;
        } else if (auto const length = depth == 0 ? separator_at(text.substr(i)) : 0; length > 0) {
            parts.push_back(text.substr(start, i - start));
            start = i + length;
            i = start - 1;
        }
    }
    parts.push_back(text.substr(start));
    return parts;
}

std::string unquoted(std::string_view s) {
    s = trimmed(s);
    if (s.size() >= 2 && (s.front() == '"' || s.front() == '\'') && s.back() == s.front())
        s = s.substr(1, s.size() - 2);
    return std::string(s);
}

struct Condition {
    std::string_view path;
    Operator op = Operator::equal;
    std::vector<std::string> values;
};

// path, operator, value: "a >= 5", "name not like \"%x%\"", "users in (5, 6)".
std::optional<Condition> read_condition(std::string_view text) {
    Condition condition;
    auto const end = text.find_first_of(" =<>!(");
    condition.path = text.substr(0, end);
    if (condition.path.empty() || end == text.npos) return {};
    auto rest = trimmed(text.substr(end));

    struct Sign {
        std::string_view text;
        Operator op;
    };
    static constexpr Sign signs[]{{">=", Operator::greater_or_equal},
                                  {"<=", Operator::less_or_equal},
                                  {"!=", Operator::not_equal},
                                  {"<>", Operator::not_equal},
                                  {"=", Operator::equal},
                                  {">", Operator::greater},
                                  {"<", Operator::less}};
    for (auto const &sign : signs) {
        if (!rest.starts_with(sign.text)) continue;
        condition.op = sign.op;
        condition.values.push_back(unquoted(rest.substr(sign.text.size())));
        return condition;
    }

    bool const negated = starts_with_word(rest, "not ");
    if (negated) rest = trimmed(rest.substr(4));
    if (starts_with_word(rest, "like ")) {
        // A pattern without % is meant as a part of the text.
        condition.op = Operator::like;
        auto pattern = unquoted(rest.substr(5));
        if (pattern.find('%') == pattern.npos) pattern = "%" + pattern + "%";
        condition.values.push_back(std::move(pattern));
    } else if (starts_with_word(rest, "in")) {
        condition.op = negated ? Operator::not_in : Operator::in;
        rest = trimmed(rest.substr(2));
        if (!rest.starts_with('(') || !rest.ends_with(')')) return {};
        auto const list = rest.substr(1, rest.size() - 2);
        for (auto const value : split(list, [](std::string_view s) { return std::size_t(s[0] == ','); }))
            condition.values.push_back(unquoted(value));
        if (condition.values.size() > most_values) return {};
    } else {
        return {};
    }
    if (negated && condition.op == Operator::like) condition.op = Operator::none; // of the pattern
    return condition;
}

// Datetimes come as unix seconds or as ISO text; dates may come as a datetime, which is cut to its date.
std::string adapted(canonical::Field field, std::string value) {
    auto const name = canonical::name_of(field.member);
    bool const instant = name.ends_with(".created") || name.ends_with(".updated");
    std::int64_t seconds = 0;
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (!instant || error != std::errc{} || end != value.data() + value.size()) return value;
    if (seconds < 0 || seconds > 253'402'300'799) return value; // the year 9999
    std::string text;
    {
        static Context const none;
        Text out(text, none);
        Instant::write(canonical::Instant(std::chrono::seconds(seconds)), out);
    }
    return text.substr(1, text.size() - 2);
}

// Whoever asks is named by an address, others by their numbers.
bool is_me(Condition const &condition, canonical::Field field) {
    return condition.values.size() == 1 && condition.values[0] == "me" && field.part == canonical::Part::id;
}

Result<Filter> filter_of(Condition const &condition, std::string_view name, Kind kind, WhereAsked const &by) {
    bool const managers = kind == Kind::project && (name == "managers" || name == "manager");
    auto asked = find_asked(by.tables, kind, managers ? "managers" : name);
    if (!asked) return unknown(name);
    auto const &context = by.context;
    if (is_me(condition, asked->field)) {
        asked->field.part = canonical::Part::email;
        return Filter{.op = condition.op, .field = asked->field, .values = {std::string(by.me)}};
    }
    auto values = condition.values;
    for (auto &value : values) {
        if (value == "null") value.clear();
        value = adapted(asked->field, std::move(value));
    }
    bool const negated_pattern = condition.op == Operator::none;
    auto const op = negated_pattern ? Operator::like : condition.op;
    auto filter = op == Operator::like ? Result<Filter>(Filter{.op = op, .field = asked->field, .values = {values[0]}})
                                       : dialects::condition(*asked, op, values, context);
    if (!filter) return invalid(std::string(name) + "=" + condition.values.front());
    if (managers) {
        auto others = *filter;
        others.field = {canonical::member<&Project::co_managers>(), canonical::Part::id};
        bool const without = op == Operator::not_equal || op == Operator::not_in;
        Filter both{.op = without ? Operator::all : Operator::any};
        both.children.push_back(std::move(*filter));
        both.children.push_back(std::move(others));
        return both;
    }
    if (!negated_pattern) return filter;
    Filter none{.op = Operator::none};
    none.children.push_back(std::move(*filter));
    return none;
}

} // namespace

Result<Where> read_where(std::string_view text, Kind kind, WhereAsked const &asked) {
    Where where;
    if (trimmed(text).empty()) return where;
    auto const conditions = split(text, [](std::string_view s) -> std::size_t {
        if (starts_with_word(s, " and ")) return 5;
        return s.starts_with("&&") ? 2 : 0;
    });
    if (conditions.size() > most_conditions) return invalid("more than 50 conditions");
    for (auto const part : conditions) {
        auto const condition = read_condition(trimmed(part));
        if (!condition) return invalid(trimmed(part));
        // All but the last name lead to children that an include brings.
        auto of = kind;
        auto const *known = &asked.tables;
        auto name = condition->path;
        std::string children;
        for (auto dot = name.find('.'); dot != name.npos; dot = name.find('.')) {
            auto const *relation = find_relation(of, name.substr(0, dot));
            if (!relation || !relation->many) return unknown(condition->path);
            of = relation->target;
            known = &tables_under(relation->name);
            children.append(children.empty() ? "" : ".").append(name.substr(0, dot));
            name.remove_prefix(dot + 1);
        }
        auto filter = filter_of(*condition, name, of, {*known, asked.context, asked.me});
        if (!filter) return filter.error();
        if (children.empty())
            where.filter.require(std::move(*filter));
        else
            where.of_children.emplace_back(std::move(children), std::move(*filter));
    }
    return where;
}

Result<canonical::Sort> read_order(std::string_view text, Kind kind, TableSet const &known) {
    text = trimmed(text);
    auto const space = std::min(text.find(' '), text.size());
    auto const name = text.substr(0, space), direction = trimmed(text.substr(space));
    auto const asked = find_asked(known, kind, name);
    if (!asked) return unknown(name);
    bool const descending = wire::same_letters(direction, "desc");
    if (!descending && !direction.empty() && !wire::same_letters(direction, "asc"))
        return Error{.code = Code::malformed, .field = "order", .detail = std::string(text)};
    return canonical::Sort{.field = asked->field, .descending = descending};
}

} // namespace dialects::paymo
