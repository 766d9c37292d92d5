#include "gateway/admission.hpp"

#include <utility>

namespace gateway {

namespace {

// The first half of an IPv6 address; an IPv4 address stands where no network of IPv6 does.
std::uint64_t client_of(boost::asio::ip::address const &address) {
    if (address.is_v4()) return address.to_v4().to_uint();
    auto const bytes = address.to_v6().to_bytes();
    std::uint64_t network = 0;
    for (std::size_t i = 0; i < 8; ++i) network = network << 8 | bytes[i];
    return network;
}

} // namespace

std::optional<Admission::Ticket> Admission::admit(boost::asio::ip::address const &address,
                                                  config::Limits const &limits) {
    auto const client = client_of(address);
    std::lock_guard const lock(mutex_);
    if (total_ >= limits.connections) return {};
    auto const [entry, fresh] = by_client_.try_emplace(client, 0);
    if (entry->second >= limits.connections_per_client) {
        if (fresh) by_client_.erase(entry);
        return {};
    }
    ++entry->second;
    ++total_;
    return Ticket(*this, client);
}

std::size_t Admission::connections() const {
    std::lock_guard const lock(mutex_);
    return total_;
}

void Admission::leave(std::uint64_t client) {
    std::lock_guard const lock(mutex_);
    --total_;
    auto const entry = by_client_.find(client);
    if (--entry->second == 0) by_client_.erase(entry);
}

Admission::Ticket::Ticket(Ticket &&other) noexcept
    : admission_(std::exchange(other.admission_, nullptr)), client_(other.client_) {}

Admission::Ticket::~Ticket() {
    if (admission_) admission_->leave(client_);
}

bool BodyBudget::Share::grow_to(std::size_t bytes, std::size_t limit) {
    if (bytes <= held_) return true;
    auto const more = bytes - held_;
    held_ = bytes;
    return (budget_.used_ += more) <= limit;
}

} // namespace gateway
