#include "dialects/productive/filter.hpp"

#include "dialects/engine/documents/form.hpp"
#include "dialects/productive/answers.hpp"
#include "dialects/productive/condition.hpp"

#include <algorithm>

namespace dialects::productive {

using canonical::Filter, canonical::Kind, canonical::Operator;

namespace {

constexpr std::size_t deepest = 10;
constexpr std::size_t most_conditions = 100;
constexpr std::size_t most_values = 1000;

struct OperatorName {
    std::string_view name;
    Sign sign;
    bool negative = false;
};
// The first is meant where none is named.
constexpr OperatorName operators[]{{"eq", Sign::eq},
                                   {"not_eq", Sign::eq, true},
                                   {"contains", Sign::contains},
                                   {"not_contain", Sign::contains, true},
                                   {"gt", Sign::gt},
                                   {"gt_eq", Sign::gt_eq},
                                   {"lt", Sign::lt},
                                   {"lt_eq", Sign::lt_eq}};

Error too_much(std::string_view what) {
    return {.code = Code::malformed, .field = "filter", .detail = std::string(what)};
}

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// A text, with commas where the filter takes several; a list of them; or one whose places are numbered.
bool add_values(json::value const &value, bool is_list, std::vector<std::string> &to) {
    auto const add = [&](json::value const &item) { return item.is_string() && add_values(item, is_list, to); };
    if (auto const *items = value.if_array()) return std::ranges::all_of(*items, add);
    if (auto const *items = value.if_object())
        return std::ranges::all_of(*items, [&](auto const &item) { return add(item.value()); });
    std::string_view rest = value.get_string();
    bool const several = is_list && rest.find(',') != rest.npos;
    if (!several) to.emplace_back(rest);
    while (several && !rest.empty()) {
        auto const part = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (!part.empty()) to.emplace_back(part);
    }
    return !to.empty();
}

// Walks the document that the names in brackets make: groups of conditions, whose members are groups by number and
// filters by name.
class FilterReader {
public:
    FilterReader(Kind kind, Zone const &zone, bool by_the_second)
        : kind_(kind), zone_(zone), by_the_second_(by_the_second) {}

    Result<Filter> group(json::object const &object, std::size_t depth = 1) {
        if (depth > deepest) return too_much("Filters are nested too deeply");
        bool any = false;
        if (auto const *op = object.if_contains("$op")) {
            auto const *name = op->if_string();
            any = name && *name == "or";
            if (!any && (!name || *name != "and")) return unknown_operator("$op", excerpt(*op));
        }
        std::vector<Filter> conditions;
        for (auto const &[name, value] : object) {
            if (name == "$op") continue;
            auto const *inner = value.if_object();
            auto condition = inner && is_number(name) ? group(*inner, depth + 1) : filter(name, value);
            if (!condition) return condition;
            if (!condition->empty()) conditions.push_back(std::move(*condition));
        }
        return any && !conditions.empty() ? any_of(std::move(conditions)) : all_of(std::move(conditions));
    }

    bool templates_wanted() const { return templates_wanted_; }

private:
    Result<Filter> filter(std::string_view name, json::value const &value) {
        auto const *row = find_filter(kind_, name);
        if (!row) return unknown_filter(name);
        bool const is_custom = !row->fields.empty() && row->fields.front().member == custom_fields;
        if (!is_custom) return operations(*row, value, {});
        auto const *keys = value.if_object();
        if (!keys) return unknown_filter(name);
        std::vector<Filter> all;
        for (auto const &[key, inner] : *keys) {
            auto condition = operations(*row, inner, key);
            if (!condition) return condition;
            all.push_back(std::move(*condition));
        }
        return all_of(std::move(all));
    }

    // Values alone, or operators and their values.
    Result<Filter> operations(FilterRow const &row, json::value const &value, std::string_view key) {
        auto const *object = value.if_object();
        bool const is_list = object && std::ranges::all_of(*object, [](auto const &m) { return is_number(m.key()); });
        if (!object || is_list) return operation(row, operators[0], value, key);
        std::vector<Filter> all;
        for (auto const &[name, inner] : *object) {
            auto const *op = std::ranges::find(operators, std::string_view(name), &OperatorName::name);
            if (op == std::end(operators)) return unknown_operator(row.name, wire::excerpt(name));
            auto condition = operation(row, *op, inner, key);
            if (!condition) return condition;
            if (!condition->empty()) all.push_back(std::move(*condition));
        }
        return all_of(std::move(all));
    }

    Result<Filter> operation(FilterRow const &row, OperatorName const &op, json::value const &value,
                             std::string_view key) {
        if (++conditions_ > most_conditions) return too_much("There are too many filters");
        Condition condition{.row = row,
                            .sign = op.sign,
                            .operator_name = op.name,
                            .values = {},
                            .key = key,
                            .zone = zone_,
                            .by_the_second = by_the_second_};
        if (!add_values(value, row.form->is_list, condition.values)) return bad_value(condition, excerpt(value));
        auto filter = row.form->condition(condition);
        if (!filter) return filter;
        note_templates(condition);
        if (row.by_projects) mark(*filter);
        if (!op.negative || filter->empty()) return filter;
        return opposite(std::move(*filter));
    }

    static void mark(Filter &filter) {
        if (!filter.values.empty()) filter.key = named_by_projects;
        for (auto &child : filter.children) mark(child);
    }

    void note_templates(Condition const &condition) {
        if (condition.row.templates == Templates::told) templates_wanted_ = true;
        if (condition.row.templates == Templates::asked) templates_wanted_ |= *read_flag(condition);
    }

    static constexpr auto custom_fields = canonical::member<&canonical::Project::custom>();

    Kind kind_;
    Zone const &zone_;
    bool by_the_second_;
    bool templates_wanted_ = false;
    std::size_t conditions_ = 0;
};

Filter is_no_template() {
    return opposite(compare({canonical::member<&canonical::Project::is_template>()}, Operator::equal, true));
}

} // namespace

Result<Filter> read_filter(Call const &call, Kind kind, Zone const &zone) {
    constexpr std::string_view start = "filter[";
    std::vector<wire::Pair> pairs;
    for (auto const &pair : call.target.query)
        if (pair.name.starts_with(start)) pairs.push_back(pair);
    auto const document = nest(pairs, {.places = false, .depth = deepest + 5, .members = most_values}, call.memory);
    if (!document) return too_much(document.error().detail);
    // A name whose brackets do not match stands for itself.
    for (auto const &[name, value] : document->get_object())
        if (name != "filter") return unknown_filter(wire::excerpt(std::string_view(name).substr(start.size())));

    FilterReader reader(kind, zone, has_flag(call, "filteringSkipDatetimeCastToDate"));
    Filter all;
    if (auto const *tree = document->get_object().if_contains("filter")) {
        auto const *object = tree->if_object();
        if (!object) return unknown_filter("");
        auto filter = reader.group(*object);
        if (!filter) return filter;
        if (!filter->empty()) all.require(std::move(*filter));
    }
    if (kind == Kind::project && !reader.templates_wanted()) all.require(is_no_template());
    return all;
}

Result<std::vector<canonical::Sort>> read_sort(std::string_view text, Kind kind) {
    std::vector<canonical::Sort> order;
    while (!text.empty()) {
        auto const item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        if (item.empty()) continue;
        bool const descending = item.starts_with('-');
        auto const *field = find_sort(kind, item.substr(descending ? 1 : 0));
        if (!field) return Error{.code = Code::unknown_field, .field = "sort", .detail = wire::excerpt(item)};
        order.push_back({.field = *field, .descending = descending});
    }
    return order;
}

} // namespace dialects::productive
