#include "dialects/engine/documents/xml.hpp"
#include "dialects/engine/documents/xml_names.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace dialects {
namespace {

namespace json = boost::json;
using canonical::Code;

constexpr std::string_view lists[]{"users", "Urls"}, dictionaries[]{"CustomFields"};
constexpr XmlRules with_tables{.lists = lists, .dictionaries = dictionaries};

std::string repeated(std::size_t times, std::string_view text) {
    std::string result;
    while (times-- > 0) result += text;
    return result;
}

TEST(XmlReader, MakesADocumentOfElements) {
    struct {
        char const *name, *xml, *document;
    } const cases[] = {
        {"members", "<r><name>Harbour site II</name><id>7</id></r>", R"({"name":"Harbour site II","id":"7"})"},
        {"a declaration", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r><a>1</a></r>\n", R"({"a":"1"})"},
        {"a byte order mark", "\xEF\xBB\xBF<r><a>1</a></r>", R"({"a":"1"})"},
        {"what .NET calls its strings", "<?xml version='1.0' encoding='utf-16'?><r><a>ä</a></r>", R"({"a":"ä"})"},
        {"indented", "<r>\n  <a>\n    <b>1</b>\n  </a>\n</r>", R"({"a":{"b":"1"}})"},
        {"empty elements", "<r><a/><b></b><c> </c></r>", R"({"a":"","b":"","c":""})"},
        {"nil", "<r xmlns:i=\"x\"><a i:nil=\"true\"/><b i:nil=\"false\"/></r>", R"({"a":null,"b":""})"},
        {"prefixes", "<s:r xmlns:s=\"x\"><s:a>1</s:a></s:r>", R"({"a":"1"})"},
        {"attributes", "<r><a type=\"x\">1</a></r>", R"({"a":"1"})"},
        {"repeated elements", "<r><a>1</a><b>x</b><a>2</a><a>3</a></r>", R"({"a":["1","2","3"],"b":"x"})"},
        {"items", "<r><a><item>1</item><item>2</item></a></r>", R"({"a":["1","2"]})"},
        {"one item", "<r><a><item><b>1</b></item></a></r>", R"({"a":[{"b":"1"}]})"},
        {"repeated lists", "<r><a><item>1</item></a><a><item>2</item></a></r>", R"({"a":[["1"],["2"]]})"},
        {"items with keys", "<r><a><item key=\"x:1\">v</item><item key=\"y\"/></a></r>", R"({"a":{"x:1":"v","y":""}})"},
        {"a .NET dictionary",
         "<r><a><KeyValueOfstringstring><Key>x:1</Key><Value>v</Value></KeyValueOfstringstring></a></r>",
         R"({"a":{"x:1":"v"}})"},
        {"entities", "<r><a>&lt;b&gt; &amp; &quot;&apos;&#228;&#x1F600;</a></r>", R"({"a":"<b> & \"'ä😀"})"},
        {"a section", "<r><a>x<![CDATA[<b>&y;]]>z</a></r>", R"({"a":"x<b>&y;z"})"},
        {"comments", "<!-- &no; --><r><!-- < --><a>1<!-- > -->2</a></r><!-- -->", R"({"a":"12"})"},
        {"line ends", "<r><a>x\r\ny\rz</a></r>", R"({"a":"x\ny\nz"})"},
        {"an escaped name", "<r><SuperOffice_x003A_1>x</SuperOffice_x003A_1></r>", R"({"SuperOffice:1":"x"})"},
        {"a text alone", "<r>text</r>", R"("text")"},
        {"nothing", "<r/>", R"("")"},
        {"a greater-than sign in an attribute", "<r><a b=\"x>y/\">1</a></r>", R"({"a":"1"})"},
    };
    for (auto const &[name, xml, document] : cases) {
        auto const result = parse_xml(xml);
        ASSERT_TRUE(result) << name << ": " << result.error().detail;
        EXPECT_EQ(result->root, "r") << name;
        EXPECT_EQ(json::serialize(result->value), document) << name;
    }
}

TEST(XmlReader, GoesByTheTables) {
    struct {
        char const *name, *xml, *document;
    } const cases[] = {
        {"a list of one", "<r><users><user>1</user></users></r>", R"({"users":["1"]})"},
        {"items of whatever names", "<r><users><a>1</a><b>2</b></users></r>", R"({"users":["1","2"]})"},
        {"an empty list", "<r><users/><Urls>\n</Urls></r>", R"({"users":[],"Urls":[]})"},
        {"a list in other letters", "<r><USERS><a>1</a></USERS></r>", R"({"USERS":["1"]})"},
        {"repeated elements", "<r><users>1</users><users>2</users></r>", R"({"users":["1","2"]})"},
        {"a single value", "<r><users>1,2</users></r>", R"({"users":"1,2"})"},
        {"an empty dictionary", "<r><CustomFields/></r>", R"({"CustomFields":{}})"},
        {"a dictionary by names", "<r><CustomFields><a>1</a></CustomFields></r>", R"({"CustomFields":{"a":"1"}})"},
        {"a list that is null", "<r><users xsi:nil='1'/></r>", R"({"users":null})"},
    };
    for (auto const &[name, xml, document] : cases) {
        auto const result = parse_xml(xml, with_tables);
        ASSERT_TRUE(result) << name << ": " << result.error().detail;
        EXPECT_EQ(json::serialize(result->value), document) << name;
    }
}

TEST(XmlReader, TakesEmptyForNullWhereAsked) {
    auto const result = parse_xml("<r><a/><b> </b><c><![CDATA[ ]]></c></r>", {.empty_is_null = true});
    ASSERT_TRUE(result);
    EXPECT_EQ(json::serialize(result->value), R"({"a":null,"b":null,"c":" "})");
}

TEST(XmlReader, RefusesWhatIsMalformedOrDangerous) {
    struct {
        char const *name;
        std::string_view xml;
        Code code = Code::malformed;
    } const cases[] = {
        {"nothing", ""},
        {"white space", " \n"},
        {"text", "hello"},
        {"no end", "<r><a>1</a>"},
        {"another end", "<r></s>"},
        {"no start", "</r>"},
        {"two roots", "<r/><r/>"},
        {"text before the root", "x<r/>"},
        {"text after the root", "<r/>x"},
        {"text between elements", "<r>x<a>1</a></r>"},
        {"a document type", "<!DOCTYPE r><r/>"},
        {"an external entity", "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>"},
        {"entities in entities", "<!DOCTYPE r [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><r>&b;</r>"},
        {"a document type within", "<r><!DOCTYPE r></r>"},
        {"a stylesheet", "<?xml-stylesheet href=\"x\"?><r/>"},
        {"a processing instruction", "<r><?php echo 1 ?></r>"},
        {"a declaration within", "<r><?xml version=\"1.0\"?></r>"},
        {"an unknown entity", "<r>&nbsp;</r>"},
        {"an unknown entity in an attribute", "<r a=\"&x;\"/>"},
        {"an ampersand", "<r>a & b</r>"},
        {"an entity without an end", "<r>&amp</r>"},
        {"a reference to NUL", "<r>&#0;</r>"},
        {"a reference to a control", "<r>&#x1;</r>"},
        {"a reference to a surrogate", "<r>&#xD800;</r>"},
        {"a reference beyond the last character", "<r>&#x110000;</r>"},
        {"a reference without digits", "<r>&#;</r>"},
        {"a reference with a sign", "<r>&#-1;</r>"},
        {"a control", "<r>\x01</r>"},
        {"a control in a section", "<r><![CDATA[\x01]]></r>"},
        {"a NUL", {"<r>\0</r>", 8}},
        {"no utf-8", "<r>\xFF</r>"},
        {"no character", "<r>\xEF\xBF\xBE</r>"},
        {"an attribute without quotes", "<r a=1/>"},
        {"a tag within a tag", "<r <a/>/>"},
        {"a comment without an end", "<r><!-- </r>"},
        {"a section without an end", "<r><![CDATA[ </r>"},
        {"a key twice", "<r><a><item key=\"x\">1</item><item key=\"x\">2</item></a></r>"},
        {"a tag cut short", "<r"},
        {"an angle", "<"},
        {"another encoding", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><r/>", Code::unsupported_type},
        {"UTF-16", {"\xFF\xFE<\0r\0/\0>\0", 10}},
    };
    for (auto const &[name, xml, code] : cases) {
        auto const result = parse_xml(xml);
        ASSERT_FALSE(result) << name;
        EXPECT_EQ(result.error().code, code) << name << ": " << result.error().detail;
    }
}

std::string with_attributes(int count) {
    std::string xml = "<r";
    for (int i = 0; i < count; ++i) xml += " a" + std::to_string(i) + "=\"\"";
    return xml + "/>";
}

TEST(XmlReader, StopsAtItsLimits) {
    struct {
        char const *name;
        std::string xml;
        bool fits;
    } const cases[] = {
        {"32 levels", repeated(32, "<a>") + repeated(32, "</a>"), true},
        {"33 levels", repeated(33, "<a>") + repeated(33, "</a>"), false},
        {"many levels", repeated(1'000'000, "<a>"), false},
        {"siblings are no levels", "<r>" + repeated(100, "<a/><b></b>") + "</r>", true},
        {"10,000 elements", "<r>" + repeated(9'999, "<a/>") + "</r>", true},
        {"10,001 elements", "<r>" + repeated(10'000, "<a/>") + "</r>", false},
        {"many comments", "<r>" + repeated(10'000, "<!---->") + "</r>", false},
        {"32 attributes", with_attributes(32), true},
        {"33 attributes", with_attributes(33), false},
    };
    for (auto const &[name, xml, fits] : cases) {
        auto const result = parse_xml(xml);
        ASSERT_EQ(result.has_value(), fits) << name;
        if (!fits) {
            EXPECT_EQ(result.error().code, Code::too_large) << name;
        }
    }
}

std::string_view singular(std::string_view list) {
    if (list == "projects") return "project";
    return list == "users" ? "user" : "";
}

TEST(XmlWriter, WritesListsInTheirElements) {
    static constexpr XmlNames names{.root = "response", .item = singular};
    auto const document = json::parse(R"({"projects":[{"id":1001,"name":"Harbour site","active":true,"users":[501],
                                          "price":null,"rate":0.25,"hours":60.0,"big":18446744073709551615,"less":-1}]})");
    EXPECT_EQ(to_xml(document, names),
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><projects><project><id>1001</id>"
              "<name>Harbour site</name><active>true</active><users><user>501</user></users><price/><rate>0.25</rate>"
              "<hours>60</hours><big>18446744073709551615</big><less>-1</less></project></projects></response>");
}

TEST(XmlWriter, RepeatsElementsWhereItemsHaveNoName) {
    static constexpr XmlNames names{.root = "result", .declaration = "", .empty = XmlNames::Empty::spaced};
    EXPECT_EQ(to_xml(json::parse(R"({"count":2,"status":0,"statusCode":200,"none":[],"response":[
                                     {"id":1,"title":"infra","description":null,"status":0},
                                     {"id":2,"title":"web","description":null,"status":0}]})"),
                     names),
              "<result><count>2</count><status>0</status><statusCode>200</statusCode><response><id>1</id>"
              "<title>infra</title><description /><status>0</status></response><response><id>2</id><title>web</title>"
              "<description /><status>0</status></response></result>");
}

TEST(XmlWriter, WritesDictionariesAndLeavesNullsOut) {
    static constexpr XmlNames names{.root = "ProjectEntity",
                                    .declaration = R"(<?xml version="1.0" encoding="utf-8"?>)",
                                    .dictionaries = dictionaries,
                                    .nulls = XmlNames::Nulls::omitted,
                                    .empty = XmlNames::Empty::pair};
    EXPECT_EQ(to_xml(json::parse(R"({"Name":"x","EndDate":null,"URLName":"",
                                     "CustomFields":{"SuperOffice:1":"[I:8]","b":""}})"),
                     names),
              "<?xml version=\"1.0\" encoding=\"utf-8\"?><ProjectEntity><Name>x</Name><URLName></URLName><CustomFields>"
              "<KeyValueOfstringstring><Key>SuperOffice:1</Key><Value>[I:8]</Value></KeyValueOfstringstring>"
              "<KeyValueOfstringstring><Key>b</Key><Value></Value></KeyValueOfstringstring>"
              "</CustomFields></ProjectEntity>");
    EXPECT_EQ(to_xml(json::parse(R"({"CustomFields":{"a":1}})"),
                     {.root = "r", .declaration = "", .dictionaries = dictionaries}),
              "<r><CustomFields><KeyValueOfstringanyType><Key>a</Key><Value>1</Value></KeyValueOfstringanyType>"
              "</CustomFields></r>");
}

TEST(XmlWriter, WritesWhateverTheRootIs) {
    constexpr XmlNames names{.root = "users", .declaration = "", .item = singular};
    EXPECT_EQ(to_xml(json::parse("[1,2]"), names), "<users><user>1</user><user>2</user></users>");
    EXPECT_EQ(to_xml(json::parse("[[1],[]]"), {.root = "r", .declaration = ""}),
              "<r><item><item>1</item></item><item/></r>");
    EXPECT_EQ(to_xml(json::parse("\"x\""), names), "<users>x</users>");
    EXPECT_EQ(to_xml(nullptr, names), "<users/>");
    EXPECT_EQ(to_xml(json::parse("{}"), names), "<users/>");
}

TEST(XmlWriter, EscapesTextAndReplacesWhatXmlCannotHold) {
    constexpr XmlNames names{.root = "r", .declaration = ""};
    EXPECT_EQ(to_xml("<a> & \"b\" ]]>", names), "<r>&lt;a&gt; &amp; \"b\" ]]&gt;</r>");
    EXPECT_EQ(to_xml("a\r\n\tb", names), "<r>a&#13;\n\tb</r>");
    EXPECT_EQ(to_xml("  ", names), "<r>&#32; </r>");
    EXPECT_EQ(to_xml(json::string("a\0b\x01\x1F\xEF\xBF\xBF ä😀"), names), "<r>a</r>");
    EXPECT_EQ(to_xml(json::string(std::string_view("a\0b\x01\xEF\xBF\xBF ä😀", 14)), names),
              "<r>a\uFFFDb\uFFFD\uFFFD ä😀</r>");
}

TEST(XmlNames, HoldAnyTextAndComeBack) {
    struct {
        char const *text, *name;
    } const cases[] = {
        {"ProjectId", "ProjectId"},
        {"a-b.c_1", "a-b.c_1"},
        {"SuperOffice:1", "SuperOffice_x003A_1"},
        {"1st", "_x0031_st"},
        {"-a", "_x002D_a"},
        {"a b", "a_x0020_b"},
        {"$id", "_x0024_id"},
        {"<&>", "_x003C__x0026__x003E_"},
        {"größe", "größe"},
        {"x😀", "x😀"},
        {"a\u00D7b", "a_x00D7_b"},
        {"_x003A_", "_x005F_x003A_"},
        {"_x003A:", "_x005F_x003A_x003A_"},
        {"_x003AAAAA:b", "_x005F_x003AAAAA_x003A_b"},
        {"_x00", "_x00"},
        {"_", "_"},
    };
    for (auto const &[text, name] : cases) {
        EXPECT_EQ(encode_name(text), name);
        EXPECT_EQ(decode_name(name), text);
    }
}

TEST(XmlNames, LeaveEscapesOfNoCharacterAlone) {
    for (auto const name : {"_x0000_", "_xD800_", "_xFFFFFFFF_", "_xGGGG_", "_x003A", "_x03A_", "_x_", "_x-001_"})
        EXPECT_EQ(decode_name(name), name);
}

TEST(Xml, ComesBackAsItWasWritten) {
    constexpr XmlNames names{.root = "r", .item = singular, .dictionaries = dictionaries};
    auto const document = json::parse(
        R"({"Name":"a <b> & c","Empty":"","Space":" ","Lines":"a\r\nb","users":["1"],"many":["1","2"],"none":{"a":"1"},
            "CustomFields":{"SuperOffice:1":"x","item":"y"},"odd name":"z"})");
    auto const result = parse_xml(to_xml(document, names), with_tables);
    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_EQ(result->value, document);
}

} // namespace
} // namespace dialects
