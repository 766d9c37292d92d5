#pragma once
// One worker's listening socket. The kernel spreads new connections over the sockets that share an address.
#include "gateway/worker.hpp"

namespace gateway {

class Listener {
public:
    // Both throw boost::system::system_error where the address cannot be had. `probe` tells whether it is free: sockets
    // that share an address would share it with another server of the same user, too. `number`: its place in the
    // config.
    static void probe(tcp::endpoint const &where);
    Listener(Worker &worker, tcp::endpoint const &where, std::size_t number);

    tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
    // Accepts until it is closed.
    asio::awaitable<void> run();
    // Takes those that wait already, and no others.
    void close();

private:
    void welcome(tcp::socket socket, tcp::endpoint const &client);

    Worker &worker_;
    std::size_t number_;
    tcp::acceptor acceptor_;
    asio::steady_timer pause_;
};

} // namespace gateway
