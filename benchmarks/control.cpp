// What the gateway is compared with, written with the same libraries and nothing around them:
//   control serve PORT WORKERS FILE [PATH FILE]…
//                                            answers every request with the bytes of that file, as JSON; those for a
//                                            path with the bytes of its own
//   control pass PORT WORKERS UPSTREAM       passes every request to that port of this machine, and its answer back
//   control print FILE                       prints how many microseconds Boost.JSON needs to print that file's value
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::beast::flat_buffer;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

std::string read_file(char const *path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(std::string("cannot read ") + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

tcp::endpoint here(char const *port) {
    return {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::stoi(port))};
}

struct Canned {
    Response usual;
    std::map<std::string, Response, std::less<>> of_paths;

    Response const &of(std::string_view target) const {
        if (of_paths.empty()) return usual;
        auto const found = of_paths.find(target.substr(0, target.find('?')));
        return found == of_paths.end() ? usual : found->second;
    }
};

Response canned(char const *file) {
    Response response(http::status::ok, 11);
    response.set(http::field::content_type, "application/json");
    response.body() = read_file(file);
    response.prepare_payload();
    return response;
}

asio::awaitable<void> answer(tcp::socket client, Canned const &canned) {
    error_code error;
    flat_buffer buffer;
    while (!error) {
        Request request;
        co_await http::async_read(client, buffer, request, asio::redirect_error(asio::use_awaitable, error));
        if (error) break;
        auto const target = request.target();
        auto const &response = canned.of({target.data(), target.size()});
        co_await http::async_write(client, response, asio::redirect_error(asio::use_awaitable, error));
    }
}

asio::awaitable<void> pass(tcp::socket client, tcp::endpoint upstream) {
    error_code error;
    tcp::socket service(client.get_executor());
    co_await service.async_connect(upstream, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    service.set_option(tcp::no_delay(true), error);
    flat_buffer from_client;
    flat_buffer from_service;
    while (!error) {
        Request request;
        co_await http::async_read(client, from_client, request, asio::redirect_error(asio::use_awaitable, error));
        if (error) break;
        co_await http::async_write(service, request, asio::redirect_error(asio::use_awaitable, error));
        if (error) break;
        Response response;
        co_await http::async_read(service, from_service, response, asio::redirect_error(asio::use_awaitable, error));
        if (error) break;
        co_await http::async_write(client, response, asio::redirect_error(asio::use_awaitable, error));
    }
}

template <class Session> asio::awaitable<void> listen(tcp::endpoint where, Session session) {
    auto const executor = co_await asio::this_coro::executor;
    tcp::acceptor acceptor(executor);
    acceptor.open(where.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    int const on = 1;
    if (::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)
        throw std::runtime_error("SO_REUSEPORT");
    acceptor.bind(where);
    acceptor.listen();
    for (;;) {
        auto client = co_await acceptor.async_accept(asio::use_awaitable);
        client.set_option(tcp::no_delay(true));
        asio::co_spawn(executor, session(std::move(client)), asio::detached);
    }
}

template <class Session> void run(int workers, tcp::endpoint where, Session session) {
    std::vector<std::thread> threads;
    auto const work = [&] {
        asio::io_context io(1);
        asio::co_spawn(io, listen(where, session), [](std::exception_ptr const &error) {
            if (error) std::rethrow_exception(error);
        });
        io.run();
    };
    for (int i = 0; i < workers; ++i) threads.emplace_back(work);
    for (auto &thread : threads) thread.join();
}

void print(std::string const &text) {
    auto const value = boost::json::parse(text);
    boost::json::serializer serializer;
    std::string out(text.size() * 2 + 1024, '\0');
    auto const once = [&] {
        serializer.reset(&value);
        return serializer.read(out.data(), out.size()).size();
    };
    using clock = std::chrono::steady_clock;
    std::size_t times = 0;
    std::size_t bytes = 0;
    auto const begun = clock::now();
    auto spent = clock::duration{};
    for (; spent < std::chrono::milliseconds(300); spent = clock::now() - begun)
        for (int i = 0; i < 20; ++i, ++times) bytes += once();
    if (bytes == 0) throw std::runtime_error("nothing was printed");
    std::printf("%.4f\n", std::chrono::duration<double, std::micro>(spent).count() / static_cast<double>(times));
}

} // namespace

int main(int count, char **words) try {
    std::string const what = count > 1 ? words[1] : "";
    if (what == "serve" && count >= 5 && count % 2 == 1) {
        Canned answers{.usual = canned(words[4]), .of_paths = {}};
        for (int i = 5; i < count; i += 2) answers.of_paths.emplace(words[i], canned(words[i + 1]));
        auto const session = [&answers](tcp::socket client) { return answer(std::move(client), answers); };
        run(std::stoi(words[3]), here(words[2]), session);
    } else if (what == "pass" && count == 5) {
        auto const upstream = here(words[4]);
        auto const session = [upstream](tcp::socket client) { return pass(std::move(client), upstream); };
        run(std::stoi(words[3]), here(words[2]), session);
    } else if (what == "print" && count == 3) {
        print(read_file(words[2]));
    } else {
        std::fputs(
            "usage: control serve PORT WORKERS FILE [PATH FILE]… | pass PORT WORKERS UPSTREAM_PORT | print FILE\n",
            stderr);
        return 2;
    }
    return 0;
} catch (std::exception const &error) {
    std::fprintf(stderr, "control: %s\n", error.what());
    return 1;
}
