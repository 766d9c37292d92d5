#include "gateway/commands/options.hpp"
#include "gateway/server.hpp"

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <fmt/format.h>
#include <ostream>
#include <set>
#include <sys/resource.h>

namespace gateway::commands {

namespace {

constexpr std::chrono::seconds beyond_grace{2}; // for a backend that does not answer
constexpr std::size_t other_descriptors = 128;  // than those of connections

// Each connection is a descriptor: as many as the system lets us have.
std::size_t raise_descriptor_limit() {
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

void fit_to_descriptors(config::Limits &limits, spdlog::logger &messages) {
    auto const most = raise_descriptor_limit();
    auto const room = most > 2 * other_descriptors ? most - other_descriptors : most / 2;
    if (limits.connections <= room) return;
    messages.warn("at most {} connections: the system allows {} open files", room, most);
    limits.connections = room;
}

std::string url_of(config::Listener const &listener, tcp::endpoint const &endpoint) {
    auto const scheme = listener.certificate.empty() ? "http" : "https";
    auto const address = endpoint.address();
    if (address.is_v4()) {
        auto const host = address.is_unspecified() ? asio::ip::address_v4::loopback() : address.to_v4();
        return fmt::format("{}://{}:{}", scheme, host.to_string(), endpoint.port());
    }
    auto const host = address.is_unspecified() ? asio::ip::address_v6::loopback() : address.to_v6();
    return fmt::format("{}://[{}]:{}", scheme, host.to_string(), endpoint.port());
}

bool has_demo(config::Config const &config, dialects::Dialect const *dialect) {
    return std::ranges::any_of(config.callers,
                               [&](config::Caller const &caller) { return caller.demo && caller.dialect == dialect; });
}

// One line per dialect: where it is, and a request to paste where the demo's credentials are known.
void announce(config::Config const &config, std::vector<tcp::endpoint> const &endpoints, std::ostream &out) {
    for (std::size_t i = 0; i < endpoints.size(); ++i)
        out << "listening on " << url_of(config.listen[i], endpoints[i]) << '\n';
    std::set<dialects::Dialect const *> told;
    for (auto const &route : config.routes) {
        if (!told.insert(route.dialect).second) continue;
        auto const base = url_of(config.listen.front(), endpoints.front()) + route.settings.path;
        auto line = fmt::format("{:<12} {}", route.dialect->name(), base);
        if (has_demo(config, route.dialect) && route.host.empty()) line += "  curl " + route.dialect->example(base);
        out << line << '\n';
    }
    out << "ready" << std::endl;
}

// A running server, the signals it obeys and the config it came from. Signals arrive on the main thread.
class Program {
public:
    Program(ServeOptions options, Logs logs) : options_(std::move(options)), logs_(std::move(logs)) {}

    int run(std::ostream &out);

private:
    std::shared_ptr<Site const> build();
    void await_signal();
    void obey(int signal);
    void leave();
    void reload();
    spdlog::logger &messages() { return *logs_.messages; }

    ServeOptions options_;
    Logs logs_;
    std::shared_ptr<Site const> site_;
    std::unique_ptr<Server> server_;
    asio::io_context io_{1};
    asio::signal_set signals_{io_, SIGTERM, SIGINT, SIGHUP};
    asio::steady_timer last_resort_{io_};
    bool leaving_ = false;
};

// Nothing where the config has problems; they are in the log.
std::shared_ptr<Site const> Program::build() {
    auto loaded = load(options_);
    if (auto const *const problems = std::get_if<std::vector<config::Problem>>(&loaded)) {
        for (auto const &problem : *problems) messages().error("{}", problem.text());
        return nullptr;
    }
    auto &config = std::get<config::Config>(loaded);
    if (auto const failure = exposed_demo(config)) {
        messages().error("{}", failure->text());
        return nullptr;
    }
    fit_to_descriptors(config.limits, messages());
    auto built = Site::build(std::move(config), {.data = options_.data, .before = site_.get()});
    if (auto const *const failure = std::get_if<Failure>(&built)) {
        messages().error("{}", failure->text());
        return nullptr;
    }
    auto site = std::get<std::shared_ptr<Site const>>(std::move(built));
    for (auto const &warning : site->warnings()) messages().warn("{}", warning);
    return site;
}

int Program::run(std::ostream &out) {
    std::signal(SIGPIPE, SIG_IGN); // whoever read our output may leave
    site_ = build();
    if (!site_) return 1;
    auto started = Server::start(site_, logs_);
    if (auto const *const failure = std::get_if<Failure>(&started)) {
        messages().error("{}", failure->text());
        return 1;
    }
    server_ = std::get<std::unique_ptr<Server>>(std::move(started));
    await_signal();
    announce(site_->config(), server_->endpoints(), out);
    std::thread waiting([this] {
        server_->wait();
        io_.stop();
    });
    io_.run();
    waiting.join();
    messages().info("stopped");
    return 0;
}

void Program::await_signal() {
    signals_.async_wait([this](boost::system::error_code const &error, int signal) {
        if (error) return;
        await_signal();
        obey(signal);
    });
}

void Program::obey(int signal) {
    if (signal == SIGHUP && !leaving_)
        reload();
    else if (signal != SIGHUP)
        leave();
}

void Program::leave() {
    // What was answered is on disk, and what was not answered is promised to nobody.
    if (std::exchange(leaving_, true)) {
        messages().warn("stopping at once");
        std::_Exit(1);
    }
    auto const grace = site_->config().limits.grace_period;
    messages().info("stopping: finishing {} connections within {} ms", server_->connections(), grace.count());
    server_->stop();
    last_resort_.expires_after(grace + beyond_grace);
    last_resort_.async_wait([this](boost::system::error_code const &) {
        messages().error("a request did not end within the grace period");
        std::_Exit(1);
    });
}

void Program::reload() {
    auto site = build();
    auto const failure = site ? server_->reload(site) : std::nullopt;
    if (failure) messages().error("{}", failure->text());
    if (!site || failure) return messages().error("the config was not loaded; all goes on with the one before");
    auto const same_place = [](config::Listener const &a, config::Listener const &b) {
        return a.address == b.address && a.port == b.port;
    };
    if (!std::ranges::equal(site->config().listen, site_->config().listen, same_place) ||
        site->config().workers != site_->config().workers)
        messages().warn("listen and workers change only with a restart");
    site_ = std::move(site);
    messages().info("the config was loaded anew");
}

} // namespace

int serve(ServeOptions const &options, Output output) {
    Program program(options, log_to_stderr(options.log_format));
    return program.run(output.out);
}

} // namespace gateway::commands
