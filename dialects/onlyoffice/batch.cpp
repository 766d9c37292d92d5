#include "dialects/onlyoffice/batch.hpp"

#include "dialects/engine/documents/json.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/parameters.hpp"

#include <algorithm>

namespace dialects::onlyoffice {

using canonical::Code, canonical::Error, canonical::Result;
namespace json = boost::json;

namespace {

constexpr std::size_t most_items = 100;

struct Item {
    std::optional<std::string> name;
    std::int64_t order = 0;
    wire::Request request;
};

std::string text_of(json::value const &object, std::string_view name) {
    auto const *const value = find_parameter(object, name);
    if (!value) return {};
    codec::Scalar const scalar(*value);
    return scalar ? std::string(scalar.text) : std::string();
}

Item item_of(json::value const &object, Call const &call) {
    Item item;
    if (find_parameter(object, "name")) item.name = text_of(object, "name");
    if (auto const *const order = find_parameter(object, "order"); order && order->is_int64())
        item.order = order->get_int64();
    auto &request = item.request;
    request.method = text_of(object, "method");
    if (request.method.empty()) request.method = "GET";
    for (auto &c : request.method)
        if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
    request.target = text_of(object, "relativeUrl");
    request.body = text_of(object, "body");
    request.client = call.request.client;
    request.headers.set("Host", call.request.headers.find("Host"));
    auto type = text_of(object, "bodyContentType");
    if (type.empty()) type = "application/x-www-form-urlencoded";
    if (!request.body.empty()) request.headers.set("Content-Type", type);
    return item;
}

Result<std::vector<Item>> items_of(json::value const &given, Call const &call) {
    Error const none{.code = Code::blank, .field = "batch"};
    auto const *const said = find_parameter(given, "batch");
    json::value list(call.memory);
    if (said && said->is_string()) {
        auto parsed = parse_json(said->get_string(), {}, call.memory);
        if (!parsed) return Error{.code = Code::malformed, .detail = "The batch is no JSON."};
        list = std::move(*parsed);
    } else if (said) {
        list = *said;
    }
    auto const *const array = list.if_array();
    if (!array) return none;
    if (array->size() > most_items) return Error{.code = Code::too_large};
    std::vector<Item> items;
    for (auto const &each : *array) {
        if (!each.is_object()) return none;
        items.push_back(item_of(each, call));
    }
    std::ranges::stable_sort(items, {}, &Item::order);
    return items;
}

// Of the route that the batch came by.
bool is_on_route(Call const &about, Call const &call) {
    auto const &there = about.target.segments, &here = call.target.segments;
    return there.size() > call.prefix &&
           std::equal(here.begin(), here.begin() + std::ptrdiff_t(call.prefix), there.begin());
}

void write_answer(Item const &item, wire::Response const &response, Text &text) {
    text.next();
    text.put('{');
    if (item.name) {
        text.key("name");
        text.string(*item.name);
    }
    text.key("status");
    text.number(response.status);
    text.key("headers");
    text.put('{');
    for (std::size_t i = 0; i < response.headers.size(); ++i) {
        auto const [name, value] = response.headers[i];
        if (name.starts_with("Access-Control-")) continue;
        text.key(wire::lower(name.substr(0, 1)) + std::string(name.substr(1)));
        text.string(value);
    }
    text.put('}');
    text.key("data");
    text.string(response.body);
    text.put('}');
}

// What becomes of a request that came alone; who asks is known.
Serve answer_to(Call &about) {
    auto const &self = instance();
    Error const elsewhere{.code = Code::unknown_route}, read_only{.code = Code::forbidden};
    auto const found = self.find(about);
    if (!found) co_return self.refuse(about, found.error());
    if (about.operation->serve == run_batch) co_return self.refuse(about, elsewhere);
    bool const may = about.caller->may_write || !canonical::writes(about.operation->verb);
    if (!may) co_return self.refuse(about, read_only);
    auto talk = self.serve(about);
    wire::Response response = co_await talk;
    co_return response;
}

} // namespace

Serve run_batch(Call &call) {
    auto const &self = instance();
    auto const given = parameters(call);
    if (!given) co_return self.refuse(call, given.error());
    auto const items = items_of(*given, call);
    if (!items) co_return self.refuse(call, items.error());
    static Context const none;
    std::string body = "[";
    for (auto const &item : *items) {
        auto target = wire::split_target(item.request.target);
        Error const elsewhere{.code = Code::unknown_route};
        wire::Response response;
        if (!target) {
            response = self.refuse(call, target.error());
        } else {
            Call about{.request = item.request,
                       .target = std::move(*target),
                       .prefix = call.prefix,
                       .settings = call.settings,
                       .callers = call.callers,
                       .now = call.now,
                       .request_id = call.request_id,
                       .memory = call.memory,
                       .scheme = call.scheme,
                       .attempts = call.attempts,
                       .ended_sessions = call.ended_sessions,
                       .caller = call.caller};
            if (is_on_route(about, call)) {
                auto talk = answer_to(about);
                response = co_await talk;
            } else {
                response = self.refuse(about, elsewhere);
            }
        }
        Text text(body, none);
        write_answer(item, response, text);
    }
    body += ']';
    Counts const counts{.count = items->size()};
    co_return respond(call, body, counts);
}

} // namespace dialects::onlyoffice
