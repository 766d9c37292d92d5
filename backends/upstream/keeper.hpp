#pragma once
// What a service has no room for: members that it lacks or knows less finely, what other tools say beside them, and the
// numbers by which records are known here that the service calls by something else. A SQLite file, which all workers
// read and one thread writes.
#include "backends/backend.hpp"
#include "backends/sql/shared_snapshot.hpp"
#include "backends/sql/sqlite/connection.hpp"

#include <boost/asio/thread_pool.hpp>
#include <filesystem>

namespace backends::upstream {

// A member of a record: what was said of it, and what the service showed of it then. While it shows the same, what was
// said holds; what the service changed meanwhile wins.
struct KeptMember {
    canonical::MemberId member;
    std::string value, shown; // as member_text() has them
};

struct Kept {
    std::vector<KeptMember> members = {};
    canonical::Bag extras = {};

    bool empty() const { return members.empty() && extras.empty(); }
};

// What becomes of a record in the keeper.
struct KeeperChange {
    canonical::Kind kind;
    std::string id; // as it is known here
    std::vector<KeptMember> keep = {};
    std::vector<canonical::MemberId> drop = {};
    std::string_view dialect = {};
    canonical::Bag extras = {}; // beside those that are kept for the dialect
    bool gone = false;          // the record itself; its number is never given again
};

// The file. Throws sql::Failure where it cannot be opened or is none of ours.
class KeeperFile {
public:
    explicit KeeperFile(std::filesystem::path path);
    KeeperFile(KeeperFile const &) = delete;
    KeeperFile &operator=(KeeperFile const &) = delete;
    ~KeeperFile();

    // For one worker to read by.
    std::unique_ptr<sql::Connection> reader() const;
    sql::SharedSnapshot::Commits const &commits() const { return commits_; }

    // All or nothing, on disk before the answer.
    asio::awaitable<canonical::Result<void>> write(KeeperChange change);
    // The numbers of those records, given where they have none yet, in their order.
    asio::awaitable<canonical::Result<std::vector<std::string>>> number(canonical::Kind kind,
                                                                        std::vector<std::string> foreign);

private:
    std::filesystem::path path_;
    std::unique_ptr<sql::Connection> writer_;
    sql::SharedSnapshot::Commits commits_{0};
    asio::thread_pool thread_{1};
};

// What one worker reads of it.
class Keeper {
public:
    Keeper(KeeperFile const &file, asio::any_io_executor worker)
        : connection_(file.reader()), snapshot_(*connection_, std::move(worker), file.commits()) {}

    Kept of(canonical::Kind kind, std::string_view id, std::string_view dialect);
    // How the service calls a record; nothing where it calls it as we do.
    std::optional<std::string> foreign_id(canonical::Kind kind, std::string_view id);
    std::optional<std::string> own_id(canonical::Kind kind, std::string_view foreign);

private:
    std::unique_ptr<sql::Connection> connection_;
    sql::SharedSnapshot snapshot_;
};

} // namespace backends::upstream
