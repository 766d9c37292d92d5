#include "fakes.hpp"

#include "dialects/engine/context.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace gateway::testing {

using canonical::Code, canonical::Error, canonical::Kind, canonical::Reply, canonical::Result, canonical::Verb;
using dialects::Call, dialects::Operation, dialects::Serve;

namespace {

wire::Response text(std::string body) {
    wire::Response response;
    response.headers.set("Content-Type", "text/plain");
    response.headers.set("X-Dialect", "fake");
    response.body = std::move(body);
    return response;
}

std::string query_value(Call const &call, std::string_view name) {
    auto const *const value = call.target.find(name);
    return value ? *value : std::string();
}

unsigned status_of(Code code) {
    switch (code) {
    case Code::unauthenticated:
        return 401;
    case Code::forbidden:
        return 403;
    case Code::unknown_route:
        return 404;
    case Code::wrong_method:
        return 405;
    case Code::internal:
        return 500;
    case Code::unavailable:
        return 503;
    default:
        return 400;
    }
}

wire::Response refusal(Error const &error) {
    auto response = text("fake refuses: " + std::string(boost::describe::enum_to_string(error.code, "?")));
    if (!error.detail.empty()) response.body += ": " + error.detail;
    response.status = status_of(error.code);
    response.reason = "Fake Refusal";
    return response;
}

wire::Response shown(Call const &call, Result<Reply> const &reply) {
    if (!reply) return refusal(reply.error());
    return text(std::string(call.operation->name) + " " + std::string(call.id) + " for " + call.caller->name);
}

Serve ask(Call &call) {
    canonical::Request question{.verb = call.operation->verb, .id = std::string(call.id)};
    Result<Reply> const reply = co_await question;
    co_return shown(call, reply);
}

Serve ask_to_write(Call &call) {
    canonical::Request look{.verb = Verb::get}, change{.verb = Verb::update};
    Result<Reply> const found = co_await look;
    if (!found) co_return refusal(found.error());
    Result<Reply> const changed = co_await change;
    co_return shown(call, changed);
}

Serve say_open(Call &) { co_return text("open"); }
Serve echo_body(Call &call) { co_return text(call.request.body); }
Serve echo_header(Call &call) {
    auto response = text("");
    response.headers.set("X-Echo", query_value(call, "text"));
    auto const name = query_value(call, "name");
    auto const field = call.request.headers.find(name);
    response.body = name.empty() ? "" : field.data() ? std::string(field) : "absent";
    co_return response;
}
Serve say_much(Call &call) { co_return text(std::string(std::stoul(query_value(call, "bytes")), 'x')); }
Serve say_nothing(Call &) { co_return wire::Response{.status = 204}; }
Serve fail(Call &) {
    throw std::runtime_error("a bug\nin the fake");
    co_return wire::Response();
}

constexpr Operation table[] = {
    {.method = "GET", .path = "things", .name = "thing.list", .verb = Verb::list, .serve = ask},
    {.method = "POST", .path = "things", .name = "thing.create", .verb = Verb::create, .serve = ask},
    {.method = "GET", .path = "things/{id}", .name = "thing.get", .serve = ask},
    {.method = "GET", .path = "sneaky", .name = "sneaky", .serve = ask_to_write},
    {.method = "GET", .path = "open", .name = "open", .serve = say_open},
    {.method = "POST", .path = "echo", .name = "echo", .serve = echo_body},
    {.method = "GET", .path = "echo", .name = "echo", .serve = echo_header},
    {.method = "GET", .path = "big", .name = "big", .serve = say_much},
    {.method = "HEAD", .path = "big", .name = "big", .serve = say_much},
    {.method = "GET", .path = "nothing", .name = "nothing", .serve = say_nothing},
    {.method = "GET", .path = "throws", .name = "throws", .serve = fail},
};

} // namespace

std::span<Operation const> FakeDialect::operations() const { return table; }

dialects::TableSet const &FakeDialect::tables() const {
    static constexpr dialects::TableSet none = {};
    return none;
}

Result<void> FakeDialect::identify(Call &call) const {
    auto const token = call.request.headers.find("X-Token");
    for (auto const &caller : call.callers)
        if (caller.name == token) {
            call.caller = &caller;
            return {};
        }
    return Error{.code = Code::unauthenticated};
}

wire::Response FakeDialect::refuse(Call const &, Error const &error) const {
    if (ways_.broken_refusals) throw std::runtime_error("no words");
    auto response = refusal(error);
    if (ways_.always_ok) response.status = 200;
    return response;
}

std::optional<wire::Response> FakeDialect::preflight(Call const &) const {
    if (ways_.ignore_case) return {};
    wire::Response response{.status = 204};
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

std::string FakeDialect::example(std::string_view base_url) const {
    return "-H 'X-Token: ann' " + std::string(base_url) + "/things";
}

Result<boost::json::value> FakeDialect::document(Call const &) const { return boost::json::value(); }

wire::Response FakeDialect::answer(Call const &, dialects::Wanted const &, Reply &) const { return text(""); }

class FakeBackend final : public backends::Backend {
public:
    FakeBackend(FakeStore &store, asio::any_io_executor worker) : store_(store), worker_(std::move(worker)) {}

    asio::awaitable<Result<Reply>> perform(canonical::Request const &request) override {
        {
            std::lock_guard const lock(store_.mutex_);
            store_.questions_.push_back(request);
        }
        if (request.id == "broken") throw std::runtime_error("the disk is on fire");
        if (request.id == "slow" || request.id == "never") {
            asio::steady_timer timer(worker_);
            timer.expires_after(request.id == "slow" ? store_.slow : std::chrono::hours(1));
            co_await timer.async_wait(asio::use_awaitable);
        }
        co_return store_.reply;
    }

private:
    FakeStore &store_;
    asio::any_io_executor worker_;
};

std::unique_ptr<backends::Backend> FakeStore::backend_for(asio::any_io_executor worker) {
    return std::make_unique<FakeBackend>(*this, std::move(worker));
}

std::vector<canonical::Request> FakeStore::questions() const {
    std::lock_guard const lock(mutex_);
    return questions_;
}

std::shared_ptr<backends::Store> FakeSite::store(std::string_view backend) const {
    auto const found = stores_.find(backend);
    return found == stores_.end() ? nullptr : found->second;
}

config::Route route_to(dialects::Dialect const &dialect, std::string path, std::string backend) {
    config::Route route;
    route.dialect = &dialect;
    route.backend = std::move(backend);
    route.settings.path = std::move(path);
    return route;
}

config::Caller caller_of(dialects::Dialect const &dialect, std::string const &name, bool may_write) {
    config::Caller caller;
    caller.dialect = &dialect;
    caller.caller.name = name;
    caller.caller.person = name + "@example.com";
    caller.caller.may_write = may_write;
    return caller;
}

} // namespace gateway::testing
