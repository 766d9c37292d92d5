#include "dialects/superoffice/answers.hpp"

#include "dialects/engine/documents/xml.hpp"
#include "dialects/engine/retry_after.hpp"
#include "dialects/engine/text.hpp"
#include "dialects/superoffice/session.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace dialects::superoffice {

using canonical::Code, canonical::Error;

namespace {

// Who complains: the service behind the interface, the interface itself, or the framework under it, in a form of its
// own.
enum class Source : unsigned char { service, interface, framework };

// {id}, {verb} and {path} of the call, {field} and {detail} of the error.
struct Words {
    Code code;
    unsigned status;
    Source source;
    std::string_view type, message;
};
constexpr Words words[]{
    {Code::malformed, 400, Source::interface, "ArgumentException", "{detail}"},
    {Code::unsupported_type, 415, Source::framework, "",
     "The request entity's media type '{detail}' is not supported for this resource."},
    {Code::not_acceptable, 406, Source::framework, "", "The requested media type is not available."},
    {Code::unknown_route, 404, Source::framework, "",
     "No HTTP resource was found that matches the request URI '{path}'."},
    {Code::wrong_method, 405, Source::framework, "", "The requested resource does not support http method '{verb}'."},
    {Code::too_large, 413, Source::framework, "", "The request is too large."},
    {Code::too_many_requests, 429, Source::interface, "TooManyRequests", "Throttled"},
    {Code::unauthenticated, 401, Source::interface, "UnauthorizedAccessException", "Authentication failed"},
    {Code::forbidden, 403, Source::service, "SoSentryException", "You are not allowed to {verb} {record}"},
    {Code::not_found, 404, Source::service, "SoNotFoundException", "{kind} id {id} not found"},
    {Code::locked, 403, Source::service, "SoSentryException", "You are not allowed to {verb} {record}"},
    {Code::in_use, 409, Source::service, "ConflictException", "{record} is in use"},
    {Code::changed, 412, Source::interface, "PreconditionFailed", "{kind}Entity {id} has changed"},
    {Code::conflict, 409, Source::interface, "ConflictException", "Test failed for {field}"},
    {Code::blank, 400, Source::interface, "ArgumentException", "{field} is mandatory"},
    {Code::bad_value, 400, Source::service, "ArgumentException", "Invalid value for {field}: {detail}"},
    {Code::not_in_list, 400, Source::service, "ArgumentException", "Invalid value for {field}: {detail}"},
    {Code::unknown_reference, 400, Source::service, "ArgumentException", "{field}: id {detail} not found"},
    {Code::ambiguous, 400, Source::service, "ArgumentException", "{field}: more than one is called {detail}"},
    {Code::unknown_field, 400, Source::service, "ArgumentException", "Unknown field {detail}"},
    {Code::unknown_operator, 400, Source::service, "ArgumentException", "Unknown operator {detail}"},
    {Code::not_offered, 501, Source::interface, "NotSupportedException", "Not available"},
    {Code::unavailable, 503, Source::interface, "ServiceUnavailableException", "The service is not available"},
    {Code::timed_out, 504, Source::interface, "TimeoutException", "The service did not answer in time"},
    {Code::overloaded, 503, Source::interface, "ServiceUnavailableException", "The service is overloaded"},
    {Code::internal, 500, Source::interface, "Exception", "Internal error"},
};
constexpr Words no_entity{Code::blank, 400, Source::interface, "ArgumentException",
                          "Entity to save is not in request body"};
constexpr Words busy{Code::conflict, 409, Source::interface, "ConflictException", "{kind}Entity {id} has changed"};

Words const &words_of(Error const &error) {
    if (error.code == Code::blank && error.field.empty()) return no_entity;
    if (error.code == Code::conflict && error.field.empty()) return busy;
    auto const row = std::ranges::find(words, error.code, &Words::code);
    return row == std::end(words) ? *std::prev(std::end(words)) : *row;
}

// An agent that is asked for one record, which may be none.
bool is_reading_agent(Call const &call) {
    return call.operation && call.operation->path.starts_with("Agents/") &&
           call.operation->verb == canonical::Verb::get;
}

std::string_view verb_of(Call const &call) {
    if (!call.operation) return call.request.method;
    switch (call.operation->verb) {
    case canonical::Verb::create:
        return "create";
    case canonical::Verb::update:
        return "update";
    case canonical::Verb::remove:
        return "delete";
    default:
        return "read";
    }
}

// What the record is called that a call is about, by the beginning of the operation's name.
std::string_view kind_of(Call const &call) {
    constexpr std::pair<std::string_view, std::string_view> names[]{{"project_member.", "ProjectMember"},
                                                                    {"project_image.", "Image"},
                                                                    {"contact.", "Contact"},
                                                                    {"person.", "Person"},
                                                                    {"user.", "User"},
                                                                    {"associate.", "Associate"},
                                                                    {"list.", "List"},
                                                                    {"list_item.", "ListItem"},
                                                                    {"project_status.", "ListItem"},
                                                                    {"project_type.", "ListItem"},
                                                                    {"custom_field.", "CustomField"}};
    if (!call.operation) return "Project";
    auto name = call.operation->name;
    constexpr std::string_view agent = "agent.";
    if (name.starts_with(agent)) name.remove_prefix(agent.size());
    for (auto const &[beginning, record] : names)
        if (name.starts_with(beginning)) return record;
    return "Project";
}

std::string message_of(Words const &row, Call const &call, Error const &error) {
    auto const id = call.id.empty() ? error.detail : std::string(call.id);
    auto const kind = std::string(kind_of(call));
    return fmt::format(
        fmt::runtime(row.message), fmt::arg("id", id),
        fmt::arg("verb", row.code == Code::wrong_method ? std::string_view(call.request.method) : verb_of(call)),
        fmt::arg("path", call.target.raw_path), fmt::arg("field", error.field), fmt::arg("detail", error.detail),
        fmt::arg("kind", kind), fmt::arg("record", id.empty() ? kind : kind + " " + id));
}

// What callers may ask for, the first for those who do not care; two of them by a name, too.
struct Format {
    std::string_view media_type;
    bool xml;
    std::string_view name = {};
};
constexpr Format formats[]{{"application/json", false, "json"},    {"text/json", false},
                           {"application/xml", true, "xml"},       {"text/xml", true},
                           {"application/json-patch+json", false}, {"application/merge-patch+json", false}};

Format const *format_named(std::string_view name) {
    auto const found =
        std::ranges::find_if(formats, [&](Format const &each) { return wire::same_letters(each.name, name); });
    return name.empty() || found == std::end(formats) ? nullptr : &*found;
}

// The best of what Accept names; the first of equals.
Format const &format_of(std::string_view accept) {
    auto const *best = &formats[0];
    double best_quality = 0;
    while (!accept.empty()) {
        auto const comma = std::min(accept.find(','), accept.size());
        auto const item = accept.substr(0, comma);
        accept.remove_prefix(std::min(comma + 1, accept.size()));
        auto const q = wire::parameter(item, "q").value_or("1");
        double quality = 0;
        std::from_chars(q.data(), q.data() + q.size(), quality);
        auto const type = wire::media_type(item);
        auto const known = std::ranges::find(formats, std::string_view(type), &Format::media_type);
        bool const any = type == "*/*" || type == "application/*";
        if ((known == std::end(formats) && !any) || quality <= best_quality) continue;
        best = any ? &formats[0] : known;
        best_quality = quality;
    }
    return *best;
}

std::string_view item_name(std::string_view list) {
    if (list == "ProjectMembers") return "ProjectMember";
    if (list == "Urls") return "EntityElement";
    return list == "Links" ? "Link" : "item";
}
constexpr std::string_view dictionaries[]{"UserDefinedFields", "ExtraFields", "CustomFields", "FieldProperties",
                                          "_Links"};

} // namespace

bool is_format(std::string_view name) { return format_named(name) != nullptr; }

wire::Response respond(Call const &call, unsigned status) {
    wire::Response response{.status = status};
    response.headers.set("Cache-Control", "no-cache");
    response.headers.set("Pragma", "no-cache");
    response.headers.set("Expires", "-1");
    if (auto const origin = call.request.headers.find("Origin"); !origin.empty()) {
        response.headers.set("Access-Control-Allow-Origin", origin);
        response.headers.set("Vary", "Origin");
    }
    open_session(call, response.headers);
    return response;
}

wire::Response respond(Call const &call, unsigned status, Body body) {
    auto response = respond(call, status);
    auto const *const named = format_named(body.format);
    auto const &format = named ? *named : format_of(call.request.headers.find("Accept"));
    response.headers.set("Content-Type", std::string(format.media_type) + "; charset=utf-8");
    if (!format.xml) {
        response.body = std::move(body.json);
        return response;
    }
    XmlNames const names{.root = body.element,
                         .declaration = R"(<?xml version="1.0" encoding="utf-8"?>)",
                         .item = item_name,
                         .dictionaries = dictionaries,
                         .nulls = XmlNames::Nulls::omitted,
                         .empty = XmlNames::Empty::pair};
    response.body = to_xml(boost::json::parse(body.json, call.memory), names);
    return response;
}

wire::Response refusal(Call const &call, Error const &error) {
    if (error.code == Code::not_found && is_reading_agent(call))
        return respond(call, 200, {.json = "null", .element = "null"});
    auto const &row = words_of(error);
    auto const message = message_of(row, call, error);
    std::string json;
    {
        static Context const none;
        Text text(json, none);
        text.put('{');
        if (row.source != Source::framework) {
            text.key("Error");
            text.flag(true);
            text.key("ErrorType");
            text.string(row.type);
            text.key("ErrorMessage");
            text.string(message);
        }
        text.key("Message");
        text.string(message);
        if (row.source == Source::framework) {
            text.key("MessageDetail");
            text.string(message);
        } else {
            text.key("ErrorSource");
            text.string(row.source == Source::service ? "SuperOffice.Services.Implementation" : "SuperOffice.WebApi");
        }
        text.put('}');
    }
    auto response = respond(call, row.status, {.json = std::move(json), .element = "Error"});
    if (error.code == Code::too_many_requests) response.headers.set("Retry-After", retry_after(error, "60"));
    if (error.code == Code::unauthenticated && !is_page(call.request)) {
        bool const by_password =
            std::ranges::any_of(call.callers, [](auto const &caller) { return caller.secret("username") != nullptr; });
        if (by_password) response.headers.set("WWW-Authenticate", "Basic realm=\"SuperOffice\"");
    }
    return response;
}

} // namespace dialects::superoffice
