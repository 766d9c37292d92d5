#include "tests/support/gateway/stub.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <sys/socket.h>

namespace support {

namespace asio = boost::asio;
using asio::ip::tcp;

void Stub::Line::send(std::string_view bytes) {
    boost::system::error_code gone;
    asio::write(socket_, asio::buffer(bytes), gone);
}

void Stub::Line::close() {
    boost::system::error_code gone;
    socket_.shutdown(tcp::socket::shutdown_both, gone);
}

void Stub::Line::wait() {
    boost::system::error_code gone;
    char bytes[256];
    while (!gone) socket_.read_some(asio::buffer(bytes), gone);
}

Stub::Stub(Script script)
    : script_(std::move(script)), acceptor_(io_, {asio::ip::make_address("127.0.0.1"), 0}),
      port_(acceptor_.local_endpoint().port()) {
    accepting_ = std::thread([this] {
        for (;;) {
            tcp::socket socket(io_);
            boost::system::error_code error;
            acceptor_.accept(socket, error);
            std::lock_guard const lock(mutex_);
            if (ends_ || error) return;
            open_.push_back(socket.native_handle());
            connections_.emplace_back([this, each = std::move(socket)]() mutable { serve(std::move(each)); });
        }
    });
}

Stub::~Stub() {
    ends_ = true;
    boost::system::error_code ignored;
    tcp::socket last(io_);
    last.connect({asio::ip::make_address("127.0.0.1"), port_}, ignored); // wakes who accepts
    accepting_.join();
    {
        std::lock_guard const lock(mutex_);
        for (int const handle : open_) ::shutdown(handle, SHUT_RDWR);
    }
    for (auto &connection : connections_) connection.join();
}

std::vector<std::string> Stub::requests() const {
    std::lock_guard const lock(mutex_);
    return requests_;
}

void Stub::serve(tcp::socket socket) {
    boost::system::error_code error;
    asio::streambuf buffer;
    for (;;) {
        auto const head = asio::read_until(socket, buffer, "\r\n\r\n", error);
        if (error) break;
        auto const *const start = static_cast<char const *>(buffer.data().data());
        std::string request(start, head);
        std::size_t length = 0;
        if (auto const at = request.find("Content-Length: "); at != request.npos)
            length = std::stoul(request.substr(at + 16));
        while (buffer.size() < head + length && !error) {
            auto const count = socket.read_some(buffer.prepare(4096), error);
            buffer.commit(count);
        }
        request.append(static_cast<char const *>(buffer.data().data()) + head, std::min(length, buffer.size() - head));
        buffer.consume(head + length);
        std::size_t number = 0;
        {
            std::lock_guard const lock(mutex_);
            number = requests_.size();
            requests_.push_back(request);
        }
        Line line(socket);
        script_(number, request, line);
    }
    std::lock_guard const lock(mutex_);
    std::erase(open_, socket.native_handle());
    socket.close(error);
}

std::string Stub::answer(std::string_view status, std::string_view body, std::string_view fields) {
    return "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(fields) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

} // namespace support
