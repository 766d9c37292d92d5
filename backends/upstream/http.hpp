#pragma once
// The way to a real service, as a backend sees it: one request, one answer. The gateway implements it over sockets.
#include "canonical/error.hpp"
#include "dialects/engine/wire.hpp"

#include <boost/asio/awaitable.hpp>
#include <variant>

namespace backends::upstream {

// No answer came.
struct Lost {
    canonical::Code code = canonical::Code::unavailable; // or timed_out
    bool seen = true;                                    // whether the service may have acted on the request
    std::string why = {};
};

class Http {
public:
    virtual ~Http() = default;

    // `path` and query of the target follow what the service's URL says; fields about the connection are ours to say.
    // The request outlives the answer.
    virtual boost::asio::awaitable<std::variant<wire::Response, Lost>> exchange(wire::Request const &request) = 0;
};

} // namespace backends::upstream
