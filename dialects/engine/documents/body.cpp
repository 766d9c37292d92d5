#include "dialects/engine/documents/body.hpp"

#include <algorithm>

namespace dialects {

namespace json = boost::json;
using canonical::Code, canonical::Error, canonical::Result;

namespace {

constexpr std::string_view white_space = " \t\r\n";

Error unsupported(std::string_view what) { return {Code::unsupported_type, {}, wire::excerpt(what)}; }

BodyForm look_at(std::string_view body) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
    auto const first = body.find_first_not_of(white_space);
    if (first == body.npos) return BodyForm::form;
    if (body[first] == '{' || body[first] == '[') return BodyForm::json;
    return body[first] == '<' ? BodyForm::xml : BodyForm::form;
}

bool is_utf8_name(std::string_view charset) {
    return wire::same_letters(charset, "utf-8") || wire::same_letters(charset, "utf8") ||
           wire::same_letters(charset, "us-ascii") || wire::same_letters(charset, "ascii");
}

Result<json::value> nested(Result<std::vector<wire::Pair>> const &pairs, NestRules const &rules,
                           json::storage_ptr memory) {
    if (!pairs) return pairs.error();
    return nest(*pairs, rules, std::move(memory));
}

} // namespace

Result<BodyForm> body_form(wire::Request const &request, BodyRules const &rules) {
    auto const content_type = request.headers.find("Content-Type");
    auto const type = wire::media_type(content_type);
    if (auto const charset = wire::parameter(content_type, "charset"); charset && !is_utf8_name(*charset))
        return unsupported("charset");
    auto const row = std::ranges::find(rules.types, std::string_view(type), &BodyType::media_type);
    if (row != rules.types.end()) return row->form;
    if (type.empty() && rules.sniff) {
        auto const form = look_at(request.body);
        if (std::ranges::find(rules.types, form, &BodyType::form) != rules.types.end()) return form;
    }
    if (rules.otherwise) return *rules.otherwise;
    return unsupported(wire::is_utf8(type) ? std::string_view(type) : "");
}

Result<json::value> document(wire::Request const &request, BodyRules const &rules, json::storage_ptr memory) {
    if (request.body.find_first_not_of(white_space) == request.body.npos) {
        if (rules.empty_is_object) return json::value(json::object_kind, std::move(memory));
        return json::value(nullptr, std::move(memory));
    }
    auto const form = body_form(request, rules);
    if (!form) return form.error();
    switch (*form) {
    case BodyForm::json:
        return parse_json(request.body, rules.json, std::move(memory));
    case BodyForm::form:
    case BodyForm::multipart:
        return nested(body_pairs(request, *form), rules.nest, std::move(memory));
    case BodyForm::xml:
        break;
    }
    auto xml = parse_xml(request.body, rules.xml, std::move(memory));
    if (!xml) return xml.error();
    return std::move(xml->value);
}

Result<std::vector<wire::Pair>> body_pairs(wire::Request const &request, BodyForm form) {
    if (form == BodyForm::form) {
        std::string_view body = request.body; // without the line end that some clients add
        return wire::split_pairs(body.substr(0, body.find_last_not_of("\r\n") + 1));
    }
    if (form != BodyForm::multipart) return std::vector<wire::Pair>();
    auto parts = parse_multipart(request.body, request.headers.find("Content-Type"));
    if (!parts) return parts.error();
    return std::move(parts->fields);
}

} // namespace dialects
