#pragma once
// One moment for all that a worker reads while it has requests at hand: taking a snapshot is a good part of a small
// read, and all readers of a file meet at it. It ends before the worker waits for its sockets again, and at once when
// this program has committed: who was told of a write finds it.
#include "backends/backend.hpp"
#include "backends/sql/connection.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <memory>

namespace backends::sql {

class SharedSnapshot {
public:
    using Commits = std::atomic<std::uint64_t>;

    // For the worker's thread alone. `commits` counts what was written, before anybody hears of it.
    SharedSnapshot(Connection &connection, asio::any_io_executor worker, Commits const &commits)
        : connection_(connection), worker_(std::move(worker)), commits_(commits) {}
    SharedSnapshot(SharedSnapshot const &) = delete;
    SharedSnapshot &operator=(SharedSnapshot const &) = delete;

    // Before each read.
    void renew() {
        auto const commits = commits_.load(std::memory_order_acquire);
        if (held_ && taken_at_ == commits) return;
        end();
        // One that could not be ended would go on showing its moment for ever.
        if (connection_.in_transaction()) throw Failure(canonical::Code::internal, "a snapshot does not end");
        held_ = std::make_shared<Snapshot>(connection_);
        taken_at_ = commits;
        auto letting_go = [this, held = std::weak_ptr<Snapshot>(held_)] {
            if (!held.expired()) end();
        };
        asio::post(worker_, std::move(letting_go));
    }

private:
    void end() { held_.reset(); }

    Connection &connection_;
    asio::any_io_executor worker_;
    Commits const &commits_;
    std::shared_ptr<Snapshot> held_;
    std::uint64_t taken_at_ = 0;
};

} // namespace backends::sql
