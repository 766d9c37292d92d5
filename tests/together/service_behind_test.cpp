// A gateway whose data lives in a real service of another tool: what that has no room for is kept beside it, comes
// back, and gives way to what was changed there.
#include "dialects/engine/crypto.hpp"
#include "tests/support/gateway/live.hpp"
#include "tests/support/gateway/site.hpp"
#include "tests/support/gateway/stub.hpp"
#include "tests/together/doors.hpp"
#include "tests/together/services.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace {

namespace json = boost::json;
using testing::HasSubstr;
using together::Service;

constexpr canonical::Instant monday{std::chrono::milliseconds(1'772'439'300'000)};

// The demo as a service, and a gateway in front of it that can be started anew.
class Behind {
public:
    explicit Behind(std::string_view dialect, std::string_view settings = {})
        : service_(together::service_of(dialect)), live_(store_.site()) {
        front_.write("config.yaml", together::in_front_of(service_, live_.port(), settings));
        restart();
    }
    void restart() {
        line_.reset();
        line_.emplace(support::build_site(front_.path() / "config.yaml", front_.path()));
    }

    wire::Response ask(std::string_view dialect, std::string_view method, std::string target,
                       json::value const &body = {}) {
        return line_->ask(request(dialect, method, std::move(target), body), monday);
    }
    // Of the service itself, not through the gateway.
    wire::Response ask_service(std::string_view dialect, std::string_view method, std::string target,
                               json::value const &body = {}) {
        return live_.ask(request(dialect, method, std::move(target), body), monday);
    }

private:
    static wire::Request request(std::string_view dialect, std::string_view method, std::string target,
                                 json::value const &body) {
        auto made = together::door_of(dialect).request(method, std::move(target));
        if (!body.is_null()) made.body = json::serialize(body);
        return made;
    }

    Service const &service_;
    support::SiteInAFolder store_{together::demo()};
    support::LiveSite live_;
    support::TemporaryFolder front_;
    std::optional<support::DirectLine> line_;
};

json::object project_in(wire::Response const &answer) {
    return json::parse(answer.body).at("projects").at(0).as_object();
}
std::string id_of(json::object const &project) { return json::serialize(project.at("id")); }

TEST(AServiceBehind, GivesBackWhatItHasNoRoomFor) {
    Behind pair("productive");
    auto const made = pair.ask("paymo", "POST", "/api/projects",
                               {{"name", "Quay"}, {"description", "By the water"}, {"budget_hours", 60.5}});
    ASSERT_EQ(made.status, 201) << made.body;
    auto const path = "/api/projects/" + id_of(project_in(made));
    pair.restart();
    auto const read = project_in(pair.ask("paymo", "GET", path));
    EXPECT_EQ(read.at("name"), "Quay");
    EXPECT_EQ(read.at("description"), "By the water");
    EXPECT_EQ(read.at("budget_hours"), 60.5);
    auto const list = json::parse(pair.ask("paymo", "GET", "/api/projects?where=name=\"Quay\"").body);
    EXPECT_EQ(list.at("projects").at(0).at("description"), "By the water") << "in lists, too";
}

TEST(AServiceBehind, GivesBackWhatOnlyTheCallersToolKnows) {
    Behind pair("worksection");
    auto const made = pair.ask("paymo", "POST", "/api/projects", {{"name", "Quay"}, {"adjustable_hours", true}});
    ASSERT_EQ(made.status, 201) << made.body;
    auto const path = "/api/projects/" + id_of(project_in(made));
    EXPECT_EQ(project_in(pair.ask("paymo", "GET", path)).at("adjustable_hours"), true);
}

TEST(AServiceBehind, IsBelievedOverWhatWasKeptOnceItWasChangedThere) {
    Behind pair("superoffice");
    auto const made =
        pair.ask("onlyoffice", "POST", "/api/2.0/project",
                 {{"title", "Quay"},
                  {"responsibleId",
                   json::parse(pair.ask("onlyoffice", "GET", "/api/2.0/people/@self").body).at("response").at("id")}});
    ASSERT_EQ(made.status, 201) << made.body;
    auto const id = json::serialize(json::parse(made.body).at("response").at("id"));
    auto const status = [&] {
        return json::parse(pair.ask("onlyoffice", "GET", "/api/2.0/project/" + id).body).at("response").at("status");
    };
    ASSERT_EQ(pair.ask("onlyoffice", "PUT", "/api/2.0/project/" + id + "/status", {{"status", "paused"}}).status, 200);
    EXPECT_EQ(status(), 2) << "the service knows no pause, the keeper does";
    ASSERT_EQ(pair.ask_service("superoffice", "PATCH", "/api/v1/Project/" + id, {{"Completed", true}}).status, 200);
    EXPECT_EQ(status(), 1) << "it was completed there";
}

TEST(AServiceBehind, IsAskedByItsOwnIdsWhereCallersHaveNumbers) {
    Behind pair("onlyoffice");
    auto const users = json::parse(pair.ask("paymo", "GET", "/api/users").body).at("users").as_array();
    auto const ann =
        std::ranges::find_if(users, [](auto const &user) { return user.at("email") == "ann@example.com"; });
    ASSERT_NE(ann, users.end());
    ASSERT_TRUE(ann->at("id").is_int64()) << "the service calls her by a GUID";
    auto const made =
        pair.ask("paymo", "POST", "/api/projects", {{"name", "Quay"}, {"managers", json::array{ann->at("id")}}});
    ASSERT_EQ(made.status, 201) << made.body;
    pair.restart();
    EXPECT_EQ(project_in(pair.ask("paymo", "GET", "/api/projects/" + id_of(project_in(made)))).at("managers"),
              json::value(json::array{ann->at("id")}))
        << "the number still means her";
}

TEST(AServiceBehind, MayBeSparedOfWhatItCannotHold) {
    Behind pair("productive", ", on_loss: refuse");
    auto const refused = pair.ask("paymo", "POST", "/api/projects", {{"name", "Quay"}, {"budget_hours", 60}});
    EXPECT_EQ(refused.status, 403) << refused.body;
    auto const list = json::parse(pair.ask_service("paymo", "GET", "/api/projects?where=name=\"Quay\"").body);
    EXPECT_TRUE(list.at("projects").as_array().empty()) << "nothing was made";
}

TEST(AServiceBehind, HasItsLossesNamedWhereTheRouteAsksForIt) {
    Behind pair("productive", ", show_losses: true");
    auto const made = pair.ask("paymo", "POST", "/api/projects", {{"name", "Quay"}, {"budget_hours", 60}});
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_THAT(std::string(made.headers.find("X-Dragoman-Losses")),
                HasSubstr(R"("path":"budget_hours","class":"kept")"));
    Behind quiet("productive");
    EXPECT_FALSE(quiet.ask("paymo", "POST", "/api/projects", {{"name", "Quay"}, {"budget_hours", 60}})
                     .headers.has("X-Dragoman-Losses"));
}

TEST(AServiceBehind, LosesWhatItCannotHoldWhereTheRouteOnlyWantsToHearOfIt) {
    Behind pair("productive", ", on_loss: report, show_losses: true");
    auto const made = pair.ask("paymo", "POST", "/api/projects", {{"name", "Quay"}, {"budget_hours", 60}});
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_THAT(std::string(made.headers.find("X-Dragoman-Losses")), HasSubstr(R"("class":"lost")"));
    EXPECT_TRUE(
        project_in(pair.ask("paymo", "GET", "/api/projects/" + id_of(project_in(made)))).at("budget_hours").is_null());
}

TEST(AServiceBehind, HasStatusesOfOursWhereItKnowsNone) {
    Behind pair("onlyoffice");
    auto const statuses =
        json::parse(pair.ask("paymo", "GET", "/api/projectstatuses").body).at("projectstatuses").as_array();
    ASSERT_EQ(statuses.size(), 3U);
    auto const own =
        pair.ask("paymo", "POST", "/api/projectstatuses", {{"name", "Waiting for parts"}, {"active", true}});
    ASSERT_EQ(own.status, 201) << own.body;
    auto const status = json::parse(own.body).at("projectstatuses").at(0).at("id");
    auto const made = pair.ask("paymo", "POST", "/api/projects", {{"name", "Quay"}, {"status_id", status}});
    ASSERT_EQ(made.status, 201) << made.body;
    auto const path = "/api/projects/" + id_of(project_in(made));
    EXPECT_EQ(project_in(pair.ask("paymo", "GET", path)).at("status_id"), status);
    ASSERT_EQ(pair.ask_service("onlyoffice", "PUT", "/api/2.0/project/" + id_of(project_in(made)) + "/status",
                               {{"status", "closed"}})
                  .status,
              200);
    EXPECT_NE(project_in(pair.ask("paymo", "GET", path)).at("status_id"), status) << "which is none of a closed one";
}

TEST(AServiceBehind, IsShownTheCallersOwnCredentialWhereTheRoutePassesIt) {
    support::Stub const stub([](std::size_t, std::string const &, support::Stub::Line &line) {
        line.send(support::Stub::answer("200 OK", R"({"clients":[]})"));
    });
    support::TemporaryFolder front;
    front.write("config.yaml", fmt::format(R"(
listen: [{{ address: "127.0.0.1:0" }}]
backends:
  office: {{ type: paymo, url: "http://127.0.0.1:{}/api", credential: {{ api_key: ours }}, rate: {{ requests: 0, in: 1s }} }}
callers: [{{ name: a, dialect: paymo, person: a@example.com, credential: {{ api_key: theirs }} }}]
routes: [{{ dialect: paymo, path: /api/, backend: office, pass_credentials: true }}]
)",
                                           stub.port()));
    support::DirectLine line(support::build_site(front.path() / "config.yaml", front.path()));
    wire::Request request;
    request.method = "GET";
    request.target = "/api/clients";
    request.headers.set("Host", "gw.test");
    request.headers.set("Authorization", "Basic " + dialects::crypto::encode_base64("theirs:X"));
    EXPECT_EQ(line.ask(request, monday).status, 200U);
    ASSERT_THAT(stub.requests(), testing::SizeIs(1));
    EXPECT_THAT(stub.requests().front(), HasSubstr("Basic " + dialects::crypto::encode_base64("theirs:X")));
}

} // namespace
