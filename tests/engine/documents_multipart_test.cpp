#include "dialects/engine/documents/multipart.hpp"

#include <gtest/gtest.h>

namespace dialects {
namespace {

using canonical::Code;

constexpr std::string_view type = "multipart/form-data; boundary=b1";

TEST(Multipart, ReadsFieldsAndFiles) {
    auto const parts = parse_multipart("--b1\r\n"
                                       "Content-Disposition: form-data; name=\"name\"\r\n"
                                       "\r\n"
                                       "North Dock\r\n"
                                       "--b1\r\n"
                                       "content-type: text/plain\r\n"
                                       "CONTENT-DISPOSITION: form-data; name=\"attach[0]\"; filename=\"a.txt\"\r\n"
                                       "\r\n"
                                       "hi\r\nthere\xFF\r\n"
                                       "--b1--\r\n",
                                       type);
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->fields.size(), 1u);
    EXPECT_EQ(parts->fields[0].name, "name");
    EXPECT_EQ(parts->fields[0].value, "North Dock");
    ASSERT_EQ(parts->files.size(), 1u);
    EXPECT_EQ(parts->files[0].name, "attach[0]");
    EXPECT_EQ(parts->files[0].filename, "a.txt");
    EXPECT_EQ(parts->files[0].content_type, "text/plain");
    EXPECT_EQ(parts->files[0].bytes, "hi\r\nthere\xFF");
}

std::string with_header(std::string_view header, std::string_view content = "x") {
    return "--b1\r\n" + std::string(header) + "\r\n\r\n" + std::string(content) + "\r\n--b1--";
}

TEST(Multipart, TakesWhatClientsSend) {
    struct {
        char const *name;
        std::string body, content_type, field, value;
    } const cases[] = {
        {"a quoted boundary", "--a b\r\nContent-Disposition: form-data; name=n\r\n\r\nv\r\n--a b--",
         "multipart/form-data; boundary=\"a b\"", "n", "v"},
        {"names without quotes", with_header("Content-Disposition: form-data; name=n"), std::string(type), "n", "x"},
        {"escaped quotes", with_header(R"(Content-Disposition: form-data; name="a\"b")"), std::string(type), "a\"b",
         "x"},
        {"an empty value", with_header("Content-Disposition: form-data; name=n", ""), std::string(type), "n", ""},
        {"a preamble and an epilogue",
         "to be ignored\r\n--b1\r\nContent-Disposition: form-data; name=n\r\n\r\nv\r\n--b1--\r\nignored as well",
         std::string(type), "n", "v"},
        {"spaces after the boundary", "--b1  \t\r\nContent-Disposition: form-data; name=n\r\n\r\nv\r\n--b1--",
         std::string(type), "n", "v"},
        {"something like the boundary within",
         with_header("Content-Disposition: form-data; name=n", "--b1 --b2\r\n-b1\n--b1"), std::string(type), "n",
         "--b1 --b2\r\n-b1\n--b1"},
        {"a declared charset",
         with_header("Content-Disposition: form-data; name=n\r\nContent-Type: text/plain; charset=utf-8", "ä"),
         std::string(type), "n", "ä"},
        {"a harmless transfer encoding",
         with_header("Content-Disposition: form-data; name=n\r\nContent-Transfer-Encoding: 8bit"), std::string(type),
         "n", "x"},
    };
    for (auto const &[name, body, content_type, field, value] : cases) {
        auto const parts = parse_multipart(body, content_type);
        ASSERT_TRUE(parts) << name << ": " << parts.error().detail;
        ASSERT_EQ(parts->fields.size(), 1u) << name;
        EXPECT_EQ(parts->fields[0].name, field) << name;
        EXPECT_EQ(parts->fields[0].value, value) << name;
    }
}

TEST(Multipart, PrefersTheExtendedFileName) {
    struct {
        char const *parameters, *filename;
    } const cases[] = {
        {R"(filename="plain.txt"; filename*=UTF-8''na%C3%AFve.txt)", "naïve.txt"},
        {R"(filename*=utf-8'en'a%20b)", "a b"},
        {R"(filename="plain.txt"; filename*=iso-8859-1''x)", "plain.txt"},
        {R"(filename="plain.txt"; filename*=UTF-8''%ff)", "plain.txt"},
        {R"(filename="C:\dir\a.txt")", "C:\\dir\\a.txt"},
        {R"(filename="")", ""},
    };
    for (auto const &[parameters, filename] : cases) {
        auto const body = with_header(std::string("Content-Disposition: form-data; name=f; ") + parameters);
        auto const parts = parse_multipart(body, type);
        ASSERT_TRUE(parts) << parameters;
        ASSERT_EQ(parts->files.size(), 1u) << parameters;
        EXPECT_EQ(parts->files[0].filename, filename);
    }
}

TEST(Multipart, ReadsTheEmptyForm) {
    auto const parts = parse_multipart("--b1--\r\n", type);
    ASSERT_TRUE(parts);
    EXPECT_TRUE(parts->fields.empty());
    EXPECT_TRUE(parts->files.empty());
}

TEST(Multipart, RefusesWhatIsMalformed) {
    std::string const disposition = "Content-Disposition: form-data; name=n";
    std::string const whole(type);
    struct {
        char const *name;
        std::string body, content_type;
        Code code = Code::malformed;
    } const cases[] = {
        {"no boundary", with_header(disposition), "multipart/form-data"},
        {"an empty boundary", with_header(disposition), "multipart/form-data; boundary="},
        {"too long a boundary", with_header(disposition), "multipart/form-data; boundary=" + std::string(71, 'b')},
        {"a control in the boundary", with_header(disposition), "multipart/form-data; boundary=\"a\rb\""},
        {"another boundary", with_header(disposition), "multipart/form-data; boundary=b2"},
        {"nothing", "", whole},
        {"JSON", "{\"a\":1}", whole},
        {"the boundary alone", "--b1", whole},
        {"no end", "--b1\r\n" + disposition + "\r\n\r\nx", whole},
        {"an end without hyphens", "--b1\r\n" + disposition + "\r\n\r\nx\r\n--b1", whole},
        {"no header", "--b1\r\n\r\nx\r\n--b1--", whole},
        {"a header without an end", "--b1\r\n" + disposition + "\r\n--b1--", whole},
        {"no disposition", with_header("Content-Type: text/plain"), whole},
        {"another disposition", with_header("Content-Disposition: attachment; name=n"), whole},
        {"no name", with_header("Content-Disposition: form-data; filename=x"), whole},
        {"a line that is no field", with_header(disposition + "\r\nnonsense"), whole},
        {"a field name with a space", with_header(disposition + "\r\nA b: c"), whole},
        {"line ends of the other kind", "--b1\n" + disposition + "\n\nx\n--b1--", whole},
        {"a name that is no utf-8", with_header("Content-Disposition: form-data; name=\"\xFF\""), whole},
        {"a text that is no utf-8", with_header(disposition, "\xFF"), whole},
        {"a NUL in a text", with_header(disposition, std::string_view("a\0b", 3)), whole},
        {"an encoded part", with_header(disposition + "\r\nContent-Transfer-Encoding: base64"), whole,
         Code::unsupported_type},
        {"too large a header", with_header(disposition + "\r\nX: " + std::string(8192, 'x')), whole, Code::too_large},
        {"too large a header without an end", "--b1\r\nX: " + std::string(10'000, 'x'), whole, Code::too_large},
    };
    for (auto const &[name, body, content_type, code] : cases) {
        auto const parts = parse_multipart(body, content_type);
        ASSERT_FALSE(parts) << name;
        EXPECT_EQ(parts.error().code, code) << name;
    }
}

TEST(Multipart, StopsAtTooManyParts) {
    auto const body_of = [](int parts) {
        std::string body;
        while (parts-- > 0) body += "--b1\r\nContent-Disposition: form-data; name=n\r\n\r\nx\r\n";
        return body + "--b1--";
    };
    EXPECT_TRUE(parse_multipart(body_of(1000), type));
    auto const many = body_of(1001);
    auto const parts = parse_multipart(many, type);
    ASSERT_FALSE(parts);
    EXPECT_EQ(parts.error().code, Code::too_large);
}

} // namespace
} // namespace dialects
