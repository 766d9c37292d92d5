#include "canonical/rules.hpp"

#include <algorithm>

namespace canonical {

Phase settled(Phase wanted, Phase current) {
    if (wanted == Phase::not_closed) return current == Phase::closed ? Phase::active : current;
    if (wanted == Phase::not_active) return current == Phase::active ? Phase::closed : current;
    return wanted;
}

ProjectStatus const *status_of(Phase phase, std::span<ProjectStatus const> statuses) {
    ProjectStatus const *best = nullptr;
    for (auto const &status : statuses) {
        if (*status.phase != phase) continue;
        auto const rank = [](ProjectStatus const &s) { return std::pair(!*s.is_default, *s.position); };
        if (!best || rank(status) < rank(*best)) best = &status;
    }
    return best;
}

void settle_phase(Project &patch, Project const &current, std::span<ProjectStatus const> statuses, Instant now) {
    if (patch.phase.null()) patch.phase.clear(); // every project has one
    auto const before = current.phase.value_or(Phase::active);
    auto const find = [&](Slot<Ref> const &ref) -> ProjectStatus const * {
        auto const found = std::ranges::find(statuses, ref->id, [](auto const &status) { return *status.id; });
        return ref && found != statuses.end() ? &*found : nullptr;
    };
    auto after = before;
    if (auto const *status = find(patch.status))
        after = *status->phase;
    else if (patch.phase)
        after = settled(*patch.phase, before);
    else if (!current.phase.absent() && patch.status.absent())
        return;

    patch.phase = after;
    if (!patch.status && !patch.status.null()) {
        auto const *present = find(current.status);
        if (!present || *present->phase != after)
            if (auto const *status = status_of(after, statuses)) patch.status = Ref{.id = *status->id};
    }
    if (after == Phase::closed && before != Phase::closed) {
        if (patch.archived.absent()) patch.archived = now;
        if (patch.closed.absent()) patch.closed = now;
    } else if (after != Phase::closed) {
        patch.archived = std::nullopt;
    }
}

void settle_custom(std::span<CustomValue const> changes, Project const &current, Project &patch) {
    if (changes.empty()) return;
    auto const before = [&](std::string_view key) {
        return std::ranges::find(*current.custom, key, &CustomValue::key);
    };
    auto list = patch.custom.absent() ? *current.custom : *patch.custom;
    for (auto const &change : changes) {
        auto const kept = before(change.key);
        auto const json = !change.json.empty() ? change.json : kept != current.custom->end() ? kept->json : "null";
        auto const place = std::ranges::find(list, change.key, &CustomValue::key);
        if (json == "null")
            std::erase_if(list, [&](auto const &value) { return value.key == change.key; });
        else if (place != list.end())
            place->json = json;
        else
            list.push_back({.key = change.key, .json = json});
    }
    patch.custom = std::move(list);
}

namespace {

// Collects problems into the first of them.
class Problems {
public:
    void add(Code code, std::string_view field) {
        Error error{code, std::string(field)};
        if (first_)
            first_->more.push_back(std::move(error));
        else
            first_ = std::move(error);
    }
    std::optional<Error> take() { return std::move(first_); }
    bool any() const { return first_.has_value(); }

private:
    std::optional<Error> first_;
};

template <class E> bool has(std::span<E const> records, std::string_view id) {
    return std::ranges::any_of(records, [&](auto const &record) { return *record.id == id; });
}

bool all_values_are(WorkflowMap const &wanted, std::span<WorkflowStatus const> statuses) {
    return std::ranges::all_of(wanted.map, [&](auto const &pair) { return has(statuses, pair.second); });
}

} // namespace

std::optional<Error> check_workflow_change(WorkflowMap const &wanted, Workflow const *target,
                                           std::span<WorkflowStatus const> current,
                                           std::span<WorkflowStatus const> next) {
    Problems problems;
    if (!target) {
        problems.add(Code::unknown_reference, "workflow");
        return problems.take();
    }
    auto const closed = [](auto const &status) { return *status.category == Category::closed; };
    if (wanted.map.empty()) problems.add(Code::blank, "map");
    if (next.size() < 2 || std::ranges::none_of(next, closed)) problems.add(Code::too_few_statuses, "workflow");
    if (!wanted.given) return problems.take();
    auto const mapped = [&](auto const &status) { return wanted.map.contains(*status.id); };
    if (!std::ranges::all_of(current, mapped))
        problems.add(Code::incomplete_map, "map");
    else if (!problems.any() && !all_values_are(wanted, next))
        problems.add(Code::bad_map_value, "map");
    return problems.take();
}

std::optional<Error> check_list_map(WorkflowMap const &wanted, std::span<TaskList const> lists,
                                    std::span<WorkflowStatus const> statuses) {
    Problems problems;
    if (wanted.map.empty()) problems.add(Code::blank, "map");
    auto const is_list = [&](auto const &pair) { return has(lists, pair.first); };
    if (!std::ranges::all_of(wanted.map, is_list))
        problems.add(Code::bad_map_key, "map");
    else if (!all_values_are(wanted, statuses))
        problems.add(Code::bad_map_value, "map");
    return problems.take();
}

} // namespace canonical
