#pragma once
// The envelope that all answers of ONLYOFFICE share, and the words, numbers and reason phrases of its errors.
// (reference: server source 12.7, the API framework)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

// What of an answer the envelope counts.
struct Counts {
    std::size_t count = 1;   // items, or 1 for anything that is no list
    std::int64_t start = 0;  // of a list
    std::int64_t total = -1; // -1: not told
};

// `response`: JSON. Every POST answers 201.
wire::Response respond(Call const &call, std::string_view response, Counts const &counts = {});
wire::Response refusal(Call const &call, canonical::Error const &error);

} // namespace dialects::onlyoffice
