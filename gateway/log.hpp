#pragma once
// What operators read: messages about the program, and one line per request. Both are text or JSON, always one line
// each, with nothing in it that a terminal or a log reader could take for something else.
#include <chrono>
#include <spdlog/logger.h>

namespace spdlog::details {
class thread_pool;
}

namespace gateway {

enum class LogFormat : unsigned char { text, json };

// Where lines go. Messages are written at once; access lines may be handed to a thread of their own, which loses the
// oldest ones rather than make a worker wait for a slow reader.
struct Logs {
    std::shared_ptr<spdlog::details::thread_pool> writer; // outlives the logger that uses it
    std::shared_ptr<spdlog::logger> messages, access;
    LogFormat format = LogFormat::text;
};
Logs log_to_stderr(LogFormat format);
Logs log_to(spdlog::sink_ptr messages, spdlog::sink_ptr access, LogFormat format);

// What is known of a request once it is answered.
struct AccessEntry {
    std::chrono::system_clock::time_point time = {};
    std::uint64_t id = 0;
    std::string_view client = {}, method = {}, path = {}; // without the query: secrets travel there
    std::string_view dialect = "-", operation = "-";
    unsigned status = 0;
    std::size_t bytes = 0; // of the body
    std::chrono::microseconds took = {};
    std::size_t losses = 0;     // facts for which the service behind has no room
    std::string_view note = {}; // why it was refused, or that the client left
};

// One worker's lines, gathered and handed on together, so that workers do not meet at a lock for every request.
class AccessLog {
public:
    explicit AccessLog(Logs const &logs) : out_(logs.access), format_(logs.format) {}
    ~AccessLog() { flush(); }
    AccessLog(AccessLog const &) = delete;
    AccessLog &operator=(AccessLog const &) = delete;

    void write(AccessEntry const &entry);
    void flush();

private:
    void append_time(std::chrono::system_clock::time_point time);

    std::shared_ptr<spdlog::logger> out_;
    LogFormat format_;
    std::string lines_;
    std::chrono::sys_seconds second_ = {}; // of the text below
    std::string second_text_;
};

} // namespace gateway
