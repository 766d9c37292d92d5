#include "running_server.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace gateway::testing {

std::string Answer::field(std::string_view name) const {
    std::string_view rest = head;
    while (!rest.empty()) {
        auto const line = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(std::min(rest.size(), line.size() + 2));
        auto const colon = line.find(": ");
        if (colon != line.npos && wire::same_letters(line.substr(0, colon), name))
            return std::string(line.substr(colon + 2));
    }
    return {};
}

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr const *>(&address), sizeof address) != 0)
        throw std::system_error(errno, std::generic_category(), "connect");
    patience(2s);
}

RawClient::RawClient(RawClient &&other) noexcept
    : socket_(std::exchange(other.socket_, -1)), unread_(std::move(other.unread_)) {}

RawClient::~RawClient() {
    if (socket_ >= 0) ::close(socket_);
}

void RawClient::patience(std::chrono::milliseconds time) {
    timeval const wait{.tv_sec = time / 1s, .tv_usec = (time % 1s).count() * 1000};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
}

void RawClient::shrink_receive_buffer() {
    int const bytes = 64 * 1024;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(std::size_t(sent));
    }
    return true;
}

void RawClient::shut_down_sending() { ::shutdown(socket_, SHUT_WR); }

RawClient::More RawClient::more() {
    char bytes[65536];
    auto const count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count == 0 || (count < 0 && errno == ECONNRESET)) return More::closed;
    if (count < 0) return More::nothing;
    unread_.append(bytes, std::size_t(count));
    return More::some;
}

Answer RawClient::read(To request) {
    auto const whole_head = [this] { return unread_.find("\r\n\r\n"); };
    while (whole_head() == unread_.npos)
        if (more() != More::some) return {};
    Answer answer;
    answer.head = unread_.substr(0, whole_head() + 2);
    unread_.erase(0, answer.head.size() + 2);
    if (!answer.head.starts_with("HTTP/1.1 ")) return {};
    answer.status = unsigned(std::stoul(answer.head.substr(9, 3)));
    auto const length = answer.field("Content-Length");
    auto const size = length.empty() || request == To::head ? 0 : std::stoul(length);
    while (unread_.size() < size)
        if (more() != More::some) return {};
    answer.body = unread_.substr(0, size);
    unread_.erase(0, size);
    return answer;
}

std::string RawClient::read_to_end() {
    auto last = More::some;
    while (last == More::some) last = more();
    auto all = std::exchange(unread_, {});
    return last == More::closed ? all : all + "(and the connection stays open)";
}

bool RawClient::is_closed() { return unread_.empty() && more() == More::closed; }

bool RawClient::is_silent_for(std::chrono::milliseconds time) {
    patience(time);
    bool const silent = unread_.empty() && more() == More::nothing;
    patience(2s);
    return silent;
}

FakeDialect const &fake_dialect() {
    static FakeDialect const dialect;
    return dialect;
}

config::Limits RunningServer::limits() {
    config::Limits limits;
    limits.body_bytes = 1024 * 1024;
    limits.header_timeout = 200ms;
    limits.body_idle_timeout = 200ms;
    limits.keep_alive_timeout = 300ms;
    limits.write_timeout = 200ms;
    limits.grace_period = 500ms;
    return limits;
}

config::Config RunningServer::config() {
    config::Config config;
    config.listen.push_back({.place = {}, .address = "127.0.0.1", .port = 0});
    config.routes.push_back(route_to(fake_dialect(), "/api"));
    config.callers.push_back(caller_of(fake_dialect(), "ann"));
    config.callers.push_back(caller_of(fake_dialect(), "bob", false));
    config.limits = limits();
    config.workers = 2;
    return config;
}

RunningServer::RunningServer(config::Config config, LogFormat format) {
    auto const sink = [](std::ostringstream &out) { return std::make_shared<spdlog::sinks::ostream_sink_mt>(out); };
    auto started = Server::start(site(std::move(config)), log_to(sink(messages_), sink(access_), format));
    if (auto *const failure = std::get_if<Failure>(&started)) throw std::runtime_error(failure->what);
    server_ = std::move(std::get<0>(started));
}

RunningServer::~RunningServer() { stop(); }

std::shared_ptr<FakeSite> RunningServer::site(config::Config config) const {
    std::map<std::string, std::shared_ptr<backends::Store>, std::less<>> stores;
    stores["store"] = store_;
    return std::make_shared<FakeSite>(std::move(config), std::move(stores));
}

Answer RunningServer::ask(std::string_view request) const {
    auto client = connect();
    client.send(request);
    return client.read();
}

void RunningServer::stop() { server_.reset(); }

std::string RunningServer::access_log() {
    stop();
    return access_.str();
}

std::string RunningServer::messages() {
    stop();
    return messages_.str();
}

std::string get(std::string_view target, std::string_view fields) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: gw.test\r\nX-Token: ann\r\n{}\r\n", target, fields);
}

std::string post(std::string_view target, std::string_view body, std::string_view fields) {
    return fmt::format("POST {} HTTP/1.1\r\nHost: gw.test\r\nX-Token: ann\r\nContent-Length: {}\r\n{}\r\n{}", target,
                       body.size(), fields, body);
}

} // namespace gateway::testing
