// A target that is accepted, written again from its parts, is the same target; and no part of its path could mean
// another path to anybody.
#include "dialects/engine/target.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

std::string written(wire::Target const &target) {
    std::string text;
    for (auto const &segment : target.segments) text += "/" + wire::encode_percent(segment);
    if (text.empty()) text = "/";
    char separator = '?';
    for (auto const &pair : target.query) {
        text += separator + wire::encode_percent(pair.name);
        if (pair.has_value) text += "=" + wire::encode_percent(pair.value);
        separator = '&';
    }
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const *data, std::size_t size) {
    auto const target = wire::split_target(fuzz::text_of(data, size));
    if (!target) return 0;
    for (auto const &segment : target->segments) {
        fuzz::require(!segment.empty() && segment != "." && segment != "..");
        fuzz::require(segment.find_first_of("/\\\r\n") == segment.npos && segment.find('\0') == segment.npos);
    }
    auto const text = written(*target);
    auto const again = wire::split_target(text);
    fuzz::require(again.has_value() && again->segments == target->segments);
    fuzz::require(again->query.size() == target->query.size());
    for (std::size_t i = 0; i < again->query.size(); ++i) {
        auto const &a = again->query[i], &b = target->query[i];
        fuzz::require(a.name == b.name && a.value == b.value && a.has_value == b.has_value);
    }
    return 0;
}
