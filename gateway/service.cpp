#include "gateway/service.hpp"

#include "dialects/engine/fields.hpp"
#include "gateway/front_end/host.hpp"
#include "gateway/response_head.hpp"
#include "gateway/router.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>

namespace gateway {

namespace {

using canonical::Code, canonical::Error, canonical::Reply, canonical::Result;
using dialects::Call, dialects::Dialect;

struct Route {
    Dialect const *dialect;
    dialects::Settings const *settings;
    std::span<dialects::Caller const> callers;
    canonical::Mapping const *mapping; // null: none
    backends::Backend *backend;        // null: not available
    canonical::OnLoss on_loss;
    bool show_losses, pass_credentials;
};

// What the service behind has no room for, as the caller calls it: [{"path":"users","class":"kept","reason":"…"}].
void show(std::vector<canonical::Loss> const &losses, Dialect const &dialect, canonical::Kind kind,
          boost::json::array &to) {
    for (auto const &loss : losses)
        to.push_back({{"path", dialects::wire_path(dialect.tables(), kind, loss.member)},
                      {"class", loss.what},
                      {"reason", loss.reason}});
}

// The method that a route must allow: a browser asks with OPTIONS about the one it means.
std::string_view routed_method(wire::Request const &request) {
    auto const meant = request.headers.find("Access-Control-Request-Method");
    return request.method == "OPTIONS" && !meant.empty() ? meant : std::string_view(request.method);
}

// As much of a target as can be split, up to a few segments: enough to see which tool it was meant for.
wire::Target known_part(std::string_view target) {
    constexpr int most_segments = 8;
    auto const path = target.substr(0, target.find('?'));
    wire::Target known;
    std::size_t end = 0;
    for (int i = 0; i < most_segments && end < path.size(); ++i) {
        end = std::min(path.find('/', end + 1), path.size());
        auto longer = wire::split_target(path.substr(0, end));
        if (!longer) break;
        known = std::move(*longer);
    }
    return known;
}

bool may_write(Call const &call) { return call.caller && call.caller->may_write; }

// A bug behind the port, or a service that cannot be asked: its words are for the log alone.
bool is_for_operators(Code code) {
    return code == Code::internal || code == Code::unavailable || code == Code::timed_out;
}

canonical::Instant now_in_milliseconds() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// What the dialect left open.
void complete(canonical::Request &question, Call const &call, Route const &route) {
    auto const &dialect = *route.dialect;
    question.on_loss = route.on_loss;
    if (route.pass_credentials && call.caller) question.credential = call.caller->credential;
    if (question.dialect.empty()) question.dialect = dialect.name();
    if (question.actor.empty() && call.caller) question.actor.email = call.caller->person;
    if (question.now == canonical::Instant()) question.now = call.now;
}

asio::awaitable<Result<Reply>> ask(Route const &route, canonical::Request &question) {
    if (!route.mapping) {
        Result<Reply> reply = co_await route.backend->perform(question);
        co_return reply;
    }
    auto mapped = question; // the talk may want to ask with its own words again
    if (auto refused = canonical::to_backend(*route.mapping, mapped)) co_return std::move(*refused);
    Result<Reply> reply = co_await route.backend->perform(mapped);
    if (reply) {
        canonical::to_caller(*route.mapping, *reply);
        co_return reply;
    }
    auto error = reply.error();
    canonical::to_caller(*route.mapping, error);
    co_return error;
}

asio::awaitable<wire::Response> converse(Route const &route, Call &call, Record &record) {
    auto const &dialect = *route.dialect;
    if (call.request.method == "OPTIONS")
        if (auto answer = dialect.preflight(call)) co_return std::move(*answer);

    // Nobody learns which paths exist before saying who asks, but some operations are there to find that out.
    auto const found = dialect.find(call);
    if (!found || !dialect.is_open(*call.operation))
        if (auto const known = dialect.identify(call); !known) co_return dialect.refuse(call, known.error());
    if (!found) co_return dialect.refuse(call, found.error());
    Error const read_only{.code = Code::forbidden};
    if (canonical::writes(call.operation->verb) && !may_write(call)) co_return dialect.refuse(call, read_only);

    boost::json::array losses;
    auto talk = dialect.serve(call);
    while (auto *const question = talk.pending()) {
        complete(*question, call, route);
        if (canonical::writes(question->verb) && !may_write(call))
            talk.answer(read_only);
        else if (!route.backend)
            talk.answer(Error{.code = Code::unavailable});
        else {
            auto reply = co_await ask(route, *question);
            if (reply) {
                record.losses += reply->losses.size();
                show(reply->losses, dialect, question->kind, losses);
            }
            if (!reply && is_for_operators(reply.error().code)) record.failure = reply.error().detail;
            talk.answer(std::move(reply));
        }
    }
    auto response = talk.outcome();
    if (route.show_losses && !losses.empty()) response.headers.set("X-Dragoman-Losses", boost::json::serialize(losses));
    co_return response;
}

class RoutedService final : public Service {
public:
    RoutedService(std::shared_ptr<Site const> site, asio::any_io_executor const &worker)
        : site_(std::move(site)), router_(site_->config().routes) {
        auto const &config = site_->config();
        for (auto const &caller : config.callers) callers_[caller.dialect].push_back(caller.caller);
        for (auto const &route : config.routes) {
            auto const mapping =
                std::ranges::find(config.mappings, route.mapping, [](auto &each) { return each.first; });
            routes_.push_back({.dialect = route.dialect,
                               .settings = &route.settings,
                               .callers = callers_[route.dialect],
                               .mapping = mapping == config.mappings.end() ? nullptr : &mapping->second,
                               .backend = backend_of(route.backend, worker),
                               .on_loss = route.on_loss,
                               .show_losses = route.show_losses,
                               .pass_credentials = route.pass_credentials});
        }
    }

    asio::awaitable<wire::Response> respond(wire::Request const &request, Arrival arrival, Record &record) override {
        auto target = wire::split_target(request.target);
        if (!target) co_return refuse(request, 400, target.error(), record);
        auto const match = match_of(request, *target);
        if (!match) co_return plain_response(404, "no route leads there");
        auto const &route = routes_[match->route];
        record.dialect = route.dialect->name();

        boost::json::monotonic_resource memory;
        Call call{.request = request,
                  .target = std::move(*target),
                  .prefix = match->prefix,
                  .settings = *route.settings,
                  .callers = route.callers,
                  .now = arrival.at,
                  .request_id = record.id,
                  .memory = &memory,
                  .scheme = arrival.scheme,
                  .attempts = &site_->attempts(),
                  .ended_sessions = &site_->ended_sessions()};
        std::optional<wire::Response> response;
        try {
            response = co_await converse(route, call, record);
        } catch (std::exception const &error) {
            record.failure = error.what();
        }
        if (call.operation) record.operation = call.operation->name;
        if (response) co_return std::move(*response);
        co_return refused(route, call, Error{.code = Code::internal}, record);
    }

    wire::Response refuse(wire::Request const &partial, unsigned status, Error const &error, Record &record) override {
        auto target = known_part(partial.target);
        auto const match = match_of(partial, target);
        if (!match) return plain_response(status, error.detail);
        auto const &route = routes_[match->route];
        record.dialect = route.dialect->name();
        Call const call{.request = partial,
                        .target = std::move(target),
                        .prefix = match->prefix,
                        .settings = *route.settings,
                        .callers = route.callers,
                        .now = now_in_milliseconds(),
                        .request_id = record.id};
        auto response = refused(route, call, error, record);
        response.status = status;
        response.reason = {};
        return response;
    }

private:
    std::optional<Router::Match> match_of(wire::Request const &request, wire::Target const &target) const {
        Router::Question const question{.host = front_end::host_of(request.headers.find("Host")),
                                        .method = routed_method(request),
                                        .segments = target.segments};
        return router_.find(question);
    }

    static wire::Response refused(Route const &route, Call const &call, Error const &error, Record &record) {
        try {
            return route.dialect->refuse(call, error);
        } catch (std::exception const &failure) {
            record.failure = failure.what();
        }
        return plain_response(500, "internal error");
    }

    backends::Backend *backend_of(std::string const &name, asio::any_io_executor const &worker) {
        auto const known = backends_.find(name);
        if (known != backends_.end()) return known->second.get();
        auto const store = site_->store(name);
        return (backends_[name] = store ? store->backend_for(worker) : nullptr).get();
    }

    std::shared_ptr<Site const> site_; // first: the stores outlive their backends
    Router router_;
    std::map<Dialect const *, std::vector<dialects::Caller>> callers_;
    std::map<std::string, std::unique_ptr<backends::Backend>> backends_;
    std::vector<Route> routes_;
};

} // namespace

std::unique_ptr<Service> Service::create(std::shared_ptr<Site const> site, asio::any_io_executor worker) {
    return std::make_unique<RoutedService>(std::move(site), worker);
}

} // namespace gateway
