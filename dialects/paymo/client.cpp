#include "dialects/paymo/client.hpp"

#include "dialects/engine/crypto.hpp"
#include "dialects/engine/documents/json.hpp"
#include "dialects/paymo/paymo.hpp"

namespace dialects::paymo {

using canonical::Code, canonical::Error, canonical::Kind;

namespace {

constexpr std::size_t page_size = 500; // (reference: the vendor's page on paging; larger ones take long)

constexpr std::string_view form[]{"api_key"};
constexpr std::span<std::string_view const> forms[]{form};

// What the service's messages begin with, beyond what its statuses say.
constexpr struct {
    std::string_view words;
    Code code;
} meanings[]{
    {"Status is read-only", Code::locked},
    {"Object is in use", Code::in_use},
    {"Missing required params: ", Code::blank},
    {"Invalid value for ", Code::bad_value},
};

} // namespace

Client const *Paymo::client() const {
    static Service const service;
    return &service;
}

std::span<std::span<std::string_view const> const> Service::credential_forms() const { return forms; }

Dialect const &Service::dialect() const { return *find_dialect("paymo"); }

// (reference: seen on the service; the vendor's page on limits names the headers alone)
Rate Service::rate() const { return {.requests = 5, .in = std::chrono::seconds(5)}; }

// The key as the user name, any password. (reference: authentication page)
void Service::sign(Account const &account, wire::Request &request) const {
    auto const user = std::string(account.secret("api_key")) + ":X";
    request.headers.set("Authorization", "Basic " + crypto::encode_base64(user));
}

Error Service::problem(wire::Response const &response) const {
    auto whole = Client::problem(response);
    auto const said = parse_json(response.body);
    auto const *const object = said ? said->if_object() : nullptr;
    auto const *const text = object ? object->if_contains("message") : nullptr;
    if (!text || !text->is_string()) return whole;
    std::string_view const message = text->get_string();
    for (auto const &[words, code] : meanings) {
        if (!message.starts_with(words)) continue;
        whole.code = code;
        auto const about = message.substr(words.size());
        auto const colon = about.find(": ");
        whole.field = about.substr(0, std::min(colon, about.find(',')));
        if (colon != about.npos) whole.detail = about.substr(colon + 2);
    }
    return whole;
}

std::string Service::filter_query(canonical::Request const &request) const {
    auto const [ids, closed] = pushed(request);
    std::vector<std::string> conditions;
    if (!ids.empty()) conditions.push_back("id in (" + joined(ids) + ")");
    if (closed && request.kind == Kind::project) conditions.push_back(*closed ? "active=false" : "active=true");
    return conditions.empty() ? std::string() : "where=" + wire::encode_percent(joined(conditions, " and "));
}

std::string Service::page_query(Kind, std::size_t page) const {
    return "page=" + std::to_string(page) + "&page_size=" + std::to_string(page_size);
}

bool Service::is_last(boost::json::value const &, std::size_t, std::size_t records) const {
    return records < page_size;
}

} // namespace dialects::paymo
