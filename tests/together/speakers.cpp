#include "tests/together/speakers.hpp"

#include "dialects/engine/crypto.hpp"

#include <boost/json/serialize.hpp>

namespace together {

namespace {

namespace json = boost::json;
namespace crypto = dialects::crypto;
using What = Step::What;

struct Line {
    std::string_view method;
    std::string target;
    json::value body = {};
};

wire::Request request(Line const &line, std::string_view type) {
    wire::Request made;
    made.method = line.method;
    made.target = line.target;
    made.headers.set("Host", "gw.test");
    if (line.body.is_null()) return made;
    made.headers.set("Content-Type", type);
    made.body = json::serialize(line.body);
    return made;
}

wire::Request say_in_onlyoffice(Step const &step) {
    auto const project = "/api/2.0/project/" + step.project;
    json::object const whole{{"title", step.name}, {"responsibleId", step.manager.guid}};
    auto const line = [&]() -> Line {
        switch (step.what) {
        case What::create:
            return {"POST", "/api/2.0/project", whole};
        case What::rename:
        case What::hand_over:
            return {"PUT", project, whole};
        case What::close:
            return {"PUT", project + "/status", {{"status", "Closed"}}};
        default:
            return {"PUT", project + "/status", {{"status", "Open"}}};
        }
    }();
    auto made = request(line, "application/json");
    made.headers.set("Authorization", "864FE52C-1C1C-469F-9308-51DAFEFE7436");
    return made;
}

wire::Request say_in_worksection(Step const &step) {
    auto const parameters = [&]() -> json::object {
        switch (step.what) {
        case What::create:
            return {{"action", "post_project"}, {"title", step.name}, {"email_manager", step.manager.email}};
        case What::rename:
            return {{"action", "update_project"}, {"id_project", step.project}, {"title", step.name}};
        case What::hand_over:
            return {{"action", "update_project"}, {"id_project", step.project}, {"email_manager", step.manager.email}};
        case What::close:
            return {{"action", "close_project"}, {"id_project", step.project}};
        default:
            return {{"action", "activate_project"}, {"id_project", step.project}};
        }
    }();
    auto made = request({"POST", "/api/oauth2", parameters}, "application/json");
    made.headers.set("Authorization", "Bearer demo-worksection-token");
    return made;
}

wire::Request say_in_paymo(Step const &step) {
    auto const line = [&]() -> Line {
        auto const project = "/api/projects/" + step.project;
        json::array const managers{json::value(std::stoi(step.manager.id.empty() ? "0" : step.manager.id))};
        switch (step.what) {
        case What::create:
            return {"POST", "/api/projects", {{"name", step.name}, {"managers", managers}, {"users", managers}}};
        case What::rename:
            return {"PUT", project, {{"name", step.name}}};
        case What::hand_over:
            return {"PUT", project, {{"managers", managers}}};
        case What::close:
            return {"PUT", project, {{"active", false}}};
        default:
            return {"PUT", project, {{"active", true}}};
        }
    }();
    auto made = request(line, "application/json");
    made.headers.set("Authorization", "Basic " + crypto::encode_base64("0123456789abcdef0123456789abcdef:X"));
    return made;
}

wire::Request say_in_productive(Step const &step) {
    auto const document = [](json::object attributes) {
        return json::object{{"data", {{"type", "projects"}, {"attributes", std::move(attributes)}}}};
    };
    auto const created = [&] {
        json::object attributes{{"name", step.name},
                                {"project_type_id", step.company.empty() ? 1 : 2},
                                {"workflow_id", step.workflow},
                                {"project_manager_id", step.manager.id}};
        if (!step.company.empty()) attributes["company_id"] = step.company;
        return attributes;
    };
    auto const line = [&]() -> Line {
        auto const project = "/api/v2/projects/" + step.project;
        switch (step.what) {
        case What::create:
            return {"POST", "/api/v2/projects", document(created())};
        case What::rename:
            return {"PATCH", project, document({{"name", step.name}})};
        case What::hand_over:
            return {"PATCH", project, document({{"project_manager_id", step.manager.id}})};
        case What::close:
            return {"PATCH", project + "/archive"};
        default:
            return {"PATCH", project + "/restore"};
        }
    }();
    auto made = request(line, "application/vnd.api+json");
    made.headers.set("X-Auth-Token", "demo-productive-token");
    made.headers.set("X-Organization-Id", "1000");
    return made;
}

wire::Request say_in_superoffice(Step const &step) {
    auto const line = [&]() -> Line {
        auto const project = "/api/v1/Project/" + step.project;
        json::object const manager{{"AssociateId", std::stoi(step.manager.id.empty() ? "0" : step.manager.id)}};
        switch (step.what) {
        case What::create:
            return {"POST", "/api/v1/Project", {{"Name", step.name}, {"Associate", manager}}};
        case What::rename:
            return {"PATCH", project, {{"Name", step.name}}};
        case What::hand_over:
            return {"PATCH", project, {{"Associate", manager}}};
        case What::close:
            return {"PATCH", project, {{"Completed", true}}};
        default:
            return {"PATCH", project, {{"Completed", false}}};
        }
    }();
    auto made = request(line, "application/json");
    made.headers.set("Authorization", "Basic " + crypto::encode_base64("tje0:Tje0"));
    made.headers.set("Accept", "application/json");
    return made;
}

std::string text_of(json::value const &id) {
    return id.is_string() ? std::string(id.get_string()) : json::serialize(id);
}

constexpr Speaker all[]{
    {"onlyoffice", say_in_onlyoffice,
     [](json::value const &answer) { return text_of(answer.at("response").at("id")); }},
    {"paymo", say_in_paymo, [](json::value const &answer) { return text_of(answer.at("projects").at(0).at("id")); }},
    {"productive", say_in_productive, [](json::value const &answer) { return text_of(answer.at("data").at("id")); }},
    {"superoffice", say_in_superoffice, [](json::value const &answer) { return text_of(answer.at("ProjectId")); }},
    {"worksection", say_in_worksection, [](json::value const &answer) { return text_of(answer.at("data").at("id")); }},
};

} // namespace

std::span<Speaker const> speakers() { return all; }

} // namespace together
