#include "dialects/productive/pairs.hpp"

#include "dialects/productive/answers.hpp"

#include <algorithm>

namespace dialects::productive {

namespace {

std::set<std::string> values_in(std::string_view text) {
    std::set<std::string> values;
    while (!text.empty()) {
        auto const item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        if (!item.empty()) values.emplace(item);
    }
    return values;
}

bool is_among(std::span<std::string_view const> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

Result<void> read_comparison(wire::Pair const &pair, std::span<std::string_view const> names,
                             std::vector<Comparison> &to) {
    constexpr std::string_view start = "filter[";
    auto const rest = std::string_view(pair.name).substr(start.size());
    auto const name = rest.substr(0, rest.find(']'));
    auto const op = rest.substr(std::min(name.size() + 1, rest.size()));
    if (!is_among(names, name)) return unknown_filter(wire::excerpt(name));
    bool const equal = op.empty() || op == "[]" || op == "[eq]", opposite = op == "[not_eq]";
    if (!equal && !opposite) return unknown_operator(name, wire::excerpt(op.substr(1, op.find(']', 1) - 1)));
    auto values = values_in(pair.value);
    for (auto &known : to)
        if (known.name == name && known.opposite == opposite && op == "[]") {
            known.values.merge(values);
            return {};
        }
    to.push_back({.name = std::string(name), .opposite = opposite, .values = std::move(values)});
    return {};
}

} // namespace

Result<PairsAsked> read_pairs_query(Call const &call, PairNames names) {
    Result<PairsAsked> asked(boost::system::in_place_value);
    for (auto const &pair : call.target.query)
        if (pair.name.starts_with("filter["))
            if (auto done = read_comparison(pair, names.filters, asked->filters); !done) return done.error();
    auto const *const include = call.target.find("include");
    if (include) asked->included = wire::list_items(*include);
    for (auto const name : asked->included)
        if (!is_among(names.included, name))
            return Error{.code = Code::unknown_field, .field = "include", .detail = wire::excerpt(name)};
    auto page = read_page(call);
    if (!page) return page.error();
    asked->page = std::move(*page);
    return asked;
}

bool passes(std::vector<Comparison> const &filters, std::function<std::string_view(std::string_view)> const &value_of) {
    return std::ranges::all_of(filters, [&](Comparison const &filter) {
        return filter.values.contains(std::string(value_of(filter.name))) != filter.opposite;
    });
}

void write_included(Call const &call, std::span<PairOf const> shown, PairsAsked const &asked,
                    canonical::Reply const &reply, Text &text) {
    if (asked.included.empty()) return;
    text.key("included");
    text.put('[');
    std::set<std::pair<std::string_view, std::string_view>> seen;
    auto const add = [&]<class E>(std::string_view type, E const *record) {
        if (!record || !seen.insert({type, *record->id}).second) return;
        text.next();
        write_resource(call, type, *tables.of<E>(), *record, {}, text);
    };
    for (auto const &[person, project] : shown) {
        if (is_among(asked.included, "person")) add("people", reply.related.find<Person>(person));
        if (is_among(asked.included, "project")) add("projects", reply.records.find<Project>(project));
    }
    text.put(']');
}

std::string_view type_of_pairs(Call const &call) {
    return call.operation->path.substr(0, call.operation->path.find('/'));
}

std::pair<std::size_t, std::string_view> by_number(std::string const &id) { return {id.size(), id}; }

canonical::Error about_attribute(Code code, std::string_view attribute) {
    return {.code = code, .field = std::string(attribute)};
}

} // namespace dialects::productive
