// A listener with a certificate: the same server, over TLS.
#include "running_server.hpp"
#include "tests/support/certificate.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <thread>

namespace gateway::testing {

namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// A client that trusts one certificate alone.
class SecureClient {
public:
    struct Ways {
        std::string host = "gw.test";
        int newest = TLS1_3_VERSION;
        std::string_view protocol = {}; // to offer, with its length before it
    };

    SecureClient(std::uint16_t port, std::filesystem::path const &trusted) : SecureClient(port, trusted, Ways{}) {}
    SecureClient(std::uint16_t port, std::filesystem::path const &trusted, Ways const &ways) {
        context_.load_verify_file(trusted.string());
        SSL_CTX_set_max_proto_version(context_.native_handle(), ways.newest);
        SSL_CTX_set_security_level(context_.native_handle(), 0); // so that it offers what the server must refuse
        stream_ = std::make_unique<Stream>(io_, context_);
        stream_->set_verify_mode(asio::ssl::verify_peer);
        stream_->set_verify_callback(asio::ssl::host_name_verification(ways.host));
        SSL_set_alpn_protos(stream_->native_handle(), reinterpret_cast<unsigned char const *>(ways.protocol.data()),
                            unsigned(ways.protocol.size()));
        stream_->next_layer().connect({asio::ip::address_v4::loopback(), port});
        stream_->handshake(asio::ssl::stream_base::client); // throws where there is none
    }

    void send(std::string_view bytes) { asio::write(*stream_, asio::buffer(bytes)); }
    // An answer with a body of that size, and its head.
    std::string read(std::size_t body) {
        std::string text;
        while (text.find("\r\n\r\n") == text.npos || text.size() < text.find("\r\n\r\n") + 4 + body) {
            char bytes[4096];
            text.append(bytes, stream_->read_some(asio::buffer(bytes)));
        }
        return text;
    }
    // What is said at the end.
    boost::system::error_code end() {
        char byte = 0;
        boost::system::error_code error;
        while (!error) asio::read(*stream_, asio::buffer(&byte, 1), error);
        return error;
    }
    std::string protocol() const {
        unsigned char const *name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(stream_->native_handle(), &name, &size);
        return {reinterpret_cast<char const *>(name), size};
    }

private:
    using Stream = asio::ssl::stream<asio::ip::tcp::socket>;
    asio::io_context io_;
    asio::ssl::context context_{asio::ssl::context::tls_client};
    std::unique_ptr<Stream> stream_;
};

class Tls : public ::testing::Test {
protected:
    Tls() { support::write_certificate(folder_, "gw", "gw.test"); }

    config::Config config(std::string const &name = "gw") const {
        auto config = RunningServer::config();
        config.listen[0].certificate = (folder_.path() / (name + ".pem")).string();
        config.listen[0].key = (folder_.path() / (name + ".key")).string();
        return config;
    }
    std::filesystem::path trusted(std::string const &name = "gw") const { return folder_.path() / (name + ".pem"); }

    support::TemporaryFolder folder_;
};

TEST_F(Tls, AnswersRequestsOneAfterTheOther) {
    RunningServer const server(config());
    SecureClient client(server.port(), trusted());
    for (int i = 0; i < 3; ++i) {
        client.send(post("/api/echo", "hello"));
        EXPECT_THAT(client.read(5), ::testing::EndsWith("\r\n\r\nhello"));
    }
}

TEST_F(Tls, SendsAnswersThatAreLargerThanOneRecord) {
    RunningServer const server(config());
    SecureClient client(server.port(), trusted());
    constexpr std::size_t size = 3'000'000;
    client.send(get("/api/big?bytes=3000000"));
    auto const answer = client.read(size);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
    EXPECT_EQ(answer.size(), answer.find("\r\n\r\n") + 4 + size);
}

TEST_F(Tls, TakesRequestsThatAreLargerThanOneRecord) {
    RunningServer const server(config());
    SecureClient client(server.port(), trusted());
    std::string const body(500'000, 'x');
    client.send(post("/api/echo", body));
    EXPECT_THAT(client.read(body.size()), ::testing::EndsWith(body));
}

TEST_F(Tls, SaysGoodbyeWhenItCloses) {
    RunningServer const server(config());
    SecureClient client(server.port(), trusted());
    client.send(get("/api/things", "Connection: close\r\n"));
    client.read(0);
    EXPECT_EQ(client.end(), asio::error::eof) << "not a truncated stream";
}

TEST_F(Tls, RefusesVersionsBefore1_2) {
    RunningServer const server(config());
    EXPECT_THROW(SecureClient(server.port(), trusted(), {.newest = TLS1_1_VERSION}), boost::system::system_error);
    EXPECT_NO_THROW(SecureClient(server.port(), trusted(), {.newest = TLS1_2_VERSION}));
}

TEST_F(Tls, AgreesOnHttp1_1) {
    RunningServer const server(config());
    EXPECT_EQ(SecureClient(server.port(), trusted(), {.protocol = "\x02h2\x08http/1.1"}).protocol(), "http/1.1");
    EXPECT_THROW(SecureClient(server.port(), trusted(), {.protocol = "\x02h2"}), boost::system::system_error);
}

TEST_F(Tls, ClosesWhatIsNoHandshakeAndSaysSo) {
    RunningServer server(config());
    auto plain = server.connect();
    plain.send(get("/api/things"));
    EXPECT_THAT(plain.read_to_end(), ::testing::Not(HasSubstr("HTTP/1.1")));
    EXPECT_THAT(server.messages(), HasSubstr("closed before TLS was set up"));
}

TEST_F(Tls, ClosesConnectionsThatDoNotFinishTheirHandshake) {
    RunningServer const server(config());
    auto silent = server.connect(), half = server.connect();
    half.send(std::string("\x16\x03\x01\x02", 4)); // the beginning of a record
    EXPECT_TRUE(silent.is_closed());
    EXPECT_TRUE(half.is_closed());
}

TEST_F(Tls, ShowsTheNewCertificateToNewConnectionsAndKeepsTheOldOnes) {
    support::write_certificate(folder_, "new", "gw.test");
    RunningServer server(config());
    SecureClient old(server.port(), trusted());
    ASSERT_FALSE(server.server().reload(server.site(config("new"))));

    auto const shows_new = [&] {
        try {
            SecureClient const client(server.port(), trusted("new"));
            return true;
        } catch (boost::system::system_error const &) {
            return false;
        }
    };
    for (int i = 0; i < 100 && !shows_new(); ++i) std::this_thread::sleep_for(10ms);
    EXPECT_TRUE(shows_new());
    EXPECT_THROW(SecureClient(server.port(), trusted()), boost::system::system_error);
    old.send(post("/api/echo", "still"));
    EXPECT_THAT(old.read(5), ::testing::EndsWith("still"));
}

TEST_F(Tls, GoesOnWithTheOldCertificateWhereTheNewOneIsNone) {
    RunningServer server(config());
    folder_.write("bad.pem", "no certificate");
    folder_.write("bad.key", "no key");
    auto const failure = server.server().reload(server.site(config("bad")));
    ASSERT_TRUE(failure);
    EXPECT_THAT(failure->what, HasSubstr("PEM"));
    EXPECT_NO_THROW(SecureClient(server.port(), trusted()));
}

TEST_F(Tls, DoesNotStartWithAKeyThatBelongsToAnotherCertificate) {
    support::write_certificate(folder_, "other", "gw.test");
    auto mixed = config();
    mixed.listen[0].key = (folder_.path() / "other.key").string();
    EXPECT_THROW(RunningServer{mixed}, std::runtime_error);
}

} // namespace
} // namespace gateway::testing
