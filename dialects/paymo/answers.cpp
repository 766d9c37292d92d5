#include "dialects/paymo/answers.hpp"

#include "dialects/engine/documents/xml.hpp"
#include "dialects/engine/retry_after.hpp"
#include "dialects/engine/text.hpp"
#include "dialects/paymo/resources.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace dialects::paymo {

using canonical::Code;

namespace {

// {field} and {detail} of the error; a missing field of a new object gathers all of them.
struct Words {
    Code code;
    unsigned status;
    std::string_view message;
};
constexpr Words words[]{
    {Code::malformed, 400, "Decoding failed: {detail}"},
    {Code::unsupported_type, 415, "Unsupported content type"},
    {Code::not_acceptable, 406, "Not acceptable"},
    {Code::unknown_route, 404, "Not found"},
    {Code::wrong_method, 405, "Method not allowed"},
    {Code::too_large, 413, "Request too large"},
    {Code::too_many_requests, 429, "Too many requests"},
    {Code::unauthenticated, 401, "Authentication failed"},
    {Code::forbidden, 403, "Access denied"},
    {Code::not_found, 404, "Not found"},
    {Code::locked, 403, "Status is read-only"},
    {Code::in_use, 403, "Object is in use"},
    {Code::changed, 409, "Object was changed meanwhile"},
    {Code::conflict, 409, "Conflict"},
    {Code::blank, 400, "Missing required params: {field}"},
    {Code::bad_value, 400, "Invalid value for {field}: {detail}"},
    {Code::not_in_list, 400, "Invalid value for {field}: {detail}"},
    {Code::unknown_reference, 400, "Invalid value for {field}: {detail}"},
    {Code::ambiguous, 400, "Invalid value for {field}: {detail}"},
    {Code::unknown_field, 400, "Unknown field or reference: `{detail}`"},
    {Code::not_offered, 403, "Not available"},
    {Code::unavailable, 503, "Service unavailable"},
    {Code::timed_out, 504, "Service timed out"},
    {Code::overloaded, 503, "Service overloaded"},
    {Code::internal, 500, "Internal error"},
};

Words const &words_of(Code code) {
    for (auto const &row : words)
        if (row.code == code) return row;
    return words[std::size(words) - 1];
}

std::string message_of(canonical::Error const &error) {
    if (error.code == Code::malformed && error.field == "where")
        return "Invalid condition in \"where\" param: " + error.detail;
    auto field = error.field;
    for (auto const &further : error.more)
        if (error.code == Code::blank && further.code == Code::blank) field += ", " + further.field;
    return fmt::format(fmt::runtime(words_of(error.code).message), fmt::arg("field", field),
                       fmt::arg("detail", error.detail));
}

// In XML the items of a list bear the singular of its name; there is one root element.
std::string_view item_name(std::string_view list) {
    if (list == "managers") return "manager";
    for (auto const &resource : resources())
        if (resource.key == list) return resource.one;
    return "item";
}

// The XML type that the caller asks for, where it takes nothing else; or nothing.
std::string_view wanted_xml(Call const &call) {
    auto const accept = wire::lower(call.request.headers.find("Accept"));
    auto const takes = [&](std::string_view type) { return accept.find(type) != accept.npos; };
    if (takes("json") || takes("*/*")) return {};
    for (std::string_view const type : {"text/xml", "application/xml"})
        if (takes(type)) return type;
    return {};
}

// Nothing is throttled here; clients that read these numbers go on at full speed.
void add_rate(wire::Headers &headers) {
    headers.set("X-Ratelimit-Decay-Period", "5");
    headers.set("X-Ratelimit-Limit", "100");
    headers.set("X-Ratelimit-Remaining", "99");
}

} // namespace

wire::Response respond(Call const &call, unsigned status, std::string json) {
    wire::Response response{.status = status};
    if (auto const type = wanted_xml(call); !type.empty()) {
        static constexpr XmlNames names{.root = "response", .item = item_name};
        response.headers.set("Content-Type", type);
        response.body = to_xml(boost::json::parse(json, call.memory), names);
    } else {
        response.headers.set("Content-Type", "application/json");
        response.body = std::move(json);
    }
    add_rate(response.headers);
    if (auto const origin = call.request.headers.find("Origin"); !origin.empty()) {
        response.headers.set("Access-Control-Allow-Origin", origin);
        response.headers.set("Access-Control-Expose-Headers",
                             "Location, Retry-After, X-Ratelimit-Decay-Period, X-Ratelimit-Limit, "
                             "X-Ratelimit-Remaining");
    }
    return response;
}

wire::Response refusal(Call const &call, canonical::Error const &error) {
    std::string body;
    {
        static Context const none;
        Text text(body, none);
        text.raw(R"({"message":)");
        text.string(message_of(error));
        text.put('}');
    }
    auto response = respond(call, words_of(error.code).status, std::move(body));
    if (error.code == Code::too_many_requests) response.headers.set("Retry-After", retry_after(error, "5"));
    // A browser would pop up a login box.
    if (error.code == Code::unauthenticated && !call.request.headers.has("Origin"))
        response.headers.set("WWW-Authenticate", "Basic realm=\"Paymo API\"");
    return response;
}

} // namespace dialects::paymo
