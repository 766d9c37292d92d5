#include "dialects/engine/documents/json.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/null_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace dialects {
namespace {

namespace json = boost::json;
using canonical::Code;

std::string repeated(std::size_t times, std::string_view text) {
    std::string result;
    while (times-- > 0) result += text;
    return result;
}

std::string object_of(std::size_t members) {
    std::string text = "{";
    for (std::size_t i = 0; i < members; ++i) text += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":0";
    return text + "}";
}

TEST(JsonParser, ReadsWhatIsStrictJson) {
    for (auto const text : {
             "null",
             "true",
             "\"\"",
             "0",
             "-1",
             "[]",
             "{}",
             " \r\n\t{ \"a\" : [ 1 , { } , \"x\" ] } \n",
             R"({"a":{"a":{"a":1}},"b":{"a":2}})",
             R"("\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00")",
             "9223372036854775807",
             "18446744073709551615",
             "-9223372036854775808",
             "[[[[[[[[]]]]]]]]",
         }) {
        auto const document = parse_json(text);
        ASSERT_TRUE(document) << text;
        EXPECT_EQ(*document, json::parse(text)) << text;
    }
}

TEST(JsonParser, RefusesATextThatIsNotThere) { EXPECT_FALSE(parse_json({})); }

TEST(JsonParser, StripsOneByteOrderMark) {
    EXPECT_EQ(parse_json("\xEF\xBB\xBF[1]").value(), json::parse("[1]"));
    EXPECT_FALSE(parse_json("\xEF\xBB\xBF\xEF\xBB\xBF[1]"));
}

TEST(JsonParser, KeepsTheDocumentInTheMemoryGiven) {
    unsigned char buffer[8192];
    json::monotonic_resource resource(buffer, sizeof buffer, json::get_null_resource());
    auto const document =
        parse_json(R"({"name":"a text that does not fit into a short string","list":[1,2,3]})", {}, &resource);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->storage().get(), &resource);
    EXPECT_EQ(document->at("list").storage().get(), &resource);
}

TEST(JsonParser, KeepsKeysInTheirOrder) {
    EXPECT_EQ(json::serialize(parse_json(R"({"z":1,"a":2,"m":3})").value()), R"({"z":1,"a":2,"m":3})");
}

TEST(JsonParser, RefusesWithTheReasonAndThePlace) {
    struct {
        char const *name;
        std::string_view text;
        Code code;
        char const *detail;
    } const cases[] = {
        {"nothing", "", Code::malformed, "Syntax error at line 1, column 1"},
        {"white space", " \n ", Code::malformed, "Syntax error at line 2, column 2"},
        {"an end too soon", "{\"name\":", Code::malformed, "Syntax error at line 1, column 9"},
        {"a word", "[1,\n  nil]", Code::malformed, "Syntax error at line 2, column 3"},
        {"a comma too many", "[1,]", Code::malformed, "Syntax error at line 1, column 4"},
        {"a comment", "/**/1", Code::malformed, "Syntax error at line 1, column 1"},
        {"single quotes", "{'a':1}", Code::malformed, "Syntax error at line 1, column 2"},
        {"more than one value", "{} {}", Code::malformed, "Syntax error at line 1, column 4"},
        {"a control in a string", "\"a\nb\"", Code::malformed, "Syntax error at line 1, column 3"},
        {"no utf-8", "\"\xFF\"", Code::malformed, "Syntax error at line 1, column 2"},
        {"a lone surrogate", R"("\ud800x")", Code::malformed, "Syntax error at line 1, column 8"},
        {"not a number", "NaN", Code::malformed, "Syntax error at line 1, column 1"},
        {"infinity", "-Infinity", Code::malformed, "Syntax error at line 1, column 2"},
        {"too large a double", "1E400", Code::malformed, "Number out of range at line 1, column 6"},
        {"too large a double, negative", "[-1e999]", Code::malformed, "Number out of range at line 1, column 8"},
        {"too small a double", "1e-400", Code::malformed, "Number out of range at line 1, column 7"},
        {"too large an exponent", "1e99999999999", Code::malformed, "Number out of range at line 1, column 12"},
        {"an integer of 65 bits", "18446744073709551616", Code::malformed, "Number out of range at line 1, column 21"},
        {"a negative integer of 65 bits", "-9223372036854775809", Code::malformed,
         "Number out of range at line 1, column 21"},
        {"digits that a double has no room for", "0.3333333333333333333", Code::malformed,
         "Number out of range at line 1, column 22"},
        {"a NUL in a string", R"(["a\u0000"])", Code::malformed, "A NUL character at line 1, column 4"},
        {"a NUL in a key", R"({"\u0000":1})", Code::malformed, "A NUL character at line 1, column 3"},
        {"a NUL after backslashes", R"(["\\\\\u0000"])", Code::malformed, "A NUL character at line 1, column 7"},
        {"a key twice", "{\"a\":1,\n\"a\":2}", Code::malformed, "Duplicate key 'a' at line 2, column 3"},
        {"a key twice, escaped once", R"({"a":1,"\u0061":2})", Code::malformed,
         "Duplicate key 'a' at line 1, column 15"},
        {"a key twice, deep within", R"([{"x":{"b":{},"b":{}}}])", Code::malformed,
         "Duplicate key 'b' at line 1, column 17"},
    };
    for (auto const &[name, text, code, detail] : cases) {
        auto const document = parse_json(text);
        ASSERT_FALSE(document) << name;
        EXPECT_EQ(document.error().code, code) << name;
        EXPECT_EQ(document.error().detail, detail) << name;
    }
}

TEST(JsonParser, TakesAnEscapedBackslashForWhatItIs) {
    EXPECT_EQ(parse_json(R"("\\u0000")").value(), json::parse(R"("\\u0000")"));
    EXPECT_EQ(parse_json(R"("\\\\u0000 \\u0000")").value(), json::parse(R"("\\\\u0000 \\u0000")"));
}

TEST(JsonParser, ReadsDoublesExactly) {
    struct {
        char const *text;
        double value;
    } const cases[] = {
        {"0.25", 0.25},
        {"60.50", 60.5},
        {"-0.0", -0.0},
        {"1e3", 1000},
        {"1E+2", 100},
        {"0.1", 0.1},
        {"123456789012.345", 123456789012.345},
        {"0.30000000000000004", 0.30000000000000004},
        {"9007199254740993.0", 9007199254740992.0},
        {"1.7976931348623157e308", 1.7976931348623157e308},
        {"2.2250738585072014e-308", 2.2250738585072014e-308},
        {"0.00000000000000000000000000000000000001", 1e-38},
        {"60.0000000000000000000000000000", 60},
        {"1234567890.1234567e-5", 12345.678901234567},
    };
    for (auto const &[text, value] : cases) {
        auto const document = parse_json(text);
        ASSERT_TRUE(document) << text;
        ASSERT_TRUE(document->is_double()) << text;
        EXPECT_EQ(document->get_double(), value) << text;
    }
}

TEST(JsonParser, LetsTheLastKeyWinWhereThatIsTheRule) {
    EXPECT_EQ(parse_json(R"({"a":1,"b":{"c":1,"c":2},"a":3})", {.last_key_wins = true}).value(),
              json::parse(R"({"a":3,"b":{"c":2}})"));
}

TEST(JsonParser, StopsAtItsLimits) {
    struct {
        char const *name;
        std::string text;
        JsonRules rules;
        bool fits;
    } const cases[] = {
        {"32 levels", repeated(32, "[") + repeated(32, "]"), {}, true},
        {"33 levels", repeated(33, "[") + repeated(33, "]"), {}, false},
        {"200,000 levels", repeated(200'000, "["), {}, false},
        {"200,000 objects in one another", repeated(200'000, "{\"a\":"), {}, false},
        {"levels of one's own", "[[1]]", {.depth = 1}, false},
        {"10,000 members", object_of(10'000), {}, true},
        {"10,001 members", object_of(10'001), {}, false},
        {"members of one's own", object_of(4), {.members = 3}, false},
        {"more than a million values", "[0" + repeated(999'999, ",0") + "]", {}, false},
        {"values of one's own", "[1,2,3]", {.values = 3}, false},
    };
    for (auto const &[name, text, rules, fits] : cases) {
        auto const document = parse_json(text, rules);
        ASSERT_EQ(document.has_value(), fits) << name;
        if (!fits) {
            EXPECT_EQ(document.error().code, Code::too_large) << name;
        }
    }
}

TEST(JsonParser, TakesRelaxedTextWhereAsked) {
    struct {
        char const *name, *relaxed, *strict;
    } const cases[] = {
        {"strict text", R"({"a":[1,"x"]})", R"({"a":[1,"x"]})"},
        {"a comma at the end of an object", R"({"a":1,})", R"({"a":1})"},
        {"a comma at the end of a list", "[1, 2 , ]", "[1,2]"},
        {"single quotes", "{'a':'b'}", R"({"a":"b"})"},
        {"quotes within quotes", R"({'a':'say "x"','b':"it's"})", R"({"a":"say \"x\"","b":"it's"})"},
        {"escapes within single quotes", R"(['it\'s','\u0041\n','\\'])", R"(["it's","A\n","\\"])"},
        {"names without quotes", "{Name:1,_b$2:{c:true}}", R"({"Name":1,"_b$2":{"c":true}})"},
        {"a name that looks like a value", "{true:null,null:false}", R"({"true":null,"null":false})"},
        {"all of it", "{Name:'x',Tags:['a','b',],}", R"({"Name":"x","Tags":["a","b"]})"},
        {"braces in strings", R"({'a':'},]',b:",}"})", R"({"a":"},]","b":",}"})"},
        {"an exponent", "{a:1e5}", R"({"a":1e5})"},
    };
    for (auto const &[name, relaxed, strict] : cases) {
        auto const document = parse_json(relaxed, {.relaxed = true});
        ASSERT_TRUE(document) << name;
        EXPECT_EQ(*document, json::parse(strict)) << name;
    }
}

TEST(JsonParser, RefusesWhatIsNotEvenRelaxed) {
    for (auto const text : {"{a:1", "[,]", "[1,,]", "{,}", "{a b:1}", "{a:b}", "['a]", "{1a:2}", "// x\n1", "{a:,}",
                            "['a' 'b']", "{'a':1,'a':2}", "{a:'\\u0000'}", "[1,", "'", "\\", "['\\"}) {
        auto const document = parse_json(text, {.relaxed = true});
        ASSERT_FALSE(document) << text;
        EXPECT_EQ(document.error().code, Code::malformed) << text;
    }
}

TEST(JsonParser, KeepsItsLimitsInRelaxedText) {
    auto const document = parse_json("{a:" + repeated(40, "[") + repeated(40, "]") + "}", {.relaxed = true});
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, Code::too_large);
}

} // namespace
} // namespace dialects
