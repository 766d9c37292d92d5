// Services that hang, close, lie and fail: whoever asks the gateway in front of them is told so in their own tool's
// words, in bounded time, and nothing is made twice.
#include "gateway/upstream/client.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/gateway/site.hpp"
#include "tests/support/gateway/stub.hpp"
#include "tests/together/doors.hpp"
#include "tests/together/services.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using canonical::Code;
using support::Stub;
using testing::HasSubstr, testing::SizeIs;

constexpr canonical::Instant monday{std::chrono::milliseconds(1'772'439'300'000)};

// --- the way there

using Outcome = gateway::upstream::Client::Outcome;
using backends::upstream::Lost;

constexpr gateway::upstream::Limits impatient{
    .connect = 1'000ms, .first_byte = 400ms, .total = 800ms, .idle = 5'000ms, .body_bytes = 100'000};

// Asks so many times, one after the other, over the connections of one worker.
std::vector<Outcome> ask(Stub const &stub, std::string const &method, int times = 1) {
    asio::io_context io;
    gateway::upstream::Client client(
        io.get_executor(), {.tls = false, .host = "127.0.0.1", .port = std::to_string(stub.port()), .path = "/api"},
        nullptr, impatient);
    wire::Request request;
    request.method = method;
    request.target = "/projects";
    std::vector<Outcome> outcomes;
    for (int i = 0; i < times; ++i) {
        auto const answered = [&](std::exception_ptr const &error, Outcome outcome) {
            if (!error) outcomes.push_back(std::move(outcome));
        };
        asio::co_spawn(io, client.exchange(request), answered);
        io.restart();
        io.run();
    }
    return outcomes;
}

Lost lost(std::vector<Outcome> const &outcomes) {
    EXPECT_THAT(outcomes, SizeIs(1));
    auto const *const found = outcomes.empty() ? nullptr : std::get_if<Lost>(&outcomes.front());
    EXPECT_NE(found, nullptr) << "an answer came";
    return found ? *found : Lost();
}

std::string const good = Stub::answer("200 OK", R"({"projects":[]})");

TEST(TheWayToAService, IsGivenUpWhereNoAnswerComes) {
    Stub const stub([](std::size_t, std::string const &, Stub::Line &line) { line.wait(); });
    EXPECT_EQ(lost(ask(stub, "GET")).code, Code::timed_out);
}

TEST(TheWayToAService, IsGivenUpAtWhateverByteAnAnswerStops) {
    for (std::size_t byte = 1; byte < good.size(); byte += 23) {
        Stub const stub([&](std::size_t, std::string const &, Stub::Line &line) {
            line.send(std::string_view(good).substr(0, byte));
            line.wait();
        });
        EXPECT_EQ(lost(ask(stub, "GET")).code, Code::timed_out) << "after " << byte;
    }
}

TEST(TheWayToAService, IsLostAtWhateverByteAnAnswerEnds) {
    for (std::size_t byte = 0; byte < good.size(); ++byte) {
        Stub const stub([&](std::size_t, std::string const &, Stub::Line &line) {
            line.send(std::string_view(good).substr(0, byte));
            line.close();
        });
        auto const outcome = lost(ask(stub, "POST"));
        EXPECT_EQ(outcome.code, Code::unavailable) << "after " << byte;
        EXPECT_TRUE(outcome.seen) << "it may have been done";
    }
}

TEST(TheWayToAService, TakesNoMoreThanItsLimitOfAnAnswer) {
    for (std::string const head : {"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n",
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
        Stub const stub([&](std::size_t, std::string const &, Stub::Line &line) {
            line.send(head);
            std::string const some(1000, 'x');
            for (int i = 0; i < 300; ++i)
                line.send(head.find("chunked") == head.npos ? some : "3e8\r\n" + some + "\r\n");
            line.wait();
        });
        EXPECT_EQ(lost(ask(stub, "GET")).code, Code::unavailable) << head;
    }
}

TEST(TheWayToAService, RefusesWhatIsNoHttp) {
    for (std::string const bad :
         {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n"}) {
        Stub const stub([&](std::size_t, std::string const &, Stub::Line &line) {
            line.send(bad);
            line.close();
        });
        EXPECT_EQ(lost(ask(stub, "GET")).code, Code::unavailable) << bad;
    }
}

TEST(TheWayToAService, DoesNotFollowRedirects) {
    Stub const elsewhere([](std::size_t, std::string const &, Stub::Line &line) { line.send(good); });
    Stub const stub([&](std::size_t, std::string const &, Stub::Line &line) {
        line.send(Stub::answer("302 Found", "", fmt::format("Location: http://127.0.0.1:{}/\r\n", elsewhere.port())));
    });
    auto const outcomes = ask(stub, "GET");
    EXPECT_EQ(std::get<wire::Response>(outcomes.front()).status, 302U);
    EXPECT_THAT(elsewhere.requests(), SizeIs(0));
}

TEST(TheWayToAService, IsNotTakenTwiceByWhatAStaleConnectionMayHaveCarried) {
    Stub const stub([](std::size_t number, std::string const &, Stub::Line &line) {
        if (number == 0) return line.send(good);
        line.close(); // whatever comes second on this connection
    });
    auto const outcomes = ask(stub, "POST", 2);
    ASSERT_THAT(outcomes, SizeIs(2));
    EXPECT_TRUE(std::holds_alternative<wire::Response>(outcomes[0]));
    EXPECT_TRUE(std::holds_alternative<Lost>(outcomes[1]) && std::get<Lost>(outcomes[1]).seen);
    EXPECT_THAT(stub.requests(), SizeIs(2)) << "not sent again by itself";
}

// --- what callers are told

class BadService : public testing::Test {
protected:
    void begin(Stub::Script script, std::string_view dialect = "paymo") {
        stub_.emplace(std::move(script));
        front_.write("config.yaml", together::in_front_of(together::service_of(dialect), stub_->port()));
        line_.emplace(support::build_site(front_.path() / "config.yaml", front_.path()));
    }
    void always(std::string answer) {
        begin([answer = std::move(answer)](std::size_t, std::string const &, Stub::Line &line) { line.send(answer); });
    }
    // A bug behind an answer, or a dead service, is told in the log, which a direct line throws.
    std::string failure_of(std::string_view dialect, std::string_view method, std::string const &target,
                           std::string const &body = {}) {
        auto made = together::door_of(dialect).request(method, target);
        made.body = body;
        try {
            auto const answer = line_->ask(made, monday);
            return fmt::format("{} {}", answer.status, answer.body);
        } catch (std::runtime_error const &failure) {
            return failure.what();
        }
    }

    std::optional<Stub> stub_;
    support::TemporaryFolder front_;
    std::optional<support::DirectLine> line_;
};

TEST_F(BadService, ThatAnswersWithSomethingElseIsToldAsUnavailable) {
    for (auto const *const body :
         {"<html><body>Sign in</body></html>", R"({"projects":[{"id":1,"name":)", "", "[]", "42", R"({"projects":7})",
          R"({"projects":[7]})", R"({"projects":[{"id":1e300,"name":"X"}]})", R"({"projects":[{"id":{},"name":"X"}]})",
          R"({"projects":[{"id":12,"name":["X"]}]})", R"({"clients":[]})"}) {
        always(Stub::answer("200 OK", body));
        auto const told = failure_of("paymo", "GET", "/api/projects/12");
        EXPECT_THAT(told, testing::AnyOf(HasSubstr("the service's answer cannot be read"), HasSubstr("404"))) << body;
    }
}

TEST_F(BadService, MayHaveWordsThatNobodyKnows) {
    always(Stub::answer("200 OK",
                        R"({"users":[{"id":5,"name":"X","email":"x@example.com","type":"Wizard","active":true}]})"));
    EXPECT_THAT(failure_of("paymo", "GET", "/api/users"), HasSubstr("the service's answer cannot be read"));
}

TEST_F(BadService, ThatIsIllIsAskedAgainForWhatOnlyReads) {
    begin([](std::size_t number, std::string const &request, Stub::Line &line) {
        if (number < 2) return line.send(Stub::answer("503 Service Unavailable", "busy", ""));
        line.send(
            Stub::answer("200 OK", request.find("/users") == request.npos ? R"({"clients":[]})" : R"({"users":[]})"));
    });
    EXPECT_THAT(failure_of("paymo", "GET", "/api/clients"), HasSubstr("200"));
    EXPECT_THAT(stub_->requests(), SizeIs(3));
}

TEST_F(BadService, ThatIsIllIsNotAskedTwiceToMakeSomething) {
    always(Stub::answer("500 Internal Server Error", "oops", ""));
    failure_of("paymo", "POST", "/api/clients", R"({"name":"Acme"})");
    int creates = 0;
    for (auto const &request : stub_->requests()) creates += request.starts_with("POST ") ? 1 : 0;
    EXPECT_EQ(creates, 1);
}

TEST_F(BadService, ThatHasHadEnoughIsToldInTheCallersWordsWithItsWait) {
    always(Stub::answer("429 Too Many Requests", "{}", "Retry-After: 17\r\n"));
    auto const request = together::door_of("productive").request("GET", "/api/v2/companies");
    auto const answer = line_->ask(request, monday);
    EXPECT_EQ(answer.status, 429U);
    EXPECT_EQ(answer.headers.find("Retry-After"), "17");
    EXPECT_THAT(answer.body, HasSubstr(R"("errors":[)"));
}

TEST_F(BadService, ThatRefusesOurCredentialIsNotTheCallersFault) {
    always(Stub::answer("401 Unauthorized", R"({"message":"Authentication failed"})"));
    EXPECT_THAT(failure_of("paymo", "GET", "/api/clients"), HasSubstr("the service refuses the credential"));
}

TEST_F(BadService, MayCountWrongly) {
    begin(
        [](std::size_t, std::string const &request, Stub::Line &line) {
            bool const people = request.find("/people") != request.npos;
            line.send(Stub::answer(
                "200 OK",
                people ? R"({"data":[],"meta":{"total_pages":1000}})"
                       : R"({"data":[{"id":"3","type":"companies","attributes":{"name":"Acme"}},)"
                         R"({"id":"3","type":"companies","attributes":{"name":"Acme"}}],"meta":{"total_pages":1}})"));
        },
        "productive");
    EXPECT_THAT(failure_of("paymo", "GET", "/api/users"), HasSubstr("200")) << "an empty page is the last one";
    auto const clients = failure_of("paymo", "GET", "/api/clients");
    EXPECT_THAT(clients, HasSubstr("200"));
    EXPECT_EQ(clients.find("Acme"), clients.rfind("Acme")) << "what comes twice is one";
}

TEST_F(BadService, KeepsNothingOfWhatItDidNotDo) {
    begin(
        [](std::size_t, std::string const &request, Stub::Line &line) {
            if (request.starts_with("POST ")) return line.send(Stub::answer("400 Bad Request", R"({"message":"no"})"));
            line.send(Stub::answer("200 OK", R"({"data":[{"id":"12","type":"projects","attributes":{"name":"X"}}]})"));
        },
        "productive");
    failure_of("paymo", "POST", "/api/projects", R"({"name":"X","budget_hours":60})");
    auto const read = failure_of("paymo", "GET", "/api/projects/12");
    EXPECT_THAT(read, testing::Not(HasSubstr("60")));
}

} // namespace
