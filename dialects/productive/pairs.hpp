#pragma once
// Records that stand for a pair: a project and somebody in some part of it. Parts of the model hold them, and no store
// can look for them by themselves.
#include "dialects/engine/parts.hpp"
#include "dialects/productive/condition.hpp"
#include "dialects/productive/include.hpp"
#include "dialects/productive/pages.hpp"
#include "dialects/productive/requests.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace dialects::productive {

// A relation to one record, by its id; as an attribute by `<name>_id`.
template <auto M, Literal Type> constexpr auto relation_row(Path wire) {
    using E = typename canonical::detail::ClassOf<decltype(M)>::Class;
    auto row = kept_relation<E>(wire, blank::no_record);
    row.read = [](Field<E> const &, json::value const &j, E &e, Packer &, Context const &context) {
        canonical::Slot<Ref> slot;
        if (!codec::relation<Type>::read(j, slot, context)) return false;
        if (slot) e.*M = slot->id;
        return true;
    };
    row.write = [](Field<E> const &self, E const &e, Writer &to) {
        auto &out = to.at(self.wire);
        if (to.view.includes(self.wire.name()))
            codec::relation<Type>::write({.id = e.*M}, out);
        else
            out.raw(blank::not_included);
    };
    row.face = Face::both;
    row.kept = {};
    row.failure = Code::unknown_reference;
    return row;
}

// One filter: any of the values, or none of them.
struct Comparison {
    std::string name;
    bool opposite = false;
    std::set<std::string> values = {};
};

struct PairsAsked {
    std::vector<Comparison> filters = {};
    std::vector<std::string_view> included = {};
    PageStart page = {};
};

// "filter[project_id]", "filter[project_id][not_eq]", "filter[project_id][]", include, page; names that are not among
// these are refused.
struct PairNames {
    std::span<std::string_view const> filters, included;
};
canonical::Result<PairsAsked> read_pairs_query(Call const &call, PairNames names);

// `value_of`: of the pair under the name of a filter.
bool passes(std::vector<Comparison> const &filters, std::function<std::string_view(std::string_view)> const &value_of);

// The person and the project of each of these pairs, each once, where they are wanted.
struct PairOf {
    std::string_view person, project;
};
void write_included(Call const &call, std::span<PairOf const> shown, PairsAsked const &asked,
                    canonical::Reply const &reply, Text &text);

// What such a record is called: that of the address.
std::string_view type_of_pairs(Call const &call);

template <class E> std::vector<PairOf> pairs_of(std::span<E const> records) {
    std::vector<PairOf> pairs;
    for (auto const &record : records) pairs.push_back({.person = record.person, .project = record.project});
    return pairs;
}

// As documents.
template <class E>
std::string one_written(Call const &call, Table<E> const &table, E const &record, PairsAsked const &asked,
                        canonical::Reply const &reply) {
    auto const surroundings = context_of(call);
    std::string body;
    {
        Text text(body, surroundings);
        text.raw(R"({"data":)");
        write_resource(call, type_of_pairs(call), table, record, asked.included, text);
        write_included(call, pairs_of<E>({&record, 1}), asked, reply, text);
        text.raw(R"(,"meta":{}})");
    }
    return body;
}

// The page that is asked for, of all of them.
template <class E>
std::string all_written(Call const &call, Table<E> const &table, std::vector<E> const &all, PairsAsked const &asked,
                        canonical::Reply const &reply) {
    auto const total = std::int64_t(all.size());
    auto const first = std::min(asked.page.offset, total);
    auto const shown =
        std::span(all).subspan(std::size_t(first)).first(std::size_t(std::min(asked.page.limit, total - first)));
    auto const surroundings = context_of(call);
    std::string body;
    {
        Text text(body, surroundings);
        text.raw(R"({"data":[)");
        for (auto const &record : shown) {
            text.next();
            write_resource(call, type_of_pairs(call), table, record, asked.included, text);
        }
        text.put(']');
        write_included(call, pairs_of<E>(shown), asked, reply, text);
        Listed const listed{.total = total,
                            .shown = std::int64_t(shown.size()),
                            .last_id = shown.empty() ? std::string_view() : std::string_view(shown.back().id)};
        write_links(call, listed, text);
        write_figures(call, listed, text);
        text.put('}');
    }
    return body;
}

// The numbers of ids, which sort as numbers do.
std::pair<std::size_t, std::string_view> by_number(std::string const &id);

// In the order of their numbers, those behind one of them.
template <class E> void put_in_order(std::vector<E> &all, std::string const &after) {
    if (!after.empty()) std::erase_if(all, [&](E const &record) { return by_number(record.id) <= by_number(after); });
    std::ranges::sort(all, {}, [](E const &record) { return by_number(record.id); });
}

canonical::Error about_attribute(Code code, std::string_view attribute);

} // namespace dialects::productive
