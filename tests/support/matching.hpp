#pragma once
// Compares what came with what a golden exchange expects. What the service makes up stands in it as a placeholder:
//   <id> digits not seen before · <int> · <text> any text · <now> the clock · <instant> any time in the tool's form
//   <guid> · <any> · <absent> the member must not be there
// "<id:NEW>" remembers what came; "{NEW}" stands for it from then on. Placeholders may be part of a longer text.
// In objects: "<more>" lets there be other members, "~name" does not look at the content of a member, "?name" lets it
// be missing. A list that starts with "<unordered>" may come in any order.
#include "tests/support/clock.hpp"

#include <boost/json/value.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace support {

namespace json = boost::json;

// What one run of an exchange knows so far.
struct Memory {
    ClockForm clock = {};
    canonical::Instant now = {};
    std::map<std::string, json::value, std::less<>> names = {}; // what was remembered
    std::set<std::string, std::less<>> ids = {};                // those that are taken

    // A text in which each {NAME} is filled in. Throws for a name that nothing was remembered under.
    std::string fill_in(std::string_view text) const;
};

// Each one sentence: "$.projects[0].name: expected "a", got "b"". What was remembered on the way is only kept where
// there are none.
using Differences = std::vector<std::string>;

Differences compare(json::value const &expected, json::value const &actual, Memory &memory);
// Of a text such as a header's value; `where` names it in the message.
Differences compare_text(std::string_view expected, std::string_view actual, std::string const &where, Memory &memory);
// Elements, attributes and text; elements of one name stay in their order, an element <more/> lets there be others.
Differences compare_xml(std::string_view expected, std::string_view actual, Memory &memory);

// Numbers stand on the wire as 60 and 0.25: nothing, or the first one of this JSON text that does not.
std::string find_odd_number(std::string_view json);

} // namespace support
