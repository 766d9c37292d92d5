#pragma once
// A service that does what it is told, however bad: a server on 127.0.0.1 that reads a request on each connection and
// lets a script answer with bytes, pauses and an end.
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace support {

class Stub {
public:
    // What a script may do with the connection that the request of that number (from 0) came on.
    class Line {
    public:
        explicit Line(boost::asio::ip::tcp::socket &socket) : socket_(socket) {}
        void send(std::string_view bytes);
        void close();
        // Until the other side leaves.
        void wait();

    private:
        boost::asio::ip::tcp::socket &socket_;
    };
    using Script = std::function<void(std::size_t number, std::string const &request, Line &line)>;

    explicit Stub(Script script);
    ~Stub();
    Stub(Stub const &) = delete;
    Stub &operator=(Stub const &) = delete;

    std::uint16_t port() const { return port_; }
    std::vector<std::string> requests() const;

    // A whole answer, whose connection stays.
    static std::string answer(std::string_view status, std::string_view body,
                              std::string_view fields = "Content-Type: application/json\r\n");

private:
    void serve(boost::asio::ip::tcp::socket socket);

    Script script_;
    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::atomic<bool> ends_ = false;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::vector<std::thread> connections_;
    std::vector<int> open_;
    std::thread accepting_;
};

} // namespace support
