#pragma once
// A small dialect, a store that remembers what it was asked, and a site made of them: enough to watch the gateway work
// without any real tool behind it.
#include "dialects/engine/fields.hpp"
#include "gateway/service.hpp"

#include <mutex>

namespace gateway::testing {

// Where its questions are answered by the fakes below, this dialect shows in plain text what it was asked: the
// operation, the id, the caller. Its operations, under any prefix:
//   GET things, GET things/{id}   ask for a record; things/slow, things/never and things/broken try the backend
//   POST things                   writes
//   GET sneaky                    claims to read, and asks to write
//   GET open                      asks nobody for a credential
//   POST echo                     answers with the body; GET echo with the query's "text" in a header
//   GET big?bytes=N               answers with that many bytes
//   GET throws                    has a bug
class FakeDialect final : public dialects::Dialect {
public:
    struct Ways {
        std::string name = "fake";
        bool ignore_case = false;
        bool always_ok = false; // errors have status 200, as in one of the real tools
        bool broken_refusals = false;
    };
    FakeDialect() = default;
    explicit FakeDialect(Ways ways) : ways_(std::move(ways)) {}

    std::string_view name() const override { return ways_.name; }
    std::span<dialects::Operation const> operations() const override;
    dialects::TableSet const &tables() const override;
    bool paths_ignore_case() const override { return ways_.ignore_case; }
    bool is_open(dialects::Operation const &operation) const override { return operation.name == "open"; }
    std::span<std::span<std::string_view const> const> credential_forms() const override { return {}; }
    canonical::Result<void> identify(dialects::Call &call) const override;
    wire::Response refuse(dialects::Call const &call, canonical::Error const &error) const override;
    std::optional<wire::Response> preflight(dialects::Call const &) const override;
    std::string_view envelope(canonical::Kind) const override { return {}; }
    std::string example(std::string_view base_url) const override;
    canonical::Result<boost::json::value> document(dialects::Call const &) const override;
    canonical::Result<void> read_query(dialects::Call const &, dialects::Wanted &) const override { return {}; }
    wire::Response answer(dialects::Call const &, dialects::Wanted const &, canonical::Reply &) const override;

private:
    Ways ways_;
};

// Remembers questions; backends answer those for "slow" after a while, those for "never" never.
class FakeBackend;

class FakeStore final : public backends::Store {
public:
    std::unique_ptr<backends::Backend> backend_for(asio::any_io_executor worker) override;

    std::vector<canonical::Request> questions() const;
    std::size_t count() const { return questions().size(); }

    std::chrono::milliseconds slow{150};
    canonical::Reply reply; // what everybody is answered

private:
    friend FakeBackend;
    mutable std::mutex mutex_;
    std::vector<canonical::Request> questions_;
};

class FakeSite final : public Site {
public:
    FakeSite(config::Config config, std::map<std::string, std::shared_ptr<backends::Store>, std::less<>> stores)
        : config_(std::move(config)), stores_(std::move(stores)) {}

    config::Config const &config() const override { return config_; }
    std::shared_ptr<backends::Store> store(std::string_view backend) const override;
    std::vector<std::string> const &warnings() const override { return warnings_; }
    dialects::Attempts &attempts() const override { return attempts_; }
    dialects::EndedSessions &ended_sessions() const override { return ended_sessions_; }

private:
    // Nobody ends one here.
    class NoneEnded final : public dialects::EndedSessions {
        bool has(std::string_view) const override { return false; }
        canonical::Result<void> add(std::string_view, canonical::Instant) override { return {}; }
    };

    mutable dialects::Attempts attempts_;
    mutable NoneEnded ended_sessions_;
    config::Config config_;
    std::map<std::string, std::shared_ptr<backends::Store>, std::less<>> stores_;
    std::vector<std::string> warnings_;
};

config::Route route_to(dialects::Dialect const &dialect, std::string path, std::string backend = "store");
// The credential is a field "X-Token: <name>".
config::Caller caller_of(dialects::Dialect const &dialect, std::string const &name, bool may_write = true);

} // namespace gateway::testing
