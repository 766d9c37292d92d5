#pragma once
// Work that waits for a thread of the store.
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace backends::sql {

template <class Job> class Queue {
public:
    void push(Job job) {
        {
            std::lock_guard const lock(mutex_);
            waiting_.push_back(std::move(job));
        }
        changed_.notify_one();
    }
    // No more work comes; what waits is still to be done.
    void close() {
        {
            std::lock_guard const lock(mutex_);
            closed_ = true;
        }
        changed_.notify_all();
    }
    // All that waits, once there is some; nothing once the queue is closed and empty.
    std::vector<Job> take_all() {
        std::unique_lock lock(mutex_);
        wait(lock);
        return std::exchange(waiting_, {});
    }
    std::optional<Job> take_one() {
        std::unique_lock lock(mutex_);
        wait(lock);
        if (waiting_.empty()) return {};
        std::optional<Job> job(std::move(waiting_.front()));
        waiting_.erase(waiting_.begin());
        return job;
    }

private:
    void wait(std::unique_lock<std::mutex> &lock) {
        changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Job> waiting_;
    bool closed_ = false;
};

} // namespace backends::sql
