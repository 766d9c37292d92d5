#include "backends/upstream/finish.hpp"

#include "backends/upstream/condition.hpp"

#include <algorithm>

namespace backends::upstream {

using canonical::Entity, canonical::Kind, canonical::Query, canonical::Reply, canonical::Request, canonical::Result;

namespace {

// A record's place in one order: nothing comes first; of a list its first counts.
std::optional<Scalar> key_of(Entity const &record, canonical::Field field) {
    auto values = values_of(record, field);
    if (values.empty()) return {};
    return std::move(values.front());
}

constexpr auto number_of_project = canonical::member<&canonical::Project::number>();

std::strong_ordering order_of(std::optional<Scalar> const &a, std::optional<Scalar> const &b, canonical::Field field) {
    if (!a || !b) return int(a.has_value()) <=> int(b.has_value());
    if (field.member == number_of_project) { // numbers are text, and 9 comes before 10
        auto const x = std::get<std::string>(*a).size(), y = std::get<std::string>(*b).size();
        if (x != y) return x <=> y;
    }
    return compare(*a, *b);
}

template <class E> struct Keyed {
    E record;
    std::vector<std::optional<Scalar>> keys; // in the order of the sorts, the id last
};

template <class E> void sort(std::vector<E> &records, Query const &query, Kind kind) {
    auto sorts = query.sort;
    sorts.push_back({.field = {.member = {kind, 0}}}); // its id
    std::vector<Keyed<E>> keyed;
    keyed.reserve(records.size());
    for (auto &record : records) {
        Entity entity(std::move(record));
        std::vector<std::optional<Scalar>> keys;
        for (auto const &each : sorts) keys.push_back(key_of(entity, each.field));
        keyed.push_back({.record = std::get<E>(std::move(entity)), .keys = std::move(keys)});
    }
    std::ranges::stable_sort(keyed, [&](Keyed<E> const &a, Keyed<E> const &b) {
        for (std::size_t i = 0; i < sorts.size(); ++i) {
            auto const order = order_of(a.keys[i], b.keys[i], sorts[i].field);
            if (order != 0) return sorts[i].descending ? order > 0 : order < 0;
        }
        return false;
    });
    for (std::size_t i = 0; i < records.size(); ++i) records[i] = std::move(keyed[i].record);
}

template <class E> void cut(std::vector<E> &records, canonical::Page const &page) {
    auto const size = std::int64_t(records.size());
    auto const from = std::min(page.offset, size);
    auto const to = page.limit < 0 ? size : std::min(from + page.limit, size);
    records.erase(records.begin() + to, records.end());
    records.erase(records.begin(), records.begin() + from);
}

} // namespace

Result<void> check(Request const &request) {
    if (request.verb != canonical::Verb::list) return {};
    if (auto checked = check(request.query.filter, request.kind); !checked) return checked;
    for (auto const &sort : request.query.sort)
        if (auto checked = check(sort, request.kind); !checked) return checked;
    return {};
}

void finish(Request const &request, Reply &reply) {
    if (request.verb != canonical::Verb::list) return;
    canonical::with_kind(request.kind, [&]<class E>(std::type_identity<E>) {
        auto &records = reply.records.of<E>();
        auto const &query = request.query;
        if (reply.filter_open && !query.filter.empty())
            std::erase_if(records, [&](E const &record) { return !holds(query.filter, Entity(record)); });
        if (reply.sort_open) sort(records, query, request.kind);
        if (reply.page_open) {
            if (query.page.count) reply.total = std::int64_t(records.size());
            cut(records, query.page);
        }
    });
    reply.filter_open = reply.sort_open = reply.page_open = false;
}

} // namespace backends::upstream
