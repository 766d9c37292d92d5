// A document that is accepted, serialized and parsed again is the same document; relaxed rules take all that strict
// ones take, and read it in the same way.
#include "dialects/engine/documents/json.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <boost/json/serialize.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const *data, std::size_t size) {
    auto const text = fuzz::text_of(data, size);
    auto const strict = dialects::parse_json(text);
    auto const relaxed = dialects::parse_json(text, {.relaxed = true});
    auto const last = dialects::parse_json(text, {.last_key_wins = true});
    if (strict) {
        fuzz::require(relaxed.has_value() && *relaxed == *strict);
        fuzz::require(last.has_value() && *last == *strict);
    }
    for (auto const *document : {&strict, &relaxed, &last}) {
        if (!*document) continue;
        auto const again = dialects::parse_json(boost::json::serialize(**document));
        fuzz::require(again.has_value() && *again == **document);
    }
    return 0;
}
