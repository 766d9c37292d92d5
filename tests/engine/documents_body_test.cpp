#include "dialects/engine/documents/body.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace dialects {
namespace {

namespace json = boost::json;
using canonical::Code;

constexpr BodyType types[]{
    {"application/json", BodyForm::json},
    {"application/vnd.api+json", BodyForm::json},
    {"text/xml", BodyForm::xml},
    {"application/x-www-form-urlencoded", BodyForm::form},
    {"multipart/form-data", BodyForm::multipart},
};
constexpr BodyType json_alone[]{{"application/json", BodyForm::json}};

wire::Request request(std::string_view content_type, std::string_view body) {
    wire::Request result{.method = "POST", .target = "/", .headers = {}, .body = std::string(body)};
    if (content_type.data()) result.headers.add("Content-Type", content_type);
    return result;
}

constexpr std::string_view no_type = {};

TEST(Body, IsReadByItsMediaType) {
    struct {
        char const *name;
        std::string_view content_type, body, document;
    } const cases[] = {
        {"JSON", "application/json", R"({"a":"1"})", R"({"a":"1"})"},
        {"JSON in other letters", "Application/JSON; Charset=\"UTF-8\"", R"({"a":1})", R"({"a":1})"},
        {"JSON of another name", "application/vnd.api+json; ext=bulk", R"([1])", "[1]"},
        {"XML", "text/xml; charset=utf-8", "<request><a>1</a></request>", R"({"a":"1"})"},
        {"a form", "application/x-www-form-urlencoded", "a=New%20name&b[]=1", R"({"a":"New name","b":["1"]})"},
        {"a form with a line end", "application/x-www-form-urlencoded", "a=1\r\n", R"({"a":"1"})"},
        {"multipart", "multipart/form-data; boundary=b",
         "--b\r\nContent-Disposition: form-data; name=\"a[b]\"\r\n\r\n1\r\n--b\r\n"
         "Content-Disposition: form-data; name=f; filename=f\r\n\r\nx\r\n--b--",
         R"({"a":{"b":"1"}})"},
    };
    for (auto const &[name, content_type, body, document] : cases) {
        auto const result = dialects::document(request(content_type, body), {.types = types});
        ASSERT_TRUE(result) << name << ": " << result.error().detail;
        EXPECT_EQ(json::serialize(*result), document) << name;
    }
}

TEST(Body, IsEmptyWhateverItsType) {
    for (auto const content_type : {no_type, std::string_view("application/json"), std::string_view("text/plain")})
        for (auto const body : {"", " \r\n"}) {
            EXPECT_EQ(document(request(content_type, body), {.types = types}).value(), nullptr);
            EXPECT_EQ(document(request(content_type, body), {.types = types, .empty_is_object = true}).value(),
                      json::object());
        }
}

TEST(Body, IsWhatItLooksLikeWhereNoTypeIsGiven) {
    struct {
        std::string_view body, document;
    } const cases[] = {
        {R"( {"a":"1"})", R"({"a":"1"})"},
        {"\xEF\xBB\xBF[1]", "[1]"},
        {"\n<r><a>1</a></r>", R"({"a":"1"})"},
        {"a=1", R"({"a":"1"})"},
    };
    for (auto const &[body, expected] : cases) {
        auto const result = document(request(no_type, body), {.types = types, .sniff = true});
        ASSERT_TRUE(result) << body;
        EXPECT_EQ(json::serialize(*result), expected);
    }
    EXPECT_EQ(document(request(no_type, "<r/>"), {.types = json_alone, .sniff = true}).error().code,
              Code::unsupported_type);
}

TEST(Body, FallsBackWhereTheRulesSaySo) {
    BodyRules const rules{.types = types, .otherwise = BodyForm::form};
    EXPECT_EQ(json::serialize(document(request("text/plain", "a=1"), rules).value()), R"({"a":"1"})");
    EXPECT_EQ(json::serialize(document(request(no_type, "a=1"), rules).value()), R"({"a":"1"})");
}

TEST(Body, IsRefusedWhereNobodyCanReadIt) {
    struct {
        char const *name;
        std::string_view content_type, body;
        Code code;
    } const cases[] = {
        {"no type", no_type, "{}", Code::unsupported_type},
        {"another type", "text/plain", "{}", Code::unsupported_type},
        {"another type, no utf-8", "text/\xFF", "{}", Code::unsupported_type},
        {"another charset", "application/json; charset=iso-8859-1", "{}", Code::unsupported_type},
        {"another charset for a form", "application/x-www-form-urlencoded; charset=windows-1251", "a=1",
         Code::unsupported_type},
        {"a form that is called JSON", "application/json", "a=1", Code::malformed},
        {"JSON that is called XML", "text/xml", "{}", Code::malformed},
        {"a form with a broken escape", "application/x-www-form-urlencoded", "a=%", Code::malformed},
        {"a form that contradicts itself", "application/x-www-form-urlencoded", "a=1&a[b]=2", Code::malformed},
        {"multipart without a boundary", "multipart/form-data", "--b--", Code::malformed},
    };
    for (auto const &[name, content_type, body, code] : cases) {
        auto const result = document(request(content_type, body), {.types = types});
        ASSERT_FALSE(result) << name;
        EXPECT_EQ(result.error().code, code) << name;
        EXPECT_TRUE(wire::is_utf8(result.error().detail)) << name;
    }
}

TEST(Body, FollowsTheRulesOfItsForm) {
    BodyRules const rules{
        .types = types, .json = {.relaxed = true}, .nest = {.dots = true}, .xml = {.empty_is_null = true}};
    EXPECT_EQ(json::serialize(document(request("application/json", "{a:1,}"), rules).value()), R"({"a":1})");
    EXPECT_EQ(json::serialize(document(request("application/x-www-form-urlencoded", "a.b=1"), rules).value()),
              R"({"a":{"b":"1"}})");
    EXPECT_EQ(json::serialize(document(request("text/xml", "<r><a/></r>"), rules).value()), R"({"a":null})");
}

TEST(BodyPairs, ComeAsTheyWereSent) {
    auto const pairs = body_pairs(request("application/x-www-form-urlencoded", "b[]=1&a=2&b[]=3"), BodyForm::form);
    ASSERT_TRUE(pairs);
    ASSERT_EQ(pairs->size(), 3u);
    EXPECT_EQ((*pairs)[2].name, "b[]");
    EXPECT_EQ((*pairs)[2].value, "3");
    EXPECT_TRUE(body_pairs(request("application/json", "{}"), BodyForm::json)->empty());
}

} // namespace
} // namespace dialects
