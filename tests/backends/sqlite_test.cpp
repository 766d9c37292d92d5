// What is particular to the SQLite store: its file, its threads, its statements.
#include "backends/sql/conditions.hpp"
#include "backends/sql/sqlite/schema.hpp"
#include "backends/sql/tables.hpp"
#include "backends/sqlite.hpp"
#include "tests/backends/database.hpp"
#include "tests/backends/stores.hpp"

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <csignal>
#include <fstream>
#include <gmock/gmock.h>
#include <mutex>
#include <sys/resource.h>
#include <thread>

namespace tests {

namespace {

using testing::AllOf, testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not, testing::SizeIs,
    testing::StartsWith;
using enum Operator;

// What statements were begun, and on which thread.
class Trace {
public:
    std::function<void(std::string_view)> listener() {
        return [this](std::string_view statement) {
            std::lock_guard const lock(mutex_);
            begun_.emplace_back(std::this_thread::get_id(), statement);
        };
    }
    void forget() {
        std::lock_guard const lock(mutex_);
        begun_.clear();
    }
    std::size_t count(std::string_view start = "") {
        std::lock_guard const lock(mutex_);
        return std::size_t(
            std::ranges::count_if(begun_, [&](auto const &one) { return one.second.starts_with(start); }));
    }
    bool only_here() {
        std::lock_guard const lock(mutex_);
        return std::ranges::all_of(begun_, [](auto const &one) { return one.first == std::this_thread::get_id(); });
    }
    bool never_here() {
        std::lock_guard const lock(mutex_);
        return std::ranges::none_of(begun_, [](auto const &one) { return one.first == std::this_thread::get_id(); });
    }

private:
    std::mutex mutex_;
    std::vector<std::pair<std::thread::id, std::string>> begun_;
};

class SqliteStore : public testing::Test {
protected:
    std::unique_ptr<backends::Store> open() {
        auto store = backends::open_sqlite({.path = file_, .trace = trace_.listener()});
        if (!store) throw std::runtime_error(store.error().detail);
        return std::move(*store);
    }
    std::string refusal(std::filesystem::path const &path) {
        auto const store = backends::open_sqlite({.path = path});
        return store ? "opened" : store.error().detail;
    }

    Folder folder_;
    std::filesystem::path file_ = folder_ / "store.db";
    Trace trace_;
};

// --- statements

TEST_F(SqliteStore, ReadsAPageWithAsManyStatementsAsARecord) {
    auto const store = open();
    Asker asker(*store);
    auto project = named<Project>("Harbour");
    project.manager = by_id(asker.made(person("Ann", "ann@example.com")));
    project.tags = std::vector{by_id(asker.made(named<Tag>("a"))), by_id(asker.made(named<Tag>("b")))};
    auto const count = [&] {
        trace_.forget();
        Query const query{.page = {.limit = 500, .count = true},
                          .related = {Relation::people, Relation::tags, Relation::tasks, Relation::task_lists},
                          .counters = true};
        EXPECT_TRUE(asker.list<Project>(query));
        return trace_.count();
    };
    asker.made(project);
    auto const for_one = count();
    for (int i = 0; i < 60; ++i) asker.made(project);
    EXPECT_EQ(count(), for_one);
}

TEST_F(SqliteStore, GetsARecordWithAStatementForItAndOneForEachList) {
    auto const store = open();
    Asker asker(*store);
    auto const id = asker.made(named<Project>("Harbour"));
    trace_.forget();
    ASSERT_TRUE(asker.get<Project>(id));
    EXPECT_EQ(trace_.count("SELECT"), 5u);
    EXPECT_EQ(trace_.count(), 7u) << "and of one moment";
    EXPECT_TRUE(trace_.only_here());
}

TEST_F(SqliteStore, LeavesTheWorkersThreadForLongLists) {
    auto const store = open();
    Asker asker(*store);
    asker.made(named<Project>("Harbour"));
    auto const list = [&](std::int64_t limit, Filter filter = {}) {
        trace_.forget();
        auto const reply = asker.list<Project>({.filter = std::move(filter), .page = {.limit = limit}});
        EXPECT_TRUE(reply) << problem_of(reply);
        return reply ? reply->records.of<Project>().size() : 0;
    };
    EXPECT_EQ(list(100), 1u);
    EXPECT_TRUE(trace_.never_here());
    EXPECT_EQ(list(5), 1u);
    EXPECT_TRUE(trace_.only_here()) << "it is over before another thread had heard of it";

    Database(file_).run("INSERT INTO projects (id, name, phase, is_private, is_template, version, created, updated,"
                        " last_task_number) WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE"
                        " i < 60000) SELECT i, 'Project ' || i, 0, 0, 0, 1, 0, 0, 0 FROM n");
    EXPECT_EQ(list(5, where(field<&Project::name>(), contains, {"59999"})), 1u);
    EXPECT_FALSE(trace_.only_here()) << "it looked short, and was given away";
}

TEST_F(SqliteStore, AnswersFromItsIndexesWhereItIsUsuallyAsked) {
    { auto const store = open(); }
    Database database(file_);
    auto const plan = [&](Query const &query, bool count) {
        auto const sql =
            count ? backends::sql::select_count(Kind::project, query) : backends::sql::select_ids(Kind::project, query);
        std::string text;
        for (auto const &step : database.run("EXPLAIN QUERY PLAN " + sql->text)) text += step + "\n";
        return text;
    };
    auto const is = [](Field field, Value value) { return where(field, equal, {std::move(value)}); };
    std::vector<Filter> const usual = {
        {},
        is(field<&Project::is_template>(), false),
        is(field<&Project::phase>(), Phase::active),
        is(field<&Project::status>(Part::id), "1"),
        is(field<&Project::type>(Part::id), "1"),
        is(field<&Project::workflow>(Part::id), "1"),
        {.op = all,
         .children = {is(field<&Project::is_template>(), false), is(field<&Project::phase>(), Phase::not_closed)}},
    };
    auto const in_order = {field<&Project::id>(), field<&Project::name>(), field<&Project::created>(),
                           field<&Project::updated>(), field<&Project::number>()};
    for (auto const &filter : usual)
        for (auto const &sort : in_order) {
            Query const query{.filter = filter, .sort = {{.field = sort}}, .page = {.offset = 900'000, .limit = 25}};
            EXPECT_THAT(plan(query, false),
                        AllOf(HasSubstr("COVERING INDEX projects_by_"), Not(HasSubstr("TEMP B-TREE"))))
                << name_of(sort.member) << backends::sql::select_ids(Kind::project, query)->text;
            EXPECT_THAT(plan(query, true), HasSubstr("COVERING INDEX"));
        }

    std::pair<Filter, std::string> const narrow[] = {
        {is(field<&Project::id>(), "7"), "INTEGER PRIMARY KEY"},
        {where(field<&Project::id>(), in, {"7", "8"}), "INTEGER PRIMARY KEY"},
        {is(field<&Project::name>(), "Harbour"), "projects_by_name (name=?)"},
        {where(field<&Project::name>(), starts_with, {"Har"}), "projects_by_name (name>? AND name<?)"},
        {is(field<&Project::number>(), "7"), "projects_with_number (number=?)"},
        {is(field<&Project::company>(Part::id), "7"), "projects_of_company (company=?)"},
        {is(field<&Project::company>(Part::name), "Acme"), "projects_of_company (company=?)"},
        {is(field<&Project::manager>(Part::email), "ann@example.com"), "people_by_email (email=?)"},
        {is(field<&Project::team>(Part::id), "7"), "team_by_person (target=?)"},
        {is(field<&Project::co_managers>(Part::id), "7"), "co_managers_by_person (target=?)"},
        {is(field<&Project::tags>(Part::name), "vip"), "project_tags_by_tag (target=?)"},
        {is(field<&Project::is_template>(), true), "projects_as_template (is_template=?)"},
        {{.op = all,
          .children = {is(field<&Project::manager>(Part::id), "7"), is(field<&Project::phase>(), Phase::active)}},
         "projects_of_manager (manager=?)"},
    };
    for (auto const &[filter, index] : narrow) {
        auto const text = plan({.filter = filter}, false);
        EXPECT_THAT(text, HasSubstr(index));
        EXPECT_THAT(text, Not(HasSubstr("SCAN t"))) << index;
    }
    for (auto const &of : {is(field<&Project::manager>(Part::id), "7"), is(field<&Project::company>(Part::id), "7")})
        for (auto const &open :
             {is(field<&Project::is_template>(), false), is(field<&Project::phase>(), Phase::active)}) {
            Query const page{.filter = {.op = all, .children = {of, open}},
                             .sort = {{.field = field<&Project::name>()}},
                             .page = {.limit = 25}};
            EXPECT_THAT(plan(page, false),
                        AllOf(HasSubstr("COVERING INDEX projects_of_"), Not(HasSubstr("TEMP B-TREE"))));
        }
    Query const recent{.filter = where(field<&Project::updated>(), greater, {noon}),
                       .sort = {{.field = field<&Project::updated>()}}};
    EXPECT_THAT(plan(recent, false), StartsWith("SEARCH t USING COVERING INDEX projects_by_updated (updated>?)"));
}

TEST_F(SqliteStore, HasAColumnForEachMember) {
    { auto const store = open(); }
    Database database(file_);
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        std::set<std::string> members;
        for (auto const &column : backends::sql::columns_of(Kind(kind))) {
            if (backends::sql::is_stored(column.shape)) members.emplace(column.name);
            if (!column.list.empty()) {
                EXPECT_THAT(database.run("SELECT count(*) FROM " + std::string(column.list)), ElementsAre("0"));
            }
        }
        auto const table = std::string(backends::sql::table_of(Kind(kind)));
        auto const columns = database.run("SELECT name FROM pragma_table_info('" + table + "')");
        EXPECT_EQ(std::set(columns.begin(), columns.end()), members) << table;
    }
}

// --- threads

TEST_F(SqliteStore, CommitsWritesThatWaitTogether) {
    auto const store = open();
    Asker asker(*store);
    Database other(file_);
    std::vector<Request> requests;
    for (int i = 0; i < 40; ++i)
        requests.push_back({.verb = Verb::create, .patch = named<Project>("p" + std::to_string(i)), .now = noon});
    requests[20].of<Project>().manager = by_id("77"); // refused in the midst of them
    requests[30].of<Project>().name = "";

    trace_.forget();
    other.run("BEGIN IMMEDIATE");
    auto const answers = asker.ask_all(requests, [&] { other.run("COMMIT"); });
    EXPECT_LE(trace_.count("BEGIN IMMEDIATE"), 2u) << "the first alone, perhaps, and all others together";

    std::vector<std::string> expected;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_EQ(answers[i].has_value(), i != 20 && i != 30) << i;
        if (answers[i]) expected.push_back(*requests[i].of<Project>().name);
    }
    EXPECT_EQ(asker.names<Project>({}), expected);
    EXPECT_EQ(*asker.create(named<Project>("next"))->number, "39") << "what is refused takes no number";
}

TEST_F(SqliteStore, ServesSeveralWorkersAtOnce) {
    auto const store = open();
    std::string shared;
    {
        Asker asker(*store);
        shared = asker.made(named<Project>("shared"));
    }
    std::atomic<int> failures = 0;
    auto const work = [&](int worker) {
        Asker asker(*store);
        for (int i = 0; i < 40; ++i) {
            auto const name = std::to_string(worker) + "/" + std::to_string(i);
            auto const made = asker.create(named<Project>(name));
            auto const renamed = asker.update(shared, named<Project>(name));
            auto const listed = asker.list<Project>({.filter = where(field<&Project::name>(), starts_with, {"x"})});
            bool const read = made && renamed && listed && asker.get<Project>(*made->id);
            if (!read) ++failures;
        }
    };
    {
        std::vector<std::jthread> workers;
        for (int worker = 0; worker < 4; ++worker) workers.emplace_back(work, worker);
    }
    EXPECT_EQ(failures, 0);
    Asker asker(*store);
    EXPECT_EQ(*asker.get<Project>(shared)->version, 161) << "no update is lost";
    EXPECT_EQ(asker.list<Project>({.page = {.limit = 0, .count = true}})->total, 161);
}

TEST_F(SqliteStore, AnswersWhatIsUnderWayBeforeAWorkerGoes) {
    auto const store = open();
    boost::asio::io_context context;
    Request request{.verb = Verb::create, .patch = named<Project>("Harbour"), .now = noon};
    {
        auto const backend = store->backend_for(context.get_executor());
        boost::asio::co_spawn(context, backend->perform(request), [](auto, auto) {});
        context.run_one();
    }
    Asker asker(*store);
    EXPECT_THAT(asker.names<Project>({}), ElementsAre("Harbour"));
}

// --- the file

TEST_F(SqliteStore, FindsItsRecordsAgain) {
    std::string id;
    {
        auto const store = open();
        id = Asker(*store).made(named<Project>("Harbour"));
    }
    auto const store = open();
    Asker asker(*store);
    EXPECT_EQ(*asker.get<Project>(id)->name, "Harbour");
    EXPECT_EQ(*asker.create(named<Project>("Pier"))->number, "2");
    EXPECT_THAT(Database(file_).run("PRAGMA journal_mode"), ElementsAre("wal"));
}

TEST_F(SqliteStore, GrowsOutOfAnOlderSchema) {
    {
        Database old(file_);
        old.run(std::string(backends::sql::sqlite::schema()[0]));
        old.run("CREATE TABLE schema_version (version INTEGER NOT NULL); INSERT INTO schema_version VALUES (1);"
                "INSERT INTO companies (id, name, is_own, is_active, version, created, updated)"
                " VALUES (7, 'Acme', 0, 1, 1, 0, 0)");
        ASSERT_THAT(old.run("SELECT name FROM sqlite_schema WHERE name = 'projects_by_name'"), IsEmpty());
    }
    auto const store = open();
    EXPECT_EQ(*Asker(*store).get<Company>("7")->name, "Acme");
    Database now(file_);
    EXPECT_THAT(now.run("SELECT name FROM sqlite_schema WHERE name = 'projects_by_name'"), SizeIs(1));
    EXPECT_THAT(now.run("SELECT version FROM schema_version"),
                ElementsAre(std::to_string(backends::sql::sqlite::schema().size())));
}

TEST_F(SqliteStore, LeavesAnOlderSchemaAsItIsWhereItCannotBeChanged) {
    {
        Database old(file_);
        old.run("CREATE TABLE schema_version (version INTEGER NOT NULL); INSERT INTO schema_version VALUES (0);"
                "CREATE TABLE tasks (id INTEGER)"); // in the way of the first step
    }
    EXPECT_THAT(refusal(file_), HasSubstr("table tasks already exists"));
    EXPECT_THAT(Database(file_).run("SELECT name FROM sqlite_schema WHERE name = 'projects'"), IsEmpty());
}

TEST_F(SqliteStore, RefusesTheFileOfANewerProgram) {
    Database(file_).run("CREATE TABLE schema_version (version INTEGER); INSERT INTO schema_version VALUES (999)");
    EXPECT_EQ(refusal(file_), file_.string() +
                                  ": was written by a newer version of this program (schema 999; this one "
                                  "knows " +
                                  std::to_string(backends::sql::sqlite::schema().size()) + ")");
}

TEST_F(SqliteStore, RefusesTheFileOfAnotherProgram) {
    Database(file_).run("CREATE TABLE songs (id INTEGER)");
    EXPECT_EQ(refusal(file_), file_.string() + ": holds the data of another program (a table named songs)");
    EXPECT_EQ(refusal(folder_.write("notes.txt", std::string(5000, 'x'))),
              (folder_ / "notes.txt").string() + ": file is not a database");
}

TEST_F(SqliteStore, RefusesAPathWhereNoFileCanBe) {
    EXPECT_EQ(refusal(folder_ / "no/where/store.db"),
              (folder_ / "no/where/store.db").string() + ": cannot be opened: No such file or directory");
    EXPECT_THAT(refusal(folder_ / "."), HasSubstr(": "));
}

TEST_F(SqliteStore, TellsOfDamageInsteadOfAnswering) {
    {
        auto const store = open();
        Asker asker(*store);
        for (int i = 0; i < 300; ++i) asker.made(named<Project>("Harbour " + std::to_string(i)));
    }
    {
        std::fstream file(file_, std::ios::in | std::ios::out | std::ios::binary);
        auto const size = std::filesystem::file_size(file_);
        for (std::uintmax_t page = 8192; page < size; page += 4096) {
            file.seekp(std::streamoff(page));
            file << std::string(64, '\xFF');
        }
    }
    auto const store = backends::open_sqlite({.path = file_});
    if (!store) {
        EXPECT_THAT(store.error().detail, HasSubstr("malformed"));
        return;
    }
    auto const list = Asker(**store).list<Project>();
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().code, Code::unavailable);
    EXPECT_THAT(list.error().detail, HasSubstr("malformed"));
}

// As long as it lives, files cannot grow beyond so many bytes.
class FileLimit {
public:
    explicit FileLimit(rlim_t bytes) {
        getrlimit(RLIMIT_FSIZE, &before_);
        signal_before_ = std::signal(SIGXFSZ, SIG_IGN);
        rlimit const limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileLimit() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, signal_before_);
    }
    FileLimit(FileLimit const &) = delete;
    FileLimit &operator=(FileLimit const &) = delete;

private:
    rlimit before_{};
    void (*signal_before_)(int) = nullptr;
};

TEST_F(SqliteStore, RefusesAllWritesOfATransactionThatFindsNoRoomAndGoesOn) {
    auto const store = open();
    Asker asker(*store);
    asker.made(named<Project>("before"));
    std::vector<Request> requests;
    for (int i = 0; i < 8; ++i)
        requests.push_back({.verb = Verb::create, .patch = named<Project>(std::string(10'000, 'x')), .now = noon});
    {
        FileLimit const limit(std::filesystem::file_size(folder_ / "store.db-wal") + 5000);
        for (auto const &answer : asker.ask_all(requests)) EXPECT_EQ(problem_of(answer), "unavailable");
        EXPECT_THAT(asker.names<Project>({}), ElementsAre("before"));
    }
    asker.made(named<Project>("after"));
    EXPECT_THAT(asker.names<Project>({}), ElementsAre("before", "after"));
    EXPECT_THAT(Database(file_).run("PRAGMA integrity_check"), ElementsAre("ok"));
}

TEST_F(SqliteStore, ShowsAWorkerBetweenTwoReadsOfOneTurnWhatAnotherWorkerWasToldIsWritten) {
    auto const store = open();
    Asker other(*store);
    auto const id = other.made(named<Project>("Before"));
    boost::asio::io_context context{1};
    auto const backend = store->backend_for(context.get_executor());
    std::vector<std::string> seen;
    auto const script = [&]() -> boost::asio::awaitable<void> {
        Request const read{.verb = Verb::get, .id = id, .now = noon};
        auto const first = co_await backend->perform(read);
        seen.push_back(*first->one<Project>().name);
        EXPECT_TRUE(other.update(id, named<Project>("After")));
        auto const second = co_await backend->perform(read);
        seen.push_back(*second->one<Project>().name);
    };
    auto const failed = [](std::exception_ptr const &error) { EXPECT_FALSE(error); };
    boost::asio::co_spawn(context, script(), failed);
    context.run();
    EXPECT_THAT(seen, ElementsAre("Before", "After"));
}

// As long as it lives, temporary files are made in that folder.
class TemporaryFiles {
public:
    explicit TemporaryFiles(std::filesystem::path const &folder) {
        if (auto const *before = std::getenv("TMPDIR")) before_ = before;
        setenv("TMPDIR", folder.c_str(), 1);
    }
    ~TemporaryFiles() {
        if (before_)
            setenv("TMPDIR", before_->c_str(), 1);
        else
            unsetenv("TMPDIR");
    }
    TemporaryFiles(TemporaryFiles const &) = delete;
    TemporaryFiles &operator=(TemporaryFiles const &) = delete;

private:
    std::optional<std::string> before_;
};

TEST_F(SqliteStore, LeavesNothingBehindOfAStoreInMemory) {
    TemporaryFiles const here(folder_ / ".");
    {
        auto const store = backends::open_sqlite({.path = ":memory:"});
        ASSERT_TRUE(store);
        Asker asker(**store);
        asker.made(named<Project>("Harbour"));
        EXPECT_THAT(asker.names<Project>({}), ElementsAre("Harbour"));
        auto const other = backends::open_sqlite({.path = ":memory:"});
        EXPECT_THAT(Asker(**other).names<Project>({}), IsEmpty());
        EXPECT_FALSE(std::filesystem::is_empty(folder_ / "."));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder_ / "."));
}

} // namespace

} // namespace tests
