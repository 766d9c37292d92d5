// The program itself: its commands, what it prints, and the signals it obeys.
#include "running_server.hpp"
#include "tests/support/process.hpp"

#include <csignal>
#include <fstream>
#include <gmock/gmock.h>
#include <thread>
#include <unistd.h>

namespace gateway::testing {

namespace {

using ::testing::HasSubstr, ::testing::StartsWith, support::Process;

// A folder that is gone after the test.
class Folder {
public:
    Folder() : path_((std::filesystem::temp_directory_path() / "dragoman-program-XXXXXX").string()) {
        if (!mkdtemp(path_.data())) throw std::runtime_error("no temporary folder");
    }
    Folder(Folder const &) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string write(std::string const &name, std::string_view text) const {
        std::ofstream(path_ + "/" + name) << text;
        return path_ + "/" + name;
    }
    std::string const &path() const { return path_; }

private:
    std::string path_;
};

constexpr std::string_view never = "\x01"; // is written by nobody: all output is read

struct Ended {
    int status;
    std::string out, problems;
};
Ended run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), DRAGOMAN_PROGRAM);
    Process process(std::move(arguments));
    auto out = process.out_until(never);
    auto problems = process.problems_until(never);
    return {process.wait(), out, problems};
}

std::string const shipped = DRAGOMAN_SOURCE_DIR "/config/dragoman.yaml";

// The shipped config on a free port, with its data in a folder of its own.
class ServingProgram {
public:
    explicit ServingProgram(std::string const &config = shipped)
        : process_({DRAGOMAN_PROGRAM, "serve", "--config", config, "--listen", "127.0.0.1:0", "--data",
                    folder_.path() + "/data", "--log-format", "json"}),
          greeting_(process_.out_until("ready\n")) {}

    Process &process() { return process_; }
    std::string const &greeting() const { return greeting_; }
    std::uint16_t port() const {
        constexpr std::string_view before = "listening on http://127.0.0.1:";
        return std::uint16_t(std::stoul(greeting_.substr(greeting_.find(before) + before.size())));
    }

private:
    Folder folder_;
    Process process_;
    std::string greeting_;
};

std::string paymo_request() {
    return "GET /api/projectstatuses HTTP/1.1\r\nHost: a\r\nAuthorization: Basic "
           "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY6WA==\r\n\r\n";
}

TEST(Program, SaysItsVersion) {
    auto const ended = run({"--version"});
    EXPECT_EQ(ended.status, 0);
    EXPECT_THAT(ended.out, ::testing::MatchesRegex("dragoman [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(Program, NeedsACommandThatItKnows) {
    EXPECT_NE(run({}).status, 0);
    EXPECT_NE(run({"dance"}).status, 0);
    EXPECT_NE(run({"serve", "--log-format", "xml"}).status, 0);
}

TEST(Check, IsSatisfiedWithTheShippedConfig) {
    auto const ended = run({"check", shipped});
    EXPECT_EQ(ended.out, "ok\n");
    EXPECT_EQ(ended.problems, "");
    EXPECT_EQ(ended.status, 0);
}

TEST(Check, SaysAllThatIsWrongAndWhere) {
    Folder const folder;
    auto const file = folder.write("bad.yaml", "listen:\n  - adress: 127.0.0.1:1\nbackends: {}\nroutes: []\nmore: 1\n");
    auto const ended = run({"check", file});
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.problems, HasSubstr(file + ":2:"));
    EXPECT_THAT(ended.problems, HasSubstr(file + ":5:"));
    EXPECT_EQ(ended.out, "");
}

TEST(Check, NamesAFileThatIsNotThere) {
    auto const ended = run({"check", "/nowhere.yaml"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.problems, StartsWith("/nowhere.yaml: there is no such file"));
}

TEST(Routes, AreATableOfWhatIsOffered) {
    auto const ended = run({"routes", "--config", shipped});
    EXPECT_EQ(ended.status, 0);
    EXPECT_THAT(ended.out, StartsWith("METHOD"));
    EXPECT_THAT(ended.out, ::testing::ContainsRegex("GET +/api +projectstatuses +paymo +project_status.list +store\n"));
    EXPECT_THAT(ended.out,
                ::testing::ContainsRegex("/api/admin/v2 +update_project +worksection +project.update +store\n"));
}

TEST(Serve, NamesTheDefaultWhereThereIsNoConfig) {
    auto const ended = run({"serve", "--config", "/nowhere.yaml"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.problems, HasSubstr("/nowhere.yaml: there is no such file; --config names another than "
                                          "config/dragoman.yaml in the current folder"));
}

TEST(Serve, RefusesToBeOpenToOthersWithCredentialsThatEverybodyKnows) {
    auto const ended = run({"serve", "--config", shipped, "--listen", "0.0.0.0:0"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.problems, HasSubstr("has a credential that everybody can read"));
    EXPECT_THAT(ended.problems, HasSubstr("0.0.0.0"));
}

TEST(Serve, RefusesAnAddressThatIsNone) {
    auto const ended = run({"serve", "--config", shipped, "--listen", "here"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.problems, HasSubstr("--listen: 'here' "));
}

TEST(Serve, SaysWhereEachDialectIsAndAnswersThere) {
    ServingProgram program;
    for (auto const *dialect : {"onlyoffice", "worksection", "productive", "superoffice", "paymo"})
        EXPECT_THAT(program.greeting(), ::testing::ContainsRegex(std::string("\n") + dialect + " +http://127.0.0.1:"));
    RawClient client(program.port());
    client.send(paymo_request());
    EXPECT_EQ(client.read().status, 200u);
    program.process().signal(SIGTERM);
    EXPECT_EQ(program.process().wait(), 0);
}

TEST(Serve, PrintsCommandsThatWorkAsTheyStand) {
    ServingProgram program;
    std::istringstream lines(program.greeting());
    int commands = 0;
    for (std::string line; std::getline(lines, line);) {
        auto const start = line.find("  curl ");
        if (start == line.npos) continue;
        ++commands;
        Process shell({"sh", "-c", line.substr(start) + " -s -w '%{http_code}'"});
        auto const answer = shell.out_until(never);
        EXPECT_EQ(shell.wait(), 0);
        EXPECT_TRUE(answer.ends_with("200")) << line << '\n' << answer;
        EXPECT_THAT(answer, ::testing::Not(HasSubstr("\"status\":\"error\""))) << line;
    }
    EXPECT_EQ(commands, 5);
}

TEST(Serve, ObeysTheFirstSignalWithPatienceAndTheSecondAtOnce) {
    ServingProgram program;
    RawClient client(program.port());
    client.send("GET /api/projectst"); // the head may take ten seconds, and so may the end
    std::this_thread::sleep_for(100ms);
    program.process().signal(SIGTERM);
    EXPECT_THAT(program.process().problems_until("stopping"), HasSubstr("finishing 1 connections"));
    program.process().signal(SIGINT);
    EXPECT_EQ(program.process().wait(), 1);
}

TEST(Serve, LoadsTheConfigAnewOrKeepsTheOne) {
    Folder const folder;
    auto const config = [](std::string_view path) {
        return fmt::format(
            "listen: [{{ address: 127.0.0.1:0 }}]\n"
            "backends: {{ store: {{ type: sqlite, path: store.db }} }}\n"
            "callers: [{{ name: a, dialect: paymo, credential: {{ api_key: 0123456789abcdef0123456789abcdef }},"
            " person: a@example.com, access: read }}]\n"
            "routes: [{{ dialect: paymo, path: {}, backend: store }}]\n",
            path);
    };
    auto const file = folder.write("config.yaml", config("/old"));
    ServingProgram program(file);
    RawClient client(program.port());
    auto const status = [&](std::string_view path) {
        auto request = paymo_request();
        request.replace(4, 4, path);
        client.send(request);
        return client.read().status;
    };
    EXPECT_EQ(status("/old"), 200u);

    folder.write("config.yaml", config("/new"));
    program.process().signal(SIGHUP);
    EXPECT_THAT(program.process().problems_until("loaded anew"), HasSubstr("loaded anew"));
    EXPECT_EQ(status("/new"), 200u);
    EXPECT_EQ(status("/old"), 404u);

    folder.write("config.yaml", config("/third") + "nonsense: 1\n");
    program.process().signal(SIGHUP);
    auto const problems = program.process().problems_until("the one before");
    EXPECT_THAT(problems, HasSubstr("nonsense"));
    EXPECT_THAT(problems, HasSubstr("all goes on with the one before"));
    EXPECT_EQ(status("/new"), 200u);
    program.process().signal(SIGTERM);
    EXPECT_EQ(program.process().wait(), 0);
}

} // namespace

} // namespace gateway::testing
