#include "dialects/engine/fidelity.hpp"

#include <algorithm>
#include <map>

namespace dialects {

using canonical::Kind;

namespace {

struct Verdict {
    Fidelity becomes;
    std::string_view reason = {};
};

// Of a member of the model, where the dialect itself does that to it.
Verdict verdict_on(canonical::MemberId member, Face face, Fidelity own, Client const &service) {
    if (!service.knows(member.kind))
        return {Fidelity::kept, "the service has no such records; they are kept beside it"};
    auto const held = service.holds(member), shown = service.shows(member);
    if (on(face, Face::sent) && !held)
        return {Fidelity::kept,
                shown ? "the service shows it and lets nobody set it" : "the service has no room for it"};
    auto const there = held ? held : shown;
    if (!there) return {Fidelity::kept, "the service does not show it"};
    if (*there == Fidelity::approximated) return {Fidelity::approximated, "the service knows it less finely"};
    return {std::max(own, *there)};
}

template <class E> void add(std::vector<FieldFidelity> &all, Table<E> const &table, Client const *service, bool same) {
    for (auto const &row : table.rows) {
        FieldFidelity field{.kind = canonical::kind_of<E>, .field = row.wire.whole, .face = row.face};
        field.becomes = row.fidelity;
        if (row.has_member()) {
            auto const whole = canonical::name_of(row.member.member);
            field.member = whole.substr(whole.find('.') + 1);
            if (service && !same && row.fidelity != Fidelity::emulated) {
                auto const verdict = verdict_on(row.member.member, row.face, row.fidelity, *service);
                field.becomes = verdict.becomes;
                field.reason = verdict.reason;
            }
        } else if (row.fidelity == Fidelity::kept && service && !same) {
            field.reason = "this tool alone has it";
        }
        if (same && field.becomes == Fidelity::kept) field.becomes = Fidelity::exact;
        all.push_back(std::move(field));
    }
}

void add_pair(std::string &text, Dialect const &caller, Dialect const &service) {
    std::map<Fidelity, std::size_t> counts;
    std::map<std::string, std::vector<std::string>> worth_telling;
    for (auto const &field : fidelity_of(caller, service.client())) {
        ++counts[field.becomes];
        bool const told = !field.member.empty() && !field.reason.empty();
        if (!told) continue;
        auto const about = std::string(canonical::name_of(field.kind)) + ", " + std::string(name_of(field.becomes)) +
                           ": " + std::string(field.reason);
        worth_telling[about].push_back("`" + std::string(field.field) + "`");
    }
    text.append("\n## ").append(caller.name()).append(" in front of ").append(service.name()).append("\n\n");
    bool first = true;
    for (auto const &[fidelity, count] : counts) {
        text.append(first ? "" : ", ").append(std::to_string(count)).append(" ").append(name_of(fidelity));
        first = false;
    }
    text.append(".\n\n");
    for (auto const &[about, fields] : worth_telling) {
        text.append("- ").append(about).append(": ");
        for (auto const &field : fields) text.append(&field == &fields.front() ? "" : ", ").append(field);
        text.append("\n");
    }
}

} // namespace

std::string_view name_of(Fidelity fidelity) {
    constexpr std::string_view names[]{"exact", "converted", "kept", "emulated", "approximated"};
    return names[std::size_t(fidelity)];
}

std::vector<FieldFidelity> fidelity_of(Dialect const &dialect, Client const *service) {
    std::vector<FieldFidelity> all;
    bool const same = service && service->name() == dialect.name();
    for (std::size_t kind = 0; kind < canonical::kinds; ++kind)
        canonical::with_kind(Kind(kind), [&]<class E>(std::type_identity<E>) {
            if (auto const *const table = dialect.tables().of<E>()) add(all, *table, service, same);
        });
    return all;
}

std::string fidelity_document() {
    std::string text = R"(# What becomes of fields

Printed by `dragoman fidelity`, out of the tables; `dragoman fidelity --from paymo --to superoffice` prints every field of
one pair. In front of a store of our own everything is exact, or what the coverage in the README of the dialect says.

| class | meaning |
|---|---|
| exact | the service holds it as it was said |
| converted | in another form, and back again |
| kept | beside the service, in the keeper; what the service changes meanwhile wins |
| emulated | worked out by the gateway |
| approximated | the service knows it less finely; the finer value is kept as long as the service shows what became of it |

What only one tool has (fields without a member of the model) is kept in any case and not listed here.
)";
    for (auto const *const caller : all_dialects())
        for (auto const *const service : all_dialects())
            if (caller != service && service->client()) add_pair(text, *caller, *service);
    return text;
}

} // namespace dialects
