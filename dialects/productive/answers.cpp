#include "dialects/productive/answers.hpp"

#include "dialects/engine/documents/body.hpp"
#include "dialects/engine/retry_after.hpp"
#include "dialects/engine/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace dialects::productive {

using canonical::Code, canonical::Error;

namespace {

constexpr std::string_view media_type = "application/vnd.api+json";

// What an error's `source` says.
enum class Source : unsigned char { left_out, empty, parameter, pointer };

struct Words {
    Code code;
    std::string_view about; // how the error's field starts
    unsigned http;
    std::string_view status, name, title;
    std::string_view detail; // {detail} of the error; empty: none is given
    Source source = Source::empty;
};

// What stands in the status of errors about a query, whose HTTP status is 400.
constexpr std::string_view bad_query = "unprocessable_content";

// Errors of a body are the same but for what is wrong.
constexpr Words attribute(Code code, std::string_view detail) {
    return {code, "", 422, "422", "invalid_attribute", "Invalid Attribute", detail, Source::pointer};
}

// The first row that fits counts.
constexpr Words words[]{
    {Code::malformed, "filter", 400, bad_query, "unsupported_filter", "Unsupported filter", "{detail}",
     Source::parameter},
    {Code::malformed, "", 400, "400", "bad_request", "Bad Request", "{detail}"},
    {Code::unsupported_type, "", 415, "415", "", "Unsupported Media Type", "Unsupported content type",
     Source::left_out},
    {Code::not_acceptable, "", 406, "406", "", "Not Acceptable", "The request was not accepted", Source::left_out},
    {Code::unknown_route, "", 404, "404", "route_not_found", "Route Not Found", "The requested route was not found"},
    {Code::wrong_method, "", 404, "404", "route_not_found", "Route Not Found", "The requested route was not found"},
    {Code::too_large, "", 413, "413", "payload_too_large", "Payload Too Large", "The request is too large"},
    {Code::too_many_requests, "", 429, "429", "", "Too many requests", "Rate limit reached. Try again later",
     Source::left_out},
    {Code::unauthenticated, "", 401, "401", "invalid_auth_token", "Unauthenticated", "You are not authenticated"},
    {Code::forbidden, "person", 403, "403", "no_person", "Access Denied",
     "User provided with X-Auth-Token header does not have a person associated in the organization provided with "
     "X-Organization-Id header"},
    {Code::forbidden, "organization", 403, "403", "no_organization_id", "Access Denied",
     "The organizationId has to be provided in the X-Organization-Id header"},
    {Code::forbidden, "", 403, "403", "forbidden", "Access Denied", "You are not authorized to access this resource"},
    {Code::not_found, "", 404, "404", "record_not_found", "Record Not Found", "The requested record was not found"},
    {Code::locked, "", 403, "403", "forbidden", "Access Denied", "You are not authorized to access this resource"},
    {Code::in_use, "", 409, "409", "record_in_use", "Conflict error", ""},
    {Code::changed, "", 409, "409", "record_changed", "Conflict error", ""},
    {Code::conflict, "person", 422, "422", "invalid_attribute", "Invalid Attribute", "has already been taken",
     Source::pointer},
    {Code::conflict, "", 409, "409", "conflict", "Conflict error", ""},
    {Code::exclusive, "page", 400, bad_query, "keyset_conflict", "Keyset Conflict",
     "page[number] and page[after] cannot be used together", Source::parameter},
    {Code::bad_value, "page", 400, bad_query, "keyset_invalid_cursor", "Keyset Invalid Cursor",
     "The cursor is not valid on this endpoint", Source::parameter},
    {Code::bad_value, "filter", 400, bad_query, "unsupported_filter_value_type", "Unsupported Filter Value", "{detail}",
     Source::parameter},
    {Code::unknown_operator, "", 400, bad_query, "unsupported_filter_operation", "Unsupported Filter Operation",
     "{detail}", Source::parameter},
    {Code::unknown_field, "sort", 400, bad_query, "sort_param_unsupported", "Sort param unsupported",
     "Sort by '{detail}' is not supported on this endpoint.", Source::parameter},
    {Code::unknown_field, "include", 400, bad_query, "unsupported_include", "Unsupported Include",
     "Include '{detail}' is not supported on this endpoint", Source::parameter},
    {Code::unknown_field, "", 400, bad_query, "unsupported_filter", "Unsupported filter",
     "Filter '{detail}' is not supported on this endpoint", Source::parameter},
    attribute(Code::blank, "can't be blank"),
    attribute(Code::bad_value, "is invalid"),
    attribute(Code::not_in_list, "is not included in the list"),
    attribute(Code::unknown_reference, "attribute is invalid"),
    attribute(Code::ambiguous, "attribute is invalid"),
    attribute(Code::exclusive, "is invalid"),
    attribute(Code::incomplete_map, "doesn't contain all statuses from current project workflow"),
    attribute(Code::bad_map_key, "contains invalid task_list_id"),
    attribute(Code::bad_map_value, "contains invalid statuses"),
    attribute(Code::too_few_statuses, "must have 2 (including one closed) or more workflow statuses defined"),
    // What an organisation does not have is not there.
    {Code::not_offered, "", 404, "404", "route_not_found", "Route Not Found", "The requested route was not found"},
    {Code::unavailable, "", 503, "503", "service_unavailable", "Service Unavailable", "Try again later"},
    {Code::timed_out, "", 504, "504", "timed_out", "Timed Out", "Try again later"},
    {Code::overloaded, "", 503, "503", "service_unavailable", "Service Unavailable", "Try again later"},
    // Spelled so.
    {Code::internal, "", 500, "500", "server_error", "Server Error", "An error occured on the server"},
};

Words const &words_of(Error const &error) {
    for (auto const &row : words)
        if (row.code == error.code && error.field.starts_with(row.about)) return row;
    return words[std::size(words) - 1];
}

// Requests within ten seconds; nothing else is counted here.
constexpr int request_limit = 100, request_period = 10;

class ErrorWriter {
public:
    // `newest`: validation errors in their form of September 2026.
    ErrorWriter(Text &text, bool newest) : text_(text), newest_(newest) {}

    void add(Error const &error) {
        auto const &row = words_of(error);
        bool const renamed = newest_ && row.source == Source::pointer;
        text_.next();
        text_.put('{');
        member("status", row.status);
        if (!row.name.empty()) member("code", renamed ? "invalid_attribute_value" : row.name);
        member("title", renamed ? "Invalid Attribute Value" : row.title);
        if (!row.detail.empty())
            member("detail", fmt::format(fmt::runtime(row.detail), fmt::arg("detail", error.detail)));
        if (row.source == Source::empty || row.source == Source::parameter || renamed) object("meta");
        if (row.source != Source::left_out) source(row, error.field);
        if (row.code == Code::too_many_requests) {
            text_.key("limit");
            text_.number(request_limit);
            text_.key("period");
            text_.number(request_period);
        }
        text_.put('}');
    }

private:
    void member(std::string_view key, std::string_view value) {
        text_.key(key);
        text_.string(value);
    }
    void object(std::string_view key) {
        text_.key(key);
        text_.raw("{}");
    }
    void source(Words const &row, std::string const &field) {
        if (row.source == Source::empty) return object("source");
        text_.key("source");
        text_.put('{');
        if (row.source == Source::parameter)
            member("parameter", field);
        else
            member("pointer", "data/attributes/" + field);
        text_.put('}');
    }

    Text &text_;
    bool newest_;
};

// A reference that leads nowhere is told alone.
std::vector<Error const *> told(Error const &error) {
    std::vector<Error const *> all{&error};
    for (auto const &further : error.more) all.push_back(&further);
    auto const lost = std::ranges::find(all, Code::unknown_reference, [](auto const *each) { return each->code; });
    if (lost != all.end()) return {*lost};
    return all;
}

// The parts of a header's value; separators in quotes do not count.
std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    bool quoted = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] == '"') quoted = !quoted;
        if (i < text.size() && (quoted || text[i] != separator)) continue;
        auto const part = wire::trim(text.substr(start, i - start));
        if (!part.empty()) parts.push_back(part);
        start = i + 1;
    }
    return parts;
}

// A range of our media type with a parameter that JSON:API does not know: nothing that could be answered.
bool is_impossible(std::string_view range) {
    static constexpr std::string_view known[]{"ext", "profile", "q", "charset"};
    auto const parts = split(range, ';');
    if (!wire::same_letters(parts.front(), media_type)) return false;
    return std::any_of(parts.begin() + 1, parts.end(), [](std::string_view parameter) {
        auto const name = wire::lower(wire::trim(parameter.substr(0, parameter.find('='))));
        return std::ranges::find(known, name) == std::end(known);
    });
}

void add_common_headers(Call const &call, wire::Headers &headers) {
    headers.set("Cache-Control", "no-cache");
    headers.set("Vary", "Origin");
    // The log's number of the request in the form of a UUID: its sixteen digits come first.
    auto const id = call.request_id;
    headers.set("X-Request-Id", fmt::format("{:08x}-{:04x}-4{:03x}-8{:x}00-000000000000", id >> 32, id >> 16 & 0xFFFF,
                                            id >> 4 & 0xFFF, id & 0xF));
    if (auto const origin = call.request.headers.find("Origin"); !origin.empty()) {
        headers.set("Access-Control-Allow-Origin", origin);
        headers.set("Access-Control-Expose-Headers", "X-Request-Id, X-RateLimit-Reset, Retry-After");
    }
}

} // namespace

canonical::Result<void> negotiate(Call const &call) {
    auto const &headers = call.request.headers;
    auto const ranges = split(headers.find("Accept"), ',');
    if (!ranges.empty() && std::ranges::all_of(ranges, is_impossible)) return Error{.code = Code::not_acceptable};

    bool const reads_body = call.request.method != "GET" && call.request.method != "DELETE";
    if (!reads_body || call.request.body.find_first_not_of(" \t\r\n") == std::string::npos) return {};
    static constexpr BodyType types[]{{media_type, BodyForm::json}};
    auto const form = body_form(call.request, {.types = types});
    if (!form) return form.error();
    // Some send the extension for bulk requests with everything.
    auto const extension = wire::parameter(headers.find("Content-Type"), "ext");
    if (extension && *extension != "bulk") return Error{.code = Code::unsupported_type};
    return {};
}

bool has_flag(Call const &call, std::string_view flag) {
    auto const flags = split(call.request.headers.find("X-Feature-Flags"), ',');
    return std::ranges::find(flags, flag) != flags.end();
}

wire::Response respond(Call const &call, unsigned status, std::string json) {
    wire::Response response{.status = status};
    response.headers.set("Content-Type", "application/vnd.api+json; charset=utf-8");
    add_common_headers(call, response.headers);
    response.body = std::move(json);
    return response;
}

wire::Response no_content(Call const &call) {
    wire::Response response{.status = 204};
    add_common_headers(call, response.headers);
    return response;
}

wire::Response refusal(Call const &call, Error const &error) {
    auto const errors = told(error);
    std::string body;
    {
        static Context const none;
        Text text(body, none);
        ErrorWriter writer(text, has_flag(call, "invalidAttributeValueCode"));
        text.raw(R"({"errors":[)");
        for (auto const *each : errors) writer.add(*each);
        text.raw("]}");
    }
    auto response = respond(call, words_of(*errors.front()).http, std::move(body));
    if (error.code == Code::too_many_requests) {
        auto const wait = retry_after(error, std::to_string(request_period));
        response.headers.set("X-RateLimit-Reset", wait);
        response.headers.set("Retry-After", wait);
    }
    return response;
}

Serve refused(Call const &call, Error error) { co_return refusal(call, error); }

} // namespace dialects::productive
