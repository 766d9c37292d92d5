#include "dialects/worksection/answers.hpp"

#include "dialects/engine/read.hpp"

namespace dialects::worksection {

namespace {

constexpr int no_number = -1;

enum class Details : unsigned char { none, field, detail };

struct Words {
    Code code;
    std::string_view field; // where it is about that one; empty: any
    int number;
    std::string_view message;
    Details details;
    unsigned status = 200;
};
constexpr Words words[]{
    {Code::malformed, "hash", 2, "Action hash is missed or invalid", Details::none},
    {Code::malformed, "page", 3, "Page is invalid", Details::none},
    {Code::malformed, "", no_number, "invalid JSON", Details::none},
    {Code::unsupported_type, "", no_number, "invalid JSON", Details::none},
    {Code::unknown_route, "", 0, "Action is invalid", Details::none},
    {Code::wrong_method, "", 0, "Action is invalid", Details::none, 405},
    {Code::too_large, "records", no_number, "Too many tasks (10000 max)", Details::none},
    {Code::too_large, "target", no_number, "Request-URL Too Large", Details::none, 414},
    {Code::too_large, "", no_number, "Request is too large", Details::none, 413},
    {Code::too_many_requests, "", no_number, "Too many requests", Details::none},
    {Code::unauthenticated, "", 2, "Action hash is missed or invalid", Details::none},
    {Code::forbidden, "", 20, "Access denied", Details::none},
    {Code::not_found, "", 4, "Project is invalid", Details::none},
    {Code::conflict, "closed", 12, "Project is already closed", Details::none},
    {Code::conflict, "active", 12, "Project is already active", Details::none},
    {Code::conflict, "", 12, "Conflict", Details::none},
    {Code::changed, "", 12, "Project was changed meanwhile", Details::none},
    {Code::blank, "action", 1, "Action is required", Details::none},
    {Code::blank, "", 10, "Field is required", Details::field},
    {Code::bad_value, "email", 11, "Invalid email", Details::detail},
    {Code::bad_value, "", 10, "Field is required", Details::field},
    {Code::not_in_list, "", 10, "Field is required", Details::field},
    {Code::unknown_reference, "company", 10, "Field is required", Details::field},
    {Code::ambiguous, "company", 10, "Field is required", Details::field},
    {Code::unknown_reference, "group", 10, "Field is required", Details::field},
    {Code::ambiguous, "group", 10, "Field is required", Details::field},
    {Code::unknown_reference, "tags", 16, "Tag is invalid", Details::detail},
    {Code::unknown_reference, "", 11, "Invalid email", Details::detail},
    {Code::ambiguous, "tags", 16, "Tag is invalid", Details::detail},
    {Code::ambiguous, "", 11, "Invalid email", Details::detail},
    {Code::exclusive, "", 11,
     "Only one parameter (options.time_require or options.time_today or options.timer_only) can be set as 1.",
     Details::none},
    {Code::not_offered, "", 0, "Action is invalid", Details::none},
    {Code::unavailable, "", 99, "Service is unavailable", Details::none},
    {Code::timed_out, "", 99, "Service is unavailable", Details::none},
    {Code::overloaded, "", 99, "Service is unavailable", Details::none},
    {Code::internal, "", 99, "Internal error", Details::none},
};
constexpr Words expired_token{Code::unauthenticated, "expired", 0, "Access token is expired", Details::none, 401};
constexpr Words invalid_token{Code::unauthenticated, "", 0, "Invalid token", Details::none, 401};

Words const &words_of(canonical::Error const &error) {
    for (auto const &row : words)
        if (row.code == error.code && (row.field.empty() || row.field == error.field)) return row;
    return words[std::size(words) - 1];
}

// "options/allow_close" is called "options.allow_close" by those who send it.
std::string as_sent(std::string path) {
    std::ranges::replace(path, '/', '.');
    return path;
}

wire::Response finished(unsigned status, std::string body) {
    wire::Response response{.status = status, .body = std::move(body)};
    response.headers.set("Content-Type", "application/json; charset=utf-8");
    response.headers.set("Expires", "Thu, 19 Nov 1981 08:52:00 GMT");
    response.headers.set("Cache-Control", "no-store, no-cache, must-revalidate");
    response.headers.set("Pragma", "no-cache");
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

} // namespace

bool is_user_api(Settings const &settings) { return settings.path.ends_with("/oauth2"); }

bool is_first_version(Settings const &settings) { return settings.path.ends_with("/admin"); }

wire::Response respond(std::string_view data, std::string_view url) {
    std::string body = R"({"status":"ok")";
    if (!data.empty()) body.append(R"(,"data":)").append(data);
    if (!url.empty()) body.append(R"(,"url":)").append(url);
    body += '}';
    return finished(200, std::move(body));
}

wire::Response respond_bare(std::string body) { return finished(200, std::move(body)); }

wire::Response refusal(Call const &call, canonical::Error const &error) {
    bool const token = error.code == Code::unauthenticated && is_user_api(call.settings);
    auto const &row = !token ? words_of(error) : error.field == expired_token.field ? expired_token : invalid_token;
    std::string body;
    {
        static Context const none;
        Text text(body, none);
        text.raw(R"({"status":"error")");
        if (row.number != no_number) {
            text.key("status_code");
            text.number(row.number);
        }
        text.key("message");
        text.string(row.message);
        if (row.details != Details::none) {
            text.key("message_details");
            text.string(row.details == Details::field ? as_sent(error.field) : error.detail);
        }
        text.put('}');
    }
    return finished(row.status, std::move(body));
}

} // namespace dialects::worksection
