#pragma once
// Who may connect, and how much all requests together may hold in memory. Shared by all workers: connections are
// counted under a lock when they open and close, bytes of bodies without one.
#include "config/config.hpp"

#include <array>
#include <atomic>
#include <boost/asio/ip/address.hpp>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace gateway {

// Counts connections, all of them and those of each client: an IPv4 address, or the /64 network of an IPv6 address,
// because that is what one client has.
class Admission {
public:
    // A connection's place. The admission outlives it.
    class Ticket {
    public:
        Ticket(Ticket &&other) noexcept;
        Ticket &operator=(Ticket &&) = delete;
        ~Ticket();

    private:
        friend Admission;
        Ticket(Admission &admission, std::uint64_t client) : admission_(&admission), client_(client) {}
        Admission *admission_;
        std::uint64_t client_;
    };

    std::optional<Ticket> admit(boost::asio::ip::address const &address, config::Limits const &limits);
    std::size_t connections() const;

private:
    void leave(std::uint64_t client);

    mutable std::mutex mutex_;
    std::size_t total_ = 0;
    std::unordered_map<std::uint64_t, std::size_t> by_client_;
};

// The bytes of request bodies that are in memory at the moment.
class BodyBudget {
public:
    // What one request holds of it. The budget outlives the share.
    class Share {
    public:
        explicit Share(BodyBudget &budget) : budget_(budget) {}
        Share(Share const &) = delete;
        Share &operator=(Share const &) = delete;
        ~Share() { release(); }

        // Holds that many bytes from now on; false where there is no room for them.
        bool grow_to(std::size_t bytes, std::size_t limit);
        void release() { budget_.used_ -= std::exchange(held_, 0); }

    private:
        BodyBudget &budget_;
        std::size_t held_ = 0;
    };

    std::size_t used() const { return used_; }

private:
    std::atomic<std::size_t> used_ = 0;
};

} // namespace gateway
