// A write that was answered is on the disk, and no write is there by half, whatever moment a program is killed at. A
// child writes through the store with all its might and tells of each write before it is begun and once it is answered;
// it is killed a hundred times, and what it left is compared with what it told.
#include "backends/sqlite.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <csignal>
#include <future>
#include <gtest/gtest.h>
#include <map>
#include <poll.h>
#include <random>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tests {

namespace {

using namespace canonical;
using namespace std::chrono_literals;
namespace asio = boost::asio;

constexpr int rounds = 100;
constexpr int writers = 8;
constexpr std::size_t most_projects = 6; // of each writer
constexpr int persons = 5;
constexpr int tags = 4;
constexpr std::string_view dialect = "paymo";

// What the child tells: small enough for a pipe to take it whole or not at all.
struct Message {
    enum class What : int { begun, answered } what = What::begun;
    Verb verb = Verb::create;
    int writer = 0;
    std::int64_t id = 0;    // of a create it is known only afterwards
    std::int64_t token = 0; // of what is written; a later write has a greater one
};

// A patch all of whose parts depend on its token, in five tables.
Project patch_of(std::int64_t token) {
    Project patch;
    auto const text = std::to_string(token);
    patch.name = patch.description = text;
    std::vector<Ref> &marks = patch.tags.emplace();
    std::vector<Member> &team = patch.team.emplace();
    std::vector<Ref> &others = patch.co_managers.emplace();
    for (int i = 0; i < tags; ++i)
        if ((token >> i & 1) != 0) marks.push_back({.name = "tag " + std::to_string(i)});
    for (int i = 0; i < persons; ++i)
        if ((token >> i & 1) != 0) team.push_back({.person = {.name = "person " + std::to_string(i)}, .note = text});
    if (!team.empty()) others.push_back(team.back().person);
    patch.extras.kept.add({{}, "token", text});
    return patch;
}

// The token of a record that is whole; nothing for one that is not.
std::optional<std::int64_t> token_of(Project const &project) {
    auto const token = std::stoll(*project.name);
    auto const wanted = patch_of(token);
    bool whole = *project.description == *project.name && project.extras == wanted.extras &&
                 project.tags->size() == wanted.tags->size() && project.team->size() == wanted.team->size() &&
                 project.co_managers->size() == wanted.co_managers->size();
    for (std::size_t i = 0; whole && i < wanted.tags->size(); ++i)
        whole = (*project.tags)[i].name == (*wanted.tags)[i].name;
    for (std::size_t i = 0; whole && i < wanted.team->size(); ++i)
        whole =
            (*project.team)[i].person.name == (*wanted.team)[i].person.name && (*project.team)[i].note == *project.name;
    return whole ? std::optional(token) : std::nullopt;
}

std::unique_ptr<backends::Store> open(std::filesystem::path const &file) {
    auto store = backends::open_sqlite({.path = file, .reading_threads = 1});
    if (!store) throw std::runtime_error(store.error().detail);
    return std::move(*store);
}

// --- the child

class Writers {
public:
    Writers(backends::Store &store, int pipe, unsigned seed)
        : pipe_(pipe), random_(seed), backend_(store.backend_for(context_.get_executor())) {}

    // Until it is killed. What each writer owns already is known by its tokens.
    void run(std::map<std::int64_t, std::int64_t> const &existing) {
        for (auto const &[id, token] : existing) {
            owned_[std::size_t(token % writers)].push_back(id);
            last_ = std::max(last_, token);
        }
        for (int writer = 0; writer < writers; ++writer) asio::co_spawn(context_, write(writer), fail);
        context_.run();
    }

private:
    static void fail(std::exception_ptr) { _exit(3); } // a writer never ends by itself

    void tell(Message const &message) const {
        if (::write(pipe_, &message, sizeof message) != ssize_t(sizeof message)) _exit(4);
    }

    asio::awaitable<void> write(int writer) {
        for (;;) {
            auto &projects = owned_[std::size_t(writer)];
            auto const choice = random_() % 10;
            Message message{.writer = writer, .token = next_token(writer)};
            if (projects.size() > 1 && (choice < 2 || projects.size() >= most_projects))
                message.verb = Verb::remove;
            else if (!projects.empty() && choice < 7)
                message.verb = Verb::update;
            Request request{.verb = message.verb, .patch = patch_of(message.token), .dialect = dialect};
            request.now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
            if (message.verb != Verb::create) {
                message.id = projects[random_() % projects.size()];
                request.id = std::to_string(message.id);
            }
            tell(message);
            auto const reply = co_await backend_->perform(request);
            if (!reply) _exit(5);
            if (message.verb == Verb::create) {
                message.id = std::stoll(*reply->one<Project>().id);
                projects.push_back(message.id);
            } else if (message.verb == Verb::remove) {
                std::erase(projects, message.id);
            }
            message.what = Message::What::answered;
            tell(message);
        }
    }

    // Tokens tell their writer.
    std::int64_t next_token(int writer) {
        last_ += writers - last_ % writers + writer;
        return last_;
    }

    int pipe_;
    std::mt19937 random_;
    asio::io_context context_{1};
    std::unique_ptr<backends::Backend> backend_;
    std::array<std::vector<std::int64_t>, writers> owned_;
    std::int64_t last_ = 0;
};

// --- the parent

class Folder {
public:
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "dragoman-crash-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder can be made");
        path_ = name;
    }
    Folder(Folder const &) = delete;
    Folder &operator=(Folder const &) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::filesystem::path file() const { return path_ / "store.db"; }

private:
    std::filesystem::path path_;
};

Reply ask(backends::Store &store, Request const &request) {
    asio::io_context context{1};
    auto const backend = store.backend_for(context.get_executor());
    auto answer = asio::co_spawn(context, backend->perform(request), asio::use_future);
    context.run();
    auto reply = answer.get();
    if (!reply) throw std::runtime_error(reply.error().field + " " + reply.error().detail);
    return std::move(*reply);
}

// Starts a child, kills it after that time, and returns all that it told.
std::vector<Message> told_until_killed(std::filesystem::path const &file, std::chrono::microseconds life, unsigned seed,
                                       std::map<std::int64_t, std::int64_t> const &existing) {
    int ends[2] = {};
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    auto const child = fork();
    if (child < 0) throw std::runtime_error("no child");
    if (child == 0) {
        close(ends[0]);
        try {
            auto const store = open(file);
            Writers(*store, ends[1], seed).run(existing);
        } catch (...) {
            _exit(6);
        }
        _exit(7);
    }
    close(ends[1]);
    std::vector<Message> told;
    auto const read_one = [&] {
        Message message;
        auto const size = read(ends[0], &message, sizeof message);
        if (size == ssize_t(sizeof message)) told.push_back(message);
        return size > 0;
    };
    auto const end = std::chrono::steady_clock::now() + life;
    for (auto left = life; left > 0us;) {
        pollfd waiting{.fd = ends[0], .events = POLLIN, .revents = 0};
        timespec const patience{.tv_sec = 0, .tv_nsec = long(left.count()) * 1000};
        if (ppoll(&waiting, 1, &patience, nullptr) > 0 && !read_one()) break;
        left = std::chrono::duration_cast<std::chrono::microseconds>(end - std::chrono::steady_clock::now());
    }
    kill(child, SIGKILL);
    while (read_one()) {
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself, with " << WEXITSTATUS(status);
    return told;
}

// What must be in the store: the token of each project, and for each writer the write that nobody knows about.
struct Expected {
    std::map<std::int64_t, std::int64_t> projects;
    std::map<int, Message> open;

    void hear(Message const &message) {
        if (message.what == Message::What::begun) {
            open.insert_or_assign(message.writer, message);
            return;
        }
        open.erase(message.writer);
        if (message.verb == Verb::remove)
            projects.erase(message.id);
        else
            projects[message.id] = message.token;
    }

    // Whether a project may be there with that token although its write was never answered.
    bool is_open(std::int64_t id, std::int64_t token) const {
        return std::ranges::any_of(open, [&](auto const &entry) {
            auto const &message = entry.second;
            return message.token == token &&
                   (message.verb == Verb::create || (message.verb == Verb::update && message.id == id));
        });
    }
    bool may_be_gone(std::int64_t id) const {
        return std::ranges::any_of(
            open, [&](auto const &entry) { return entry.second.verb == Verb::remove && entry.second.id == id; });
    }
};

std::map<std::int64_t, std::int64_t> projects_in(backends::Store &store) {
    Request const request{.verb = Verb::list, .dialect = dialect};
    std::map<std::int64_t, std::int64_t> found;
    auto const reply = ask(store, request);
    for (auto const &project : reply.records.of<Project>()) {
        auto const token = token_of(project);
        EXPECT_TRUE(token) << "project " << *project.id << " was written by half: " << *project.name;
        found.emplace(std::stoll(*project.id), token.value_or(-1));
    }
    return found;
}

void expect_sound(std::filesystem::path const &file) {
    sqlite3 *handle = nullptr;
    ASSERT_EQ(sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr), SQLITE_OK);
    std::string result;
    auto const add = [](void *to, int, char **values, char **) {
        static_cast<std::string *>(to)->append(values[0] ? values[0] : "").append("\n");
        return 0;
    };
    sqlite3_exec(handle, "PRAGMA integrity_check; PRAGMA foreign_key_check;", add, &result, nullptr);
    sqlite3_close(handle);
    EXPECT_EQ(result, "ok\n");
}

TEST(KilledWriters, LoseNothingThatWasAnsweredAndLeaveNothingHalfDone) {
    Folder const folder;
    {
        auto const store = open(folder.file());
        auto const make = [&]<class E>(E patch, std::string name) {
            patch.name = std::move(name);
            ask(*store, {.verb = Verb::create, .kind = kind_of<E>, .patch = std::move(patch)});
        };
        for (int i = 0; i < persons; ++i) make(Person{}, "person " + std::to_string(i));
        for (int i = 0; i < tags; ++i) make(Tag{}, "tag " + std::to_string(i));
    }
    std::mt19937 random(20'260'101);
    std::map<std::int64_t, std::int64_t> present;
    std::size_t answered = 0;
    for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        auto const life = std::chrono::microseconds(2'000 + random() % 150'000);
        Expected expected{.projects = present, .open = {}};
        for (auto const &message : told_until_killed(folder.file(), life, unsigned(random()), present)) {
            answered += message.what == Message::What::answered;
            expected.hear(message);
        }

        auto const store = open(folder.file());
        present = projects_in(*store);
        for (auto const &[id, token] : expected.projects) {
            auto const found = present.find(id);
            if (found == present.end())
                EXPECT_TRUE(expected.may_be_gone(id)) << "project " << id << " is lost";
            else
                EXPECT_TRUE(found->second == token || expected.is_open(id, found->second))
                    << "project " << id << " is as of " << found->second << ", but " << token << " was answered";
        }
        for (auto const &[id, token] : present)
            EXPECT_TRUE(expected.projects.contains(id) || expected.is_open(id, token))
                << "project " << id << " came from nowhere";
        expect_sound(folder.file());
    }
    EXPECT_GT(answered, std::size_t(rounds)) << "there was no load";
}

} // namespace

} // namespace tests
