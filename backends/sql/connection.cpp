#include "backends/sql/connection.hpp"

namespace backends::sql {

namespace {

// A transaction that cannot be ended any more has come to nothing; the next one tells where the connection is beyond
// use.
void end(Connection &connection, std::string_view how) noexcept {
    try {
        if (connection.in_transaction()) connection.execute(how);
    } catch (...) {
    }
}

} // namespace

Snapshot::~Snapshot() { end(connection_, "COMMIT"); }

Transaction::~Transaction() { end(connection_, "ROLLBACK"); }

} // namespace backends::sql
