#pragma once
// The server's end of TLS: what a listener presents, and the bytes of one connection. TLS 1.2 and later, HTTP/1.1.
#include "config/config.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>
#include <memory>
#include <openssl/types.h>
#include <string_view>

namespace gateway::tls {

namespace asio = boost::asio;

// With the listener's certificate and key, as they are in their files now. Throws boost::system::system_error where
// they are none or do not belong together.
std::shared_ptr<asio::ssl::context> presenting(config::Listener const &listener);

// What one step came to: bytes went through, the socket must be ready first, or there will be nothing more.
enum class Step : unsigned char { done, wait_read, wait_write, closed, broken };

// A connection's cipher over a socket that never waits. All of it may be tried again with the same arguments once the
// socket is ready.
class Channel {
public:
    Channel(asio::ssl::context &context, int socket);
    Channel(Channel &&) = default;

    Step accept();
    Step read(char *to, std::size_t most, std::size_t &count);
    Step write(std::string_view text, std::size_t &count);
    // Whether something came that can be read although the socket has nothing more.
    bool has_unread() const;
    // Says that nothing more will be written. Nothing is waited for.
    void say_goodbye();

private:
    Step came_to(int result);

    struct Free {
        void operator()(SSL *ssl) const;
    };
    std::unique_ptr<SSL, Free> ssl_;
    bool broken_ = false;
};

} // namespace gateway::tls
