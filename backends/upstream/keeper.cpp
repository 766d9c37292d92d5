#include "backends/upstream/keeper.hpp"

#include "backends/sql/migrations.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace backends::upstream {

using canonical::Bag, canonical::Error, canonical::Kind, canonical::MemberId, canonical::Result;
using sql::sqlite::Use;

namespace {

constexpr std::string_view first_version = R"(
CREATE TABLE kept_members (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    member TEXT NOT NULL,
    value TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (kind, id, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_extras (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    dialect TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id, dialect)
) STRICT, WITHOUT ROWID;

-- Numbers are never given twice, also not those of records that are gone.
CREATE TABLE foreign_ids (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    foreign_id TEXT NOT NULL,
    UNIQUE (kind, foreign_id)
) STRICT;
)";
constexpr std::string_view versions[]{first_version};

std::string_view name_in_kind(MemberId member) {
    return canonical::with_kind(member.kind, [&]<class E>(std::type_identity<E>) {
        std::string_view name;
        unsigned char index = 0;
        boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
            if (index++ == member.index) name = d.name;
        });
        return name;
    });
}

std::optional<MemberId> member_named(Kind kind, std::string_view wanted) {
    return canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) {
        std::optional<MemberId> found;
        unsigned char index = 0;
        boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
            if (d.name == wanted) found = MemberId{kind, index};
            ++index;
        });
        return found;
    });
}

Bag kept_extras(sql::Connection &connection, Kind kind, std::string_view id, std::string_view dialect) {
    auto rows = connection.run("SELECT body FROM kept_extras WHERE kind = $1 AND id = $2 AND dialect = $3",
                               canonical::name_of(kind), id, dialect);
    return rows.next() ? Bag::parse(rows.text(0)) : Bag();
}

void apply(sql::Connection &connection, KeeperChange const &change) {
    auto const kind = canonical::name_of(change.kind);
    if (change.gone) {
        connection.execute("DELETE FROM kept_members WHERE kind = $1 AND id = $2", kind, change.id);
        connection.execute("DELETE FROM kept_extras WHERE kind = $1 AND id = $2", kind, change.id);
        return;
    }
    for (auto const member : change.drop)
        connection.execute("DELETE FROM kept_members WHERE kind = $1 AND id = $2 AND member = $3", kind, change.id,
                           name_in_kind(member));
    for (auto const &[member, value, shown] : change.keep)
        connection.execute(
            "INSERT INTO kept_members (kind, id, member, value, shown) VALUES ($1, $2, $3, $4, $5)"
            " ON CONFLICT (kind, id, member) DO UPDATE SET value = excluded.value, shown = excluded.shown",
            kind, change.id, name_in_kind(member), value, shown);
    if (change.extras.empty()) return;
    auto extras = kept_extras(connection, change.kind, change.id, change.dialect);
    extras.merge(change.extras);
    connection.execute("INSERT INTO kept_extras (kind, id, dialect, body) VALUES ($1, $2, $3, $4)"
                       " ON CONFLICT (kind, id, dialect) DO UPDATE SET body = excluded.body",
                       kind, change.id, change.dialect, extras.json());
}

std::optional<std::int64_t> number_of(sql::Connection &connection, Kind kind, std::string_view foreign) {
    auto rows = connection.run("SELECT number FROM foreign_ids WHERE kind = $1 AND foreign_id = $2",
                               canonical::name_of(kind), foreign);
    return rows.next() ? std::optional(rows.integer(0)) : std::nullopt;
}

} // namespace

KeeperFile::KeeperFile(std::filesystem::path path) : path_(std::move(path)) {
    writer_ =
        std::make_unique<sql::sqlite::Connection>(sql::sqlite::Opening{.path = path_.string(), .use = Use::write});
    auto const ready = sql::migrate(*writer_, versions);
    if (!ready) throw sql::Failure(ready.error().code, path_.string() + ": " + ready.error().detail);
}

KeeperFile::~KeeperFile() { thread_.join(); }

std::unique_ptr<sql::Connection> KeeperFile::reader() const {
    return std::make_unique<sql::sqlite::Connection>(sql::sqlite::Opening{.path = path_.string()});
}

asio::awaitable<Result<void>> KeeperFile::write(KeeperChange change) {
    auto const work = [](sql::Connection &connection, KeeperChange const &what) -> asio::awaitable<Result<void>> {
        try {
            sql::Transaction transaction(connection);
            apply(connection, what);
            transaction.commit();
        } catch (sql::Failure const &failure) {
            co_return failure.error();
        }
        co_return Result<void>();
    };
    auto job = work(*writer_, change);
    auto written = co_await asio::co_spawn(thread_.get_executor(), std::move(job), asio::use_awaitable);
    commits_.fetch_add(1, std::memory_order_release);
    co_return written;
}

asio::awaitable<Result<std::vector<std::string>>> KeeperFile::number(Kind kind, std::vector<std::string> foreign) {
    using Numbers = Result<std::vector<std::string>>;
    auto const work = [](sql::Connection &connection, Kind of,
                         std::vector<std::string> const &names) -> asio::awaitable<Numbers> {
        std::vector<std::string> numbers;
        try {
            sql::Transaction transaction(connection);
            for (auto const &name : names) {
                connection.execute("INSERT OR IGNORE INTO foreign_ids (kind, foreign_id) VALUES ($1, $2)",
                                   canonical::name_of(of), name);
                numbers.push_back(std::to_string(number_of(connection, of, name).value()));
            }
            transaction.commit();
        } catch (sql::Failure const &failure) {
            co_return failure.error();
        }
        co_return numbers;
    };
    auto job = work(*writer_, kind, foreign);
    auto numbers = co_await asio::co_spawn(thread_.get_executor(), std::move(job), asio::use_awaitable);
    commits_.fetch_add(1, std::memory_order_release);
    co_return numbers;
}

Kept Keeper::of(Kind kind, std::string_view id, std::string_view dialect) {
    snapshot_.renew();
    Kept kept;
    auto rows = connection_->run("SELECT member, value, shown FROM kept_members WHERE kind = $1 AND id = $2",
                                 canonical::name_of(kind), id);
    while (rows.next())
        if (auto const member = member_named(kind, rows.text(0)))
            kept.members.push_back(
                {.member = *member, .value = std::string(rows.text(1)), .shown = std::string(rows.text(2))});
    kept.extras = kept_extras(*connection_, kind, id, dialect);
    return kept;
}

std::optional<std::string> Keeper::foreign_id(Kind kind, std::string_view id) {
    if (id.empty() || id.size() > 18 || id.find_first_not_of("0123456789") != id.npos) return {};
    snapshot_.renew();
    auto rows = connection_->run("SELECT foreign_id FROM foreign_ids WHERE kind = $1 AND number = $2",
                                 canonical::name_of(kind), std::int64_t(std::stoll(std::string(id))));
    return rows.next() ? std::optional(std::string(rows.text(0))) : std::nullopt;
}

std::optional<std::string> Keeper::own_id(Kind kind, std::string_view foreign) {
    snapshot_.renew();
    auto const number = number_of(*connection_, kind, foreign);
    return number ? std::optional(std::to_string(*number)) : std::nullopt;
}

} // namespace backends::upstream
