// What each section takes, and what it refuses.
#include "tests/config/fakes.hpp"

#include <boost/pfr/tuple_size.hpp>
#include <fstream>
#include <gmock/gmock.h>

namespace config::testing {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using namespace std::chrono_literals;

namespace {

std::string const digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// Listeners.

Listener listener(std::string_view address) {
    auto const line = "listen: [ { address: \"" + std::string(address) + "\" } ]";
    return good(config_with({.listen = line})).listen.at(0);
}

TEST(Listen, TakesAddressesOfBothFamilies) {
    struct Case {
        std::string_view text, address;
        std::uint16_t port;
        bool loopback;
    };
    for (auto const &[text, address, port, loopback] : {
             Case{"127.0.0.1:8080", "127.0.0.1", 8080, true},
             Case{"127.8.0.1:1", "127.8.0.1", 1, true},
             Case{"[::1]:8080", "::1", 8080, true},
             Case{"*:8080", "0.0.0.0", 8080, false},
             Case{"0.0.0.0:65535", "0.0.0.0", 65535, false},
             Case{"[::]:0", "::", 0, false},
             Case{"192.0.2.7:80", "192.0.2.7", 80, false},
             Case{"[2001:db8::1]:443", "2001:db8::1", 443, false},
             Case{"[::ffff:127.0.0.1]:80", "::ffff:127.0.0.1", 80, true},
             Case{"[::ffff:192.0.2.1]:80", "::ffff:192.0.2.1", 80, false},
         }) {
        auto const one = listener(text);
        EXPECT_EQ(one.address, address);
        EXPECT_EQ(one.port, port);
        EXPECT_EQ(one.loopback(), loopback) << text;
    }
}

TEST(Listen, RefusesWhatIsNoAddress) {
    struct Case {
        std::string_view text, what;
    };
    for (auto const &[text, what] : {
             Case{"127.0.0.1", "lacks its port, as in 127.0.0.1:8080"},
             Case{"[::1]", "lacks its port, as in 127.0.0.1:8080"},
             Case{"127.0.0.1:", "has no port between 0 and 65535"},
             Case{"127.0.0.1:65536", "has no port between 0 and 65535"},
             Case{"127.0.0.1:-1", "has no port between 0 and 65535"},
             Case{"127.0.0.1:http", "has no port between 0 and 65535"},
             Case{"127.0.0.1:000080", "has no port between 0 and 65535"},
             Case{"::1:8080", "needs brackets around the address, as in [::1]:8080"},
             Case{"localhost:8080", "is a name; say which address: 127.0.0.1 or [::1]"},
             Case{"example.com:80", "is no address of an interface, as in 127.0.0.1:8080, [::1]:8080 or *:8080"},
             Case{"127.1:80", "is no address of an interface, as in 127.0.0.1:8080, [::1]:8080 or *:8080"},
             Case{"[*]:80", "is no address of an interface, as in 127.0.0.1:8080, [::1]:8080 or *:8080"},
             Case{":8080", "is no address of an interface, as in 127.0.0.1:8080, [::1]:8080 or *:8080"},
         })
        EXPECT_THAT(bad(config_with({.listen = "listen: [ { address: \"" + std::string(text) + "\" } ]"})),
                    ElementsAre("1:22: '" + std::string(text) + "' " + std::string(what)));
}

TEST(Listen, RefusesTheSameAddressTwice) {
    EXPECT_THAT(bad(config_with({.listen = "listen: [ { address: \"*:80\" }, { address: 0.0.0.0:80 } ]"})),
                ElementsAre("1:32: this address is listed twice"));
    EXPECT_EQ(
        good(config_with({.listen = "listen: [ { address: 127.0.0.1:0 }, { address: 127.0.0.1:0 } ]"})).listen.size(),
        2u);
}

TEST(Listen, TakesACertificateWithItsKeyFromFilesThatAreThere) {
    std::string const there = DRAGOMAN_SOURCE_DIR "/config/dragoman.yaml";
    auto const line = "listen: [ { address: \"*:443\", certificate: " + there + ", key: " + there + " } ]";
    auto const listener = good(config_with({.listen = line})).listen.at(0);
    EXPECT_EQ(listener.certificate, there);
    EXPECT_EQ(listener.key, there);
}

TEST(Listen, RefusesACertificateWithoutItsKeyOrFileAndAKeyAlone) {
    EXPECT_THAT(
        bad(config_with({.listen = "listen: [ { address: \"*:443\", certificate: none.pem } ]"})),
        ElementsAre("1:44: there is no file 'none.pem' beside this config", "1:44: a certificate needs its key"));
    EXPECT_THAT(
        bad(config_with({.listen = "listen: [ { address: \"*:443\", key: none.key } ]"})),
        ElementsAre("1:36: there is no file 'none.key' beside this config", "1:36: a key needs its certificate"));
}

// Backends.

std::vector<std::string> bad_backends(std::string_view line) {
    return bad(
        config_with({.backends = "backends: { store: { type: sqlite, path: a.db }, " + std::string(line) + " }"}));
}

TEST(Backends, HaveTheKeysOfTheirType) {
    EXPECT_THAT(bad_backends("b: { type: sqlite, path: b.db, url: \"https://x\" }"),
                ElementsAre("2:81: unknown key 'url'"));
    EXPECT_THAT(bad_backends("b: { type: paymo, url: \"https://x\", credential: { api_key: k }, path: x }"),
                ElementsAre(HasSubstr("unknown key 'path'")));
    EXPECT_THAT(bad_backends("b: { type: paymo }"),
                ElementsAre("2:53: key 'url' is missing", "2:53: key 'credential' is missing"));
    EXPECT_THAT(bad_backends("b: { path: b.db }"), ElementsAre("2:53: key 'type' is missing"));
    EXPECT_THAT(bad_backends("b: { path: b.db, sede: x }"),
                ElementsAre("2:53: key 'type' is missing", "2:67: unknown key 'sede'; did you mean 'seed'?"));
    EXPECT_THAT(bad_backends("b: ~"), ElementsAre("2:50: key 'type' is missing"));
    EXPECT_THAT(bad_backends("b: sqlite"), ElementsAre("2:53: this must be a mapping of keys to values"));
}

TEST(Backends, HaveAFileOfTheirOwn) {
    EXPECT_THAT(bad_backends("b: { type: sqlite, path: ./x/../a.db }"),
                ElementsAre("2:75: another backend has this file already"));
    EXPECT_THAT(bad_backends("b: { type: paymo, url: \"https://x\", credential: { api_key: k }, keeper: a.db }"),
                ElementsAre(HasSubstr("another backend has this file already")));
}

TEST(Backends, InMemoryAreEachTheirOwn) {
    EXPECT_THAT(bad_backends("b: { type: sqlite, path: \":memory:\" }, c: { type: sqlite, path: \":memory:\" }"),
                IsEmpty());
}

TEST(Backends, NeedTheirSeed) {
    EXPECT_THAT(bad_backends("b: { type: sqlite, path: b.db, seed: none.yaml }"),
                ElementsAre("2:87: there is no file 'none.yaml' beside this config"));
}

TEST(Backends, ReachAServiceByItsUrl) {
    auto const url = [](std::string_view text) {
        auto const line =
            "backends: { b: { type: paymo, url: \"" + std::string(text) + "\", credential: { api_key: k } } }";
        return good(config_with({.backends = line, .routes = "routes: [ { dialect: paymo, path: /, backend: b } ]"}))
            .backends.at(0)
            .url;
    };
    EXPECT_EQ(url("https://app.example.com/api/"), "https://app.example.com/api");
    EXPECT_EQ(url("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
    EXPECT_EQ(url("https://[::1]:8080/a/b//"), "https://[::1]:8080/a/b");
    EXPECT_EQ(url("https://x/"), "https://x");
}

TEST(Backends, RefuseWhatIsNoUrlWithoutShowingIt) {
    struct Case {
        std::string_view text, what;
    };
    for (auto const &[text, what] : {
             Case{"app.example.com", "does not begin with http:// or https://"},
             Case{"ftp://hidden", "does not begin with http:// or https://"},
             Case{"https://user:hidden@x/", "holds a credential; that goes under 'credential'"},
             Case{"https://x/?key=hidden", "has a query or a fragment"},
             Case{"https://x#hidden", "has a query or a fragment"},
             Case{"https:///hidden", "has no proper host"},
             Case{"https://hid den/", "has no proper host"},
             Case{"https://x..hidden/", "has no proper host"},
             Case{"https://[hidden]/", "has no proper host"},
             Case{"https://x:hidden/", "has no proper port"},
             Case{"https://x:0/", "has no proper port"},
             Case{"https://x/hid den", "has a character in its path that must be escaped"},
         }) {
        auto const lines =
            bad_backends("b: { type: paymo, url: \"" + std::string(text) + "\", credential: { api_key: k } }");
        EXPECT_THAT(lines, ElementsAre("2:73: this URL " + std::string(what)));
    }
}

TEST(Backends, SendTheirCredentialAndSoMustKnowIt) {
    EXPECT_THAT(
        bad_backends("b: { type: paymo, url: \"https://x\", credential: { api_key: { sha256: " + digest + " } } }"),
        ElementsAre(HasSubstr("'api_key' must be known itself: its digest would be of no use")));
}

// Callers.

std::string caller_line(std::string_view dialect, std::string_view credential) {
    return "callers: [ { name: c, dialect: " + std::string(dialect) +
           ", person: ann@example.com, credential: " + std::string(credential) + " } ]";
}

Caller caller(std::string_view dialect, std::string_view credential) {
    auto const line = caller_line(dialect, credential);
    return good(config_with({.more = line})).callers.at(0);
}

std::vector<std::string> bad_caller(std::string_view dialect, std::string_view credential) {
    auto const line = caller_line(dialect, credential);
    return bad(config_with({.more = line}));
}

TEST(Callers, HaveOneOfTheFormsOfTheirDialect) {
    EXPECT_EQ(caller("paymo", "{ api_key: key }").caller.credential, (Credential{{"api_key", "key"}}));
    EXPECT_EQ(caller("paymo", "{ password: word, email: a@example.com }").caller.credential,
              (Credential{{"email", "a@example.com"}, {"password", "word"}}));
    EXPECT_EQ(caller("productive", "{ token: t, organization: 1000 }").caller.credential,
              (Credential{{"token", "t"}, {"organization", "1000"}}));
    EXPECT_EQ(caller("superoffice", "{ username: ADM0, password: \"\" }").caller.credential,
              (Credential{{"username", "ADM0"}, {"password", ""}}));
    EXPECT_EQ(caller("paymo", "{ api_key: \"${TOKEN}\" }").caller.credential, (Credential{{"api_key", "s3cret"}}));
}

TEST(Callers, AreToldWhichFormsThereAre) {
    constexpr auto offer = "paymo takes { api_key } or { email, password }";
    for (auto const *const credential :
         {"{ email: a@example.com }", "{ api_key: k, email: a@example.com, password: p }", "{}", "~"})
        EXPECT_THAT(bad_caller("paymo", credential),
                    ElementsAre(HasSubstr("this is no whole credential; " + std::string(offer))))
            << credential;
    EXPECT_THAT(bad_caller("paymo", "{ api_kye: k }"),
                ElementsAre(HasSubstr("unknown key 'api_kye'; did you mean 'api_key'?")));
    EXPECT_THAT(bad_caller("superoffice", "{ certificate: x }"),
                ElementsAre(HasSubstr("superoffice takes { username, password }, { ticket } or { token }")));
    EXPECT_THAT(bad_caller("productive", "{ token: t }"),
                ElementsAre(HasSubstr("productive takes { token, organization }")));
}

TEST(Callers, MayGiveADigestInPlaceOfASecret) {
    EXPECT_EQ(caller("paymo", "{ api_key: { sha256: " + digest + " } }").caller.credential,
              (Credential{{"api_key", "sha256:" + digest}}));
    std::string upper = digest;
    for (char &c : upper) c = c >= 'a' && c <= 'f' ? char(c - 32) : c;
    EXPECT_EQ(caller("onlyoffice", "{ login: ann, password: { sha256: " + upper + " } }").caller.credential,
              (Credential{{"login", "ann"}, {"password", "sha256:" + digest}}));
}

TEST(Callers, GiveDigestsThatAreOfUse) {
    EXPECT_THAT(bad_caller("worksection", "{ api_key: { sha256: " + digest + " } }"),
                ElementsAre(HasSubstr("'api_key' must be known itself")));
    EXPECT_THAT(bad_caller("paymo", "{ email: { sha256: " + digest + " }, password: p }"),
                ElementsAre(HasSubstr("'email' must be known itself")));
    EXPECT_THAT(bad_caller("paymo", "{ api_key: { sha256: " + digest.substr(1) + " } }"),
                ElementsAre(HasSubstr("this is no SHA-256, which has 64 hexadecimal digits")));
    EXPECT_THAT(bad_caller("paymo", "{ api_key: { md5: abc } }"),
                ElementsAre(HasSubstr("a secret is a text, or { sha256: <64 hexadecimal digits> }")));
    EXPECT_THAT(bad_caller("paymo", "{ api_key: \"sha256:" + digest + "\" }"),
                ElementsAre(HasSubstr("a digest is written as { sha256: <64 hexadecimal digits> }")));
}

TEST(Callers, KeepTheirSecretsOutOfProblems) {
    for (auto const *const credential :
         {"{ hidden: api_key }", "hidden", "[ hidden ]", "{ api_key: [ hidden ] }", "{ api_key: { hidden: sha256 } }",
          "{ api_key: { sha256: hidden } }", "{ email: hidden }", "{ api_key: { sha256: a, hidden: b } }",
          "{ api_key: hidden, email: hidden }", "{ api_key: \"sha256:hidden\" }", "{ api_key: \"${NONE}hidden\" }"}) {
        auto const lines = bad_caller("paymo", credential);
        EXPECT_EQ(lines.size(), 1u) << credential;
        for (auto const &line : lines) EXPECT_THAT(line, ::testing::Not(HasSubstr("hidden")));
    }
}

TEST(Callers, NeedASecret) {
    EXPECT_THAT(bad_caller("paymo", "{ api_key: \"\" }"), ElementsAre(HasSubstr("this must not be empty")));
    EXPECT_THAT(bad_caller("superoffice", "{ username: a, password: ~ }"),
                ElementsAre(HasSubstr("a value is missing")));
    EXPECT_THAT(bad_caller("superoffice", "{ username: a, password: \"${EMPTY}\" }"),
                ElementsAre(HasSubstr("is empty")));
}

TEST(Callers, ReadOrWrite) {
    auto const may_write = [](std::string_view access) {
        auto const line = "callers: [ { name: c, dialect: paymo, person: a@b, credential: { api_key: k }" +
                          std::string(access) + " } ]";
        return good(config_with({.more = line})).callers.at(0).caller.may_write;
    };
    EXPECT_TRUE(may_write(""));
    EXPECT_TRUE(may_write(", access: write"));
    EXPECT_FALSE(may_write(", access: read"));
    EXPECT_THAT(
        bad(config_with(
            {.more =
                 "callers: [ { name: c, dialect: paymo, person: ann, access: all, credential: { api_key: k } } ]"})),
        ElementsAre(HasSubstr("'ann' is not an email address"), HasSubstr("'all' is not read or write")));
}

TEST(Callers, AreTold) {
    constexpr std::string_view same_name = "callers:\n"
                                           "  - { name: c, dialect: paymo, person: a@b, credential: { api_key: k } }\n"
                                           "  - { name: c, dialect: paymo, person: a@b, credential: { api_key: l } }";
    EXPECT_THAT(bad(config_with({.more = same_name})), ElementsAre("6:13: there are two callers with the name 'c'"));
    constexpr std::string_view same_key =
        "callers:\n"
        "  - { name: c, dialect: paymo, person: a@b, credential: { api_key: k } }\n"
        "  - { name: d, dialect: paymo, person: a@b, credential: { api_key: k } }\n"
        "  - { name: e, dialect: worksection, person: a@b, credential: { api_key: k } }";
    EXPECT_THAT(bad(config_with({.more = same_key})), ElementsAre("6:57: caller 'c' has this credential already"));
    EXPECT_THAT(
        bad(config_with({.more = "callers: [ {} ]"})),
        ElementsAre(HasSubstr("'name'"), HasSubstr("'person'"), HasSubstr("'dialect'"), HasSubstr("'credential'")));
}

TEST(Callers, OfTheDemoAreKnownAsSuch) {
    EXPECT_TRUE(caller("paymo", "{ api_key: 0123456789abcdef0123456789abcdef }").demo);
    EXPECT_TRUE(caller("onlyoffice", "{ login: somebody, password: dragoman-demo }").demo);
    EXPECT_TRUE(caller("superoffice", "{ ticket: \"7T:demo\" }").demo);
    EXPECT_TRUE(caller("productive", "{ token: demo-productive-token, organization: \"7\" }").demo);
    // A digest opens the same door.
    EXPECT_TRUE(
        caller("onlyoffice", "{ token: { sha256: 0ec274bb873f74cfe173acc8dbf1bbdf7780445c1e065e4b7e61061b53598ed1 } }")
            .demo);
    EXPECT_FALSE(caller("paymo", "{ api_key: 0123456789abcdef0123456789abcdee }").demo);
    EXPECT_FALSE(caller("paymo", "{ email: a@example.com, password: Tje0 }").demo); // published for another tool
}

// Routes.

Route route(std::string_view keys) {
    auto const line = "routes: [ { backend: store, " + std::string(keys) + " } ]";
    return good(config_with({.routes = line})).routes.at(0);
}

std::vector<std::string> bad_route(std::string_view keys) {
    auto const line = "routes: [ { backend: store, " + std::string(keys) + " } ]";
    return bad(config_with({.routes = line}));
}

TEST(Routes, HaveAPathWithoutASlashAtItsEnd) {
    struct Case {
        std::string_view text, path;
    };
    for (auto const &[text, path] : {Case{"/api/2.0/", "/api/2.0"}, Case{"/api/2.0", "/api/2.0"}, Case{"/", ""},
                                     Case{"//a//b//", "/a/b"}, Case{"/Cust26001/api/v1/", "/Cust26001/api/v1"}})
        EXPECT_EQ(route("dialect: paymo, path: " + std::string(text)).settings.path, path);
    for (std::string const text :
         {"api", "/a?b", "/a#b", "/a/../b", "/./a", "/a%20b", "/a b", "/a;b", "/a\\\\b", "https://x/"})
        EXPECT_THAT(bad_route("dialect: paymo, path: \"" + text + "\""),
                    ElementsAre(HasSubstr("is not a path, as in /api/2.0/")));
}

TEST(Routes, MayBeForOneHostAndSomeMethods) {
    auto const one = route("dialect: paymo, path: /, host: GW.Example.com, methods: [ GET, POST ]");
    EXPECT_EQ(one.host, "gw.example.com");
    EXPECT_THAT(one.methods, ElementsAre("GET", "POST"));
    EXPECT_THAT(bad_route("dialect: paymo, path: /, host: \"gw.example.com:80\""),
                ElementsAre(HasSubstr("is not the name of a host, without a port")));
    EXPECT_THAT(bad_route("dialect: paymo, path: /, methods: [ get, FETCH ]"),
                ElementsAre(HasSubstr("'get' is not a method"), HasSubstr("'FETCH' is not a method")));
    EXPECT_THAT(bad_route("dialect: paymo, path: /, methods: []"),
                ElementsAre(HasSubstr("leave 'methods' out for any")));
}

TEST(Routes, SayHowTheirDialectShowsThings) {
    auto const defaults = route("dialect: worksection, path: /").settings;
    EXPECT_EQ(defaults.zone.name(), dialects::Zone().name());
    EXPECT_TRUE(defaults.legacy_hash);
    EXPECT_EQ(defaults.clock_window, 300);

    auto const settings = route("dialect: worksection, path: /, zone: Europe/Oslo, public_url: "
                                "\"https://gw.example/\", legacy_hash: false, clock_window: 5m")
                              .settings;
    EXPECT_EQ(settings.zone.name(), "Europe/Oslo");
    EXPECT_EQ(settings.public_url, "https://gw.example");
    EXPECT_FALSE(settings.legacy_hash);
    EXPECT_EQ(settings.clock_window, 300);
    EXPECT_EQ(route("dialect: worksection, path: /, clock_window: 0").settings.clock_window, 0);
    EXPECT_EQ(route("dialect: productive, path: /, organization: 1000").settings.organization, "1000");
}

TEST(Routes, RefuseWhatShowsNothing) {
    EXPECT_THAT(bad_route("dialect: paymo, path: /, zone: Europe/Olso"),
                ElementsAre(HasSubstr("'Europe/Olso' is not a time zone, as in Europe/Oslo")));
    EXPECT_THAT(bad_route("dialect: paymo, path: /, public_url: \"https://gw.example/api\""),
                ElementsAre(HasSubstr("'https://gw.example/api' has a path")));
    EXPECT_THAT(bad_route("dialect: worksection, path: /, legacy_hash: on"),
                ElementsAre(HasSubstr("'on' is not true or false")));
    EXPECT_THAT(bad_route("dialect: worksection, path: /, clock_window: 1500ms"),
                ElementsAre(HasSubstr("is not whole seconds up to a day")));
    EXPECT_THAT(bad_route("dialect: productive, path: /, organization: acme"),
                ElementsAre(HasSubstr("'acme' is not a number")));
    EXPECT_THAT(bad_route("dialect: paymo, path: /, organization: 1"),
                ElementsAre(HasSubstr("'organization' means something to productive alone")));
    EXPECT_THAT(bad_route("dialect: paymo, path: /, on_loss: drop"),
                ElementsAre(HasSubstr("'drop' is not keep, refuse or report")));
    EXPECT_THAT(bad_route("dialect: paymo, path: /, on_lose: keep"), ElementsAre(HasSubstr("unknown key 'on_lose'")));
}

TEST(Routes, PassCredentialsOnlyToTheirOwnTool) {
    EXPECT_THAT(bad_route("dialect: paymo, path: /, pass_credentials: true"),
                ElementsAre(HasSubstr("'pass_credentials' needs a backend of type paymo")));
}

TEST(Routes, MustBeReached) {
    auto const two = [](std::string_view first, std::string_view second) {
        auto const lines = "routes:\n  - { dialect: paymo, backend: store, " + std::string(first) +
                           " }\n  - { dialect: productive, backend: store, " + std::string(second) + " }";
        return bad(config_with({.routes = lines}));
    };
    constexpr auto never = "5:5: this route is never reached: that in line 4 takes all of its requests";
    EXPECT_THAT(two("path: /api/", "path: /api/v2/"), ElementsAre(never));
    EXPECT_THAT(two("path: /", "path: /api/v2/"), ElementsAre(never));
    EXPECT_THAT(two("path: /api", "path: /api"), ElementsAre(never));
    EXPECT_THAT(two("path: /api", "path: /api, host: a.example, methods: [ GET ]"), ElementsAre(never));
    EXPECT_THAT(two("path: /api, methods: [ GET, PUT ]", "path: /api, methods: [ PUT ]"), ElementsAre(never));
    EXPECT_THAT(two("path: /api/v2/", "path: /api/"), IsEmpty());
    EXPECT_THAT(two("path: /api", "path: /apiary"), IsEmpty());
    EXPECT_THAT(two("path: /api, host: a.example", "path: /api"), IsEmpty());
    EXPECT_THAT(two("path: /api, methods: [ GET ]", "path: /api"), IsEmpty());
    EXPECT_THAT(two("path: /api, methods: [ GET ]", "path: /api, methods: [ GET, PUT ]"), IsEmpty());
}

TEST(Routes, MayNameABackendThatHasMistakes) {
    EXPECT_THAT(bad(config_with({.backends = "backends: { store: { type: sqlite } }"})),
                ElementsAre("2:20: key 'path' is missing"));
}

// Mappings.

std::vector<std::string> bad_mapping(std::string_view keys) {
    auto const line = "mappings: { m: { " + std::string(keys) + " } }";
    return bad(config_with({.more = line}));
}

TEST(Mappings, HaveWordsThatCanBeToldApart) {
    EXPECT_THAT(bad_mapping("statuses: { A: x, B: X }"),
                ElementsAre("4:39: another word stands for 'X': replies could not tell them apart"));
    EXPECT_THAT(bad_mapping("statuses: { A: x, a: y }"), ElementsAre("4:36: 'a' is here twice: case does not matter"));
    EXPECT_THAT(bad_mapping("statuses: { A: \"\" }"), ElementsAre(HasSubstr("this must not be empty")));
    EXPECT_THAT(bad_mapping("statuses: { A: B, B: A }"), IsEmpty()); // they change places
}

TEST(Mappings, KnowPeopleByEmail) {
    EXPECT_THAT(bad_mapping("people: { ann: a@example.com }"), ElementsAre(HasSubstr("'ann' is not an email address")));
    EXPECT_THAT(bad_mapping("people: { a@example.com: ann }"), ElementsAre(HasSubstr("'ann' is not an email address")));
}

TEST(Mappings, MapFieldsThatExist) {
    EXPECT_THAT(bad_mapping("fields: { project.nmae: project.note }"),
                ElementsAre("4:28: unknown field 'project.nmae'; did you mean 'project.name'?"));
    EXPECT_THAT(bad_mapping("fields: { project.note: project.tags }"),
                ElementsAre("4:42: 'project.tags' cannot be mapped: only text can"));
    EXPECT_THAT(bad_mapping("fields: { project.code: company.code }"),
                ElementsAre(HasSubstr("belong to different kinds")));
    EXPECT_THAT(bad_mapping("fields: { project.code: project.note, project.number: project.code }"),
                ElementsAre(HasSubstr("field 'project.code' is mapped twice")));
    EXPECT_THAT(bad_mapping("fields: { project.code: [ project.note ] }"), ElementsAre(HasSubstr("unknown field ''")));
}

TEST(Mappings, HaveDefaultsThatSuit) {
    EXPECT_THAT(bad_mapping("defaults: { project.workflwo: 1, project.starts: soon, project.note: \"\" }"),
                ElementsAre("4:30: unknown field 'project.workflwo'; did you mean 'project.workflow'?",
                            "4:51: 'soon' is no value for 'project.starts'"));
}

TEST(Mappings, HaveNoOtherParts) {
    EXPECT_THAT(bad_mapping("status: { A: B }"), ElementsAre("4:18: unknown key 'status'; did you mean 'statuses'?"));
}

// Limits.

TEST(LimitsSection, HasAKeyForEachMember) {
    // One line for each member, with a value that is not its default.
    auto const limits = good(config_with({.more = "limits:\n"
                                                  "  header_bytes: 8KiB\n"
                                                  "  header_fields: 50\n"
                                                  "  target_bytes: 4096\n"
                                                  "  body_bytes: 20MiB\n"
                                                  "  bodies_in_flight_bytes: 2GiB\n"
                                                  "  header_timeout: 5s\n"
                                                  "  body_idle_timeout: 1500ms\n"
                                                  "  body_bytes_per_second: 1 KiB\n"
                                                  "  keep_alive_timeout: 2m\n"
                                                  "  write_timeout: 1h\n"
                                                  "  grace_period: 0\n"
                                                  "  connections: 100\n"
                                                  "  connections_per_client: 10\n"}))
                            .limits;
    EXPECT_EQ(boost::pfr::tuple_size_v<Limits>, 13u); // a new member needs a key, and a line here
    EXPECT_EQ(limits.header_bytes, 8u * 1024);
    EXPECT_EQ(limits.header_fields, 50u);
    EXPECT_EQ(limits.target_bytes, 4096u);
    EXPECT_EQ(limits.body_bytes, 20u * 1024 * 1024);
    EXPECT_EQ(limits.bodies_in_flight_bytes, 2ull * 1024 * 1024 * 1024);
    EXPECT_EQ(limits.header_timeout, 5s);
    EXPECT_EQ(limits.body_idle_timeout, 1500ms);
    EXPECT_EQ(limits.body_bytes_per_second, 1024u);
    EXPECT_EQ(limits.keep_alive_timeout, 2min);
    EXPECT_EQ(limits.write_timeout, 1h);
    EXPECT_EQ(limits.grace_period, 0s);
    EXPECT_EQ(limits.connections, 100u);
    EXPECT_EQ(limits.connections_per_client, 10u);
}

TEST(LimitsSection, RefusesWhatIsOutOfRange) {
    auto const limit = [](std::string_view text) {
        auto const line = "limits: { " + std::string(text) + " }";
        return bad(config_with({.more = line}));
    };
    EXPECT_THAT(limit("header_bytes: 0"), ElementsAre("4:25: '0' is not a size, as in 10MiB, between 256B and 1MiB"));
    EXPECT_THAT(limit("header_bytes: 2MiB"), ElementsAre(HasSubstr("between 256B and 1MiB")));
    EXPECT_THAT(limit("body_bytes: 99999999999999999999"), ElementsAre(HasSubstr("is not a size")));
    EXPECT_THAT(limit("body_bytes: 9999999999GiB"), ElementsAre(HasSubstr("is not a size")));
    for (auto const *const text : {"-1", "1.5MiB", "1MB", "MiB", "1 0", "0x10", "1e3"})
        EXPECT_THAT(limit("body_bytes: " + std::string(text)), ElementsAre(HasSubstr("is not a size"))) << text;
    EXPECT_THAT(limit("header_timeout: 0s"),
                ElementsAre("4:27: '0s' is not a duration, as in 10s, between 1ms and 1h"));
    for (auto const *const text : {"2h", "10 sec", "-1s", "1.5s", "s"})
        EXPECT_THAT(limit("header_timeout: " + std::string(text)), ElementsAre(HasSubstr("is not a duration"))) << text;
    EXPECT_THAT(limit("connections: 0"), ElementsAre(HasSubstr("'0' is not a number between 1 and 1000000")));
    EXPECT_THAT(limit("connections: 10KiB"), ElementsAre(HasSubstr("is not a number")));
    EXPECT_THAT(limit("conections: 10"), ElementsAre("4:11: unknown key 'conections'; did you mean 'connections'?"));
}

TEST(LimitsSection, LetsTheLargestBodyIn) {
    EXPECT_THAT(bad(config_with({.more = "limits: { body_bytes: 2MiB, bodies_in_flight_bytes: 1MiB }"})),
                ElementsAre(HasSubstr("bodies_in_flight_bytes is less than body_bytes")));
}

} // namespace

} // namespace config::testing
