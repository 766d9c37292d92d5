#pragma once
// A connection's life: requests are read, checked, answered and written one after the other, until one side has enough.
#include "gateway/message_parser.hpp"
#include "gateway/response_head.hpp"
#include "gateway/worker.hpp"

namespace gateway {

class Session {
public:
    // The worker outlives the session.
    Session(Worker &worker, tcp::socket socket, Peer peer);
    ~Session();
    Session(Session const &) = delete;
    Session &operator=(Session const &) = delete;

    asio::awaitable<void> run();

private:
    enum class Next : unsigned char { request, end };

    asio::awaitable<Next> next_request();
    bool has_request();
    asio::awaitable<void> exchange();
    asio::awaitable<front_end::Verdict> read(MessageParser &parser, BodyBudget::Share &share);
    asio::awaitable<front_end::Verdict> read_body(MessageParser &parser, BodyBudget::Share &share);
    asio::awaitable<bool> write(wire::Response const &response, Delivery const &delivery);
    void log(AccessEntry entry, Record const &record);
    bool receive(std::size_t most);

    Worker &worker_;
    Connection connection_;
    Peer peer_;
    std::shared_ptr<Serving const> serving_; // for the request under way
    std::unique_ptr<Desk> desk_;             // while there is a request under way
    bool blank_line_allowed_ = false;        // old clients send one CRLF too many after a request
    bool keep_alive_ = true;
    bool gone_ = false; // nobody is there to be answered
};

} // namespace gateway
