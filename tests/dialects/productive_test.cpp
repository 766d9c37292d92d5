// Productive's talks with a backend that knows a few records and remembers what it was asked.
#include "dialects/productive/productive.hpp"

#include "canonical/rules.hpp"
#include "dialects/engine/moment.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace dialects::productive {
namespace {

namespace json = boost::json;
using canonical::Code, canonical::Company, canonical::Error, canonical::Filter, canonical::Instant, canonical::Kind,
    canonical::Operator, canonical::Person, canonical::Phase, canonical::Project, canonical::Ref, canonical::Reply,
    canonical::Request, canonical::Result, canonical::Verb, canonical::Workflow, canonical::WorkflowStatus;
using testing::ElementsAre, testing::HasSubstr;

Instant at(std::string_view text) { return *read_instant(text, Zone()); }

// A condition in one line: "all(name = Quay, none(company.id = 301))".
std::string text_of(canonical::Value const &value) {
    return std::visit(
        []<class T>(T const &v) -> std::string {
            if constexpr (std::is_same_v<T, std::nullptr_t>)
                return "nothing";
            else if constexpr (std::is_same_v<T, bool>)
                return v ? "true" : "false";
            else if constexpr (std::is_same_v<T, std::int64_t>)
                return std::to_string(v);
            else if constexpr (std::is_same_v<T, std::string>)
                return "'" + v + "'";
            else if constexpr (std::is_same_v<T, canonical::Decimal>)
                return v.text();
            else if constexpr (std::is_same_v<T, Instant>) {
                std::string out;
                {
                    Context const none;
                    Text text(out, none);
                    Moment(v).write("YYYY-MM-DDThh:mm:ss", text);
                }
                return out;
            } else if constexpr (std::is_enum_v<T>)
                return boost::describe::enum_to_string(v, "?");
            else
                return "?";
        },
        value);
}
std::string text_of(Filter const &filter) {
    if (filter.op == Operator::all || filter.op == Operator::any || filter.op == Operator::none) {
        std::string text = std::string(boost::describe::enum_to_string(filter.op, "")) + "(";
        for (auto const &child : filter.children) text += (text.ends_with('(') ? "" : ", ") + text_of(child);
        return text + ")";
    }
    auto text = canonical::name_of(filter.field.member);
    text = text.substr(text.find('.') + 1);
    if (filter.field.part == canonical::Part::id) text += ".id";
    if (filter.field.part == canonical::Part::name) text += ".name";
    if (!filter.key.empty()) text += "[" + filter.key + "]";
    text += " " + std::string(boost::describe::enum_to_string(filter.op, ""));
    for (auto const &value : filter.values) text += " " + text_of(value);
    return text;
}

class World {
public:
    World() {
        projects.push_back(project("4711", "Harbour Relaunch", Phase::active));
        projects.push_back(project("4713", "Old quay", Phase::closed));
    }

    Result<Reply> answer(Request const &request) {
        asked.push_back(request);
        if (request.kind != Kind::project) return others(request);
        Reply reply;
        if (request.verb == Verb::list) {
            reply.records.of<Project>() = projects;
            reply.total = std::int64_t(projects.size());
            relate(reply);
            return reply;
        }
        auto const *known = find(request.id);
        if (request.verb != Verb::create && !known) return Error{.code = Code::not_found};
        if (canonical::writes(request.verb)) {
            if (faster-- > 0) return Error{.code = Code::changed};
            if (auto const &patch = std::get<Project>(request.patch); refuses_types && patch.type)
                return Error{.code = Code::unknown_reference, .field = "type"};
            if (refusal) return *refusal;
        }
        reply.records.of<Project>().push_back(known ? *known : projects.front());
        relate(reply);
        return reply;
    }

    std::vector<Request> writes() const {
        std::vector<Request> found;
        for (auto const &request : asked)
            if (canonical::writes(request.verb)) found.push_back(request);
        return found;
    }
    Project const &patch() const { return std::get<Project>(last_write.emplace(writes().back()).patch); }

    std::vector<Project> projects;
    std::vector<Request> asked;
    std::optional<Error> refusal; // of the next write
    int faster = 0;               // how many writes come too late
    bool refuses_types = false;

private:
    static Project project(std::string id, std::string name, Phase phase) {
        Project result;
        result.id = std::move(id);
        result.name = std::move(name);
        result.phase = phase;
        result.number = "1";
        result.type = Ref{.id = "2"};
        result.company = Ref{.id = "301"};
        result.workflow = Ref{.id = "41"};
        result.manager = Ref{.id = "501"};
        result.version = 7;
        result.created = at("2026-02-20T13:02:11.120Z");
        result.updated = at("2026-03-02T08:15:00.999Z");
        result.archived = std::nullopt;
        if (phase == Phase::closed) result.archived = at("2026-02-25T07:00:00.500Z");
        return result;
    }
    Project const *find(std::string_view id) const {
        for (auto const &each : projects)
            if (*each.id == id) return &each;
        return nullptr;
    }
    static void relate(Reply &reply) {
        Company company;
        company.id = "301";
        company.name = "Harbour & Co";
        reply.related.of<Company>().push_back(company);
        Workflow workflow;
        workflow.id = "41";
        workflow.name = "Default";
        reply.related.of<Workflow>().push_back(workflow);
    }
    static Result<Reply> others(Request const &request) {
        Reply reply;
        if (request.verb == Verb::get) {
            bool const known = request.id == "41" || request.id == "301" || request.id == "501";
            if (!known) return Error{.code = Code::not_found};
            return reply;
        }
        if (request.kind == Kind::workflow_status) {
            for (auto const *id : {"4101", "4102"}) {
                WorkflowStatus status;
                status.id = id;
                status.workflow = Ref{.id = "41"};
                status.category = canonical::Category::started;
                reply.records.of<WorkflowStatus>().push_back(status);
            }
        }
        if (request.kind == Kind::company) {
            Company own;
            own.id = "300";
            own.name = "Studio";
            own.is_own = true;
            reply.records.of<Company>().push_back(own);
        }
        if (request.kind == Kind::person) {
            Person person;
            person.id = "501";
            person.name = "Mira van Vale";
            person.email = "mira@example.com";
            reply.records.of<Person>().push_back(person);
        }
        reply.total = 1;
        return reply;
    }

    mutable std::optional<Request> last_write;
};

class ProductiveTalk : public testing::Test {
protected:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    ProductiveTalk() {
        settings.path = "/api/v2";
        settings.zone = *Zone::find("Europe/Zagreb");
    }

    wire::Response ask(std::string method, std::string target, std::string body = {}, Headers const &headers = {}) {
        wire::Request request{
            .method = std::move(method), .target = std::move(target), .headers = {}, .body = std::move(body)};
        request.headers.add("Host", "gw.test");
        request.headers.add("X-Auth-Token", "tok-1");
        request.headers.add("X-Organization-Id", "1");
        if (!request.body.empty()) request.headers.add("Content-Type", "application/vnd.api+json");
        for (auto const &[name, value] : headers) request.headers.set(name, value);
        Call call{.request = request,
                  .target = *wire::split_target(request.target),
                  .prefix = 2,
                  .settings = settings,
                  .callers = callers,
                  .now = at("2026-03-02T08:15:00Z")};
        auto const found = dialect.find(call);
        if (auto const known = dialect.identify(call); !known) return dialect.refuse(call, known.error());
        if (!found) return dialect.refuse(call, found.error());
        auto talk = dialect.serve(call);
        while (auto const *question = talk.pending()) talk.answer(world.answer(*question));
        return talk.outcome();
    }
    wire::Response get(std::string path) { return ask("GET", "/api/v2/" + path); }
    wire::Response patch(std::string path, std::string attributes) {
        return ask("PATCH", "/api/v2/" + path, R"({"data":{"type":"projects","attributes":)" + attributes + "}}");
    }
    wire::Response post(std::string path, std::string attributes) {
        return ask("POST", "/api/v2/" + path, R"({"data":{"type":"projects","attributes":)" + attributes + "}}");
    }

    // The condition that a list of projects asks for, without the one on templates.
    std::string filter(std::string query, Headers const &headers = {}) {
        auto const response = ask("GET", "/api/v2/projects?" + query, {}, headers);
        if (response.status != 200) return problem(response);
        auto text = text_of(world.asked.back().query.filter);
        constexpr std::string_view templates = "none(is_template equal true)";
        if (text.ends_with(std::string(templates) + ")")) text.resize(text.size() - templates.size() - 1);
        if (text.ends_with(", ")) text.resize(text.size() - 2);
        return text.starts_with("all(") ? text.substr(4) : text;
    }

    static json::value parsed(wire::Response const &response) { return json::parse(response.body); }
    // "400 unsupported_filter filter[x]: what is wrong"; of several errors, each behind the status.
    static std::string problem(wire::Response const &response) {
        std::string text = std::to_string(response.status);
        auto const document = parsed(response);
        for (auto const &error : document.at("errors").as_array()) {
            auto const &object = error.as_object();
            auto const word = [&](std::string_view key) {
                return object.contains(key) ? std::string(object.at(key).as_string()) : std::string("-");
            };
            std::string where = "-";
            if (auto const *source = object.if_contains("source"))
                for (auto const &[key, value] : source->as_object()) where = value.as_string();
            text += " " + word("code") + " " + where + ": " + word("detail");
        }
        return text;
    }

    Productive dialect;
    Settings settings;
    std::vector<Caller> callers{{.name = "mira",
                                 .person = "mira@example.com",
                                 .may_write = true,
                                 .credential = {{"token", "tok-1"}, {"organization", "1"}}}};
    World world;
};

TEST_F(ProductiveTalk, TakesListsInAllForms) {
    auto const wanted = "id in '1' '2'";
    EXPECT_EQ(filter("filter[id]=1,2"), wanted);
    EXPECT_EQ(filter("filter%5Bid%5D=1%2C2"), wanted);
    EXPECT_EQ(filter("filter[id][]=1&filter[id][]=2"), wanted);
    EXPECT_EQ(filter("filter[id][0]=1&filter[id][1]=2"), wanted);
    EXPECT_EQ(filter("filter[id][eq]=1,2,"), wanted);
    EXPECT_EQ(filter("filter[name]=a,b"), "name equal 'a,b'");
}

TEST_F(ProductiveTalk, TakesAllEightOperations) {
    EXPECT_EQ(filter("filter[name][not_eq]=a"), "none(name equal 'a')");
    EXPECT_EQ(filter("filter[name][contains]=a"), "name contains 'a'");
    EXPECT_EQ(filter("filter[name][not_contain]=a"), "none(name contains 'a')");
    EXPECT_EQ(filter("filter[id][gt]=5&filter[id][lt_eq]=9"), "all(id greater '5', id less_or_equal '9')");
    EXPECT_EQ(filter("filter[id][gt_eq]=5&filter[name][lt]=q"), "all(id greater_or_equal '5', name less 'q')");
    EXPECT_EQ(filter("filter[company_id][contains]=301,302"), "company.id in '301' '302'");
    EXPECT_EQ(filter("filter[name][gte]=a"), "400 unsupported_filter_operation filter[name]: Operation 'gte' is not "
                                             "supported for filter 'name' on this endpoint");
}

TEST_F(ProductiveTalk, TakesNothingForNothing) {
    EXPECT_EQ(filter("filter[company_id][eq]="), "company.id equal nothing");
    EXPECT_EQ(filter("filter[company_id][]=&filter[company_id][]=3"),
              "any(company.id equal '3', company.id equal nothing)");
    EXPECT_EQ(filter("filter[query]="), "");
    EXPECT_EQ(filter("filter[company_id]=null"),
              "400 unsupported_filter_value_type filter[company_id]: Unsupported value 'null' for filter 'company_id' "
              "on this endpoint. Expected a value of type 'Integer'");
}

TEST_F(ProductiveTalk, GroupsConditions) {
    EXPECT_EQ(filter("filter[$op]=or&filter[0][name][eq]=X&filter[1][company_id][eq]=301"),
              "any(name equal 'X', company.id equal '301')");
    EXPECT_EQ(filter("filter[$op]=or&filter[0][name]=X&filter[1][$op]=and&filter[1][0][id]=1&filter[1][1][number]=2"),
              "any(name equal 'X', all(id equal '1', number equal '2'))");
    EXPECT_EQ(filter("filter[$op]=or&filter[name]=X&filter[public_access]=true"), "name equal 'X'");
    EXPECT_EQ(filter("filter[$op]=xor&filter[name]=X"),
              "400 unsupported_filter_operation filter[$op]: Operation 'xor' is not supported for filter '$op' on this "
              "endpoint");
}

TEST_F(ProductiveTalk, BoundsWhatAFilterMayAskFor) {
    auto const nested = [](int levels) {
        std::string name = "filter";
        for (int i = 1; i < levels; ++i) name += "[0]";
        return name + "[name]=x";
    };
    EXPECT_THAT(filter(nested(10)), HasSubstr("name equal 'x'"));
    EXPECT_EQ(filter(nested(11)), "400 unsupported_filter filter: Filters are nested too deeply");
    auto const many = [](int conditions) {
        std::string query = "filter[$op]=or";
        for (int i = 0; i < conditions; ++i) query += fmt::format("&filter[{}][name]=x", i);
        return query;
    };
    EXPECT_THAT(filter(many(100)), HasSubstr("name equal 'x'"));
    EXPECT_EQ(filter(many(101)), "400 unsupported_filter filter: There are too many filters");
}

TEST_F(ProductiveTalk, ComparesTheDaysOfTimes) {
    auto const march_2 = "created greater_or_equal 2026-03-01T23:00:00, created less 2026-03-02T23:00:00";
    EXPECT_EQ(filter("filter[created_at]=2026-03-02"), fmt::format("all({})", march_2));
    EXPECT_EQ(filter("filter[created_at]=2026-03-02T22:59:59Z"), fmt::format("all({})", march_2));
    EXPECT_EQ(filter("filter[created_at][gt]=2026-03-02T10:00:00Z"), "created greater_or_equal 2026-03-02T23:00:00");
    EXPECT_EQ(filter("filter[created_at][gt_eq]=2026-03-02"), "created greater_or_equal 2026-03-01T23:00:00");
    EXPECT_EQ(filter("filter[created_at][lt]=2026-03-02"), "created less 2026-03-01T23:00:00");
    EXPECT_EQ(filter("filter[created_at][lt_eq]=2026-03-02"), "created less 2026-03-02T23:00:00");
    EXPECT_EQ(filter("filter[created_at][not_eq]=2026-03-02"), fmt::format("none(all({}))", march_2));
    // A day of 23 hours.
    EXPECT_EQ(filter("filter[created_at]=2026-03-29"),
              "all(created greater_or_equal 2026-03-28T23:00:00, created less 2026-03-29T22:00:00)");
    EXPECT_THAT(filter("filter[created_at]=yesterday"), HasSubstr("Expected a value of type 'Date'"));
}

TEST_F(ProductiveTalk, ComparesSecondsWhereAFlagSaysSo) {
    Headers const flag{{"X-Feature-Flags", "invalidAttributeValueCode, filteringSkipDatetimeCastToDate"}};
    EXPECT_EQ(filter("filter[created_at][gt]=2026-03-02T10:00:00.5%2B01:00", flag),
              "created greater_or_equal 2026-03-02T09:00:01");
    EXPECT_EQ(filter("filter[created_at][lt]=2026-03-02", flag), "created less 2026-03-01T23:00:00");
}

TEST_F(ProductiveTalk, TranslatesWhatHasNoFieldOfItsOwn) {
    EXPECT_EQ(filter("filter[status]=1"), "phase in active paused");
    EXPECT_EQ(filter("filter[status]=2"), "phase equal closed");
    EXPECT_EQ(filter("filter[status][not_eq]=2"), "none(phase equal closed)");
    EXPECT_EQ(filter("filter[status]=3"), "none(all())");
    EXPECT_EQ(filter("filter[person_id]=501"),
              "any(team.id equal '501', manager.id equal '501', co_managers.id equal '501')");
    EXPECT_EQ(filter("filter[project_type]=1"),
              "any(type.id equal '1', all(none(type.id in '1' '2'), none(none(company.id equal nothing))))");
    EXPECT_EQ(filter("filter[query]=harbour+co"),
              "all(any(name contains 'harbour', number contains 'harbour', company.name contains 'harbour'), "
              "any(name contains 'co', number contains 'co', company.name contains 'co'))");
    EXPECT_EQ(filter("filter[for_tracking]=true"), "phase in active paused");
}

TEST_F(ProductiveTalk, FindsCustomFields) {
    EXPECT_EQ(filter("filter[custom_fields][4211]=Gold"), "custom[4211] equal 'Gold'");
    EXPECT_EQ(filter("filter[custom_fields][42236][contains]=417421"), "custom[42236] contains '417421'");
    EXPECT_EQ(filter("filter[custom_fields][4212][gt]=9.5"), "custom[4212] greater 9.5");
    EXPECT_EQ(filter("filter[custom_fields][4212]=12"), "any(custom[4212] equal '12', custom[4212] equal 12)");
    EXPECT_EQ(filter("filter[custom_fields]=Gold"),
              "400 unsupported_filter filter[custom_fields]: Filter 'custom_fields' is not supported on this endpoint");
}

TEST_F(ProductiveTalk, LeavesTemplatesOutUnlessTheyAreSpokenOf) {
    auto const whole = [&](std::string query) {
        get("projects?" + query);
        return text_of(world.asked.back().query.filter);
    };
    EXPECT_EQ(whole(""), "all(none(is_template equal true))");
    EXPECT_EQ(whole("filter[with_templates]=false"), "all(none(is_template equal true))");
    EXPECT_EQ(whole("filter[with_templates]=true"), "all()");
    EXPECT_EQ(whole("filter[template]=true"), "all(is_template equal true)");
    EXPECT_EQ(whole("filter[template]=0"), "all(none(is_template equal true))");
    get("workflows");
    EXPECT_EQ(text_of(world.asked.back().query.filter), "all()");
}

TEST_F(ProductiveTalk, RefusesFiltersThatItDoesNotHave) {
    EXPECT_EQ(filter("filter[archived]=true"),
              "400 unsupported_filter filter[archived]: Filter 'archived' is not supported on this endpoint");
    EXPECT_THAT(filter("filter[attributes/name]=x"), HasSubstr("unsupported_filter"));
    EXPECT_THAT(filter("filter[name=x"), HasSubstr("Filter 'name' is not supported"));
    EXPECT_THAT(filter("filter[]=x"), HasSubstr("unsupported_filter"));
    EXPECT_THAT(filter("filter[name]=a&filter[name][eq]=b"), HasSubstr("unsupported_filter"));
    EXPECT_EQ(filter("filter=x&company_id=5"), "");
}

TEST_F(ProductiveTalk, SortsByWhatItHas) {
    get("projects?sort=-company_name,number");
    auto const &sort = world.asked.back().query.sort;
    ASSERT_EQ(sort.size(), 2u);
    EXPECT_TRUE(sort[0].descending);
    EXPECT_EQ(sort[0].field.part, canonical::Part::name);
    EXPECT_EQ(sort[1].field.member, canonical::member<&Project::number>());
    EXPECT_EQ(problem(get("projects?sort=name,-updated_at")),
              "400 sort_param_unsupported sort: Sort by '-updated_at' is not supported on this endpoint.");
}

TEST_F(ProductiveTalk, ClampsPagesAndSpellsThemOutInLinks) {
    auto const links = [&](std::string query) { return parsed(get("projects?" + query)).at("links"); };
    EXPECT_EQ(links("page[size]=500&page[number]=0").at("first"),
              "http://gw.test/api/v2/projects?page%5Bnumber%5D=1&page%5Bsize%5D=200");
    EXPECT_EQ(links("sort=name&include=company&per_page=1&page%5Bnumber%5D=2&fields[projects]=name,number").at("prev"),
              "http://gw.test/api/v2/projects?fields%5Bprojects%5D=name%2Cnumber&include=company&page%5Bnumber%5D=1&"
              "page%5Bsize%5D=1&per_page=1&sort=name");
    EXPECT_FALSE(links("page[size]=1&page[number]=2").as_object().contains("next"));
    EXPECT_FALSE(links("page[size]=1&page[number]=9").as_object().contains("prev"));
    EXPECT_EQ(parsed(get("projects?page[number]=99999999999999999&page[size]=x")).at("meta").at("page_size"), 30);
    EXPECT_EQ(world.asked.back().query.page.limit, 30);
}

TEST_F(ProductiveTalk, ShowsEachRelatedRecordOnce) {
    auto const list = parsed(get("projects?include=company,workflow.workflow_statuses,organization"));
    auto const first = world.asked.front().query.related;
    EXPECT_TRUE(first.has(canonical::Relation::company) && first.has(canonical::Relation::workflow));
    std::vector<std::string> included;
    for (auto const &resource : list.at("included").as_array())
        included.push_back(fmt::format("{} {}", std::string(resource.at("type").as_string()),
                                       std::string(resource.at("id").as_string())));
    EXPECT_THAT(included, ElementsAre("companies 301", "workflows 41", "workflow_statuses 4101",
                                      "workflow_statuses 4102", "organizations 1"));
    EXPECT_EQ(list.at("included").at(1).at("relationships").at("workflow_statuses").at("data").as_array().size(), 2u);
    EXPECT_EQ(list.at("included").at(4).at("attributes").at("name"), "Studio");
    EXPECT_EQ(json::serialize(list.at("data").at(0).at("relationships").at("template_object")),
              R"({"meta":{"included":false}})");
}

TEST_F(ProductiveTalk, TellsAnEmptyRelationFromOneThatWasNotAskedFor) {
    auto const project = parsed(get("projects/4711?include=template_object,custom_field_people")).at("data");
    auto const relation = [&](std::string_view name) { return json::serialize(project.at("relationships").at(name)); };
    EXPECT_EQ(relation("template_object"), R"({"data":null})");
    EXPECT_EQ(relation("custom_field_people"), R"({"data":[]})");
    EXPECT_EQ(relation("company"), R"({"meta":{"included":false}})");
    EXPECT_EQ(relation("organization"), R"({"data":{"type":"organizations","id":"1"}})");
}

TEST_F(ProductiveTalk, RefusesIncludesThatItDoesNotHave) {
    for (std::string const path :
         {"userz", "company.userz", "organization.company", "relationships/company", "company."})
        EXPECT_EQ(problem(get("projects?include=company," + path)),
                  fmt::format("400 unsupported_include include: Include '{}' is not supported on this endpoint", path));
}

TEST_F(ProductiveTalk, ShowsTimesInTheZoneOfTheWorkspace) {
    auto const attributes = parsed(get("projects/4713")).at("data").at("attributes");
    EXPECT_EQ(attributes.at("created_at"), "2026-02-20T14:02:11.120+01:00");
    EXPECT_EQ(attributes.at("archived_at"), "2026-02-25T08:00:00.000+01:00");
    EXPECT_EQ(attributes.at("last_activity_at"), "2026-03-02T09:15:00.000+01:00");
}

TEST_F(ProductiveTalk, TellsOfALostRecordAndNothingElse) {
    EXPECT_EQ(problem(post("projects", R"({"name":""})")),
              "422 invalid_attribute data/attributes/workflow: attribute is invalid");
    EXPECT_EQ(problem(post("projects", R"({"name":"","workflow_id":41,"company_id":999})")),
              "422 invalid_attribute data/attributes/company: attribute is invalid");
    EXPECT_EQ(problem(post("projects", R"({"name":"x","workflow_id":41,"project_manager_id":{}})")),
              "422 invalid_attribute data/attributes/project_manager: attribute is invalid");
    EXPECT_TRUE(world.writes().empty());
    world.refusal = Error{.code = Code::unknown_reference, .field = "manager"};
    EXPECT_EQ(problem(patch("projects/4711", R"({"project_manager_id":999})")),
              "422 invalid_attribute data/attributes/project_manager: attribute is invalid");
}

TEST_F(ProductiveTalk, TellsAllThatIsWrongWithAttributes) {
    EXPECT_EQ(problem(post("projects", R"({"workflow_id":41,"name":"  ","project_type_id":2,"tag_colors":"red"})")),
              "422 invalid_attribute data/attributes/name: can't be blank"
              " invalid_attribute data/attributes/company: can't be blank"
              " invalid_attribute data/attributes/project_manager: can't be blank"
              " invalid_attribute data/attributes/tag_colors: is invalid");
    EXPECT_EQ(problem(patch("projects/4711", R"({"project_type_id":3})")),
              "422 invalid_attribute data/attributes/project_type_id: is not included in the list");
    EXPECT_EQ(problem(patch("projects/4711", R"({"project_manager_id":null,"company_id":""})")),
              "422 invalid_attribute data/attributes/company: can't be blank"
              " invalid_attribute data/attributes/project_manager: can't be blank");
    EXPECT_TRUE(world.writes().empty());
}

TEST_F(ProductiveTalk, HasTheNewestFormOfErrorsWhereAFlagSaysSo) {
    auto const response = ask("PATCH", "/api/v2/projects/4711", R"({"data":{"attributes":{"name":null}}})",
                              {{"X-Feature-Flags", "invalidAttributeValueCode"}});
    EXPECT_EQ(json::serialize(parsed(response).at("errors").at(0)),
              R"({"status":"422","code":"invalid_attribute_value","title":"Invalid Attribute Value",)"
              R"("detail":"can't be blank","meta":{},"source":{"pointer":"data/attributes/name"}})");
}

TEST_F(ProductiveTalk, ReadsAttributesAndRelationshipsAlike) {
    ask("PATCH", "/api/v2/projects/4711",
        R"({"data":{"attributes":{"company_id":"302","project_manager_id":502,"relationships":5},"relationships":{)"
        R"("workflow":{"data":{"type":"people","id":42}},"project_manager":{"meta":{"included":false}},)"
        R"("template_object":{"data":null}}},"meta":{}})");
    EXPECT_EQ(world.patch().company->id, "302");
    EXPECT_EQ(world.patch().manager->id, "502");
    EXPECT_EQ(world.patch().workflow->id, "42");
    EXPECT_TRUE(world.patch().source.absent());
}

TEST_F(ProductiveTalk, ChangesOnlyTheNameAndTheManagerOfAnArchivedProject) {
    auto const response = patch("projects/4713", R"({"name":"Old pier","company_id":{},"project_color_id":2})");
    EXPECT_EQ(response.status, 200u);
    EXPECT_EQ(*world.patch().name, "Old pier");
    EXPECT_TRUE(world.patch().company.absent());
    EXPECT_TRUE(world.patch().extras.empty());
}

TEST_F(ProductiveTalk, WritesNothingWhereNothingChanges) {
    for (auto const *attributes : {"{}", "null"}) EXPECT_EQ(patch("projects/4711", attributes).status, 200u);
    EXPECT_EQ(ask("PATCH", "/api/v2/projects/4711").status, 200u);
    EXPECT_EQ(ask("PATCH", "/api/v2/projects/4713/archive").status, 200u);
    EXPECT_EQ(ask("PUT", "/api/v2/projects/4711/restore", "{}").status, 200u);
    EXPECT_TRUE(world.writes().empty());
}

TEST_F(ProductiveTalk, ArchivesAndRestores) {
    EXPECT_EQ(ask("PATCH", "/api/v2/projects/4711/archive", "{}").status, 200u);
    EXPECT_EQ(*world.patch().phase, Phase::closed);
    EXPECT_EQ(ask("PATCH", "/api/v2/projects/4713/restore").status, 200u);
    EXPECT_EQ(*world.patch().phase, Phase::not_closed);
}

TEST_F(ProductiveTalk, LooksAgainWhereSomebodyElseWasFaster) {
    world.faster = 2;
    EXPECT_EQ(patch("projects/4711", R"({"name":"x"})").status, 200u);
    EXPECT_EQ(world.writes().size(), 3u);
    EXPECT_EQ(world.writes().back().unchanged_version, 7);
    world.faster = 100;
    EXPECT_EQ(patch("projects/4711", R"({"name":"x"})").status, 409u);
}

TEST_F(ProductiveTalk, DoesWithoutTypesThatTheWorkspaceDoesNotHave) {
    world.refuses_types = true;
    auto const response =
        post("projects", R"({"name":"x","project_type_id":1,"workflow_id":41,"project_manager_id":501})");
    EXPECT_EQ(response.status, 201u);
    EXPECT_TRUE(world.patch().type.absent());
}

TEST_F(ProductiveTalk, CopiesWithWhatTheFlagsAskFor) {
    auto const response = post(
        "projects/copy?include=company",
        R"({"name":"Copy","template_id":"4711","project_type_id":2,"copy_as_template":true,"copy_boards":1,)"
        R"("copy_task_lists":"true","copy_open_tasks":true,"copy_closed_tasks":false,"copy_views":true,"mood":"x"})");
    EXPECT_EQ(response.status, 201u);
    auto const request = world.writes().back();
    EXPECT_EQ(request.verb, Verb::copy);
    EXPECT_EQ(request.id, "4711");
    auto const &parts = std::get<canonical::CopyParts>(request.arguments);
    EXPECT_TRUE(parts.as_template && parts.task_lists && parts.open_tasks);
    EXPECT_FALSE(parts.closed_tasks || parts.team);
    EXPECT_EQ(world.patch().manager->id, "501") << "the manager of the source";
    EXPECT_TRUE(world.patch().extras.empty());
    auto const data = parsed(response).at("data");
    EXPECT_EQ(data.at("attributes").as_object().size(), 5u);
    EXPECT_EQ(json::serialize(data.at("relationships")),
              R"({"organization":{"data":{"type":"organizations","id":"1"}},)"
              R"("company":{"data":{"type":"companies","id":"301"}}})");
}

TEST_F(ProductiveTalk, CopiesNoTasksWithoutFoldersAndLists) {
    post("projects/4711/copy", R"({"name":"Copy","project_type_id":1,"copy_task_lists":true,"copy_open_tasks":true})");
    auto const request = world.writes().back();
    EXPECT_EQ(request.id, "4711");
    auto const &parts = std::get<canonical::CopyParts>(request.arguments);
    EXPECT_FALSE(parts.task_lists || parts.open_tasks);
}

TEST_F(ProductiveTalk, RefusesCopiesInTheOrderOfTheService) {
    EXPECT_EQ(problem(post("projects/copy", "{}")),
              "422 invalid_attribute data/attributes/name: can't be blank"
              " invalid_attribute data/attributes/template: can't be blank"
              " invalid_attribute data/attributes/project_type_id: can't be blank"
              " invalid_attribute data/attributes/project_type_id: is not included in the list");
    EXPECT_EQ(problem(post("projects/copy", R"({"template_id":999})")),
              "422 invalid_attribute data/attributes/template: attribute is invalid");
    EXPECT_EQ(problem(post("projects/copy", R"({"name":"x","template_id":4711,"project_type_id":1,"copy_tags":[]})")),
              "422 invalid_attribute data/attributes/copy_tags: is invalid");
}

TEST_F(ProductiveTalk, TakesAMapOfStatuses) {
    patch("projects/4711/change_workflow", R"({"workflow_id":42,"map":{"4101":4201,"4102":"4202"}})");
    auto const map = std::get<canonical::WorkflowMap>(world.writes().back().arguments);
    EXPECT_EQ(map.workflow, "42");
    EXPECT_TRUE(map.given);
    EXPECT_THAT(map.map, ElementsAre(testing::Pair("4101", "4201"), testing::Pair("4102", "4202")));
    patch("projects/4711/map_to_workflow", R"({"map":[]})");
    EXPECT_TRUE(std::get<canonical::WorkflowMap>(world.writes().back().arguments).given);
    patch("projects/4711/map_to_workflow", "{}");
    EXPECT_FALSE(std::get<canonical::WorkflowMap>(world.writes().back().arguments).given);
    EXPECT_EQ(problem(patch("projects/4711/change_workflow", R"({"map":{}})")),
              "422 invalid_attribute data/attributes/workflow: attribute is invalid");
    EXPECT_EQ(problem(patch("projects/4711/change_workflow", R"({"workflow_id":42,"map":"x"})")),
              "422 invalid_attribute data/attributes/map: is invalid");
}

TEST_F(ProductiveTalk, TakesOneMediaTypeAndItsBulkForm) {
    std::string const body = R"({"data":{"attributes":{"name":"x"}}})";
    auto const status = [&](std::string type) {
        return ask("PATCH", "/api/v2/projects/4711", body, {{"Content-Type", std::move(type)}}).status;
    };
    EXPECT_EQ(status("application/vnd.api+json; charset=utf-8"), 200u);
    EXPECT_EQ(status("application/vnd.api+json; ext=bulk"), 200u);
    EXPECT_EQ(status("application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\""), 415u);
    EXPECT_EQ(status("application/json"), 415u);
    EXPECT_EQ(status("application/vnd.api+json; charset=latin1"), 415u);
    EXPECT_EQ(ask("DELETE", "/api/v2/projects/4711", "{}", {{"Content-Type", "text/plain"}}).status, 204u);
}

TEST_F(ProductiveTalk, RefusesOnlyWhatNobodyCouldAnswer) {
    auto const status = [&](std::string accept) {
        return ask("GET", "/api/v2/projects/4711", {}, {{"Accept", std::move(accept)}}).status;
    };
    EXPECT_EQ(status("application/vnd.api+json; version=1"), 406u);
    EXPECT_EQ(status("application/vnd.api+json; version=\"a,b\", application/vnd.api+json;q=0.5;x=1"), 406u);
    EXPECT_EQ(status("application/vnd.api+json; version=1, application/vnd.api+json"), 200u);
    EXPECT_EQ(status("application/vnd.api+json; version=1, */*"), 200u);
    EXPECT_EQ(status("application/vnd.api+json; ext=bulk; charset=utf-8"), 200u);
    EXPECT_EQ(status("text/xml"), 200u);
}

TEST_F(ProductiveTalk, RefusesBodiesWithoutAResource) {
    for (auto const *body : {"{", "[]", "5", "{}", R"({"data":[]})", R"({"data":{"attributes":[]}})",
                             R"({"data":{"attributes":{},"attributes":{}}})", R"({"data":null})"})
        EXPECT_THAT(problem(ask("PATCH", "/api/v2/projects/4711", body)), HasSubstr("400 bad_request")) << body;
    EXPECT_EQ(ask("POST", "/api/v2/projects").status, 400u);
    EXPECT_TRUE(world.asked.empty());
}

TEST_F(ProductiveTalk, KnowsWhoAsks) {
    callers.push_back({.name = "other",
                       .person = "nils@example.com",
                       .may_write = true,
                       .credential = {{"token", "tok-2"}, {"organization", "1"}}});
    auto const code = [&](Headers const &headers) {
        auto const response = ask("GET", "/api/v2/projects", {}, headers);
        return response.status == 200 ? "ok" : std::string(parsed(response).at("errors").at(0).at("code").as_string());
    };
    EXPECT_EQ(code({}), "ok");
    EXPECT_EQ(code({{"X-Auth-Token", ""}}), "invalid_auth_token");
    EXPECT_EQ(code({{"X-Auth-Token", "tok-9"}}), "invalid_auth_token");
    EXPECT_EQ(code({{"X-Organization-Id", "77"}}), "no_person");
    EXPECT_EQ(code({{"X-Organization-Id", ""}}), "ok");
    callers.push_back({.name = "mira elsewhere",
                       .person = "mira@example.com",
                       .may_write = true,
                       .credential = {{"token", "tok-1"}, {"organization", "2"}}});
    EXPECT_EQ(code({{"X-Organization-Id", ""}}), "no_organization_id");
    EXPECT_EQ(code({{"X-Organization-Id", "2"}}), "ok");
}

TEST_F(ProductiveTalk, TellsCallersWhoTheyAreWhateverTheOrganization) {
    auto const response = ask("GET",
                              "/api/v2/organization_memberships/?fields[organization_memberships]=person,organization&"
                              "fields[people]=first_name&include=person",
                              {}, {{"X-Organization-Id", "77"}});
    auto const document = parsed(response);
    EXPECT_EQ(json::serialize(document.at("data")),
              R"([{"id":"501","type":"organization_memberships","relationships":{"organization":)"
              R"({"meta":{"included":false}},"person":{"data":{"type":"people","id":"501"}}}}])");
    EXPECT_EQ(json::serialize(document.at("included")),
              R"([{"id":"501","type":"people","attributes":{"first_name":"Mira van"}}])");
    EXPECT_EQ(parsed(get("users")).at("data").at(0).at("attributes").at("last_name"), "Vale");
    EXPECT_EQ(parsed(get("organizations")).at("data").at(0).at("id"), "1");
}

TEST_F(ProductiveTalk, AnswersBrowsers) {
    auto const response = ask("GET", "/api/v2/projects", {}, {{"Origin", "https://app.example"}});
    EXPECT_EQ(response.headers.find("Access-Control-Allow-Origin"), "https://app.example");
    EXPECT_EQ(response.headers.find("Vary"), "Origin");
    EXPECT_EQ(response.headers.find("Cache-Control"), "no-cache");
    EXPECT_FALSE(ask("DELETE", "/api/v2/projects/4711").headers.has("Content-Type"));
}

} // namespace
} // namespace dialects::productive
