#include "dialects/engine/documents/multipart.hpp"

#include "dialects/engine/wire.hpp"

namespace dialects {

using canonical::Code, canonical::Error, canonical::Result;

namespace {

Error malformed(std::string_view what) { return {Code::malformed, {}, std::string(what)}; }

bool is_text(std::string_view text) { return wire::is_utf8(text) && text.find('\0') == text.npos; }

// Takes what stands before `end`, and `end` with it; nothing (null) where it does not come.
std::string_view take_until(std::string_view &text, std::string_view end) {
    auto const at = text.find(end);
    if (at == text.npos) return {};
    auto const taken = text.substr(0, at);
    text.remove_prefix(at + end.size());
    return taken;
}

// What the header of a part says.
struct Disposition {
    std::string name;
    std::optional<std::string> filename;
    std::string content_type;
};

// RFC 8187: UTF-8''na%C3%AFve.txt
std::optional<std::string> extended(std::optional<std::string> const &value) {
    constexpr std::string_view charset = "utf-8'";
    if (!value || value->size() < charset.size() || !wire::same_letters(value->substr(0, charset.size()), charset))
        return {};
    auto const quote = value->find('\'', charset.size());
    if (quote == value->npos) return {};
    return wire::decode_percent(std::string_view(*value).substr(quote + 1), false);
}

Result<Disposition> read_header(std::string_view header) {
    Disposition result;
    bool form_data = false;
    while (!header.empty()) {
        auto line = header.substr(0, header.find("\r\n"));
        header.remove_prefix(std::min(line.size() + 2, header.size()));
        auto const colon = line.find(':');
        if (colon == line.npos || !wire::is_token(line.substr(0, colon)))
            return malformed("A line in the header of a part is no header field");
        auto const name = line.substr(0, colon);
        auto const value = wire::trim(line.substr(colon + 1));
        if (wire::same_letters(name, "Content-Disposition")) {
            auto const field = wire::parameter(value, "name");
            form_data = field && wire::media_type(value) == "form-data";
            if (field) result.name = *field;
            result.filename = extended(wire::parameter(value, "filename*"));
            if (!result.filename) result.filename = wire::parameter(value, "filename");
        } else if (wire::same_letters(name, "Content-Type"))
            result.content_type = value;
        else if (wire::same_letters(name, "Content-Transfer-Encoding")) {
            auto const encoding = wire::lower(value);
            if (encoding != "7bit" && encoding != "8bit" && encoding != "binary")
                return Error{Code::unsupported_type, {}, "A part is encoded for transfer"};
        }
    }
    if (!form_data) return malformed("A part has no name");
    if (!is_text(result.name) || !is_text(result.filename.value_or("")) || !is_text(result.content_type))
        return malformed("The header of a part is no UTF-8");
    return result;
}

std::optional<std::string> delimiter_of(std::string_view content_type) {
    constexpr std::size_t longest_boundary = 70;
    auto const boundary = wire::parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > longest_boundary) return {};
    for (char const c : *boundary)
        if (c < ' ' || c == 0x7F) return {};
    return "\r\n--" + *boundary;
}

class Splitter {
public:
    Splitter(std::string_view body, std::string_view delimiter, MultipartRules const &rules)
        : rest_(body), delimiter_(delimiter), rules_(rules) {}

    Result<Multipart> run() {
        Result<Multipart> result(boost::system::in_place_value);
        if (auto const first = delimiter_.substr(2); rest_.starts_with(first))
            rest_.remove_prefix(first.size());
        else if (!take_until(rest_, delimiter_).data())
            return malformed("The boundary does not occur in the body");
        while (!rest_.starts_with("--")) {
            if (result->fields.size() + result->files.size() == rules_.parts)
                return Error{Code::too_large, {}, "Too many parts"};
            if (auto const done = part(*result); !done) return done.error();
        }
        return result;
    }

private:
    Result<void> part(Multipart &into) {
        auto const padding = take_until(rest_, "\r\n");
        if (!padding.data() || padding.find_first_not_of(" \t") != padding.npos)
            return malformed("Something follows a boundary");
        auto const header = take_header();
        if (!header) return header.error();
        auto disposition = read_header(*header);
        if (!disposition) return disposition.error();
        auto const content = take_until(rest_, delimiter_);
        if (!content.data()) return malformed("A part has no end");
        auto &[name, filename, content_type] = *disposition;
        if (filename)
            into.files.push_back({std::move(name), std::move(*filename), std::move(content_type), content});
        else if (is_text(content))
            into.fields.push_back({std::move(name), std::string(content)});
        else
            return malformed("A text field is no UTF-8");
        return {};
    }
    Result<std::string_view> take_header() {
        if (rest_.starts_with("\r\n")) return malformed("A part has no name");
        auto const all = rest_;
        auto const header = take_until(rest_, "\r\n\r\n");
        if (header.data() ? header.size() > rules_.header_bytes : all.size() > rules_.header_bytes)
            return Error{Code::too_large, {}, "The header of a part is too large"};
        if (!header.data()) return malformed("A part has no end");
        return header;
    }

    std::string_view rest_, delimiter_;
    MultipartRules const &rules_;
};

} // namespace

Result<Multipart> parse_multipart(std::string_view body, std::string_view content_type, MultipartRules const &rules) {
    auto const delimiter = delimiter_of(content_type);
    if (!delimiter) return malformed("The Content-Type has no boundary");
    return Splitter(body, *delimiter, rules).run();
}

} // namespace dialects
