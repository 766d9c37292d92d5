// Whole files: those that the project ships, and what a reader finds in them.
#include "tests/config/fakes.hpp"

#include <algorithm>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>

namespace config::testing {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

std::filesystem::path const folder = std::filesystem::path(DRAGOMAN_SOURCE_DIR) / "config";

// A shipped file, read for all five dialects; with the variables it is said to need, or without.
Loaded shipped(std::string const &name, bool variables = true) {
    auto const file = folder / name;
    std::ifstream stream(file);
    std::string const text{std::istreambuf_iterator<char>(stream), {}};
    auto const environment = [&](std::string const &variable) -> std::optional<std::string> {
        if (variables && variable == "PRODUCTIVE_TOKEN") return "a-token";
        return {};
    };
    return parse(text, file.string(), five_dialects(), environment);
}

Config good(Loaded loaded) {
    if (auto *const config = std::get_if<Config>(&loaded)) return std::move(*config);
    for (auto const &problem : std::get<std::vector<Problem>>(loaded)) ADD_FAILURE() << problem.text();
    return {};
}

} // namespace

TEST(TheShippedConfig, ServesAllFiveToolsToThisMachineAlone) {
    auto const config = good(shipped("dragoman.yaml"));
    ASSERT_EQ(config.listen.size(), 1u);
    EXPECT_TRUE(config.listen[0].loopback());
    EXPECT_EQ(config.listen[0].port, 8080);
    for (auto const *dialect : five_dialects())
        EXPECT_TRUE(std::ranges::any_of(config.routes, [&](Route const &route) { return route.dialect == dialect; }))
            << dialect->name();
    EXPECT_EQ(config.routes.back().settings.path, "/api");
    EXPECT_EQ(config.routes.back().dialect->name(), "paymo");
}

TEST(TheShippedConfig, HasNoCallersButThoseOfTheDemo) {
    auto const config = good(shipped("dragoman.yaml"));
    EXPECT_FALSE(config.callers.empty());
    for (auto const &caller : config.callers) {
        EXPECT_TRUE(caller.demo) << caller.caller.name;
        EXPECT_EQ(caller.caller.person, "ann@example.com");
        EXPECT_TRUE(caller.caller.may_write);
    }
}

TEST(TheShippedConfig, BeginsWithTheWorkspaceOfTheDemo) {
    auto const config = good(shipped("dragoman.yaml"));
    ASSERT_EQ(config.backends.size(), 1u);
    EXPECT_EQ(config.backends[0].type, "sqlite");
    EXPECT_EQ(config.backends[0].path, "dragoman.db");
    EXPECT_EQ(config.backends[0].seed, (folder / "demo.yaml").string());
}

TEST(TheExample, LoadsWhenItsVariableIsSet) {
    auto const config = good(shipped("example.yaml"));
    ASSERT_EQ(config.backends.size(), 2u);
    auto const &live = config.backends[1];
    EXPECT_EQ(live.name, "productive-live");
    EXPECT_EQ(live.type, "productive");
    EXPECT_EQ(live.url, "https://api.productive.io/api/v2");
    EXPECT_EQ(live.credential, (Credential{{"token", "a-token"}, {"organization", "1000"}}));
    EXPECT_EQ(live.keeper, "var/productive-keeper.db");

    ASSERT_EQ(config.mappings.size(), 1u);
    auto const &[name, mapping] = config.mappings[0];
    EXPECT_EQ(name, "house-words");
    EXPECT_EQ(mapping.statuses.at("In the works"), "Active");
    EXPECT_EQ(mapping.people.at("old@example.com"), "new@example.com");
    EXPECT_EQ(mapping.defaults.at("project.workflow"), "906");
    ASSERT_EQ(mapping.fields.size(), 1u);
    EXPECT_EQ(mapping.fields[0].caller, "project.custom.Cost centre");
    EXPECT_EQ(mapping.fields[0].backend, "project.number");
    EXPECT_EQ(config.routes.back().mapping, "house-words");
}

TEST(TheExample, SaysWhichVariableIsMissing) {
    auto const loaded = shipped("example.yaml", false);
    auto const *const problems = std::get_if<std::vector<Problem>>(&loaded);
    ASSERT_TRUE(problems);
    ASSERT_EQ(problems->size(), 1u);
    EXPECT_THAT(problems->front().text(),
                HasSubstr("example.yaml:15:26: the environment variable 'PRODUCTIVE_TOKEN' is not set"));
}

TEST(AConfig, IsReadFromAFile) {
    auto const loaded = load(folder / "there is no such file.yaml");
    auto const &problems = std::get<std::vector<Problem>>(loaded);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_THAT(problems[0].text(), HasSubstr("there is no such file.yaml: this file cannot be read"));
    EXPECT_THAT(std::get<std::vector<Problem>>(load(folder))[0].text(), HasSubstr("cannot be read"));
}

TEST(AConfig, NeedsListenersBackendsAndRoutes) {
    EXPECT_THAT(bad("workers: 2\n"), ElementsAre("1:1: key 'backends' is missing", "1:1: key 'listen' is missing",
                                                 "1:1: key 'routes' is missing"));
    EXPECT_THAT(bad("listen:\nbackends:\nroutes: []\n"),
                ElementsAre("1:1: at least one address to listen on is needed", "3:9: at least one route is needed"));
}

TEST(AConfig, IsOneYamlDocument) {
    EXPECT_THAT(bad(""), ElementsAre("this config is empty"));
    EXPECT_THAT(bad("# only a comment\n"), ElementsAre("this config is empty"));
    EXPECT_THAT(bad("- a\n- b\n"), ElementsAre("1:1: this must be a mapping of keys to values"));
    EXPECT_THAT(bad("listen: [\n"), ElementsAre(HasSubstr("this is no YAML: ")));
    EXPECT_THAT(bad(config_with({}) + "---\nlisten: x\n"), ElementsAre("5:1: a second document; a config is one"));
}

TEST(AConfig, ReportsAllProblemsAtOnceInTheOrderOfTheFile) {
    EXPECT_THAT(
        bad("listne:\n"
            "  - address: 127.0.0.1:8080\n"
            "backends:\n"
            "  store:\n"
            "    type: sqlit\n"
            "  other: { type: sqlite, paht: x.db }\n"
            "routes:\n"
            "  - { dialect: paymoo, path: api, backend: sotre, mapping: none }\n"
            "workers: many\n"),
        ElementsAre(
            "1:1: unknown key 'listne'; did you mean 'listen'?", "5:11: unknown type 'sqlit'; did you mean 'sqlite'?",
            "6:26: unknown key 'paht'; did you mean 'path'?", "8:16: unknown dialect 'paymoo'; did you mean 'paymo'?",
            "8:30: 'api' is not a path, as in /api/2.0/", "8:44: there is no backend 'sotre'; did you mean 'store'?",
            "8:60: there is no mapping 'none'", "9:10: 'many' is not a number between 0 (one per core) and 1024"));
}

TEST(AConfig, ReportsKeysThatAreThereTwice) {
    EXPECT_THAT(bad(config_with({.more = "workers: 1\nworkers: 2"})),
                ElementsAre("5:1: key 'workers' is here twice, first in line 4"));
    EXPECT_THAT(
        bad(config_with(
            {.backends = "backends: { store: { type: sqlite, path: a.db }, store: { type: sqlite, path: b.db } }"})),
        ElementsAre("2:50: key 'store' is here twice, first in line 2"));
    EXPECT_THAT(bad(config_with({.backends = "backends: { store: { type: sqlite, path: a.db, path: b.db } }"})),
                ElementsAre("2:48: key 'path' is here twice, first in line 2"));
}

TEST(AConfig, ReportsValuesOfTheWrongShape) {
    EXPECT_THAT(bad(config_with({.listen = "listen: 127.0.0.1:8080"})),
                ElementsAre("1:9: this must be a list", "1:9: at least one address to listen on is needed"));
    EXPECT_THAT(bad(config_with({.listen = "listen: [ 127.0.0.1:8080 ]"})),
                ElementsAre("1:11: this must be a mapping of keys to values"));
    EXPECT_THAT(bad(config_with({.more = "workers: [ 1 ]"})), ElementsAre("4:10: this must be a single value"));
    EXPECT_THAT(bad(config_with({.more = "workers: ~"})), ElementsAre("4:1: a value is missing"));
    EXPECT_THAT(bad(config_with({.more = "workers: ''"})), ElementsAre("4:10: this must not be empty"));
    EXPECT_THAT(bad(config_with({.more = "[ a ]: 1"})), ElementsAre("4:1: a key must be a single word"));
}

TEST(AConfig, ShowsWhatItQuotesOnOneLine) {
    auto const lines = bad(config_with({.more = "workers: \"a\\nb\\u0007c\""}));
    EXPECT_THAT(lines, ElementsAre("4:10: 'a b c' is not a number between 0 (one per core) and 1024"));
    auto const long_text = "workers: " + std::string(79, 'x') + "\xc3\xa9 and more";
    EXPECT_THAT(bad(config_with({.more = long_text})), ElementsAre(HasSubstr("'" + std::string(79, 'x') + "…' is")));
}

TEST(AConfig, HasDefaultsForTheRest) {
    auto const config = good(config_with({.more = "callers:\nmappings:\nlimits:\n"}));
    EXPECT_TRUE(config.callers.empty());
    EXPECT_TRUE(config.mappings.empty());
    EXPECT_EQ(config.workers, 0u);
    EXPECT_EQ(config.limits.body_bytes, Limits().body_bytes);
    EXPECT_EQ(good(config_with({.more = "workers: 4"})).workers, 4u);
}

// Variables of the environment.

TEST(Variables, StandInAnyValue) {
    auto const config =
        good(config_with({.backends = "backends: { store: { type: sqlite, path: \"a-${TOKEN}-${TOKEN}.db\" } }"}));
    EXPECT_EQ(config.backends[0].path, "a-s3cret-s3cret.db");
}

TEST(Variables, AreReplacedOnce) {
    auto const config =
        good(config_with({.backends = "backends: { store: { type: sqlite, path: \"${TRICKY}${TOKEN}\" } }"}));
    EXPECT_EQ(config.backends[0].path, "$${TOKEN}$s3cret");
}

TEST(Variables, CanBeEscaped) {
    auto const config =
        good(config_with({.backends = "backends: { store: { type: sqlite, path: \"$${TOKEN} $5 $ $$ ${TOKEN}\" } }"}));
    EXPECT_EQ(config.backends[0].path, "${TOKEN} $5 $ $$ s3cret");
}

TEST(Variables, MustBeSetAndWellFormed) {
    struct Case {
        std::string_view path, what;
    };
    for (auto const &[path, what] : {
             Case{"${NONE}", "the environment variable 'NONE' is not set"},
             Case{"${EMPTY}", "the environment variable 'EMPTY' is empty"},
             Case{"${A B}", "'A B' is no name of an environment variable"},
             Case{"${}", "'' is no name of an environment variable"},
             Case{"${1A}", "'1A' is no name of an environment variable"},
             Case{"x${TOKEN", "'${' without its '}'; write '$${' for the characters themselves"},
         })
        EXPECT_THAT(bad(config_with(
                        {.backends = "backends: { store: { type: sqlite, path: \"" + std::string(path) + "\" } }"})),
                    ElementsAre("2:42: " + std::string(what)))
            << path;
}

TEST(Variables, AreNeverShown) {
    for (auto const *const more : {"workers: \"${TOKEN}\"", "limits: { body_bytes: \"${TOKEN}\" }",
                                   "mappings: { m: { people: { a@example.com: \"${TOKEN}\" } } }",
                                   "mappings: { m: { defaults: { project.starts: \"${TOKEN}\" } } }",
                                   "mappings: { m: { fields: { project.code: \"${TOKEN}\" } } }",
                                   ("callers: [ { name: \"${TOKEN}\", dialect: \"${TOKEN}\", person: \"${TOKEN}\", "
                                    "access: \"${TOKEN}\", credential: { token: \"${TOKEN}\" } } ]")}) {
        auto const lines =
            bad(config_with({.listen = "listen: [ { address: \"${TOKEN}:1\" } ]",
                             .routes = "routes: [ { dialect: \"${TOKEN}\", path: \"${TOKEN}\", host: \"/${TOKEN}\", "
                                       "methods: [ \"${TOKEN}\" ], backend: \"${TOKEN}\", zone: \"${TOKEN}\", "
                                       "public_url: \"${TOKEN}\" } ]",
                             .more = more}));
        EXPECT_GE(lines.size(), 8u) << more;
        for (auto const &line : lines) EXPECT_THAT(line, ::testing::Not(HasSubstr("s3cret")));
    }
}

TEST(Variables, OfTheProcessAreThoseOfItsEnvironment) {
    ::setenv("DRAGOMAN_CONFIG_TEST", "value", 1);
    EXPECT_EQ(environment_of_process("DRAGOMAN_CONFIG_TEST"), "value");
    ::unsetenv("DRAGOMAN_CONFIG_TEST");
    EXPECT_FALSE(environment_of_process("DRAGOMAN_CONFIG_TEST"));
}

} // namespace config::testing
