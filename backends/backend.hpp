#pragma once
// The port to where data lives. A store is opened once; each worker gets a backend of its own from it, so that nothing
// on a request's way is shared between threads.
#include "canonical/request.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>

namespace backends {

namespace asio = boost::asio;

class Backend {
public:
    virtual ~Backend() = default;

    // Answers one request. The request outlives the answer. Errors are values; an exception is a bug or exhaustion.
    //   get            one record, or not_found
    //   list           a page of records, as the query says
    //   create         the new record as it is stored; blank, unknown_reference, ambiguous, bad_value
    //   update         the record after the change; also not_found, locked, changed
    //   remove         no record; not_found, locked, in_use, changed
    //   copy, change_workflow, map_to_workflow   the project that comes out
    // What was answered is durable. What was refused has changed nothing.
    virtual asio::awaitable<canonical::Result<canonical::Reply>> perform(canonical::Request const &request) = 0;
};

class Store {
public:
    virtual ~Store() = default;

    // A backend for one worker: to be used on that executor only, and dead before the store.
    virtual std::unique_ptr<Backend> backend_for(asio::any_io_executor worker) = 0;
};

} // namespace backends
