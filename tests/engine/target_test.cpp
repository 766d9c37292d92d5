#include "dialects/engine/target.hpp"

#include <gmock/gmock.h>

namespace wire {

bool operator==(Pair const &a, Pair const &b) {
    return a.name == b.name && a.value == b.value && a.has_value == b.has_value;
}

namespace {

using testing::ElementsAre, testing::IsEmpty;
using Segments = std::vector<std::string>;
using Pairs = std::vector<Pair>;

TEST(TargetSplitter, ReadsPathsAndQueries) {
    struct {
        char const *name, *target;
        Segments segments;
        Pairs query;
    } const cases[] = {
        {"a path", "/api/projects/7", {"api", "projects", "7"}, {}},
        {"the root", "/", {}, {}},
        {"a slash at the end", "/api/me/", {"api", "me"}, {}},
        {"doubled slashes", "//api///me", {"api", "me"}, {}},
        {"escapes, decoded once", "/a%20b/%25", {"a b", "%"}, {}},
        {"an escape of an escape", "/%252e%252e/%252f", {"%2e%2e", "%2f"}, {}},
        {"letters beyond ascii", "/%C3%A4", {"ä"}, {}},
        {"a plus in the path", "/a+b", {"a+b"}, {}},
        {"dots that are no dot segment", "/.a/..b/a../...", {".a", "..b", "a..", "..."}, {}},
        {"braces and parameters", "/{id}/a;b=c", {"{id}", "a;b=c"}, {}},
        {"a bare question mark", "/api?", {"api"}, {}},
        {"pairs", "/?a=1&b=2", {}, {{"a", "1"}, {"b", "2"}}},
        {"a plus and an escape are spaces", "/?a+b=c%20d", {}, {{"a b", "c d"}}},
        {"an escaped plus stays", "/?a=1%2B2", {}, {{"a", "1+2"}}},
        {"no equals sign", "/?a&b=", {}, {{"a", "", false}, {"b", ""}}},
        {"a second equals sign", "/?where=a=1", {}, {{"where", "a=1"}}},
        {"a leading ampersand", "/?&Count=25", {}, {{"Count", "25"}}},
        {"empty pairs", "/?a=1&&b=2&", {}, {{"a", "1"}, {"b", "2"}}},
        {"a second question mark", "/filter??Count=25", {"filter"}, {{"?Count", "25"}}},
        {"a question mark at the end of a value", "/?$select=a,b?&$top=1", {}, {{"$select", "a,b?"}, {"$top", "1"}}},
        {"raw brackets", "/?filter[name][]=x", {}, {{"filter[name][]", "x"}}},
        {"quotes and comparisons", "/?where=a<'1'>\"2\"|{}^`", {}, {{"where", "a<'1'>\"2\"|{}^`"}}},
        {"a backslash in a query", "/?where=a%5C'b\\c", {}, {{"where", "a\\'b\\c"}}},
        {"slashes and dots in a query", "/?url=http://a/../b", {}, {{"url", "http://a/../b"}}},
        {"lines in a query", "/?text=a%0D%0Ab", {}, {{"text", "a\r\nb"}}},
    };
    for (auto const &[name, target, segments, query] : cases) {
        auto const result = split_target(target);
        ASSERT_TRUE(result) << name;
        EXPECT_EQ(result->segments, segments) << name;
        EXPECT_EQ(result->query, query) << name;
    }
}

TEST(TargetSplitter, KeepsPathAndQueryAsTheyCame) {
    auto const result = split_target("/a%20b//c?x=%31&y");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->raw_path, "/a%20b//c");
    EXPECT_EQ(result->raw_query, "x=%31&y");
}

TEST(TargetSplitter, RefusesWhatTwoReadersCouldReadInTwoWays) {
    struct {
        char const *name;
        std::string_view target;
    } const cases[] = {
        {"nothing", ""},
        {"no slash in front", "api"},
        {"an asterisk", "*"},
        {"the absolute form", "http://host/api"},
        {"a dot segment", "/a/./b"},
        {"a double dot", "/a/../b"},
        {"a double dot at the end", "/a/.."},
        {"an encoded dot", "/a/%2e/b"},
        {"encoded double dots", "/a/%2E%2e/b"},
        {"half encoded double dots", "/a/.%2e/b"},
        {"double dots with a parameter", "/a/..;x=1/b"},
        {"encoded double dots with a parameter", "/a/%2e%2e%3bx/b"},
        {"an encoded slash", "/a%2fb"},
        {"an encoded slash, large", "/a%2Fb"},
        {"a backslash", "/a\\b"},
        {"an encoded backslash", "/a%5cb"},
        {"a fragment", "/a#b"},
        {"a fragment in the query", "/a?b#c"},
        {"a raw space", "/a b"},
        {"a raw space in the query", "/a?b c"},
        {"a raw byte beyond ascii", "/\xC3\xA4"},
        {"a raw byte beyond ascii in the query", "/?a=\xC3\xA4"},
        {"a raw control", "/a\x01"},
        {"a raw line end in the query", "/?a=\r\nb"},
        {"a raw delete", "/a\x7f"},
        {"a raw NUL", {"/a\0b", 4}},
        {"an encoded NUL", "/a%00b"},
        {"an encoded control", "/a%0ab"},
        {"an encoded delete", "/a%7fb"},
        {"an encoded NUL in the query", "/?a=%00"},
        {"a broken escape", "/a%2"},
        {"an escape without digits", "/a%zz"},
        {"a percent sign alone", "/?a=100%"},
        {"a broken escape in a key", "/?%4=1"},
        {"no utf-8", "/%ff"},
        {"half a character in the query", "/?a=%C3"},
        {"an overlong slash", "/a%c0%afb"},
        {"a surrogate", "/%ed%a0%80"},
    };
    for (auto const &[name, target] : cases) {
        auto const result = split_target(target);
        ASSERT_FALSE(result) << name;
        EXPECT_EQ(result.error().code, canonical::Code::malformed) << name;
    }
}

TEST(Target, FindsTheFirstOfAName) {
    auto const target = split_target("/?b=0&a=1&a=2&A=3");
    ASSERT_TRUE(target);
    EXPECT_EQ(*target->find("a"), "1");
    EXPECT_EQ(*target->find("A"), "3");
    EXPECT_EQ(*target->find_any_case("A"), "1");
    EXPECT_EQ(target->find("c"), nullptr);
    EXPECT_EQ(target->find_any_case("c"), nullptr);
}

TEST(PairSplitter, TakesRawUtf8InForms) {
    auto const pairs = split_pairs("name=Zo\xC3\xAB&x");
    ASSERT_TRUE(pairs);
    EXPECT_EQ(*pairs, (Pairs{{"name", "Zoë"}, {"x", "", false}}));
}

TEST(PairSplitter, RefusesBrokenText) {
    for (auto const text : {"a=%", "a=%1", "a=%g0", "a=\xFF", "a=%00", "%=1"}) {
        auto const pairs = split_pairs(text);
        ASSERT_FALSE(pairs) << text;
        EXPECT_EQ(pairs.error().code, canonical::Code::malformed) << text;
    }
}

TEST(PairSplitter, StopsAtTooManyPairs) {
    auto const pairs = [](std::size_t count) {
        return split_pairs(std::string(2 * count - 1, '&').replace(0, 1, "a"));
    };
    EXPECT_TRUE(pairs(5'000));
    ASSERT_FALSE(pairs(10'000));
    EXPECT_EQ(pairs(10'000).error().code, canonical::Code::too_large);
}

TEST(PairSplitter, MakesNothingOfNothing) {
    EXPECT_THAT(*split_pairs(""), IsEmpty());
    EXPECT_THAT(*split_pairs("&&"), IsEmpty());
}

TEST(PercentCode, ComesBackAsItWas) {
    std::string every;
    for (int c = 1; c < 128; ++c) every.push_back(char(c));
    every += "äöü€😀";
    auto const encoded = encode_percent(every);
    EXPECT_EQ(encoded.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%"),
              std::string::npos);
    EXPECT_EQ(decode_percent(encoded, false), every);
    EXPECT_EQ(decode_percent(encoded, true), every);
}

TEST(PercentCode, EscapesAllButUnreservedCharacters) {
    EXPECT_EQ(encode_percent("a-Z_0.~"), "a-Z_0.~");
    EXPECT_EQ(encode_percent("/ ?\xE2\x82\xAC"), "%2F%20%3F%E2%82%AC");
}

} // namespace
} // namespace wire
