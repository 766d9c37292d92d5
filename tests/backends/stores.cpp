#include "tests/backends/stores.hpp"
#include "backends/contract.hpp"
#include "backends/sqlite.hpp"
#include "backends/upstream/finish.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <fstream>
#include <stdlib.h>

namespace tests {

Folder::Folder() {
    // In memory where there is such a place: what is tested here is not the disk.
    std::filesystem::path const memory = "/dev/shm";
    auto const parent = std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    auto name = (parent / "dragoman-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder can be made");
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path Folder::write(std::string_view name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
}

Result<Reply> Asker::ask(Request request) {
    std::vector<Request> requests;
    requests.push_back(std::move(request));
    return std::move(ask_all(std::move(requests)).front());
}

std::vector<Result<Reply>> Asker::ask_all(std::vector<Request> requests, std::function<void()> then) {
    std::vector<Result<Reply>> answers(requests.size(), Error{});
    std::exception_ptr thrown;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        auto answered = [&, i](std::exception_ptr error, Result<Reply> reply) {
            if (error) thrown = error;
            answers[i] = std::move(reply);
        };
        boost::asio::co_spawn(context_, backend_->perform(requests[i]), answered);
    }
    context_.restart();
    if (then) boost::asio::post(context_, then);
    context_.run();
    if (thrown) std::rethrow_exception(thrown);
    return answers;
}

namespace {

// A service that can do nothing but list everything: what is wanted of the list is left to be done here.
class ListingBackend final : public backends::Backend {
public:
    explicit ListingBackend(std::unique_ptr<backends::Backend> all) : all_(std::move(all)) {}

    boost::asio::awaitable<Result<Reply>> perform(Request const &request) override {
        if (auto checked = backends::upstream::check(request); !checked) co_return checked.error();
        if (request.verb != Verb::list) {
            auto reply = co_await all_->perform(request);
            co_return reply;
        }
        auto plain = request;
        plain.query = Query();
        plain.query.related = request.query.related;
        plain.query.counters = true; // for conditions on them
        auto reply = co_await all_->perform(plain);
        if (!reply) co_return reply;
        reply->filter_open = reply->sort_open = reply->page_open = true;
        backends::upstream::finish(request, *reply);
        for (auto &project : reply->records.of<Project>()) {
            if (request.query.counters) break;
            project.tasks_open.clear();
            project.tasks_total.clear();
        }
        co_return reply;
    }

private:
    std::unique_ptr<backends::Backend> all_;
};

class ListingStore final : public backends::Store {
public:
    explicit ListingStore(std::unique_ptr<backends::Store> all) : all_(std::move(all)) {}
    std::unique_ptr<backends::Backend> backend_for(boost::asio::any_io_executor worker) override {
        return std::make_unique<ListingBackend>(all_->backend_for(std::move(worker)));
    }

private:
    std::unique_ptr<backends::Store> all_;
};

} // namespace

std::vector<StoreKind> queried_kinds() {
    auto kinds = store_kinds();
    auto const sqlite = kinds.front().open;
    auto const listing = [sqlite](Folder const &folder) { return std::make_unique<ListingStore>(sqlite(folder)); };
    kinds.push_back({"left_to_be_done", listing});
    return kinds;
}

std::vector<StoreKind> store_kinds() {
    auto const sqlite = [](Folder const &folder) {
        auto store = backends::open_sqlite({.path = folder / "store.db"});
        if (!store) throw std::runtime_error(store.error().detail);
        return std::move(*store);
    };
    auto const checked_sqlite = [=](Folder const &folder) { return backends::checked(sqlite(folder)); };
    return {{"sqlite", sqlite}, {"checked_sqlite", checked_sqlite}};
}

Person person(std::string name, std::string email) {
    Person patch;
    patch.name = std::move(name);
    patch.email = std::move(email);
    return patch;
}

ProjectStatus status(std::string name, Phase phase, bool is_default) {
    ProjectStatus patch;
    patch.name = std::move(name);
    patch.phase = phase;
    patch.is_default = is_default;
    return patch;
}

std::string problem_of(Error const &error) {
    std::string text = boost::describe::enum_to_string(error.code, "");
    if (!error.field.empty()) text += " " + error.field;
    for (auto const &other : error.more) text += ", " + problem_of(other);
    return text;
}

} // namespace tests
