#include "dialects/engine/filters.hpp"

namespace dialects {

using canonical::Filter, canonical::Operator, canonical::Phase, canonical::Value;

namespace {

void add_phases(Value &&value, std::vector<Value> &to) {
    auto const *phase = std::get_if<Phase>(&value);
    if (phase && *phase == Phase::not_closed) {
        to.insert(to.end(), {Phase::active, Phase::paused});
    } else if (phase && *phase == Phase::not_active) {
        to.insert(to.end(), {Phase::paused, Phase::closed});
    } else {
        to.push_back(std::move(value));
    }
}

} // namespace

Filter condition(canonical::Field field, Operator op, std::vector<Value> values) {
    Filter filter{.op = op, .field = field};
    for (auto &value : values) add_phases(std::move(value), filter.values);
    if (filter.values.size() > 1) {
        if (op == Operator::equal) filter.op = Operator::in;
        if (op == Operator::not_equal) filter.op = Operator::not_in;
    }
    return filter;
}

Result<Filter> condition(Asked const &asked, Operator op, std::span<std::string const> values, Context const &context) {
    std::vector<Value> parsed;
    for (auto const &text : values) {
        Value value;
        if (!asked.value(json::value(json::string(text)), value, context))
            return Error{.code = Code::bad_value, .detail = excerpt(json::string(text))};
        parsed.push_back(std::move(value));
    }
    return condition(asked.field, op, std::move(parsed));
}

} // namespace dialects
