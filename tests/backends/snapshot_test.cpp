// A connection after something in its transaction took too long.
#include "backends/sql/sqlite/connection.hpp"
#include "tests/backends/stores.hpp"

#include <gtest/gtest.h>

namespace {

namespace sql = backends::sql;
using namespace std::chrono_literals;

// The clock is looked at once in so many steps of all statements, so that the end of a snapshot meets it now and then.
constexpr int times = 2'000;

constexpr std::string_view endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

class Overdue : public testing::Test {
protected:
    void overrun() {
        connection_.limit(1ns);
        EXPECT_THROW(
            {
                sql::Snapshot const snapshot(connection_);
                auto rows = connection_.run(endless);
                rows.next();
            },
            sql::Overrun);
        connection_.limit({});
    }

    tests::Folder folder_;
    sql::sqlite::Connection connection_{{.path = (folder_ / "store.db").string(), .use = sql::sqlite::Use::write}};
};

TEST_F(Overdue, StatementsLeaveNoTransactionOpen) {
    for (int i = 0; i < times; ++i) {
        overrun();
        ASSERT_FALSE(connection_.in_transaction()) << "after " << i;
    }
}

} // namespace
