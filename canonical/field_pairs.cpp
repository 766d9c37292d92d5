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

// The backend's name of a field in a filter or a sort; false where it has none.
bool rename(Field &field, Pairs const &pairs) {
    for (auto const &[caller, backend] : pairs) {
        if (caller.is_custom()) continue;
        if (field.member == caller.member) {
            if (backend.is_custom()) return false;
            field.member = backend.member;
        } else if (field.member == backend.member && !backend.is_custom()) {
            field.member = caller.member;
        }
    }
    return true;
}

std::string short_name(MemberId member) {
    auto const name = name_of(member);
    return name.substr(name.find('.') + 1);
}

std::optional<Error> rename(Filter &filter, Pairs const &pairs) {
    for (auto &child : filter.children)
        if (auto error = rename(child, pairs)) return error;
    if (filter.values.empty() || rename(filter.field, pairs)) return {};
    return Error{.code = Code::unknown_field, .field = short_name(filter.field.member)};
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
    if (auto error = rename(query.filter, pairs_)) return error;
    for (auto &sort : query.sort)
        if (!rename(sort.field, pairs_))
            return Error{.code = Code::unknown_field, .field = short_name(sort.field.member)};
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
