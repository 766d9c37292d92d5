#include "gateway/ended_sessions.hpp"

#include <functional>

namespace gateway {

namespace {

std::int64_t seconds(canonical::Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

canonical::Instant now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

} // namespace

EndedSessions::EndedSessions(std::filesystem::path file) : file_(std::move(file)) {
    std::ifstream in(file_);
    if (!in) return;
    std::string still_counting, token;
    bool all_count = true;
    for (std::int64_t until = 0; in >> until >> token;) {
        if (until <= seconds(now())) {
            all_count = false;
            continue;
        }
        still_counting.append(std::to_string(until)).append(" ").append(token).append("\n");
        keep(token);
    }
    if (all_count) return;
    auto const beside = file_.string() + ".new";
    std::ofstream out(beside, std::ios::trunc);
    out << still_counting << std::flush;
    std::error_code kept_as_it_was;
    if (out) std::filesystem::rename(beside, file_, kept_as_it_was);
}

EndedSessions::~EndedSessions() {
    for (auto &bucket : buckets_)
        for (auto *entry = bucket.load(); entry;) {
            std::unique_ptr<Entry> const gone(entry);
            entry = entry->next;
        }
}

bool EndedSessions::has(std::string_view token) const {
    auto const *entry = buckets_[place_of(token)].load(std::memory_order_acquire);
    while (entry && entry->token != token) entry = entry->next;
    return entry;
}

canonical::Result<void> EndedSessions::add(std::string_view token, canonical::Instant expires) {
    std::lock_guard const lock(writing_);
    std::error_code left_to_the_file;
    std::filesystem::create_directories(file_.parent_path(), left_to_the_file);
    std::ofstream out(file_, std::ios::app);
    out << seconds(expires) << ' ' << token << std::endl;
    if (!out)
        return canonical::Error{.code = canonical::Code::unavailable, .detail = file_.string() + " cannot be written"};
    keep(std::string(token));
    return {};
}

std::size_t EndedSessions::place_of(std::string_view token) { return std::hash<std::string_view>()(token) % places; }

void EndedSessions::keep(std::string token) {
    auto &bucket = buckets_[place_of(token)];
    auto entry = std::make_unique<Entry>(Entry{std::move(token), bucket.load(std::memory_order_relaxed)});
    bucket.store(entry.release(), std::memory_order_release);
}

} // namespace gateway
