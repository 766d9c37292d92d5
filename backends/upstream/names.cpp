#include "backends/upstream/names.hpp"

#include "canonical/lower.hpp"

#include <algorithm>

namespace backends::upstream {

using canonical::Code, canonical::Error, canonical::Ref, canonical::Result;

std::vector<Ref> const *Names::of(canonical::Kind kind, Clock::time_point now) const {
    auto const found = known_.find(kind);
    if (found == known_.end() || now - found->second.since > kept_) return nullptr;
    return &found->second.refs;
}

void Names::learn(canonical::Kind kind, std::vector<Ref> refs, Clock::time_point now) {
    std::ranges::sort(refs, {}, &Ref::id);
    known_[kind] = {.refs = std::move(refs), .since = now};
}

Result<Ref> find(std::vector<Ref> const &refs, Ref const &wanted) {
    if (!wanted.id.empty()) {
        auto const found = std::ranges::lower_bound(refs, wanted.id, {}, &Ref::id);
        if (found != refs.end() && found->id == wanted.id) return *found;
        return Error{.code = Code::unknown_reference, .detail = wanted.id};
    }
    auto const by = wanted.email.empty() ? &Ref::name : &Ref::email;
    auto const text = canonical::lower(wanted.*by);
    std::vector<Ref const *> exact, others;
    for (auto const &ref : refs)
        if (ref.*by == wanted.*by)
            exact.push_back(&ref);
        else if (canonical::lower(ref.*by) == text)
            others.push_back(&ref);
    auto const &found = exact.empty() ? others : exact;
    if (found.size() == 1) return *found.front();
    return Error{.code = found.empty() ? Code::unknown_reference : Code::ambiguous, .detail = wanted.*by};
}

std::vector<Ref> refs_of(canonical::Kind kind, canonical::Records const &records) {
    std::vector<Ref> refs;
    canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) {
        for (auto const &record : records.of<E>()) {
            Ref ref{.id = *record.id, .name = *record.name};
            if constexpr (requires { record.email; }) ref.email = *record.email;
            refs.push_back(std::move(ref));
        }
    });
    return refs;
}

} // namespace backends::upstream
