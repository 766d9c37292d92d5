#include "dialects/engine/related.hpp"

#include <set>

namespace dialects {

using canonical::Kind;

namespace {

canonical::Filter narrowed(std::string_view path, ChildConditions const &conditions) {
    canonical::Filter filter;
    for (auto const &[at, condition] : conditions)
        if (at == path) filter.require(condition);
    return filter;
}

class Walk {
public:
    Walk(WantedRelations const &wanted, std::vector<Step> &steps) : wanted_(wanted), steps_(steps) {}

    void add(Selection const &selection, Kind kind, std::string const &path) {
        for (auto const &[name, inner] : selection.included) {
            auto const *key = find_relation(wanted_.keys, kind, name);
            if (!key || !key->via) continue;
            auto const here = path.empty() ? name : path + "." + name;
            auto filter = narrowed(here, wanted_.conditions);
            if (key->which) filter.require(key->which());
            bool const comes_first = path.empty() && key->relation && filter.empty();
            if (!comes_first) steps_.push_back({.key = key, .filter = std::move(filter)});
            add(inner, key->target, here);
        }
    }

private:
    WantedRelations const &wanted_;
    std::vector<Step> &steps_;
};

// Calls f for each record of that kind in the reply.
template <class E, class F> void each(canonical::Reply const &reply, F f) {
    for (auto const &record : reply.records.of<E>()) f(record);
    for (auto const &record : reply.related.of<E>()) f(record);
}

} // namespace

RelationKey const *find_relation(RelationKeys keys, Kind of, std::string_view name) {
    for (auto const &key : keys)
        if (key.of == of && key.name == name) return &key;
    return nullptr;
}

canonical::Relations first_relations(WantedRelations const &wanted) {
    canonical::Relations first;
    for (auto const &[name, inner] : wanted.selection.included) {
        auto const *key = find_relation(wanted.keys, wanted.kind, name);
        bool const whole = key && !key->which && narrowed(name, wanted.conditions).empty();
        if (whole && key->via && key->relation) first.add(*key->relation);
    }
    return first;
}

std::vector<Step> further_steps(WantedRelations const &wanted) {
    std::vector<Step> steps;
    Walk(wanted, steps).add(wanted.selection, wanted.kind, {});
    return steps;
}

std::optional<canonical::Request> question(Step const &step, canonical::Reply const &reply) {
    canonical::Filter of{.op = canonical::Operator::in};
    std::set<std::string, std::less<>> ids;
    canonical::with_kind(step.key->of, [&]<class E>(std::type_identity<E>) {
        if (step.key->many) {
            of.field = {*step.key->via, canonical::Part::id};
            each<E>(reply, [&](E const &parent) { ids.insert(*parent.id); });
            return;
        }
        canonical::with_kind(step.key->target, [&]<class T>(std::type_identity<T>) {
            of.field = {canonical::member<&T::id>()};
            each<E>(reply, [&](E const &record) {
                auto const id = referred(record, *step.key->via);
                if (!id.empty() && !ids.contains(id) && !reply.related.find<T>(id)) ids.emplace(id);
            });
        });
    });
    if (ids.empty()) return {};
    of.values.assign(ids.begin(), ids.end());
    canonical::Request request{.verb = canonical::Verb::list, .kind = step.key->target};
    request.query.filter.require(std::move(of));
    if (!step.filter.empty()) request.query.filter.require(step.filter);
    return request;
}

void merge(Step const &step, canonical::Reply &&answer, canonical::Reply &reply) {
    canonical::with_kind(step.key->target, [&]<class T>(std::type_identity<T>) {
        auto &known = reply.related.of<T>();
        for (auto &record : answer.records.of<T>())
            if (!reply.related.find<T>(*record.id)) known.push_back(std::move(record));
    });
}

} // namespace dialects
