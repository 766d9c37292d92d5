#include "dialects/engine/wire.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace wire {
namespace {

TEST(SameLetters, FoldsAsciiOfEveryLength) {
    std::string small, large;
    for (int length = 0; length < 70; ++length) {
        EXPECT_TRUE(same_letters(small, large)) << length;
        small.push_back(char('a' + length % 26));
        large.push_back(char('A' + length % 26));
    }
}

TEST(SameLetters, SeesADifferenceAtEveryPlace) {
    for (std::size_t length = 1; length < 40; ++length)
        for (std::size_t place = 0; place < length; ++place) {
            std::string const a(length, 'x');
            auto b = a;
            b[place] = 'y';
            EXPECT_FALSE(same_letters(a, b)) << length << " " << place;
        }
}

TEST(SameLetters, FoldsNothingButLetters) {
    for (int a = 0; a < 256; ++a)
        for (int b = 0; b < 256; ++b) {
            bool const letters =
                (a | 0x20) == (b | 0x20) && (a | 0x20) >= 'a' && (a | 0x20) <= 'z' && a < 128 && b < 128;
            bool const same = a == b || letters;
            EXPECT_EQ(same_letters(std::string(1, char(a)), std::string(1, char(b))), same) << a << " " << b;
            EXPECT_EQ(same_letters(std::string(9, char(a)), std::string(9, char(b))), same) << a << " " << b;
        }
}

TEST(SameLetters, DiffersWhereLengthsDo) { EXPECT_FALSE(same_letters("host", "hosts")); }

TEST(Lower, LeavesBeyondAsciiAlone) { EXPECT_EQ(lower("ÄBC-9Z"), "Äbc-9z"); }

TEST(Headers, FindsNamesInAnyCase) {
    Headers headers;
    headers.add("Content-Type", "text/plain");
    headers.add("X-Session", "1");
    EXPECT_EQ(headers.find("content-type"), "text/plain");
    EXPECT_EQ(headers.find("X-SESSION"), "1");
    EXPECT_TRUE(headers.has("x-session"));
}

TEST(Headers, TellsAnEmptyValueFromNone) {
    Headers headers;
    headers.add("Accept", "");
    EXPECT_NE(headers.find("accept").data(), nullptr);
    EXPECT_EQ(headers.find("accept"), "");
    EXPECT_EQ(headers.find("host").data(), nullptr);
    EXPECT_FALSE(headers.has("host"));
}

TEST(Headers, KeepTheirOrderAndTheFirstOfAName) {
    Headers headers;
    headers.add("A", "1");
    headers.add("B", "2");
    headers.add("a", "3");
    ASSERT_EQ(headers.size(), 3u);
    EXPECT_EQ(headers.find("A"), "1");
    EXPECT_EQ(headers[2].name, "a");
    EXPECT_EQ(headers[2].value, "3");
}

TEST(Headers, SetReplacesAndAppendDoesNot) {
    Headers headers;
    headers.set("Location", "/long/first/value");
    headers.append("Set-Cookie", "a=1");
    headers.append("Set-Cookie", "b=2");
    headers.set("location", "/2");
    ASSERT_EQ(headers.size(), 3u);
    EXPECT_EQ(headers.find("Location"), "/2");
    EXPECT_EQ(headers[1].value, "a=1");
    EXPECT_EQ(headers[2].value, "b=2");
}

TEST(Headers, TurnEveryControlIntoASpace) {
    for (int c = 0; c < 256; ++c) {
        Headers headers;
        headers.set("X", std::string("a") + char(c) + "b");
        bool const control = c < 32 || c == 127;
        EXPECT_EQ(headers.find("X"), std::string("a") + (control ? ' ' : char(c)) + "b") << c;
    }
}

TEST(Headers, KeepAnInjectedFieldWithinItsValue) {
    Headers headers;
    headers.set("Location", "/x\r\nSet-Cookie: a=1");
    ASSERT_EQ(headers.size(), 1u);
    EXPECT_EQ(headers.find("Location"), "/x  Set-Cookie: a=1");
}

TEST(Headers, RefuseANameThatIsNoToken) {
    Headers headers;
    for (auto const name : {"", "a b", "a:", "a\r\nb", "a\tb", "ä", "a(", "a\x7f"}) {
        EXPECT_THROW(headers.set(name, "1"), std::invalid_argument) << name;
        EXPECT_THROW(headers.append(name, "1"), std::invalid_argument) << name;
    }
    EXPECT_EQ(headers.size(), 0u);
}

TEST(MediaType, IsLowerCaseWithoutParameters) {
    EXPECT_EQ(media_type("Application/JSON; charset=utf-8"), "application/json");
    EXPECT_EQ(media_type("  text/xml "), "text/xml");
    EXPECT_EQ(media_type(""), "");
    EXPECT_EQ(media_type(";x=1"), "");
}

TEST(Parameter, ComesUnquoted) {
    struct {
        char const *name, *field;
        std::optional<std::string> value;
    } const cases[] = {
        {"plain", "a/b; charset=utf-8", "utf-8"},
        {"any case", "a/b; CharSet=UTF-8", "UTF-8"},
        {"spaces", "a/b ;  charset = utf-8 ; x=1", "utf-8"},
        {"quoted", "a/b; charset=\"utf-8\"", "utf-8"},
        {"a semicolon in quotes", "a/b; x=\"1;charset=no\"; charset=yes", "yes"},
        {"an escaped quote", "a/b; charset=\"a\\\"b\"", "a\"b"},
        {"a lone backslash", "a/b; charset=\"C:\\dir\"", "C:\\dir"},
        {"empty", "a/b; charset=", ""},
        {"without a value", "a/b; charset", ""},
        {"missing", "a/b; x=1", std::nullopt},
        {"the type is none", "charset=1", std::nullopt},
        {"no end of quotes", "a/b; charset=\"x", "\"x"},
    };
    for (auto const &[name, field, value] : cases) EXPECT_EQ(parameter(field, "charset"), value) << name;
}

TEST(Cookie, IsFoundByItsName) {
    struct {
        char const *name, *field;
        std::optional<std::string_view> value;
    } const cases[] = {
        {"alone", "sid=1", "1"},
        {"among others", "a=b; sid=1; c=d", "1"},
        {"the first counts", "sid=1; sid=2", "1"},
        {"quoted", "sid=\"1 2\"", "1 2"},
        {"with an equals sign", "sid=a=b==", "a=b=="},
        {"without spaces", "a=b;sid=1", "1"},
        {"empty", "sid=", ""},
        {"another case", "SID=1", std::nullopt},
        {"a longer name", "xsid=1; sidx=2", std::nullopt},
        {"no value", "sid", std::nullopt},
        {"nothing", "", std::nullopt},
    };
    for (auto const &[name, field, value] : cases) EXPECT_EQ(cookie(field, "sid"), value) << name;
}

TEST(Utf8, IsToldFromOtherBytes) {
    struct {
        char const *name;
        std::string_view text;
        bool valid;
    } const cases[] = {
        {"ascii", "The quick brown fox", true},
        {"two bytes", "\xC2\x80\xDF\xBF", true},
        {"three bytes", "\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF", true},
        {"four bytes", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", true},
        {"after eight letters", "12345678\xC3\xA9", true},
        {"a continuation alone", "\x80", false},
        {"overlong two", "\xC0\xAF", false},
        {"overlong three", "\xE0\x9F\xBF", false},
        {"overlong four", "\xF0\x8F\xBF\xBF", false},
        {"a surrogate", "\xED\xA0\x80", false},
        {"beyond the last", "\xF4\x90\x80\x80", false},
        {"no such first byte", "\xFF", false},
        {"cut after one", "\xC3", false},
        {"cut after two", "\xE2\x82", false},
        {"cut after three", "\xF0\x9F\x98", false},
        {"a letter within", "\xE2\x82x", false},
        {"bad in the ninth place", "12345678\xFF", false},
    };
    for (auto const &[name, text, valid] : cases) EXPECT_EQ(is_utf8(text), valid) << name;
}

TEST(Excerpt, CutsBetweenCharacters) {
    EXPECT_EQ(excerpt("short"), "short");
    std::string text(99, 'a');
    text += "é and more";
    EXPECT_EQ(excerpt(text), std::string(99, 'a') + "…");
    EXPECT_EQ(excerpt(std::string(200, 'b')), std::string(100, 'b') + "…");
}

} // namespace
} // namespace wire
