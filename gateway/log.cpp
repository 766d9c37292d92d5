#include "gateway/log.hpp"

#include "gateway/escape.hpp"

#include <fmt/chrono.h>
#include <iterator>
#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace gateway {

namespace {

constexpr std::size_t enough_lines = 32 * 1024; // to be handed on at once
constexpr std::size_t waiting_lines = 1024;     // or rather packets of them
constexpr std::size_t longest_path = 512, longest_method = 16, longest_message = 4096;

std::string second_text(std::chrono::sys_seconds second) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(std::chrono::system_clock::to_time_t(second)));
}

std::int64_t milliseconds_of(std::chrono::system_clock::time_point time) {
    return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count() % 1000;
}

class LineFormatter final : public spdlog::formatter {
public:
    explicit LineFormatter(LogFormat format) : format_(format) {}

    void format(spdlog::details::log_msg const &message, spdlog::memory_buf_t &out) override {
        std::string text;
        append_escaped(text, {message.payload.data(), message.payload.size()}, longest_message);
        auto const time = second_text(std::chrono::floor<std::chrono::seconds>(message.time));
        auto const level = spdlog::level::to_string_view(message.level);
        std::string_view const name(level.data(), level.size());
        auto const pattern = format_ == LogFormat::json ? R"({{"time":"{}.{:03}Z","level":"{}","message":"{}"}})"
                                                          "\n"
                                                        : "{}.{:03}Z {}: {}\n";
        fmt::format_to(fmt::appender(out), fmt::runtime(pattern), time, milliseconds_of(message.time), name, text);
    }
    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<LineFormatter>(format_); }

private:
    LogFormat format_;
};

// Access lines come complete.
Logs prepared(Logs logs) {
    auto as_it_is = std::make_unique<spdlog::pattern_formatter>("%v", spdlog::pattern_time_type::utc, "");
    logs.access->set_formatter(std::move(as_it_is));
    logs.messages->set_formatter(std::make_unique<LineFormatter>(logs.format));
    for (auto const &logger : {logs.messages, logs.access}) logger->flush_on(spdlog::level::info);
    return logs;
}

} // namespace

Logs log_to(spdlog::sink_ptr messages, spdlog::sink_ptr access, LogFormat format) {
    Logs logs;
    logs.format = format;
    logs.messages = std::make_shared<spdlog::logger>("messages", std::move(messages));
    logs.access = std::make_shared<spdlog::logger>("access", std::move(access));
    return prepared(std::move(logs));
}

Logs log_to_stderr(LogFormat format) {
    using Sink = spdlog::sinks::stderr_sink_mt;
    Logs logs;
    logs.format = format;
    logs.writer = std::make_shared<spdlog::details::thread_pool>(waiting_lines, 1);
    logs.messages = std::make_shared<spdlog::logger>("messages", std::make_shared<Sink>());
    logs.access = std::make_shared<spdlog::async_logger>("access", std::make_shared<Sink>(), logs.writer,
                                                         spdlog::async_overflow_policy::overrun_oldest);
    return prepared(std::move(logs));
}

void AccessLog::append_time(std::chrono::system_clock::time_point time) {
    auto const second = std::chrono::floor<std::chrono::seconds>(time);
    if (second != second_) {
        second_ = second;
        second_text_ = second_text(second);
    }
    fmt::format_to(std::back_inserter(lines_), "{}.{:03}Z", second_text_, milliseconds_of(time));
}

void AccessLog::write(AccessEntry const &entry) {
    bool const json = format_ == LogFormat::json;
    auto const out = std::back_inserter(lines_);
    lines_.append(json ? R"({"time":")" : "");
    append_time(entry.time);
    fmt::format_to(out, fmt::runtime(json ? R"(","id":"{:016x}","client":"{}","method":")" : " {:016x} {} "), entry.id,
                   entry.client);
    append_escaped(lines_, entry.method, longest_method);
    lines_.append(json ? R"(","path":")" : " ");
    append_escaped(lines_, entry.path, longest_path);
    auto const pattern =
        json ? R"(","dialect":"{}","operation":"{}","status":{},"bytes":{},"us":{})" : " {} {} {} {}B {}us";
    fmt::format_to(out, fmt::runtime(pattern), entry.dialect, entry.operation, entry.status, entry.bytes,
                   entry.took.count());
    if (entry.losses > 0) fmt::format_to(out, fmt::runtime(json ? R"(,"losses":{})" : " losses={}"), entry.losses);
    if (!entry.note.empty()) {
        lines_.append(json ? R"(,"note":")" : " \"");
        append_escaped(lines_, entry.note, longest_message);
        lines_.push_back('"');
    }
    lines_.append(json ? "}\n" : "\n");
    if (lines_.size() >= enough_lines) flush();
}

void AccessLog::flush() {
    if (lines_.empty()) return;
    out_->log(spdlog::level::info, spdlog::string_view_t(lines_.data(), lines_.size()));
    lines_.clear();
}

} // namespace gateway
