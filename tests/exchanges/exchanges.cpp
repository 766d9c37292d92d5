// Runs every file of tests/exchanges: each is a test of its own in each direction that it can be run in.
#include "tests/exchanges/tables.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/gateway/live.hpp"
#include "tests/support/gateway/site.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;
using support::Direction, support::Exchange;

// The folder of the stories that several dialects have in common.
constexpr std::string_view of_all = "together";

support::Memory memory_of(Exchange const &exchange) {
    return {.clock = exchange.clock, .now = {}, .names = {}, .ids = support::ids_of_world(exchange.world)};
}

template <class Line> void ask_all(Exchange const &exchange, Line &line) {
    auto memory = memory_of(exchange);
    for (auto const &pair : exchange.pairs) {
        SCOPED_TRACE(pair.place + ": " + pair.title);
        memory.now = pair.now;
        auto const response = line.ask(support::request_of(pair.question, memory), pair.now);
        for (auto const &difference : support::compare(pair.answer, response, memory)) ADD_FAILURE() << difference;
    }
}

// Which of the routes it was.
config::Route const &route_of(config::Config const &config, wire::Request const &request) {
    auto const fits = [&](config::Route const &route) {
        auto const &path = route.settings.path;
        auto const rest = request.target.substr(std::min(path.size(), request.target.size()), 1);
        auto const ends = rest.empty() || rest == "/" || rest == "?";
        return ends && wire::same_letters(request.target.substr(0, path.size()), path);
    };
    auto const found = std::find_if(config.routes.begin(), config.routes.end(), fits);
    if (found == config.routes.end()) throw std::runtime_error("no route for " + request.target);
    return *found;
}

// Takes the values that the service made up from its own answers; whether they are right is for the other directions.
void pass_through_tables(Exchange const &exchange, gateway::Site const &site, support::DirectLine &line) {
    auto memory = memory_of(exchange);
    for (auto const &pair : exchange.pairs) {
        SCOPED_TRACE(pair.place + ": " + pair.title);
        memory.now = pair.now;
        auto const request = support::request_of(pair.question, memory);
        auto const response = line.ask(request, pair.now);
        support::compare(pair.answer, response, memory);
        if (!pair.directions.has(Direction::tables)) continue;
        support::Exchanged const exchanged{.request = request,
                                           .response = response,
                                           .settings = route_of(site.config(), request).settings,
                                           .now = pair.now};
        for (auto const &difference : support::check_tables(*dialects::find_dialect(exchange.dialect), exchanged))
            ADD_FAILURE() << difference;
    }
}

class ExchangeTest : public testing::Test {
public:
    ExchangeTest(Exchange exchange, Direction direction) : exchange_(std::move(exchange)), direction_(direction) {}

    void TestBody() override {
        if (exchange_.dialect != of_all && !dialects::find_dialect(exchange_.dialect))
            GTEST_SKIP() << "the dialect is not there yet";
        support::SiteInAFolder const folder(exchange_);
        if (direction_ == Direction::socket) {
            support::LiveSite line(folder.site());
            return ask_all(exchange_, line);
        }
        support::DirectLine line(folder.site());
        if (direction_ == Direction::service)
            ask_all(exchange_, line);
        else
            pass_through_tables(exchange_, *folder.site(), line);
    }

private:
    Exchange exchange_;
    Direction direction_;
};

class UnreadableTest : public testing::Test {
public:
    explicit UnreadableTest(std::string what) : what_(std::move(what)) {}
    void TestBody() override { FAIL() << what_; }

private:
    std::string what_;
};

void add_test(std::string const &name, std::function<testing::Test *()> make) {
    testing::RegisterTest("Exchange", name.c_str(), nullptr, nullptr, __FILE__, __LINE__, std::move(make));
}

void add_tests(fs::path const &file) {
    auto const name = (file.parent_path().filename() / file.stem()).string();
    try {
        auto const exchange = support::read_exchange(file);
        auto const add = [&](Direction direction, char const *how) {
            auto const has = [&](support::Pair const &pair) { return pair.directions.has(direction); };
            if (std::none_of(exchange.pairs.begin(), exchange.pairs.end(), has)) return;
            add_test(name + how, [=] { return new ExchangeTest(exchange, direction); });
        };
        add(Direction::service, ".over_the_service");
        add(Direction::socket, ".over_a_socket");
        if (exchange.dialect != of_all) add(Direction::tables, ".through_the_tables");
    } catch (support::Unreadable const &e) {
        add_test(name + ".can_be_read", [what = std::string(e.what())] { return new UnreadableTest(what); });
    }
}

} // namespace

int main(int argc, char **argv) {
    for (auto const &file : support::find_exchanges(fs::path(DRAGOMAN_SOURCE_DIR) / "tests" / "exchanges"))
        add_tests(file);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
