#include "backends/sql/store.hpp"
#include "backends/sql/reader.hpp"
#include "backends/sql/writer.hpp"

#include <atomic>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace backends::sql {

using canonical::Code, canonical::Error, canonical::Kind, canonical::Reply, canonical::Request, canonical::Result,
    canonical::Verb;
using namespace std::chrono_literals;

namespace {

constexpr auto longest_on_worker = 200us; // what takes longer leaves the worker's thread
constexpr auto longest_list = 30s;

// The answer of f, or what the database failed at.
Result<Reply> guarded(auto const &f) {
    try {
        return f();
    } catch (Failure const &failure) {
        return failure.error();
    }
}

// The same on a thread of the store, where nobody else catches what is thrown.
Result<Reply> guarded_wholly(auto const &f) {
    try {
        return f();
    } catch (Failure const &failure) {
        return failure.error();
    } catch (std::exception const &error) {
        return Error{.code = Code::internal, .detail = error.what()};
    }
}

// While it lives, statements are stopped after that time.
class Budget {
public:
    Budget(Connection &connection, std::chrono::nanoseconds budget) : connection_(connection) {
        connection.limit(budget);
    }
    Budget(Budget const &) = delete;
    Budget &operator=(Budget const &) = delete;
    ~Budget() { connection_.limit({}); }

private:
    Connection &connection_;
};

// How many requests of a backend are on other threads. It outlives the backend.
using Outstanding = std::atomic<int>;

template <class Handler> class Waiter final : public Waiting {
public:
    Waiter(Handler handler, asio::any_io_executor const &worker, std::shared_ptr<Outstanding> outstanding)
        : handler_(std::move(handler)), worker_(asio::prefer(worker, asio::execution::outstanding_work.tracked)),
          outstanding_(std::move(outstanding)) {
        outstanding_->fetch_add(1);
    }

    void answer(Result<Reply> result) override {
        auto resume = [handler = std::move(handler_), result = std::move(result)]() mutable {
            std::move(handler)(std::move(result));
        };
        asio::post(worker_, std::move(resume));
        worker_ = {};
        outstanding_->fetch_sub(1);
        outstanding_->notify_all();
    }

private:
    Handler handler_;
    asio::any_io_executor worker_;
    std::shared_ptr<Outstanding> outstanding_;
};

// A list that is likely to be quick: few records are asked for, or there are few of the kind.
bool is_short(Request const &request) {
    constexpr std::int64_t few = 10;
    auto const limit = request.query.page.limit;
    if (limit >= 0 && limit <= few) return true;
    return request.kind == Kind::project_status || request.kind == Kind::project_type ||
           request.kind == Kind::workflow || request.kind == Kind::workflow_status;
}

class WorkerBackend final : public Backend {
public:
    WorkerBackend(DatabaseStore &store, std::unique_ptr<Connection> connection, asio::any_io_executor worker)
        : store_(store), connection_(std::move(connection)), reader_(*connection_), worker_(std::move(worker)),
          snapshot_(*connection_, worker_, store.commits()) {}
    WorkerBackend(WorkerBackend const &) = delete;
    WorkerBackend &operator=(WorkerBackend const &) = delete;
    // What the other threads still have of this worker is answered before the worker goes.
    ~WorkerBackend() override {
        for (auto left = outstanding_->load(); left > 0; left = outstanding_->load()) outstanding_->wait(left);
    }

    asio::awaitable<Result<Reply>> perform(Request const &request) override {
        if (request.verb == Verb::get) co_return get(request);
        if (request.verb == Verb::list && is_short(request)) {
            auto quick = list_quickly(request);
            if (quick) co_return std::move(*quick);
        }
        auto const start = [this, &request](auto handler) {
            using Handler = decltype(handler);
            store_.enqueue({.request = &request,
                            .waiting = std::make_unique<Waiter<Handler>>(std::move(handler), worker_, outstanding_)});
        };
        auto result = co_await asio::async_initiate<asio::use_awaitable_t<> const, void(Result<Reply>)>(
            start, asio::use_awaitable);
        co_return result;
    }

private:
    Result<Reply> get(Request const &request) {
        return guarded([&] {
            snapshot_.renew();
            return reader_.get(request);
        });
    }

    // Nothing where it takes too long after all.
    std::optional<Result<Reply>> list_quickly(Request const &request) {
        try {
            snapshot_.renew();
            Budget const budget(*connection_, longest_on_worker);
            return reader_.list(request);
        } catch (Overrun const &) {
            return {};
        } catch (Failure const &failure) {
            return failure.error();
        }
    }

    DatabaseStore &store_;
    std::unique_ptr<Connection> connection_;
    Reader reader_;
    asio::any_io_executor worker_;
    SharedSnapshot snapshot_;
    std::shared_ptr<Outstanding> outstanding_ = std::make_shared<Outstanding>(0);
};

// One of several requests of a transaction: what is refused leaves nothing behind.
Result<Reply> perform_apart(Connection &connection, Writer &writer, Request const &request) {
    connection.execute("SAVEPOINT request");
    auto result = guarded_wholly([&] { return writer.perform(request); });
    // Some failures end the whole transaction, with all that was done before.
    if (!connection.in_transaction()) throw Failure(result.error().code, result.error().detail);
    if (!result) connection.execute("ROLLBACK TO request");
    connection.execute("RELEASE request");
    return result;
}

} // namespace

DatabaseStore::DatabaseStore(Source source) : source_(std::move(source)), writing_(source_.writing()) {
    for (unsigned i = 0; i < std::max(1u, source_.reading_threads); ++i) reading_.push_back(source_.reading());
    try {
        threads_.emplace_back([this] { write_for_ever(); });
        for (auto &connection : reading_) threads_.emplace_back([this, &connection] { read_for_ever(*connection); });
    } catch (...) {
        stop();
        throw;
    }
}

DatabaseStore::~DatabaseStore() { stop(); }

void DatabaseStore::stop() {
    writes_.close();
    reads_.close();
    threads_.clear();
}

std::unique_ptr<Backend> DatabaseStore::backend_for(asio::any_io_executor worker) {
    return std::make_unique<WorkerBackend>(*this, source_.reading(), std::move(worker));
}

void DatabaseStore::enqueue(Job job) {
    bool const writes = canonical::writes(job.request->verb);
    (writes ? writes_ : reads_).push(std::move(job));
}

void DatabaseStore::write_for_ever() {
    for (;;) {
        auto jobs = writes_.take_all();
        if (jobs.empty()) return;
        commit_together(jobs);
        try {
            writing_->tidy();
        } catch (Failure const &) {
            // All that was answered is in the log; the next commit tells whether the database can go on.
        }
    }
}

void DatabaseStore::commit_together(std::vector<Job> &jobs) {
    std::vector<Result<Reply>> answers;
    auto const whole = guarded_wholly([&]() -> Result<Reply> {
        Writer writer(*writing_);
        Transaction transaction(*writing_);
        for (auto const &job : jobs) answers.push_back(perform_apart(*writing_, writer, *job.request));
        transaction.commit();
        return Reply{};
    });
    commits_.fetch_add(1, std::memory_order_release);
    if (!whole) answers.assign(jobs.size(), whole.error());
    for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].waiting->answer(std::move(answers[i]));
}

void DatabaseStore::read_for_ever(Connection &connection) {
    Reader reader(connection);
    while (auto job = reads_.take_one()) {
        auto answer = guarded_wholly([&] {
            Budget const budget(connection, longest_list);
            return reader.list(*job->request);
        });
        job->waiting->answer(std::move(answer));
    }
}

} // namespace backends::sql
