#include "tests/together/doors.hpp"

#include <algorithm>

namespace together {

support::Exchange demo() {
    support::Exchange exchange;
    exchange.site = DRAGOMAN_SOURCE_DIR "/config/dragoman.yaml";
    return exchange;
}

wire::Request Door::request(std::string_view method, std::string target) const {
    wire::Request request;
    request.method = method;
    request.target = std::move(target);
    request.headers.set("Host", "127.0.0.1");
    for (auto const &[name, value] : headers) request.headers.set(name, value);
    if (method != "GET") request.headers.set("Content-Type", media_type);
    return request;
}

std::span<Door const> doors() {
    static std::vector<Door> const all{
        {"onlyoffice", "/api/2.0/", "application/json", {{"Authorization", "864FE52C-1C1C-469F-9308-51DAFEFE7436"}}},
        {"paymo",
         "/api/",
         "application/json",
         {{"Authorization", "Basic MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY6WA=="}}},
        {"productive",
         "/api/v2/",
         "application/vnd.api+json",
         {{"X-Auth-Token", "demo-productive-token"}, {"X-Organization-Id", "1000"}}},
        {"superoffice",
         "/api/v1/",
         "application/json",
         {{"Authorization", "Basic dGplMDpUamUw"}, {"Accept", "application/json"}}},
        {"worksection", "/api/oauth2", "application/json", {{"Authorization", "Bearer demo-worksection-token"}}},
    };
    return all;
}

Door const &door_of(std::string_view dialect) { return *std::ranges::find(doors(), dialect, &Door::dialect); }

} // namespace together
