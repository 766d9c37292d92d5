#pragma once
// How requests get to a service that may be slow, busy or down: in its pace, not while it is known to be down, and
// again where that does no harm. One for each worker.
#include "backends/upstream/service.hpp"

#include <boost/asio/steady_timer.hpp>

namespace backends::upstream {

enum class Repeat : bool { harmful, harmless };

class Road {
public:
    // `pacer` is shared by the workers, and outlives the road.
    Road(asio::any_io_executor executor, Service const &service, Pacer &pacer, unsigned seed);

    // The service's answer, whatever its status. Fails with unavailable, timed_out or too_many_requests.
    asio::awaitable<canonical::Result<wire::Response>> ask(wire::Request const &request, Repeat repeat);

private:
    asio::awaitable<void> pause(Clock::duration time);

    asio::any_io_executor executor_;
    std::unique_ptr<Http> http_;
    Pacer &pacer_;
    Breaker breaker_;
    Retries retries_;
    std::chrono::milliseconds patience_;
};

} // namespace backends::upstream
