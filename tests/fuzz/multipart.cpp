// What a multipart body holds, written as one again, is held by that body as well.
#include "dialects/engine/documents/multipart.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') result.push_back('\\');
        result.push_back(c);
    }
    return result + "\"";
}

std::string written(dialects::Multipart const &parts) {
    std::string body;
    for (auto const &field : parts.fields)
        body += "--b\r\nContent-Disposition: form-data; name=" + quoted(field.name) + "\r\n\r\n" + field.value + "\r\n";
    for (auto const &file : parts.files) {
        body += "--b\r\nContent-Disposition: form-data; name=" + quoted(file.name) +
                "; filename=" + quoted(file.filename) + "\r\nContent-Type: " + file.content_type + "\r\n\r\n";
        body.append(file.bytes).append("\r\n");
    }
    return body + "--b--\r\n";
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const *data, std::size_t size) {
    constexpr std::string_view type = "multipart/form-data; boundary=b";
    auto const text = fuzz::text_of(data, size);
    (void)dialects::parse_multipart("--b\r\n\r\n--b--", text); // any boundary
    auto const parts = dialects::parse_multipart(text, type);
    if (!parts) return 0;
    auto const body = written(*parts);
    if (body.size() > 2 * size + 1000) return 0; // escapes may take a header beyond its limit
    auto const again = dialects::parse_multipart(body, type, {.header_bytes = 1 << 20});
    fuzz::require(again.has_value());
    fuzz::require(again->fields.size() == parts->fields.size() && again->files.size() == parts->files.size());
    for (std::size_t i = 0; i < parts->fields.size(); ++i)
        fuzz::require(again->fields[i].name == parts->fields[i].name &&
                      again->fields[i].value == parts->fields[i].value);
    for (std::size_t i = 0; i < parts->files.size(); ++i) {
        auto const &a = again->files[i], &b = parts->files[i];
        fuzz::require(a.name == b.name && a.filename == b.filename && a.content_type == b.content_type &&
                      a.bytes == b.bytes);
    }
    return 0;
}
