// A gateway that is killed at whatever moment, between the service behind it and its keeper too: what it answered is
// there once, found by its number, with what the service has no room for.
#include "tests/support/folder.hpp"
#include "tests/support/gateway/live.hpp"
#include "tests/support/gateway/site.hpp"
#include "tests/support/process.hpp"
#include "tests/together/doors.hpp"
#include "tests/together/services.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <gtest/gtest.h>
#include <random>
#include <thread>

namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using tcp = asio::ip::tcp;

constexpr int rounds = 100;
constexpr canonical::Instant monday{std::chrono::milliseconds(1'772'439'300'000)};

// The program in front of a service, started anew as often as it was killed.
class Gateway {
public:
    explicit Gateway(support::TemporaryFolder const &folder)
        : process_({DRAGOMAN_PROGRAM, "serve", "--config", (folder.path() / "config.yaml").string(), "--listen",
                    "127.0.0.1:0", "--data", (folder.path() / "data").string()}) {
        constexpr std::string_view before = "listening on http://127.0.0.1:";
        auto const greeting = process_.out_until("ready\n");
        port_ = std::uint16_t(std::stoul(greeting.substr(greeting.find(before) + before.size())));
    }

    void kill() {
        process_.signal(SIGKILL);
        process_.wait();
    }

    // The whole answer's status and document; nothing where the gateway did not get that far.
    std::optional<json::value> ask(std::string_view method, std::string const &target, std::string const &body = {}) {
        asio::io_context io;
        tcp::socket socket(io);
        boost::system::error_code error;
        socket.connect({asio::ip::make_address("127.0.0.1"), port_}, error);
        auto const made = together::door_of("paymo").request(method, target);
        std::string text = std::string(method) + ' ' + target +
                           " HTTP/1.1\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        for (std::size_t i = 0; i < made.headers.size(); ++i)
            text.append(made.headers[i].name).append(": ").append(made.headers[i].value).append("\r\n");
        if (!error) asio::write(socket, asio::buffer(text + "\r\n" + body), error);
        std::string answer;
        if (!error) asio::read(socket, asio::dynamic_buffer(answer), error);
        auto const start = answer.find("\r\n\r\n");
        if (start == answer.npos || answer.compare(0, 10, "HTTP/1.1 2") != 0) return {};
        boost::system::error_code unreadable;
        auto document = json::parse(answer.substr(start + 4), unreadable);
        if (unreadable) return {};
        return document;
    }

private:
    support::Process process_;
    std::uint16_t port_ = 0;
};

TEST(AKilledGateway, HasMadeWhatItAnsweredOnceAndFindsItByItsNumber) {
    support::SiteInAFolder const store(together::demo());
    support::LiveSite service(store.site());
    support::TemporaryFolder folder;
    folder.write("config.yaml", together::in_front_of(together::service_of("onlyoffice"), service.port()));

    std::mt19937 dice(7);
    std::map<std::string, std::string> answered; // the name of a project, and its number
    auto gateway = std::make_unique<Gateway>(folder);
    auto const begun = std::chrono::steady_clock::now();
    ASSERT_TRUE(gateway->ask("POST", "/api/projects", R"({"name":"Nobody was killed"})"));
    auto const took = std::chrono::steady_clock::now() - begun;
    auto const latest = std::uint64_t(2 * std::chrono::duration_cast<std::chrono::microseconds>(took).count() + 1);
    gateway = std::make_unique<Gateway>(folder);
    for (int round = 0; round < rounds; ++round) {
        auto const name = "Quay " + std::to_string(round);
        auto const body = json::serialize(json::object{{"name", name}, {"budget_hours", round + 1}});
        std::jthread executioner([&, delay = std::chrono::microseconds(dice() % latest)] {
            std::this_thread::sleep_for(delay);
            gateway->kill();
        });
        auto const made = gateway->ask("POST", "/api/projects", body);
        if (made && made->is_object())
            answered[name] = json::serialize(made->at("projects").at(0).at("id"));
        else if (made)
            ADD_FAILURE() << json::serialize(*made);
        executioner.join();
        gateway = std::make_unique<Gateway>(folder);
    }
    EXPECT_GT(answered.size(), 5U) << "some came through";
    EXPECT_LT(answered.size(), std::size_t(rounds)) << "some did not";

    auto const list = service.ask(together::door_of("paymo").request("GET", "/api/projects"), monday);
    ASSERT_EQ(list.status, 200U) << list.body;
    std::map<std::string, int> there;
    auto const all = json::parse(list.body);
    for (auto const &project : all.at("projects").as_array()) ++there[std::string(project.at("name").as_string())];
    for (auto const &[name, count] : there)
        EXPECT_TRUE(count == 1 || !name.starts_with("Quay ")) << name << " is there " << count << " times";
    for (auto const &[name, id] : answered) {
        EXPECT_EQ(there[name], 1) << name;
        auto const found = gateway->ask("GET", "/api/projects/" + id);
        ASSERT_TRUE(found) << name;
        ASSERT_TRUE(found->is_object()) << json::serialize(*found);
        auto const &project = found->at("projects").at(0);
        EXPECT_EQ(project.at("name"), json::string_view(name));
        EXPECT_EQ(json::serialize(project.at("budget_hours")), std::to_string(std::stoi(name.substr(5)) + 1)) << name;
    }
}

} // namespace
