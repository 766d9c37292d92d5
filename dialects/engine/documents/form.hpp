#pragma once
// Names and values of a form or query as a nested document, by the conventions that web frameworks share. Values are
// strings; what a string means is the codecs' business.
//   a=1             "a": "1"                 a[b]=1, a.b=1 (with dots)   "a": {"b": "1"}
//   a=1&a=2         "a": ["1", "2"]          a[][b]=1&a[][c]=2&a[][b]=3  "a": [{"b": "1", "c": "2"}, {"b": "3"}]
//   a[]=1&a[]=2     "a": ["1", "2"]          a[7]=1&a[2]=2               "a": ["2", "1"] (in order, without holes)
// A name whose brackets do not match stands for itself.
#include "canonical/error.hpp"
#include "dialects/engine/target.hpp"

#include <boost/json/value.hpp>
#include <span>

namespace dialects {

struct NestRules {
    bool dots = false;            // whether a.b means a[b]
    bool places = true;           // whether a number in brackets is an item's place; else it is a name like any other
    std::size_t depth = 32;       // how many parts a name may have
    std::size_t members = 10'000; // how many pairs there may be
};

// An object, to be kept in `memory`; the pairs need not outlive it. Fails with
//   malformed   and a field: the name that contradicts another, as in a=1&a[b]=2 or a[0]=1&a[0]=2
//   too_large   beyond one of the limits
canonical::Result<boost::json::value> nest(std::span<wire::Pair const> pairs, NestRules const &rules = {},
                                           boost::json::storage_ptr memory = {});

} // namespace dialects
