#include "dialects/onlyoffice/answers.hpp"

#include "dialects/engine/documents/xml.hpp"
#include "dialects/engine/retry_after.hpp"
#include "dialects/engine/text.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace dialects::onlyoffice {

using canonical::Code;

namespace {

// The numbers are those of the .NET exceptions that the real service meets.
constexpr std::int64_t argument = -2147024809, conversion = -2146233033, generic = -2147467259, parser = -2146233088,
                       authentication = -2146233087, security = -2146233078, operation = -2146233079;

struct Words {
    Code code;
    unsigned status;
    std::string_view reason, message; // {field} and {detail} of the error
    std::int64_t hresult;
};
constexpr Words words[]{
    {Code::malformed, 400, "Invalid arguments", "{detail}", parser},
    {Code::unsupported_type, 400, "Invalid arguments", "The content type is not supported.", parser},
    {Code::unknown_route, 404, "Not Found", "Method not found", generic},
    {Code::wrong_method, 404, "Not Found", "Method not found", generic},
    {Code::too_large, 413, "Request Entity Too Large", "The request is too large.", generic},
    {Code::too_many_requests, 503, "Server error", "Too many requests", generic},
    {Code::forbidden, 403, "Access denied", "Access denied.", security},
    {Code::not_found, 404, "The record could not be found", "Item not found", generic},
    {Code::locked, 403, "Access denied", "Access denied.", security},
    {Code::in_use, 403, "Server error", "The item is in use.", operation},
    {Code::changed, 403, "Server error", "The item was changed meanwhile.", operation},
    {Code::conflict, 403, "Server error", "The operation is not valid now.", operation},
    {Code::blank, 400, "Invalid arguments", "{field} can't be empty\nParameter name: {field}", argument},
    {Code::bad_value, 400, "Invalid arguments", "Input string was not in a correct format.", conversion},
    {Code::not_in_list, 400, "Invalid arguments", "Requested value '{detail}' was not found.", argument},
    {Code::unknown_reference, 404, "The record could not be found", "{field}", generic},
    {Code::ambiguous, 400, "Invalid arguments", "{detail} is ambiguous\nParameter name: {field}", argument},
    {Code::not_offered, 403, "Server error", "The operation is not available.", operation},
    {Code::unavailable, 503, "Server error", "ServiceUnavailable", generic},
    {Code::timed_out, 503, "Server error", "ServiceUnavailable", generic},
    {Code::overloaded, 503, "Server error", "ServiceUnavailable", generic},
    {Code::internal, 500, "Server error", "Internal server error", parser},
};

Words const &words_of(Code code) {
    for (auto const &row : words)
        if (row.code == code) return row;
    return words[std::size(words) - 1];
}

// A wrong password is a plain exception of the real service, and no refusal.
constexpr Words bad_login{Code::unauthenticated, 500, "Server error", "User authentication failed", authentication};
constexpr Words too_many_logins{Code::too_many_requests, 500, "Server error", "Login Fail. Too many attempts",
                                authentication};

bool wants_xml(Call const &call) {
    auto const path = wire::lower(call.target.raw_path);
    if (!path.ends_with(".xml") && !path.ends_with(".tml")) return false;
    return wire::media_type(call.request.headers.find("Content-Type")) != "application/json";
}

wire::Response finished(Call const &call, unsigned status, std::string_view reason, std::string json) {
    wire::Response response{.status = status, .reason = reason};
    if (wants_xml(call)) {
        static constexpr XmlNames names{.root = "result", .declaration = {}, .empty = XmlNames::Empty::spaced};
        response.headers.set("Content-Type", "text/xml; charset=UTF-8");
        response.body = to_xml(boost::json::parse(json, call.memory), names);
    } else {
        response.headers.set("Content-Type", "application/json; charset=UTF-8");
        response.body = std::move(json);
    }
    response.headers.set("Cache-Control", "private, max-age=0");
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

// No envelope, and a challenge only for those who tried.
wire::Response unauthenticated(Call const &call) {
    wire::Response response{.status = 401, .reason = "Unauthorized"};
    response.headers.set("Content-Type", "text/html; charset=utf-8");
    if (!call.request.headers.find("Authorization").empty()) {
        auto const host = call.request.headers.find("Host");
        response.headers.set("WWW-Authenticate",
                             fmt::format("Basic Realm=\"{}\"", host.substr(0, std::min(host.find(':'), host.size()))));
    }
    response.headers.set("Access-Control-Allow-Origin", "*");
    response.body = "Unauthorized";
    return response;
}

} // namespace

wire::Response respond(Call const &call, std::string_view response, Counts const &counts) {
    bool const created = call.request.method == "POST";
    std::string body;
    {
        static Context const none;
        Text text(body, none);
        text.put('{');
        auto const number = [&](std::string_view key, std::int64_t value) {
            text.key(key);
            text.number(value);
        };
        auto const end = counts.start + std::int64_t(counts.count);
        if (counts.count > 0) number("count", std::int64_t(counts.count));
        if (counts.start > 0) number("startIndex", counts.start);
        if (counts.total > end) number("nextIndex", end + 1); // one too high, as the real service says it
        if (counts.total >= 0) number("total", counts.total);
        number("status", 0);
        number("statusCode", created ? 201 : 200);
        text.key("response");
        text.raw(response);
        text.put('}');
    }
    return finished(call, created ? 201 : 200, created ? "Created" : "OK", std::move(body));
}

wire::Response refusal(Call const &call, canonical::Error const &error) {
    bool const login = call.operation && call.operation->name.starts_with("session.");
    if (error.code == Code::unauthenticated && !login) return unauthenticated(call);
    auto const &row = error.code == Code::unauthenticated           ? bad_login
                      : login && error.code == too_many_logins.code ? too_many_logins
                                                                    : words_of(error.code);
    std::string body;
    {
        static Context const none;
        Text text(body, none);
        text.raw(R"({"status":1,"statusCode":)");
        text.number(row.status);
        text.raw(R"(,"error":{"message":)");
        text.string(
            fmt::format(fmt::runtime(row.message), fmt::arg("field", error.field), fmt::arg("detail", error.detail)));
        text.raw(R"(,"hresult":)");
        text.number(row.hresult);
        text.raw(R"(,"data":{}}})");
    }
    auto response = finished(call, row.status, row.reason, std::move(body));
    if (error.code == Code::too_many_requests) response.headers.set("Retry-After", retry_after(error, "10"));
    return response;
}

} // namespace dialects::onlyoffice
