#include "dialects/engine/documents/form.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace dialects {
namespace {

namespace json = boost::json;
using canonical::Code, canonical::Result;

Result<json::value> nested(std::string_view form, NestRules const &rules = {}) {
    auto const pairs = wire::split_pairs(form);
    if (!pairs) return pairs.error();
    return nest(*pairs, rules);
}

TEST(Form, BecomesANestedDocument) {
    struct {
        char const *name, *form, *document;
    } const cases[] = {
        {"nothing", "", "{}"},
        {"a value", "a=1", R"({"a":"1"})"},
        {"no equals sign", "a", R"({"a":""})"},
        {"names keep their case", "A=1&a=2", R"({"A":"1","a":"2"})"},
        {"members keep their order", "z=1&a=2&m=3", R"({"z":"1","a":"2","m":"3"})"},
        {"a name twice", "a=1&a=2&a=3", R"({"a":["1","2","3"]})"},
        {"a list", "a[]=1&a[]=2", R"({"a":["1","2"]})"},
        {"a list of one", "a[]=1", R"({"a":["1"]})"},
        {"a list with places", "a[0]=x&a[1]=y", R"({"a":["x","y"]})"},
        {"places in another order", "a[10]=z&a[2]=y&a[1]=x", R"({"a":["x","y","z"]})"},
        {"places and no places", "a[]=z&a[0]=x&a=y", R"({"a":["x","z","y"]})"},
        {"a value that becomes a list", "a=1&a[]=2", R"({"a":["1","2"]})"},
        {"a member", "a[b]=1&a[c]=2", R"({"a":{"b":"1","c":"2"}})"},
        {"a member twice", "a[b]=1&a[b]=2", R"({"a":{"b":["1","2"]}})"},
        {"deeper", "a[b][c][d]=1", R"({"a":{"b":{"c":{"d":"1"}}}})"},
        {"objects in a list", "p[0][ID]=x&p[1][ID]=y&p[0][Name]=n", R"({"p":[{"ID":"x","Name":"n"},{"ID":"y"}]})"},
        {"lists in a list", "a[0][]=1&a[0][]=2&a[1][]=3", R"({"a":[["1","2"],["3"]]})"},
        {"objects one after the other", "a[][x]=1&a[][y]=2&a[][x]=3", R"({"a":[{"x":"1","y":"2"},{"x":"3"}]})"},
        {"lists within objects one after the other", "a[][t][]=1&a[][t][]=2&a[][n]=3",
         R"({"a":[{"t":["1","2"],"n":"3"}]})"},
        {"a key with a colon", "CustomFields[SuperOffice:1]=x", R"({"CustomFields":{"SuperOffice:1":"x"}})"},
        {"a number with a zero in front is a name", "a[01]=x", R"({"a":{"01":"x"}})"},
        {"a number too long is a name", "a[1234567890]=x", R"({"a":{"1234567890":"x"}})"},
        {"brackets that do not match", "a[b=1&c]=2&[d]=3&e[f]g=4&h[i[j]]=5&k][l]=6",
         R"({"a[b":"1","c]":"2","[d]":"3","e[f]g":"4","h[i[j]]":"5","k][l]":"6"})"},
        {"dots are letters", "options.allow_close=1", R"({"options.allow_close":"1"})"},
        {"an empty name", "=1", R"({"":"1"})"},
    };
    for (auto const &[name, form, document] : cases) {
        auto const result = nested(form);
        ASSERT_TRUE(result) << name;
        EXPECT_EQ(json::serialize(*result), document) << name;
    }
}

TEST(Form, TakesDotsForMembersWhereAsked) {
    struct {
        char const *name, *form, *document;
    } const cases[] = {
        {"a member", "ProjectStatus.Id=2&ProjectStatus.Value=x", R"({"ProjectStatus":{"Id":"2","Value":"x"}})"},
        {"brackets and dots are the same", "S.Id=2&S[Value]=x", R"({"S":{"Id":"2","Value":"x"}})"},
        {"after a place", "contacts[0].Type=a&contacts[1].Type=b", R"({"contacts":[{"Type":"a"},{"Type":"b"}]})"},
        {"not within brackets", "C[a.b]=1", R"({"C":{"a.b":"1"}})"},
        {"not at the ends", ".a=1&b.=2&c..d=3&e.f]g=4&h[i]jk=5",
         R"({".a":"1","b.":"2","c..d":"3","e.f]g":"4","h[i]jk":"5"})"},
    };
    for (auto const &[name, form, document] : cases) {
        auto const result = nested(form, {.dots = true});
        ASSERT_TRUE(result) << name;
        EXPECT_EQ(json::serialize(*result), document) << name;
    }
}

TEST(Form, TakesNumbersForNamesWhereAsked) {
    EXPECT_EQ(json::serialize(nested("f[12][eq]=1&f[7]=2&g[]=3", {.places = false}).value()),
              R"({"f":{"12":{"eq":"1"},"7":"2"},"g":["3"]})");
}

TEST(Form, RefusesNamesThatContradictEachOther) {
    struct {
        char const *form, *field;
    } const cases[] = {
        {"a=1&a[b]=2", "a[b]"},          {"a[b]=1&a=2", "a"},
        {"a[]=1&a[b]=2", "a[b]"},        {"a[b]=1&a[]=2", "a[]"},
        {"a[0]=1&a[b]=2", "a[b]"},       {"a[0]=1&a[0]=2", "a[0]"},
        {"a[0]=1&a[0][b]=2", "a[0][b]"}, {"a[b]=1&a[b][c]=2", "a[b][c]"},
        {"a[0][b]=1&a[0]=2", "a[0]"},
    };
    for (auto const &[form, field] : cases) {
        auto const result = nested(form);
        ASSERT_FALSE(result) << form;
        EXPECT_EQ(result.error().code, Code::malformed) << form;
        EXPECT_EQ(result.error().field, field) << form;
    }
}

std::string name_of_depth(std::size_t depth) {
    std::string name = "a";
    while (--depth > 0) name += "[b]";
    return name + "=1";
}

std::string many(std::size_t pairs) {
    std::string form;
    for (std::size_t i = 0; i < pairs; ++i) form += (i ? "&k" : "k") + std::to_string(i) + "=1";
    return form;
}

TEST(Form, StopsAtItsLimits) {
    EXPECT_TRUE(nested(name_of_depth(32)));
    EXPECT_TRUE(nested(many(10'000)));
    for (auto const &form : {name_of_depth(33), name_of_depth(100'000), many(10'001)}) {
        auto const result = nested(form);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Code::too_large);
    }
    EXPECT_FALSE(nested("a=1&b=2", {.members = 1}));
    EXPECT_FALSE(nested("a[b]=1", {.depth = 1}));
}

TEST(Form, KeepsTheDocumentInTheMemoryGiven) {
    json::monotonic_resource resource;
    auto const pairs = wire::split_pairs("a[b][]=a text that does not fit into a short string").value();
    auto const result = nest(pairs, {}, &resource);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->storage().get(), &resource);
    EXPECT_EQ(result->at("a").at("b").at(0).storage().get(), &resource);
}

} // namespace
} // namespace dialects
