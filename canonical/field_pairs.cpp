#include "canonical/field_pairs.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace canonical {

namespace {

namespace json = boost::json;

using CustomValues = std::vector<CustomValue>;
using Pair = FieldPairs::Pair;
using Pairs = std::vector<Pair>;

// A custom value as text, and text as a custom value. A list or an object stays the JSON that it is.
std::string text_of(std::string_view value) {
    if (!value.starts_with('"')) return std::string(value);
    boost::system::error_code error;
    auto const parsed = json::parse(value, error);
    return std::string(error ? value : std::string_view(parsed.get_string()));
}

Slot<std::string> slot_of(std::string_view value) {
    if (value == "null") return std::nullopt;
    return text_of(value);
}

std::string json_of(Slot<std::string> const &slot) { return slot ? json::serialize(json::string(*slot)) : "null"; }

// Takes the value of that key out of a list, if it is there.
std::optional<std::string> take(CustomValues &list, std::string_view key) {
    auto const found = std::ranges::find(list, key, &CustomValue::key);
    if (found == list.end()) return {};
    auto value = std::move(found->json);
    list.erase(found);
    return value;
}

void rename(CustomValues &list, std::string_view one, std::string_view other) {
    for (auto &value : list)
        if (value.key == one)
            value.key = other;
        else if (value.key == other)
            value.key = one;
}

// Calls f(slot) for a member that is text.
template <class E, class F> void with_text(E &entity, MemberId member, F &&f) {
    with_member(entity, member.index, [&](auto &slot) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(slot)>, Slot<std::string>>) f(slot);
    });
}

template <class E> void swap_members(E &entity, Pair const &pair) {
    with_text(entity, pair.caller.member,
              [&](auto &one) { with_text(entity, pair.backend.member, [&](auto &other) { std::swap(one, other); }); });
}

// The fields of one pair, in what goes to the backend.
template <class E> class Outwards {
public:
    Outwards(Request &request, Pair const &pair)
        : request_(request), entity_(request.of<E>()), custom_(custom_of(entity_)), pair_(pair) {}

    void exchange() {
        if (!pair_.caller.is_custom() && !pair_.backend.is_custom())
            swap_members(entity_, pair_);
        else if (!pair_.backend.is_custom())
            with_text(entity_, pair_.backend.member, [&](auto &slot) { give(slot); });
        else if (!pair_.caller.is_custom())
            with_text(entity_, pair_.caller.member, [&](auto &slot) { keep(slot); });
        else {
            rename(**custom_, pair_.caller.key, pair_.backend.key);
            rename(request_.custom, pair_.caller.key, pair_.backend.key);
        }
    }

private:
    bool updates() const { return request_.verb == Verb::update; }

    // The caller's custom value becomes the backend's member. What the backend has under that key is none of his.
    void give(Slot<std::string> &slot) {
        auto const &key = pair_.caller.key;
        auto const change = take(request_.custom, key);
        if (change && !change->empty()) slot = slot_of(*change);
        if (custom_->absent()) return;
        auto const value = take(**custom_, key);
        if (value && !change) slot = slot_of(*value);
        // An update's list is whole: what it lacks is gone.
        if (updates() && !value && !change && slot.absent()) slot = std::nullopt;
        if (updates()) request_.custom.push_back({.key = std::string(key), .json = {}});
    }

    // The caller's member becomes a custom value of the backend, which the caller's list does not show.
    void keep(Slot<std::string> &slot) {
        CustomValue value{.key = std::string(pair_.backend.key), .json = json_of(slot)};
        if (slot.absent()) {
            auto const &list = **custom_;
            bool const told = std::ranges::find(list, value.key, &CustomValue::key) != list.end();
            value.json.clear();
            if (updates() && !custom_->absent() && !told) request_.custom.push_back(std::move(value));
            return;
        }
        if (updates()) {
            request_.custom.push_back(std::move(value));
        } else {
            take(**custom_, value.key);
            if (!*custom_) custom_->emplace();
            if (slot) (*custom_)->push_back(std::move(value));
        }
        slot.clear();
    }

    Request &request_;
    E &entity_;
    Slot<CustomValues> *custom_;
    Pair const &pair_;
};

// The fields of one pair, in what comes from the backend.
template <class E> void exchange_back(E &entity, Pair const &pair) {
    auto *const custom = custom_of(entity);
    auto const tidy = [&] {
        if (*custom && (*custom)->empty()) *custom = std::nullopt;
    };
    if (!pair.caller.is_custom() && !pair.backend.is_custom()) {
        swap_members(entity, pair);
    } else if (!pair.backend.is_custom()) {
        with_text(entity, pair.backend.member, [&](auto const &slot) {
            bool const hidden = take(**custom, pair.caller.key).has_value();
            if (slot) {
                if (!*custom) custom->emplace();
                (*custom)->push_back({.key = std::string(pair.caller.key), .json = json_of(slot)});
            } else if (hidden) {
                tidy();
            }
        });
    } else if (!pair.caller.is_custom()) {
        with_text(entity, pair.caller.member, [&](auto &slot) {
            slot.clear();
            if (custom->absent()) return;
            auto const value = take(**custom, pair.backend.key);
            slot = value ? slot_of(*value) : std::nullopt;
            if (value) tidy();
        });
    } else {
        rename(**custom, pair.backend.key, pair.caller.key);
    }
}

// What a filter or a sort looks at: a member, or one of the custom values.
struct Place {
    MemberId member;
    std::string_view key;

    friend bool operator==(Place const &, Place const &) = default;
};

Place place_of(FieldPath const &field) { return {field.member, field.key}; }

// Where the backend has what the caller looks at. Two members change places, and so do two custom values; what the
// caller's custom value is mapped to can be reached by its own name as well.
Place backends_place(Place place, Pairs const &pairs) {
    for (auto const &[caller, backend] : pairs) {
        if (place == place_of(caller)) return place_of(backend);
        if (place == place_of(backend) && caller.is_custom() == backend.is_custom()) return place_of(caller);
    }
    return place;
}

void rename(Filter &filter, Pairs const &pairs) {
    for (auto &child : filter.children) rename(child, pairs);
    if (filter.values.empty()) return;
    auto const place = backends_place({filter.field.member, filter.key}, pairs);
    filter.field.member = place.member;
    filter.key = std::string(place.key);
}

std::string short_name(MemberId member) {
    auto const name = name_of(member);
    return name.substr(name.find('.') + 1);
}

void rename(std::string &field, Pair const &pair) {
    auto const caller = short_name(pair.caller.member), backend = short_name(pair.backend.member);
    if (field == backend)
        field = caller;
    else if (field == caller && !pair.caller.is_custom() && !pair.backend.is_custom())
        field = backend;
}

// An error says the name of a member and not of what kind: the first pair that has it is meant.
void rename(Error &error, Pairs const &pairs) {
    for (auto const &pair : pairs) {
        auto const before = error.field;
        rename(error.field, pair);
        if (error.field != before) break;
    }
    for (auto &further : error.more) rename(further, pairs);
}

} // namespace

FieldPairs::FieldPairs(Mapping const &mapping) {
    for (auto const &[caller_name, backend_name] : mapping.fields) {
        auto const caller = find_field(caller_name), backend = find_field(backend_name);
        auto const *const one = std::get_if<FieldPath>(&caller), *const other = std::get_if<FieldPath>(&backend);
        if (one && other) pairs_.push_back({*one, *other});
    }
}

void FieldPairs::to_backend(Request &request) const {
    std::visit(
        [&]<class E>(E &) {
            for (auto const &pair : pairs_)
                if (pair.kind() == kind_of<E>) Outwards<E>(request, pair).exchange();
        },
        request.patch);
}

std::optional<Error> FieldPairs::to_backend(Query &query) const {
    rename(query.filter, pairs_);
    for (auto &sort : query.sort) {
        auto const place = backends_place({sort.field.member, {}}, pairs_);
        if (!place.key.empty()) return Error{.code = Code::unknown_field, .field = short_name(sort.field.member)};
        sort.field.member = place.member;
    }
    return {};
}

void FieldPairs::to_caller(Records &records) const {
    records.for_each_list([&]<class E>(std::vector<E> &list) {
        for (auto const &pair : pairs_)
            if (pair.kind() == kind_of<E>)
                for (auto &entity : list) exchange_back(entity, pair);
    });
}

void FieldPairs::to_caller(Error &error) const { rename(error, pairs_); }

} // namespace canonical
