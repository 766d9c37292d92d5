#include "backends/sql/connection.hpp"

namespace backends::sql {

namespace {

// A transaction that cannot be ended any more has come to nothing; the next one tells where the connection is beyond
// use. Whatever ran out of time in it, the end itself must not: the transaction would stay open for good.
void end(Connection &connection, std::string_view how) noexcept {
    try {
        connection.limit({});
        if (connection.in_transaction()) connection.execute(how);
    } catch (...) {
    }
}

} // namespace

Snapshot::~Snapshot() {
    if (!is_inner_) end(connection_, "COMMIT");
}

Transaction::~Transaction() { end(connection_, "ROLLBACK"); }

} // namespace backends::sql
