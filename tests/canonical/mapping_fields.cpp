// Fields that one side keeps under another name, and what a new record gets where the caller is silent.
#include "canonical/mapping.hpp"
#include "canonical/rules.hpp"

#include <gtest/gtest.h>

namespace {

using namespace canonical;

using Custom = std::vector<CustomValue>;

CustomValue value(std::string key, std::string json) { return {.key = std::move(key), .json = std::move(json)}; }

Mapping pair(std::string caller, std::string backend) {
    return {.fields = {{.caller = std::move(caller), .backend = std::move(backend)}}};
}

Mapping const two_members = pair("project.number", "project.code"),
              custom_here = pair("project.custom.Cost centre", "project.number"),
              custom_there = pair("project.code", "project.custom.Short name"),
              custom_both = pair("project.custom.Cost centre", "project.custom.Kostenstelle");

Request sent(Mapping const &mapping, Verb verb, Project patch) {
    Request request{.verb = verb, .patch = std::move(patch)};
    EXPECT_FALSE(to_backend(mapping, request));
    return request;
}

Project shown(Mapping const &mapping, Project project) {
    Reply reply;
    reply.records.of<Project>().push_back(std::move(project));
    to_caller(mapping, reply);
    return reply.one<Project>();
}

// What a store makes of an update.
Project stored(Request request, Project record) {
    auto &patch = request.of<Project>();
    settle_custom(request.custom, record, patch);
    if (!patch.number.absent()) record.number = patch.number;
    if (!patch.code.absent()) record.code = patch.code;
    if (!patch.custom.absent()) record.custom = patch.custom;
    return record;
}

TEST(TwoMembers, ChangePlaces) {
    auto const request = sent(two_members, Verb::update, {.number = "12", .code = std::nullopt});
    auto const &patch = std::get<Project>(request.patch);
    EXPECT_TRUE(patch.number.null());
    EXPECT_EQ(*patch.code, "12");
    auto const back = shown(two_members, patch);
    EXPECT_EQ(*back.number, "12");
    EXPECT_TRUE(back.code.null());
}

TEST(TwoMembers, StayAbsentWhereNobodySpokeOfThem) {
    auto const request = sent(two_members, Verb::update, {.number = "12"});
    EXPECT_TRUE(std::get<Project>(request.patch).number.absent());
    EXPECT_EQ(*std::get<Project>(request.patch).code, "12");
}

TEST(TwoMembers, OfOtherKindsAreOthers) {
    Reply reply;
    reply.records.of<Company>().push_back({.name = "Acme", .code = "A"});
    to_caller(two_members, reply);
    EXPECT_EQ(*reply.one<Company>().code, "A");
}

TEST(TwoMembers, AreMappedInRelatedRecordsToo) {
    Reply reply;
    reply.related.of<Project>().push_back({.number = "12", .code = "AB"});
    to_caller(two_members, reply);
    EXPECT_EQ(*reply.related.of<Project>()[0].number, "AB");
    EXPECT_EQ(*reply.related.of<Project>()[0].code, "12");
}

TEST(TwoMembers, AreRenamedInFiltersAndSorts) {
    Filter const number{.op = Operator::equal, .field = {member<&Project::number>()}, .values = {"12"}};
    Filter const code{.op = Operator::equal, .field = {member<&Project::code>()}, .values = {"AB"}};
    Filter const name{.op = Operator::equal, .field = {member<&Project::name>()}, .values = {"x"}};
    Request request{.verb = Verb::list,
                    .query = {.filter = {.children = {number, {.op = Operator::any, .children = {code, name}}}},
                              .sort = {{.field = {member<&Project::number>()}, .descending = true}}}};
    EXPECT_FALSE(to_backend(two_members, request));
    auto const &filter = request.query.filter;
    EXPECT_EQ(filter.children[0].field.member, member<&Project::code>());
    EXPECT_EQ(filter.children[1].children[0].field.member, member<&Project::number>());
    EXPECT_EQ(filter.children[1].children[1].field.member, member<&Project::name>());
    EXPECT_EQ(request.query.sort[0].field.member, member<&Project::code>());
    EXPECT_TRUE(request.query.sort[0].descending);
}

TEST(TwoMembers, AreRenamedInErrors) {
    Error error{.code = Code::bad_value, .field = "code"};
    error.more.push_back({.code = Code::blank, .field = "number"});
    error.more.push_back({.code = Code::blank, .field = "name"});
    to_caller(two_members, error);
    EXPECT_EQ(error.field, "number");
    EXPECT_EQ(error.more[0].field, "code");
    EXPECT_EQ(error.more[1].field, "name");
}

TEST(ACustomFieldOfTheCaller, IsTheBackendsMember) {
    auto const request =
        sent(custom_here, Verb::create, {.custom = Custom{value("Cost centre", "\"K-7\""), value("Other", "1")}});
    auto const &patch = std::get<Project>(request.patch);
    EXPECT_EQ(*patch.number, "K-7");
    EXPECT_EQ(*patch.custom, Custom{value("Other", "1")});

    auto const back = shown(custom_here, patch);
    EXPECT_EQ(*back.custom, (Custom{value("Other", "1"), value("Cost centre", "\"K-7\"")}));
    EXPECT_EQ(*back.number, "K-7"); // the member is shown as well
}

TEST(ACustomFieldOfTheCaller, MayHoldWhatIsNoText) {
    struct Case {
        std::string json;
        Slot<std::string> text;
    };
    for (auto const &[json, text] :
         {Case{"7", "7"}, Case{"60.50", "60.50"}, Case{"true", "true"}, Case{"null", std::nullopt},
          Case{"\"a\\\"\\u00e9\"", "a\"\xc3\xa9"}, Case{"[1,2]", "[1,2]"}, Case{"\"\"", ""}}) {
        auto const request = sent(custom_here, Verb::create, {.custom = Custom{value("Cost centre", json)}});
        EXPECT_EQ(std::get<Project>(request.patch).number, text) << json;
    }
}

TEST(ACustomFieldOfTheCaller, ClearsTheMemberWhenAWholeListLacksIt) {
    auto const request = sent(custom_here, Verb::update, {.custom = Custom{value("Other", "1")}});
    EXPECT_TRUE(std::get<Project>(request.patch).number.null());
    EXPECT_TRUE(std::get<Project>(sent(custom_here, Verb::create, {.custom = Custom{}}).patch).number.absent());
    EXPECT_TRUE(std::get<Project>(sent(custom_here, Verb::update, {.name = "x"}).patch).number.absent());
}

TEST(ACustomFieldOfTheCaller, MayChangeAlone) {
    Request request{.verb = Verb::update, .custom = {value("Cost centre", "\"K-7\""), value("Other", "1")}};
    EXPECT_FALSE(to_backend(custom_here, request));
    EXPECT_EQ(*request.of<Project>().number, "K-7");
    EXPECT_EQ(request.custom, Custom{value("Other", "1")});
}

TEST(ACustomFieldOfTheCaller, DoesNotHideTheMemberFromOthers) {
    auto const request = sent(custom_here, Verb::update, {.number = "9"});
    EXPECT_EQ(*std::get<Project>(request.patch).number, "9");
    EXPECT_TRUE(std::get<Project>(request.patch).custom.absent());
}

TEST(ACustomFieldOfTheCaller, LeavesTheBackendsFieldOfThatNameAlone) {
    Project const record{.number = "1", .custom = Custom{value("Cost centre", "\"theirs\"")}};
    auto const request = sent(custom_here, Verb::update, {.custom = Custom{value("Cost centre", "\"K-7\"")}});
    auto const after = stored(request, record);
    EXPECT_EQ(*after.number, "K-7");
    EXPECT_EQ(*after.custom, Custom{value("Cost centre", "\"theirs\"")});
    EXPECT_EQ(*shown(custom_here, after).custom, Custom{value("Cost centre", "\"K-7\"")});
}

TEST(ACustomFieldOfTheCaller, IsNotShownWhereTheMemberIsEmpty) {
    EXPECT_TRUE(
        shown(custom_here, {.number = std::nullopt, .custom = Custom{value("Cost centre", "1")}}).custom.null());
    EXPECT_TRUE(shown(custom_here, {.number = std::nullopt}).custom.absent());
    EXPECT_EQ(*shown(custom_here, {.number = "", .custom = std::nullopt}).custom, Custom{value("Cost centre", "\"\"")});
}

TEST(ACustomFieldOfTheBackend, HoldsTheCallersMember) {
    auto const request = sent(custom_there, Verb::create, {.code = "AB"});
    auto const &patch = std::get<Project>(request.patch);
    EXPECT_TRUE(patch.code.absent());
    EXPECT_EQ(*patch.custom, Custom{value("Short name", "\"AB\"")});

    auto const back = shown(custom_there, patch);
    EXPECT_EQ(*back.code, "AB");
    EXPECT_TRUE(back.custom.null());
}

TEST(ACustomFieldOfTheBackend, ChangesAmongTheOthers) {
    Project const record{.code = "theirs", .custom = Custom{value("Short name", "\"AB\""), value("Other", "1")}};
    auto const changed = stored(sent(custom_there, Verb::update, {.code = "CD"}), record);
    EXPECT_EQ(*changed.custom, (Custom{value("Short name", "\"CD\""), value("Other", "1")}));
    EXPECT_EQ(*changed.code, "theirs");
    auto const cleared = stored(sent(custom_there, Verb::update, {.code = std::nullopt}), record);
    EXPECT_EQ(*cleared.custom, Custom{value("Other", "1")});
    EXPECT_TRUE(shown(custom_there, cleared).code.null());
}

TEST(ACustomFieldOfTheBackend, OutlivesAListThatDoesNotKnowIt) {
    Project const record{.custom = Custom{value("Short name", "\"AB\""), value("Other", "1")}};
    EXPECT_EQ(*shown(custom_there, record).custom, Custom{value("Other", "1")});
    auto const after = stored(sent(custom_there, Verb::update, {.custom = Custom{value("New", "2")}}), record);
    EXPECT_EQ(*shown(custom_there, after).code, "AB");
    EXPECT_EQ(*shown(custom_there, after).custom, Custom{value("New", "2")});
}

TEST(ACustomFieldOfTheBackend, IsNotShownWhereTheReplyHasNoCustomFields) {
    EXPECT_TRUE(shown(custom_there, {.code = "theirs"}).code.absent());
    EXPECT_TRUE(shown(custom_there, {.code = "theirs", .custom = std::nullopt}).code.null());
}

TEST(ACustomFieldOfTheBackend, CannotBeSortedBy) {
    Request by_code{.query = {.sort = {{.field = {member<&Project::code>()}}}}};
    auto const error = to_backend(custom_there, by_code);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, Code::unknown_field);
    EXPECT_EQ(error->field, "code");
    Request by_number{.query = {.sort = {{.field = {member<&Project::number>()}}}}};
    EXPECT_FALSE(to_backend(custom_there, by_number));
}

// What a filter that compares one field becomes: the member and the key of its custom value.
std::pair<std::string, std::string> filtered(Mapping const &mapping, MemberId member, std::string key = {}) {
    Filter const one{.op = Operator::equal, .field = {member}, .values = {"x"}, .key = std::move(key)};
    Request request{.verb = Verb::list, .query = {.filter = {.children = {one}}}};
    EXPECT_FALSE(to_backend(mapping, request));
    auto const &filter = request.query.filter.children[0];
    EXPECT_EQ(filter.values, std::vector<Value>{"x"});
    return {name_of(filter.field.member), filter.key};
}

TEST(CustomFields, AreMappedInFilters) {
    using Where = std::pair<std::string, std::string>;
    constexpr auto code = member<&Project::code>(), number = member<&Project::number>(),
                   custom = member<&Project::custom>();
    EXPECT_EQ(filtered(custom_there, code), Where("project.custom", "Short name"));
    EXPECT_EQ(filtered(custom_there, number), Where("project.number", ""));
    EXPECT_EQ(filtered(custom_here, custom, "Cost centre"), Where("project.number", ""));
    EXPECT_EQ(filtered(custom_here, custom, "Other"), Where("project.custom", "Other"));
    EXPECT_EQ(filtered(custom_here, number), Where("project.number", ""));
    EXPECT_EQ(filtered(custom_both, custom, "Cost centre"), Where("project.custom", "Kostenstelle"));
    EXPECT_EQ(filtered(custom_both, custom, "Kostenstelle"), Where("project.custom", "Cost centre"));
}

TEST(TwoCustomFields, ChangeNames) {
    auto const request =
        sent(custom_both, Verb::create, {.custom = Custom{value("Cost centre", "7"), value("x", "1")}});
    auto const &patch = std::get<Project>(request.patch);
    EXPECT_EQ(*patch.custom, (Custom{value("Kostenstelle", "7"), value("x", "1")}));
    EXPECT_EQ(*shown(custom_both, patch).custom, (Custom{value("Cost centre", "7"), value("x", "1")}));

    Request alone{.verb = Verb::update, .custom = {value("Cost centre", "7")}};
    EXPECT_FALSE(to_backend(custom_both, alone));
    EXPECT_EQ(alone.custom, Custom{value("Kostenstelle", "7")});
}

TEST(SeveralPairs, GiveTheCallersValuesBack) {
    Mapping mapping{.fields = {{"project.number", "project.note"},
                               {"project.custom.A", "project.code"},
                               {"project.custom.B", "project.custom.C"},
                               {"project.description", "project.custom.D"}}};
    Project const said{.number = "12",
                       .description = "Text",
                       .note = std::nullopt,
                       .custom = Custom{value("x", "1"), value("B", "[2]"), value("A", "\"a\"")}};
    auto const request = sent(mapping, Verb::create, said);
    auto const &patch = std::get<Project>(request.patch);
    EXPECT_TRUE(patch.number.null());
    EXPECT_EQ(*patch.note, "12");
    EXPECT_EQ(*patch.code, "a");
    EXPECT_TRUE(patch.description.absent());
    EXPECT_EQ(*patch.custom, (Custom{value("x", "1"), value("C", "[2]"), value("D", "\"Text\"")}));

    auto const back = shown(mapping, patch);
    EXPECT_EQ(back.number, said.number);
    EXPECT_EQ(back.description, said.description);
    EXPECT_EQ(back.note, said.note);
    EXPECT_EQ(*back.custom, *said.custom);
}

// Defaults.

Project created(std::map<std::string, std::string> defaults, Project patch) {
    Mapping const mapping{.defaults = std::move(defaults)};
    return std::get<Project>(sent(mapping, Verb::create, std::move(patch)).patch);
}

TEST(Defaults, FillWhatTheCallerDidNotSpeakOf) {
    auto const project = created({{"project.workflow", "906"},
                                  {"project.manager", "ann@example.com"},
                                  {"project.color", "#68BE5E"},
                                  {"project.billable", "true"},
                                  {"project.is_private", "false"},
                                  {"project.hourly_rate", "60.50"},
                                  {"project.starts", "2026-03-01"},
                                  {"project.tags", "97"},
                                  {"project.phase", "paused"},
                                  {"project.default_assignee", "*"},
                                  {"project.custom.Cost centre", "K-7"}},
                                 {.name = "New"});
    EXPECT_EQ(project.workflow->id, "906");
    EXPECT_EQ(*project.manager, (Ref{.email = "ann@example.com"}));
    EXPECT_EQ(*project.color, "#68BE5E");
    EXPECT_EQ(project.billable, Slot<bool>(true));
    EXPECT_EQ(project.is_private, Slot<bool>(false));
    EXPECT_EQ(project.hourly_rate->text(), "60.5");
    EXPECT_EQ(*project.starts, Date(std::chrono::year(2026) / 3 / 1));
    EXPECT_EQ(*project.tags, std::vector{Ref{.id = "97"}});
    EXPECT_EQ(*project.phase, Phase::paused);
    EXPECT_EQ(project.default_assignee->id, anyone);
    EXPECT_EQ(*project.custom, Custom{value("Cost centre", "\"K-7\"")});
    EXPECT_EQ(*project.name, "New");
}

TEST(Defaults, RespectWhatTheCallerSaid) {
    std::map<std::string, std::string> const defaults = {{"project.workflow", "906"}, {"project.custom.A", "1"}};
    EXPECT_EQ(created(defaults, {.workflow = Ref{.id = "7"}}).workflow->id, "7");
    EXPECT_TRUE(created(defaults, {.workflow = std::nullopt}).workflow.null());
    EXPECT_EQ(*created(defaults, {.custom = Custom{value("A", "null")}}).custom, Custom{value("A", "null")});
}

TEST(Defaults, LeaveTheStateToWhoSpokeOfIt) {
    std::map<std::string, std::string> const defaults = {{"project.status", "28283"}};
    EXPECT_TRUE(created(defaults, {.phase = Phase::closed}).status.absent());
    EXPECT_EQ(created(defaults, {}).status->id, "28283");
}

TEST(Defaults, AreForNewRecordsOfTheirKind) {
    Mapping const mapping{.defaults = {{"project.workflow", "906"}}};
    for (auto const verb : {Verb::update, Verb::copy, Verb::list})
        EXPECT_TRUE(std::get<Project>(sent(mapping, verb, {}).patch).workflow.absent());
    Request person{.verb = Verb::create, .kind = Kind::person, .patch = Person{.name = "Ann"}};
    EXPECT_FALSE(to_backend(mapping, person));
    EXPECT_EQ(*std::get<Person>(person.patch).name, "Ann");
}

TEST(Defaults, AreInTheBackendsWords) {
    Mapping const mapping{.statuses = {{"In the works", "Active"}},
                          .fields = {{"project.code", "project.number"}},
                          .defaults = {{"project.number", "N"}}};
    auto const request = sent(mapping, Verb::create, {});
    EXPECT_EQ(*std::get<Project>(request.patch).number, "N");
}

// What the loader of a config asks.

TEST(FieldNames, AreCheckedAndTheNearestIsNamed) {
    EXPECT_FALSE(check_field_name("project.number"));
    EXPECT_FALSE(check_field_name("project.custom.Cost centre"));
    EXPECT_FALSE(check_field_name("project.custom.a.b")); // a key may hold anything
    EXPECT_FALSE(check_field_name("person.login"));
    EXPECT_EQ(check_field_name("project.nmae"), "unknown field 'project.nmae'; did you mean 'project.name'?");
    EXPECT_EQ(check_field_name("projet.name"), "unknown field 'projet.name'; did you mean 'project.name'?");
    EXPECT_EQ(check_field_name("Cost centre"), "unknown field 'Cost centre'");
    EXPECT_EQ(check_field_name(""), "unknown field ''");
    EXPECT_EQ(check_field_name("project.custom."), "the name of the custom field is missing");
    EXPECT_EQ(check_field_name("person.custom.x"), "a person has no custom fields");
}

TEST(FieldNames, MustBeText) {
    for (auto const name : {"project.phase", "project.tags", "project.budget_hours", "project.custom", "project.id",
                            "person.guid", "project.created"})
        EXPECT_TRUE(check_field_name(name)) << name;
    EXPECT_EQ(check_field_name("project.starts"), "'project.starts' cannot be mapped: only text can");
}

TEST(FieldPairs, BelongToOneKind) {
    EXPECT_FALSE(check_field_pair({"project.custom.Cost centre", "project.number"}));
    EXPECT_FALSE(check_field_pair({"project.code", "project.number"}));
    EXPECT_EQ(check_field_pair({"project.code", "company.code"}),
              "'project.code' and 'company.code' belong to different kinds");
    EXPECT_EQ(check_field_pair({"project.code", "project.nubmer"}),
              "unknown field 'project.nubmer'; did you mean 'project.number'?");
}

TEST(DefaultValues, MustSuitTheirField) {
    EXPECT_FALSE(check_default("project.workflow", "906"));
    EXPECT_FALSE(check_default("project.custom.x", "anything"));
    EXPECT_EQ(check_default("project.wrokflow", "906"),
              "unknown field 'project.wrokflow'; did you mean 'project.workflow'?");
    EXPECT_EQ(check_default("project.id", "1"), "'project.id' cannot have a default");
    EXPECT_EQ(check_default("project.version", "1"), "'project.version' cannot have a default");
    EXPECT_EQ(check_default("project.team", "1"), "'project.team' cannot have a default");
    struct Case {
        std::string_view field, value;
    };
    for (auto const &[field, value] :
         {Case{"project.billable", "yes"}, Case{"project.phase", "not_closed"}, Case{"project.phase", "Closed"},
          Case{"project.starts", "01.03.2026"}, Case{"project.starts", "2026-02-30"},
          Case{"project.starts", "2026-3-01"}, Case{"project.hourly_rate", "6E1"}, Case{"project.workflow", ""},
          Case{"person.role", "boss"}})
        EXPECT_EQ(check_default(field, value),
                  "'" + std::string(value) + "' is no value for '" + std::string(field) + "'");
}

} // namespace
