#pragma once
// The sessions that were ended, in memory and in a file, so that they stay ended when the program starts again. The
// file has a line for each, "<seconds since 1970> <token>", and appears with the first of them.
#include "dialects/engine/ended_sessions.hpp"

#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>

namespace gateway {

class EndedSessions final : public dialects::EndedSessions {
public:
    // Reads the file, and writes it anew where some of its lines are past their time.
    explicit EndedSessions(std::filesystem::path file);
    ~EndedSessions() override;

    bool has(std::string_view token) const override;
    canonical::Result<void> add(std::string_view token, canonical::Instant expires) override;

private:
    struct Entry {
        std::string token;
        Entry *next;
    };
    using Bucket = std::atomic<Entry *>; // the latest, which leads to those before; none is ever taken out

    static constexpr std::size_t places = 1024;
    static std::size_t place_of(std::string_view token);
    void keep(std::string token);

    std::filesystem::path file_;
    std::mutex writing_;
    std::array<Bucket, places> buckets_ = {};
};

} // namespace gateway
