#pragma once
// What becomes of each field of one dialect where the data lives in a real service of another: out of the tables of
// both.
#include "dialects/engine/client.hpp"

namespace dialects {

std::string_view name_of(Fidelity fidelity);

struct FieldFidelity {
    canonical::Kind kind;
    std::string_view field; // its path in the caller's dialect
    Face face;
    std::string member = {}; // as the model calls it; nothing for what is no member
    Fidelity becomes = Fidelity::exact;
    std::string_view reason = {};
};

// Every field of the kinds that the dialect knows. `service`: its client side; null: a store of our own, which has room
// for everything.
std::vector<FieldFidelity> fidelity_of(Dialect const &dialect, Client const *service);

// All pairs of dialects with what is kept or made coarser in each, as Markdown: docs/fidelity.md.
std::string fidelity_document();

} // namespace dialects
