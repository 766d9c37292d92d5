#pragma once
// A store in a database: one thread that writes, a few that read lists, and a connection of its own for each worker.
// Writes that wait at the same time are committed together, and are answered once they are on the disk.
#include "backends/backend.hpp"
#include "backends/sql/connection.hpp"
#include "backends/sql/queue.hpp"
#include "backends/sql/shared_snapshot.hpp"

#include <functional>
#include <thread>

namespace backends::sql {

// Whoever asked and waits for an answer, on another thread.
class Waiting {
public:
    virtual ~Waiting() = default;
    virtual void answer(canonical::Result<canonical::Reply> result) = 0; // once
};

struct Job {
    canonical::Request const *request = nullptr;
    std::unique_ptr<Waiting> waiting;
};

// Connections to one database, whose schema is in order.
struct Source {
    std::function<std::unique_ptr<Connection>()> reading, writing;
    unsigned reading_threads = 2;
};

class DatabaseStore : public Store {
public:
    explicit DatabaseStore(Source source);
    ~DatabaseStore() override;

    std::unique_ptr<Backend> backend_for(asio::any_io_executor worker) override;

    // From any thread.
    void enqueue(Job job);
    SharedSnapshot::Commits const &commits() const { return commits_; }

private:
    void stop();
    void write_for_ever();
    void commit_together(std::vector<Job> &jobs);
    void read_for_ever(Connection &connection);

    Source source_;
    std::unique_ptr<Connection> writing_;
    std::vector<std::unique_ptr<Connection>> reading_;
    Queue<Job> writes_, reads_;
    SharedSnapshot::Commits commits_{0};
    std::vector<std::jthread> threads_;
};

} // namespace backends::sql
