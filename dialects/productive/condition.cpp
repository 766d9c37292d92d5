#include "dialects/productive/condition.hpp"

#include "dialects/engine/filters.hpp"
#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace dialects::productive {

using canonical::Filter, canonical::Operator, canonical::Value;

namespace {

bool is_order(Sign sign) { return sign != Sign::eq && sign != Sign::contains; }

Operator order_of(Sign sign) {
    switch (sign) {
    case Sign::gt:
        return Operator::greater;
    case Sign::gt_eq:
        return Operator::greater_or_equal;
    case Sign::lt:
        return Operator::less;
    default:
        return Operator::less_or_equal;
    }
}

std::string parameter(std::string_view name) { return fmt::format("filter[{}]", name); }

// `make(field)` for each field of the row, any of which may hold.
template <class Make> Filter any_field(Condition const &condition, Make make) {
    std::vector<Filter> all;
    for (auto const field : condition.row.fields) all.push_back(make(field));
    return any_of(std::move(all));
}

// The one value that there must be.
Result<std::string_view> single(Condition const &condition) {
    if (condition.values.size() == 1 && !condition.values.front().empty())
        return std::string_view(condition.values.front());
    return bad_value(condition, fmt::format("{}", fmt::join(condition.values, ",")));
}

Result<Filter> ordered(Condition const &condition, Value value) {
    if (auto const one = single(condition); !one) return one.error();
    return any_field(condition,
                     [&](canonical::Field field) { return compare(field, order_of(condition.sign), value); });
}

Filter equal_to_any(Condition const &condition) {
    std::vector<Value> values;
    for (auto const &text : condition.values)
        if (!text.empty()) values.emplace_back(text);
    bool const or_nothing = values.size() < condition.values.size();
    return any_field(condition, [&](canonical::Field field) {
        std::vector<Filter> either;
        if (!values.empty()) either.push_back(dialects::condition(field, Operator::equal, values));
        if (or_nothing) either.push_back(compare(field, Operator::equal, nullptr));
        return any_of(std::move(either));
    });
}

// From that instant on, before that other.
struct Span {
    canonical::Instant from, to;
};

std::optional<Span> read_span(Condition const &condition, std::string_view text) {
    constexpr std::size_t date_length = 10;
    auto const instant = read_instant(text, condition.zone);
    if (!instant) return {};
    if (condition.by_the_second && text.size() > date_length) {
        auto const second = std::chrono::floor<std::chrono::seconds>(*instant);
        return Span{.from = second, .to = second + std::chrono::seconds(1)};
    }
    using Wall = std::chrono::local_time<std::chrono::milliseconds>;
    auto const wall = Wall(instant->time_since_epoch()) + condition.zone.offset_at(*instant);
    auto const day = std::chrono::floor<std::chrono::days>(wall);
    return Span{.from = condition.zone.instant_of(day), .to = condition.zone.instant_of(day + std::chrono::days(1))};
}

Filter within_span(canonical::Field field, Sign sign, Span span) {
    auto const from = [&](canonical::Instant t) { return compare(field, Operator::greater_or_equal, t); };
    auto const before = [&](canonical::Instant t) { return compare(field, Operator::less, t); };
    if (sign == Sign::gt) return from(span.to);
    if (sign == Sign::gt_eq) return from(span.from);
    if (sign == Sign::lt) return before(span.from);
    if (sign == Sign::lt_eq) return before(span.to);
    std::vector<Filter> both;
    both.push_back(from(span.from));
    both.push_back(before(span.to));
    return all_of(std::move(both));
}

// "417421,417422" is two options; with anything but numbers a comma is part of the text.
std::vector<std::string> custom_texts(Condition const &condition) {
    std::vector<std::string> all = condition.values;
    for (auto const &text : condition.values) {
        std::vector<std::string> parts;
        for (std::string_view rest = text; !rest.empty();) {
            auto const part = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(part.size() + 1, rest.size()));
            parts.emplace_back(part);
        }
        if (parts.size() > 1 &&
            std::ranges::all_of(parts, [](auto const &part) { return read_integer(part).has_value(); }))
            all.insert(all.end(), parts.begin(), parts.end());
    }
    return all;
}

} // namespace

Error unknown_filter(std::string_view name) {
    return {.code = Code::unknown_field, .field = parameter(name), .detail = std::string(name)};
}

Error unknown_operator(std::string_view filter, std::string_view name) {
    return {.code = Code::unknown_operator,
            .field = parameter(filter),
            .detail = fmt::format("Operation '{}' is not supported for filter '{}' on this endpoint", name, filter)};
}

Error bad_value(Condition const &condition, std::string_view value) {
    return {.code = Code::bad_value,
            .field = parameter(condition.row.name),
            .detail =
                fmt::format("Unsupported value '{}' for filter '{}' on this endpoint. Expected a value of type '{}'",
                            wire::excerpt(value), condition.row.name, condition.row.form->type)};
}

std::optional<std::int64_t> read_integer(std::string_view text) {
    std::int64_t n = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return n;
}

Result<bool> read_flag(Condition const &condition) {
    if (is_order(condition.sign)) return unknown_operator(condition.row.name, condition.operator_name);
    auto const one = single(condition);
    if (!one) return one.error();
    for (auto const &word : codec::easy_true_false)
        if (wire::same_letters(word.wire, *one)) return word.value;
    return bad_value(condition, *one);
}

bool holds(Sign sign, std::int64_t a, std::int64_t b) {
    switch (sign) {
    case Sign::gt:
        return a > b;
    case Sign::gt_eq:
        return a >= b;
    case Sign::lt:
        return a < b;
    case Sign::lt_eq:
        return a <= b;
    default:
        return a == b;
    }
}

Filter compare(canonical::Field field, Operator op, Value value) {
    Filter filter{.op = op, .field = field};
    filter.values.push_back(std::move(value));
    return filter;
}

Filter opposite(Filter condition) {
    Filter none{.op = Operator::none};
    none.require(std::move(condition));
    return none;
}

Filter any_of(std::vector<Filter> conditions) {
    if (conditions.empty()) return opposite({});
    if (conditions.size() == 1) return std::move(conditions.front());
    return {.op = Operator::any, .children = std::move(conditions)};
}

Filter all_of(std::vector<Filter> conditions) {
    if (conditions.size() == 1) return std::move(conditions.front());
    return {.op = Operator::all, .children = std::move(conditions)};
}

Result<Filter> ids(Condition const &condition) {
    for (auto const &text : condition.values)
        if (!text.empty() && !read_integer(text)) return bad_value(condition, text);
    return is_order(condition.sign) ? ordered(condition, condition.values.front()) : equal_to_any(condition);
}

Result<Filter> texts(Condition const &condition) {
    if (is_order(condition.sign)) return ordered(condition, condition.values.front());
    if (condition.sign == Sign::eq) return equal_to_any(condition);
    std::vector<Filter> any;
    for (auto const &text : condition.values) {
        if (text.empty()) return Filter{}; // every text contains it
        any.push_back(
            any_field(condition, [&](canonical::Field field) { return compare(field, Operator::contains, text); }));
    }
    return any_of(std::move(any));
}

Result<Filter> search(Condition const &condition) {
    if (is_order(condition.sign)) return unknown_operator(condition.row.name, condition.operator_name);
    std::vector<Filter> any;
    for (std::string_view rest : condition.values) {
        std::vector<Filter> all;
        while (!rest.empty()) {
            auto const word = std::string(rest.substr(0, rest.find(' ')));
            rest.remove_prefix(std::min(word.size() + 1, rest.size()));
            if (word.empty()) continue;
            all.push_back(
                any_field(condition, [&](canonical::Field field) { return compare(field, Operator::contains, word); }));
        }
        if (all.empty()) return Filter{};
        any.push_back(all_of(std::move(all)));
    }
    return any_of(std::move(any));
}

Result<Filter> flags(Condition const &condition) {
    auto const flag = read_flag(condition);
    if (!flag) return flag.error();
    auto yes = any_field(condition, [](canonical::Field field) { return compare(field, Operator::equal, true); });
    return *flag ? std::move(yes) : opposite(std::move(yes));
}

Result<Filter> presence(Condition const &condition) {
    auto const flag = read_flag(condition);
    if (!flag) return flag.error();
    auto empty = any_field(condition, [](canonical::Field field) { return compare(field, Operator::equal, nullptr); });
    return *flag ? opposite(std::move(empty)) : std::move(empty);
}

Result<Filter> times(Condition const &condition) {
    std::vector<Filter> any;
    for (auto const &text : condition.values) {
        auto const span = read_span(condition, text);
        if (!span && !text.empty()) return bad_value(condition, text);
        any.push_back(any_field(condition, [&](canonical::Field field) {
            return span ? within_span(field, condition.sign, *span) : compare(field, Operator::equal, nullptr);
        }));
    }
    return any_of(std::move(any));
}

Result<Filter> custom_values(Condition const &condition) {
    auto const about = [&](Operator op, Value value) {
        auto filter = compare(condition.row.fields.front(), op, std::move(value));
        filter.key = condition.key;
        return filter;
    };
    if (is_order(condition.sign)) {
        auto const one = single(condition);
        if (!one) return one.error();
        auto const number = Decimal::parse(*one);
        return about(order_of(condition.sign), number ? Value(*number) : Value(std::string(*one)));
    }
    std::vector<Filter> any;
    for (auto const &text : custom_texts(condition)) {
        auto const number = Decimal::parse(text); // the field may hold numbers
        if (text.empty()) {
            any.push_back(about(Operator::equal, nullptr));
        } else if (condition.sign == Sign::contains) {
            any.push_back(about(Operator::contains, text));
        } else {
            any.push_back(about(Operator::equal, text));
            if (number) any.push_back(about(Operator::equal, *number));
        }
    }
    return any_of(std::move(any));
}

Result<Filter> passed_over(Condition const &condition) {
    if (auto const flag = read_flag(condition); !flag) return flag.error();
    return Filter{};
}

Result<Filter> coded(Condition const &condition, std::span<Coded const> codes) {
    std::vector<Filter> any;
    for (auto const &text : condition.values) {
        auto const number = read_integer(text);
        if (!number) return bad_value(condition, text);
        for (auto const &code : codes)
            if (holds(condition.sign, code.number, *number)) any.push_back(code.condition());
    }
    return any_of(std::move(any));
}

} // namespace dialects::productive
