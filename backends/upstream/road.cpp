#include "backends/upstream/road.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

namespace backends::upstream {

using canonical::Code, canonical::Error, canonical::Result;

namespace {

constexpr std::chrono::seconds longest_hold{3'600};

// "Retry-After: 7"; its other form, a date, is not told from nothing.
std::chrono::seconds retry_after(wire::Response const &response) {
    auto const text = response.headers.find("Retry-After");
    std::int64_t seconds = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || seconds < 0) return std::chrono::seconds(1);
    return std::min(std::chrono::seconds(seconds), longest_hold);
}

Error too_many(Clock::duration wait) {
    auto const seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    return {.code = Code::too_many_requests, .detail = std::to_string(seconds)};
}

// The service itself says that it is not well.
bool is_ill(wire::Response const &response) {
    return response.status == 502 || response.status == 503 || response.status == 504;
}

} // namespace

Road::Road(asio::any_io_executor executor, Service const &service, Pacer &pacer, unsigned seed)
    : executor_(executor), http_(service.http(executor)), pacer_(pacer), breaker_(service.care.breaker),
      retries_(service.care.retries, seed), patience_(service.care.patience) {}

asio::awaitable<void> Road::pause(Clock::duration time) {
    if (time <= Clock::duration::zero()) co_return;
    asio::steady_timer timer(executor_, time);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<Result<wire::Response>> Road::ask(wire::Request const &request, Repeat repeat) {
    retries_.begin();
    for (int attempt = 1;; ++attempt) {
        Error failure{.code = Code::unavailable, .detail = "the service has failed lately and is left alone"};
        if (breaker_.closed_for(Clock::now())) co_return failure;
        auto const turn = pacer_.take(Clock::now(), patience_);
        if (!turn.taken) {
            breaker_.succeeded(); // nothing was tried
            co_return too_many(turn.wait);
        }
        co_await pause(turn.wait);

        auto outcome = co_await http_->exchange(request);
        auto const *const lost = std::get_if<Lost>(&outcome);
        auto *const response = std::get_if<wire::Response>(&outcome);
        if (lost || is_ill(*response))
            breaker_.failed(Clock::now());
        else
            breaker_.succeeded();
        bool again = repeat == Repeat::harmless;
        if (lost) {
            failure = {.code = lost->code, .detail = lost->why};
            again = again || !lost->seen;
        } else if (response->status == 429) {
            auto const wait = retry_after(*response);
            pacer_.hold(Clock::now() + wait);
            failure = too_many(wait);
            again = wait <= patience_; // it has done nothing
        } else if (!is_ill(*response)) {
            co_return std::move(*response);
        } else {
            failure.detail = "the service answers " + std::to_string(response->status);
        }
        auto const wait = again ? retries_.again(attempt + 1) : std::nullopt;
        if (!wait) co_return failure;
        co_await pause(*wait);
    }
}

} // namespace backends::upstream
