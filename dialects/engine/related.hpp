#pragma once
// Related records that a caller wants along: which names lead where, what the first question brings of them, and the
// further questions that bring the rest, one for each step away.
#include "dialects/engine/dialect.hpp"

namespace dialects {

// What a name leads to: through a reference to one record, or to all that refer to this one.
struct RelationKey {
    canonical::Kind of;
    std::string_view name;
    canonical::Kind target;
    bool many = false;
    // The reference: of the record itself, or of those that hang on it. Nothing: the tool has such records, this
    // workspace has none.
    std::optional<canonical::MemberId> via = {};
    std::optional<canonical::Relation> relation = {}; // nothing: it takes a question of its own
    canonical::Filter (*which)() = nullptr;           // nothing: all that refer to it
};
using RelationKeys = std::span<RelationKey const>;

RelationKey const *find_relation(RelationKeys keys, canonical::Kind of, std::string_view name);

// The id that a record's reference holds; nothing where the member is none of its references.
template <class E> std::string_view referred(E const &e, canonical::MemberId member) {
    std::string_view id;
    if (member.kind != canonical::kind_of<E>) return id;
    unsigned char index = 0;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(e.*d.pointer)>, canonical::Slot<canonical::Ref>>)
            if (index == member.index) id = (*(e.*d.pointer)).id;
        ++index;
    });
    return id;
}

// What narrows the children under a path of names ("projects.tasklists").
using ChildConditions = std::vector<std::pair<std::string, canonical::Filter>>;

// What a caller wants along with records of a kind. Names without a key lead nowhere.
struct WantedRelations {
    RelationKeys keys;
    Selection const &selection;
    canonical::Kind kind;
    ChildConditions conditions = {};
};

// The relations that the first question brings.
canonical::Relations first_relations(WantedRelations const &wanted);

// Those that it does not bring: what needs a question of its own, is further away, or is narrowed.
struct Step {
    RelationKey const *key;
    canonical::Filter filter = {}; // beside the reference
};
std::vector<Step> further_steps(WantedRelations const &wanted);

// Nothing where there is nothing to ask for.
std::optional<canonical::Request> question(Step const &step, canonical::Reply const &reply);
// Takes over what is new in an answer to such a question.
void merge(Step const &step, canonical::Reply &&answer, canonical::Reply &reply);

} // namespace dialects
