// SuperOffice's talks with a backend that remembers one project and what it was asked.
#include "dialects/superoffice/superoffice.hpp"

#include "dialects/engine/wire.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace dialects::superoffice {
namespace {

namespace chrono = std::chrono;
using namespace std::chrono_literals;
using canonical::Code, canonical::Error, canonical::Instant, canonical::Kind, canonical::Member, canonical::Person,
    canonical::Phase, canonical::Project, canonical::ProjectStatus, canonical::Ref, canonical::Reply,
    canonical::Request, canonical::Result, canonical::Verb;
using testing::Contains, testing::IsEmpty, testing::SizeIs;

Instant at(int hour) { return chrono::sys_days(2026y / 3 / 4) + chrono::hours(hour); }

class World {
public:
    World() {
        project.id = "42";
        project.name = "Harbour relaunch";
        project.number = "10042";
        project.description = "Phase one";
        project.phase = Phase::active;
        project.status = Ref{.id = "2", .name = "In progress"};
        project.type = Ref{.id = "4", .name = R"(US:"Customer";NO:"Kunde")"};
        project.manager = project.creator = project.editor = Ref{.id = "7", .name = "Kari Nordby"};
        project.team = std::vector<Member>{{.id = "5",
                                            .person = {.id = "7", .name = "Kari Nordby"},
                                            .company = {.id = "9", .name = "Nordby Marine AS"},
                                            .role = {.id = "1", .name = "Project manager"},
                                            .joined = at(0)}};
        project.ends = chrono::sys_days(2026y / 11 / 30);
        project.custom = std::vector<canonical::CustomValue>{{"SuperOffice:1", "8"}};
        project.version = 3;
        project.created = at(0);
        project.updated = at(9);
        people.push_back(person("7", "KN", "31"));
        people.push_back(person("8", "OD", "33"));
        statuses.push_back(status("1", Phase::active));
        statuses.push_back(status("2", Phase::active));
        statuses.push_back(status("3", Phase::closed));
    }

    Result<Reply> answer(Request const &request) {
        asked.push_back(request);
        Reply reply;
        if (request.kind == Kind::person) reply.records.of<Person>() = people;
        if (request.kind == Kind::project_status) {
            for (auto const &each : statuses)
                if (*each.id == request.id) reply.records.of<ProjectStatus>().push_back(each);
            if (reply.records.of<ProjectStatus>().empty()) return Error{.code = Code::not_found};
        }
        if (request.kind != Kind::project) return reply;
        if (canonical::writes(request.verb)) {
            if (faster-- > 0) {
                project.version = *project.version + 1;
                return Error{.code = Code::changed};
            }
            if (refusal) return *refusal;
        } else if (request.verb == Verb::get && request.id != *project.id)
            return Error{.code = Code::not_found};
        reply.records.of<Project>().push_back(project);
        reply.related.of<Person>() = people;
        return reply;
    }

    // What the last write said.
    Request &update() { return asked[writes().back()]; }
    Project &patch() { return update().of<Project>(); }
    std::vector<std::size_t> writes() const {
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < asked.size(); ++i)
            if (canonical::writes(asked[i].verb)) places.push_back(i);
        return places;
    }

    Project project;
    std::vector<Person> people;
    std::vector<ProjectStatus> statuses;
    std::vector<Request> asked;
    std::optional<Error> refusal; // of the next write
    int faster = 0;               // how many writes come too late

private:
    static Person person(std::string id, std::string login, std::string record) {
        Person result;
        result.id = std::move(id);
        result.login = std::move(login);
        result.contact_record = std::move(record);
        result.name = "Kari Nordby";
        result.role = canonical::Role::member;
        result.is_active = true;
        result.company = Ref{.id = "9", .name = "Nordby Marine AS"};
        return result;
    }
    static ProjectStatus status(std::string id, Phase phase) {
        ProjectStatus result;
        result.id = std::move(id);
        result.phase = phase;
        return result;
    }
};

class SuperOfficeTalk : public testing::Test {
protected:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    SuperOfficeTalk() {
        settings.path = "/api/v1";
        settings.zone = *Zone::find("Europe/Oslo");
    }

    wire::Response ask(std::string method, std::string target, std::string body = {}, Headers const &headers = {}) {
        wire::Request request{
            .method = std::move(method), .target = std::move(target), .headers = {}, .body = std::move(body)};
        bool const anonymous = headers.size() == 1 && headers[0].first == "Anonymous";
        request.headers.add("Host", "gw.test");
        if (!anonymous) request.headers.add("Authorization", "Basic a2FyaTpzM2NyZXQ=");
        for (auto const &[name, value] : headers) request.headers.set(name, value);
        Call call{.request = request,
                  .target = *wire::split_target(request.target),
                  .prefix = 2,
                  .settings = settings,
                  .callers = callers,
                  .now = at(12)};
        if (auto const found = dialect.find(call); !found) return dialect.refuse(call, found.error());
        if (auto const known = dialect.identify(call); !known) return dialect.refuse(call, known.error());
        auto talk = dialect.serve(call);
        while (auto const *question = talk.pending()) talk.answer(world.answer(*question));
        return talk.outcome();
    }
    wire::Response put(std::string body, std::string query = {}) {
        return ask("PUT", "/api/v1/Project/42" + query, std::move(body), {{"Content-Type", "application/json"}});
    }
    wire::Response patch(std::string body) { return ask("PATCH", "/api/v1/Project/42", std::move(body)); }
    static boost::json::value json(wire::Response const &response) { return boost::json::parse(response.body); }

    SuperOffice dialect;
    Settings settings;
    std::vector<Caller> callers{{.name = "kari",
                                 .person = "kari@nordby.example",
                                 .may_write = true,
                                 .credential = {{"username", "kari"}, {"password", "s3cret"}}}};
    World world;
};

TEST_F(SuperOfficeTalk, ShowsAProjectWithItsPeople) {
    auto const response = ask("GET", "/API/v1/project/42/");
    EXPECT_EQ(response.status, 200u);
    EXPECT_EQ(response.reason, "ProjectEntity found.");
    EXPECT_EQ(response.headers.find("Content-Type"), "application/json; charset=utf-8");
    EXPECT_EQ(response.headers.find("Cache-Control"), "no-cache");
    auto const project = json(response);
    EXPECT_EQ(project.at("Associate").at("Name"), "KN");
    EXPECT_EQ(project.at("ProjectMembers").at(0).at("PersonId"), 31);
    EXPECT_EQ(project.at("_Links").at("Self"), "http://gw.test:80/api/v1/Project/42/");
    EXPECT_EQ(project.at("FieldProperties").at("Name").at("FieldRight").at("Reason"), "[SR_MANDATORY_FIELD_2817]");
}

TEST_F(SuperOfficeTalk, HidesAMembershipThatOnlyComesFromBeingResponsible) {
    world.project.team->push_back({.id = "6", .person = {.id = "8", .name = "Ola Dahl"}});
    world.project.manager = Ref{.id = "8"};
    EXPECT_EQ(json(ask("GET", "/api/v1/Project/42")).at("ProjectMembers").as_array().size(), 1u);
    world.project.manager = Ref{.id = "7"};
    EXPECT_EQ(json(ask("GET", "/api/v1/Project/42")).at("ProjectMembers").as_array().size(), 2u);
}

TEST_F(SuperOfficeTalk, BlanksWhatWasNotSelected) {
    auto const project =
        json(ask("GET", "/api/v1/Project/42?$SELECT=name,associate/fullName,projectmembers/personid?"));
    EXPECT_EQ(project.at("Name"), "Harbour relaunch");
    EXPECT_EQ(project.at("ProjectId"), 42);
    EXPECT_TRUE(project.at("Description").is_null());
    EXPECT_TRUE(project.at("ProjectStatus").is_null());
    EXPECT_EQ(project.at("Completed"), false);
    EXPECT_EQ(project.at("ActiveLinks"), 0);
    EXPECT_EQ(project.at("Associate").at("FullName"), "Kari Nordby");
    EXPECT_TRUE(project.at("Associate").at("Name").is_null());
    EXPECT_EQ(project.at("Associate").at("AssociateId"), 0);
    EXPECT_EQ(project.at("ProjectMembers").at(0).at("PersonId"), 31);
    EXPECT_TRUE(project.at("ProjectMembers").at(0).at("FullName").is_null());
    EXPECT_TRUE(project.as_object().contains("_Links"));
}

TEST_F(SuperOfficeTalk, TranslatesWhereALanguageIsAskedFor) {
    auto const raw = json(ask("GET", "/api/v1/Project/42", {}, {{"Accept-Language", "*"}}));
    EXPECT_EQ(raw.at("ProjectType").at("Value"), R"(US:"Customer";NO:"Kunde")");
    auto const norwegian =
        json(ask("GET", "/api/v1/Project/42", {}, {{"Accept-Language", "en"}, {"SO-Language", "nb-NO"}}));
    EXPECT_EQ(norwegian.at("ProjectType").at("Value"), "Kunde");
    EXPECT_EQ(norwegian.at("FieldProperties").at("Name").at("FieldRight").at("Reason"), "Navn");
}

TEST_F(SuperOfficeTalk, AnswersInTheFormThatIsPreferred) {
    auto const type = [&](std::string accept) {
        return std::string(ask("GET", "/api/v1/Project/42", {}, {{"Accept", accept}}).headers.find("Content-Type"));
    };
    EXPECT_EQ(type("text/json"), "text/json; charset=utf-8");
    EXPECT_EQ(type("application/merge-patch+json"), "application/merge-patch+json; charset=utf-8");
    EXPECT_EQ(type("text/html, */*;q=0.8"), "application/json; charset=utf-8");
    EXPECT_EQ(type("application/json;q=0.5, text/xml"), "text/xml; charset=utf-8");
    EXPECT_EQ(type("image/png"), "application/json; charset=utf-8");
    auto const xml = ask("GET", "/api/v1/Project/42", {}, {{"Accept", "application/xml"}}).body;
    EXPECT_NE(xml.find("<ProjectMember><ProjectmemberId>5</ProjectmemberId>"), xml.npos) << xml;
    EXPECT_NE(xml.find("<CustomFields><KeyValueOfstringstring><Key>SuperOffice:1</Key><Value>[I:8]</Value>"), xml.npos)
        << xml;
}

TEST_F(SuperOfficeTalk, ReplacesAProjectButForWhatLasts) {
    EXPECT_EQ(put(R"({"name": "Quay"})").reason, "ProjectEntity updated.");
    auto const &said = world.patch();
    EXPECT_EQ(*said.name, "Quay");
    EXPECT_TRUE(said.number.null());
    EXPECT_TRUE(said.description.null());
    EXPECT_TRUE(said.status.null());
    EXPECT_TRUE(said.type.null());
    EXPECT_TRUE(said.ends.null());
    EXPECT_TRUE(said.manager.absent());
    EXPECT_TRUE(said.team.absent());
    EXPECT_TRUE(said.custom.absent());
    EXPECT_THAT(world.update().custom, IsEmpty());
    EXPECT_EQ(said.extras.kept.find("", "IsPublished"), "false");
    EXPECT_EQ(said.extras.kept.find("", "Urls"), "");
    EXPECT_EQ(world.update().unchanged_version, 3);
}

TEST_F(SuperOfficeTalk, ChangesNothingWhereAReplacementSaysNullOfPeopleAndLists) {
    put(R"({"Name": "Quay", "Associate": null, "ProjectMembers": null, "Urls": null, "CustomFields": null, "Postit": null})");
    auto const &said = world.patch();
    EXPECT_TRUE(said.manager.absent());
    EXPECT_TRUE(said.team.absent());
    EXPECT_TRUE(said.note.null());
    EXPECT_EQ(said.extras.kept.find("", "Urls"), "");
}

TEST_F(SuperOfficeTalk, TakesHandWrittenBodies) {
    put(R"({name: 'Quay', "projectStatus": {"id": "1", "value": "nonsense"}, "completed": "False",
            'tableRight': {"mask": 15}, "eventId": "12",})");
    EXPECT_EQ(*world.patch().name, "Quay");
    EXPECT_EQ(world.patch().status->id, "1");
    EXPECT_EQ(world.patch().extras.kept.find("", "EventId"), "12");
}

TEST_F(SuperOfficeTalk, TakesForms) {
    auto const response = ask(
        "PUT", "/api/v1/Project/42",
        "Name=Quay&ProjectStatus.Id=1&ProjectType[Id]=4&ProjectMembers[0].PersonId=33&CustomFields[SuperOffice:2]=x",
        {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(response.status, 200u) << response.body;
    EXPECT_EQ(world.patch().status->id, "1");
    ASSERT_THAT(*world.patch().team, SizeIs(2)); // and whoever is responsible stays on it
    EXPECT_EQ(world.patch().team->front().person.id, "8");
    EXPECT_THAT(world.update().custom, Contains(canonical::CustomValue{"SuperOffice:2", R"("x")"}));
}

TEST_F(SuperOfficeTalk, TakesXmlWithItsDictionaries) {
    auto const response = ask("PUT", "/api/v1/Project/42",
                              R"(<?xml version="1.0"?><ProjectEntity xmlns="urn:x"><Name>Quay</Name><Associate/>
        <ProjectMembers><ProjectMember><PersonId>33</PersonId></ProjectMember></ProjectMembers>
        <CustomFields><KeyValueOfstringstring><Key>SuperOffice:2</Key><Value>[I:3]</Value></KeyValueOfstringstring></CustomFields>
        <ExtraFields><item key="x_a">1</item></ExtraFields></ProjectEntity>)",
                              {{"Content-Type", "application/xml"}});
    EXPECT_EQ(response.status, 200u) << response.body;
    EXPECT_EQ(world.patch().team->front().person.id, "8");
    EXPECT_THAT(world.update().custom, Contains(canonical::CustomValue{"SuperOffice:2", "3"}));
    EXPECT_THAT(world.update().custom, Contains(canonical::CustomValue{"x_a", R"("1")"}));
}

TEST_F(SuperOfficeTalk, FindsMembersByTheirRecordsAsPeople) {
    put(R"({"Name": "Quay", "ProjectMembers": [
            {"ProjectmemberId": 5, "PersonId": "31", "ProjectMemberTypeId": 1, "Comment": "c"}, {"personId": 33, "contactId": 9}]})");
    auto const &team = *world.patch().team;
    ASSERT_THAT(team, SizeIs(2));
    EXPECT_EQ(team[0].id, "5");
    EXPECT_EQ(team[0].person.id, "7");
    EXPECT_EQ(team[0].company.id, "9") << "that of the person";
    EXPECT_EQ(team[0].role.name, "Project manager") << "as the role is called already";
    EXPECT_EQ(team[0].joined, at(0));
    EXPECT_EQ(team[1].id, "");
    EXPECT_EQ(team[1].person.id, "8");
    EXPECT_EQ(world.patch().manager->id, "7") << "who leaves the team stays responsible";
}

TEST_F(SuperOfficeTalk, RefusesMembersThatNobodyKnows) {
    auto const response = put(R"({"Name": "Quay", "ProjectMembers": [{"PersonId": 7}]})");
    EXPECT_EQ(response.status, 400u) << "the id of a user is not that of the person";
    EXPECT_EQ(json(response).at("ErrorType"), "ArgumentException");
    EXPECT_EQ(json(response).at("ErrorMessage"), "ProjectMembers/PersonId: id 7 not found");
    EXPECT_EQ(put(R"({"Name": "Quay", "ProjectMembers": [{}]})").status, 400u);
    EXPECT_THAT(world.writes(), IsEmpty());
}

TEST_F(SuperOfficeTalk, SaysOfStatusAndCompletionOnlyWhatChanges) {
    put(R"({"Name": "Quay", "ProjectStatus": {"Id": 2}, "Completed": true})");
    EXPECT_TRUE(world.patch().status.absent()) << "or it would keep the project open";
    EXPECT_EQ(*world.patch().phase, Phase::closed);
    put(R"({"Name": "Quay", "ProjectStatus": {"Id": 3}, "Completed": false})");
    EXPECT_EQ(world.patch().status->id, "3");
    EXPECT_TRUE(world.patch().phase.absent()) << "or it would take the status back";
    put(R"({"Name": "Quay", "ProjectStatus": {"Id": 3}, "Completed": true})");
    EXPECT_EQ(world.patch().status->id, "3");
    put(R"({"Name": "Quay", "ProjectStatus": {"Id": 1}, "Completed": true})");
    EXPECT_TRUE(world.patch().status.absent());
    EXPECT_EQ(*world.patch().phase, Phase::closed);
}

TEST_F(SuperOfficeTalk, KeepsTheTimeOfDayOfAnEndAsLongAsTheDayStays) {
    put(R"({"Name": "Quay", "EndDate": "2016-07-26T14:34:02.1900489+02:00"})");
    EXPECT_EQ(*world.patch().ends, chrono::sys_days(2016y / 7 / 26));
    world.project.ends = world.patch().ends;
    world.project.extras.kept.merge(world.patch().extras.kept);
    EXPECT_EQ(json(ask("GET", "/api/v1/Project/42")).at("EndDate"), "2016-07-26T14:34:02");
    world.project.ends = chrono::sys_days(2016y / 7 / 27);
    EXPECT_EQ(json(ask("GET", "/api/v1/Project/42")).at("EndDate"), "2016-07-27T00:00:00");
}

TEST_F(SuperOfficeTalk, RefusesABodyWithoutAnEntity) {
    for (auto const body : {"", " \n", "null"}) {
        auto const response = put(body);
        EXPECT_EQ(response.status, 400u);
        EXPECT_EQ(json(response).at("ErrorMessage"), "Entity to save is not in request body");
    }
    EXPECT_EQ(put("[]").status, 400u);
    EXPECT_EQ(put(R"({"Name": )").status, 400u);
    EXPECT_EQ(ask("PUT", "/api/v1/Project/42", "a,b", {{"Content-Type", "text/csv"}}).status, 415u);
    EXPECT_TRUE(world.writes().empty());
}

TEST_F(SuperOfficeTalk, RefusesValuesOfTheWrongKind) {
    for (auto const body : {R"({"Name": "Q", "EndDate": "soon"})", R"({"Name": "Q", "ProjectStatus": 3})",
                            R"({"Name": "Q", "Completed": "maybe"})", R"({"Name": "Q", "ProjectMembers": [7]})",
                            R"({"Name": "Q", "Urls": "x"})", R"({"Name": "Q", "CustomFields": []})",
                            R"({"Name": "Q", "EventId": "many"})", R"({"Name": {}})"}) {
        auto const response = put(body);
        EXPECT_EQ(response.status, 400u) << body;
        EXPECT_EQ(json(response).at("ErrorType"), "ArgumentException");
    }
    EXPECT_THAT(world.writes(), IsEmpty());
}

TEST_F(SuperOfficeTalk, WritesAgainWhereSomebodyElseWasFaster) {
    world.faster = 2;
    EXPECT_EQ(put(R"({"Name": "Quay"})").status, 200u);
    EXPECT_EQ(world.update().unchanged_version, 5);
    world.faster = 100;
    auto const response = put(R"({"Name": "Quay"})");
    EXPECT_EQ(response.status, 409u);
    EXPECT_EQ(json(response).at("ErrorMessage"), "ProjectEntity 42 has changed");
}

TEST_F(SuperOfficeTalk, MindsIfUnmodifiedSinceInWholeSeconds) {
    world.project.updated = at(9) + 500ms;
    std::pair<std::string, std::string> const now{"If-Unmodified-Since", "Wed, 04 Mar 2026 09:00:00 GMT"};
    std::pair<std::string, std::string> const before{"If-Unmodified-Since", "Wed, 04 Mar 2026 08:59:59 GMT"};
    EXPECT_EQ(ask("PUT", "/api/v1/Project/42", R"({"Name": "Q"})", {now}).status, 200u);
    EXPECT_EQ(ask("PUT", "/api/v1/Project/42", R"({"Name": "Q"})", {before}).status, 412u);
    EXPECT_EQ(ask("PATCH", "/api/v1/Project/42", R"({"Name": "Q"})", {before}).status, 412u);
    EXPECT_EQ(ask("GET", "/api/v1/Project/42", {}, {before}).status, 412u);
    EXPECT_EQ(ask("POST", "/api/v1/Project", R"({"Name": "Q"})", {before}).status, 200u) << "clients leave it standing";
    ask("DELETE", "/api/v1/Project/42", {}, {before});
    EXPECT_EQ(world.update().unchanged_since, at(9) - 1s);
}

TEST_F(SuperOfficeTalk, PatchesOnlyWhatIsTouched) {
    EXPECT_EQ(patch(R"([{"op":"replace","path":"projectstatus/Id","value":"1"}])").status, 200u);
    EXPECT_EQ(world.patch().status->id, "1");
    EXPECT_TRUE(world.patch().name.absent());
    EXPECT_TRUE(world.patch().team.absent());
    EXPECT_TRUE(world.patch().extras.kept.empty());
}

TEST_F(SuperOfficeTalk, KnowsAPatchByItsShape) {
    for (auto const type : {"application/x-www-form-urlencoded", "text/plain", "application/xml"})
        EXPECT_EQ(ask("PATCH", "/api/v1/Project/42", R"( {"Name": "Quay"})", {{"Content-Type", type}}).status, 200u);
    EXPECT_THAT(world.writes(), SizeIs(3));
    ask("PUT", "/api/v1/Project/42", R"({"Name": "Quay"})", {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(*world.patch().name, "Quay");
    EXPECT_EQ(ask("PATCH", "/api/v1/Project/42", "7", {{"Content-Type", "application/json"}}).status, 400u);
    EXPECT_EQ(ask("PATCH", "/api/v1/Project/42", "Name", {{"Content-Type", "text/plain"}}).status, 415u);
}

TEST_F(SuperOfficeTalk, WritesNothingWhereAPatchChangesNothing) {
    EXPECT_EQ(patch(R"([{"op":"replace","path":"/Name","value":"Harbour relaunch"}])").status, 200u);
    EXPECT_EQ(patch("[]").status, 200u);
    EXPECT_EQ(patch("{}").status, 200u);
    EXPECT_THAT(world.writes(), IsEmpty());
}

TEST_F(SuperOfficeTalk, PatchesSingleMembersOfTheTeam) {
    EXPECT_EQ(patch(R"([{"op":"add","path":"/ProjectMembers/-","value":{"PersonId":33}}])").status, 200u);
    ASSERT_THAT(*world.patch().team, SizeIs(2));
    EXPECT_EQ(world.patch().team->at(1).person.id, "8");
    EXPECT_EQ(patch(R"([{"op":"replace","path":"/ProjectMembers/0/Comment","value":"new"}])").status, 200u);
    ASSERT_THAT(*world.patch().team, SizeIs(1));
    EXPECT_EQ(world.patch().team->at(0).id, "5");
    EXPECT_EQ(world.patch().team->at(0).note, "new");
    EXPECT_EQ(patch(R"([{"op":"remove","path":"/ProjectMembers/0"}])").status, 200u);
    ASSERT_THAT(*world.patch().team, SizeIs(1)) << "who is responsible stays on the team";
    EXPECT_EQ(world.patch().team->at(0).person.id, "7");
    EXPECT_TRUE(world.patch().team->at(0).role.empty()) << "but not as the member that was removed";
    EXPECT_TRUE(world.patch().team->at(0).whole);
}

TEST_F(SuperOfficeTalk, KeepsParticipations) {
    patch(R"([{"op":"replace","path":"/ProjectMembers/0/EventParticipantStatus","value":"show"}])");
    world.project.extras.kept.merge(world.patch().extras.kept);
    auto const project = json(ask("GET", "/api/v1/Project/42"));
    EXPECT_EQ(project.at("ProjectMembers").at(0).at("EventParticipantStatus"), "Show");
}

TEST_F(SuperOfficeTalk, ChangesSingleCustomFields) {
    patch(R"({"UserDefinedFields": {"SuperOffice:1": "9"}})");
    EXPECT_THAT(world.update().custom, Contains(canonical::CustomValue{"SuperOffice:1", "9"}));
    EXPECT_TRUE(world.patch().custom.absent());
    patch(R"([{"op":"remove","path":"/CustomFields/SuperOffice:1"}])");
    EXPECT_THAT(world.update().custom, Contains(canonical::CustomValue{"SuperOffice:1", "null"}));
}

TEST_F(SuperOfficeTalk, CreatesFromTheDefaultProject) {
    auto const response =
        ask("POST", "/api/v1/Project/", R"({"name":"Quay lighting","projectNumber":"0","urls":null})");
    EXPECT_EQ(response.status, 200u);
    auto const &said = world.patch();
    EXPECT_EQ(world.update().verb, Verb::create);
    EXPECT_TRUE(said.number.absent()) << "the store counts on";
    EXPECT_TRUE(said.status.null());
    EXPECT_TRUE(said.type.absent()) << "the store knows the default";
    EXPECT_EQ(said.manager->email, "kari@nordby.example");
    EXPECT_EQ(*said.ends, chrono::sys_days(2026y / 6 / 3));
}

TEST_F(SuperOfficeTalk, ShowsTheDefaultProject) {
    auto const project = json(ask("GET", "/api/v1/Project/default"));
    EXPECT_EQ(project.at("ProjectId"), 0);
    EXPECT_EQ(project.at("ProjectNumber"), "10043");
    EXPECT_EQ(project.at("Associate").at("AssociateId"), 7);
    EXPECT_TRUE(project.at("UpdatedBy").is_null());
    EXPECT_EQ(project.at("ProjectStatus").at("Id"), 0);
    EXPECT_EQ(project.at("TableRight").at("Mask"), "Select, Update, Insert");
    EXPECT_FALSE(project.as_object().contains("_Links"));
}

TEST_F(SuperOfficeTalk, DeletesWithoutABody) {
    auto const response = ask("DELETE", "/api/v1/Project/42", {}, {{"Content-Type", "application/json"}});
    EXPECT_EQ(response.status, 204u);
    EXPECT_EQ(response.body, "");
    EXPECT_FALSE(response.headers.has("Content-Type"));
    EXPECT_EQ(world.update().verb, Verb::remove);
}

TEST_F(SuperOfficeTalk, RefusesPathsThatThereAreNot) {
    EXPECT_EQ(ask("GET", "/api/v1/Project/first").status, 404u);
    EXPECT_EQ(ask("GET", "/api/v1/Projekt/42").status, 404u);
    EXPECT_EQ(ask("POST", "/api/v1/Project/42").status, 405u);
    auto const missing = ask("GET", "/api/v1/Project/99999");
    EXPECT_EQ(missing.status, 404u);
    EXPECT_EQ(json(missing).at("Message"), "Project id 99999 not found");
    EXPECT_EQ(json(missing).at("ErrorType"), "SoNotFoundException");
}

TEST_F(SuperOfficeTalk, RefusesAZoneThatNobodyKnows) {
    auto const response = ask("GET", "/api/v1/Project/42", {}, {{"SO-TimeZone", "XX"}});
    EXPECT_EQ(response.status, 400u);
    EXPECT_EQ(json(response).at("ErrorMessage"), "Invalid value for SO-TimeZone: XX");
}

std::string cookie_in(wire::Response const &response, std::string_view name) {
    for (std::size_t i = 0; i < response.headers.size(); ++i) {
        auto const field = response.headers[i];
        if (field.name == "Set-Cookie" && field.value.starts_with(std::string(name) + "="))
            return std::string(field.value.substr(name.size() + 1, field.value.find(';') - name.size() - 1));
    }
    return {};
}

TEST_F(SuperOfficeTalk, GivesPagesASessionThatNeedsTheCopyOfACookie) {
    EXPECT_EQ(cookie_in(ask("GET", "/api/v1/Project/42"), "XSRF-TOKEN"), "") << "a tool";
    auto const page = ask("GET", "/api/v1/Project/42", {}, {{"Accept", "text/html,*/*"}});
    auto const session = cookie_in(page, "SuperOffice.Session"), copy = cookie_in(page, "XSRF-TOKEN");
    ASSERT_NE(session, "");
    ASSERT_NE(copy, "");
    auto const status = [&](std::string cookies, std::string header) {
        return ask("GET", "/api/v1/Project/42", {},
                   {{"Authorization", ""}, {"Cookie", cookies}, {"X-XSRF-TOKEN", header}})
            .status;
    };
    auto const both = "SuperOffice.Session=" + session + "; XSRF-TOKEN=" + copy;
    EXPECT_EQ(status(both, copy), 200u);
    EXPECT_EQ(status(both, ""), 401u);
    EXPECT_EQ(status(both, copy + "0"), 401u);
    EXPECT_EQ(status("SuperOffice.Session=" + session, copy), 401u);
    EXPECT_EQ(status("SuperOffice.Session=" + session + "; XSRF-TOKEN=x", "x"), 401u);
    EXPECT_EQ(status("XSRF-TOKEN=" + copy, copy), 401u);
}

TEST_F(SuperOfficeTalk, AsksToolsForAPasswordAndPagesNever) {
    auto const tool = ask("GET", "/api/v1/Project/42", {}, {{"Anonymous", "yes"}});
    EXPECT_EQ(tool.status, 401u);
    EXPECT_EQ(tool.headers.find("WWW-Authenticate"), R"(Basic realm="SuperOffice")");
    auto const page = ask("GET", "/api/v1/Project/42", {}, {{"Authorization", ""}, {"Origin", "https://crm.example"}});
    EXPECT_EQ(page.status, 401u);
    EXPECT_FALSE(page.headers.has("WWW-Authenticate"));
}

TEST_F(SuperOfficeTalk, KnowsTicketsAndTokens) {
    callers = {{.name = "t", .person = "kari@nordby.example", .credential = {{"ticket", "7T:AbC123=="}}},
               {.name = "b", .person = "kari@nordby.example", .credential = {{"token", "8A:Cust26001.AbC123=="}}}};
    auto const status = [&](std::string authorization) {
        return ask("GET", "/api/v1/Project/42", {}, {{"Authorization", authorization}}).status;
    };
    EXPECT_EQ(status("SOTicket 7T:AbC123=="), 200u);
    EXPECT_EQ(status("soticket 7T:AbC123=="), 200u);
    EXPECT_EQ(status("Bearer 8A:Cust26001.AbC123=="), 200u);
    EXPECT_EQ(status("Bearer 7T:AbC123=="), 401u);
    EXPECT_EQ(status("Basic 7T:AbC123=="), 401u);
    EXPECT_EQ(status("SOTicket"), 401u);
}

TEST_F(SuperOfficeTalk, SaysWhoMayNotWrite) {
    wire::Request const request{.method = "PUT", .target = "/api/v1/Project/42", .headers = {}, .body = {}};
    Call call{.request = request,
              .target = *wire::split_target(request.target),
              .prefix = 2,
              .settings = settings,
              .callers = callers,
              .now = at(12)};
    ASSERT_TRUE(dialect.find(call));
    auto const response = dialect.refuse(call, {.code = Code::forbidden});
    EXPECT_EQ(response.status, 403u);
    EXPECT_EQ(json(response).at("ErrorType"), "SoSentryException");
    EXPECT_EQ(json(response).at("ErrorMessage"), "You are not allowed to update Project 42");
}

} // namespace
} // namespace dialects::superoffice
