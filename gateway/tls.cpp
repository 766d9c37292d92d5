#include "gateway/tls.hpp"

#include <boost/asio/ssl/error.hpp>
#include <boost/system/system_error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace gateway::tls {

namespace {

constexpr unsigned char http_1_1[] = "\x08http/1.1";

// Of what the client offers, HTTP/1.1; where it offers other things alone, none of them.
int choose_protocol(SSL *, unsigned char const **chosen, unsigned char *length, unsigned char const *offered,
                    unsigned size, void *) {
    unsigned char *found = nullptr;
    auto const result = SSL_select_next_proto(&found, length, http_1_1, sizeof http_1_1 - 1, offered, size);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

[[noreturn]] void fail() { throw boost::system::system_error(int(ERR_get_error()), asio::error::get_ssl_category()); }

} // namespace

std::shared_ptr<asio::ssl::context> presenting(config::Listener const &listener) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                         asio::ssl::context::no_tlsv1_1 | SSL_OP_NO_RENEGOTIATION);
    context->use_certificate_chain_file(listener.certificate);
    context->use_private_key_file(listener.key, asio::ssl::context::pem);
    auto *const native = context->native_handle();
    if (SSL_CTX_check_private_key(native) != 1) fail();
    SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF); // clients keep their own, as tickets
    SSL_CTX_set_mode(native,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    return context;
}

void Channel::Free::operator()(SSL *ssl) const { SSL_free(ssl); }

Channel::Channel(asio::ssl::context &context, int socket) : ssl_(SSL_new(context.native_handle())) {
    if (!ssl_ || SSL_set_fd(ssl_.get(), socket) != 1) fail();
    SSL_set_accept_state(ssl_.get());
}

Step Channel::came_to(int result) {
    switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_NONE:
        return Step::done;
    case SSL_ERROR_WANT_READ:
        return Step::wait_read;
    case SSL_ERROR_WANT_WRITE:
        return Step::wait_write;
    case SSL_ERROR_ZERO_RETURN:
        return Step::closed;
    default:
        broken_ = true;
        return Step::broken;
    }
}

Step Channel::accept() {
    ERR_clear_error();
    return came_to(SSL_do_handshake(ssl_.get()));
}

Step Channel::read(char *to, std::size_t most, std::size_t &count) {
    ERR_clear_error();
    count = 0;
    return came_to(SSL_read_ex(ssl_.get(), to, most, &count));
}

Step Channel::write(std::string_view text, std::size_t &count) {
    ERR_clear_error();
    count = 0;
    return came_to(SSL_write_ex(ssl_.get(), text.data(), text.size(), &count));
}

bool Channel::has_unread() const { return SSL_pending(ssl_.get()) > 0; }

void Channel::say_goodbye() {
    if (broken_ || SSL_in_init(ssl_.get())) return;
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
}

} // namespace gateway::tls
