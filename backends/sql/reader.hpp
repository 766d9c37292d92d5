#pragma once
// Answers get and list, and completes the answer to a write: what is related, what is counted. One per thread.
#include "backends/sql/connection.hpp"
#include "canonical/request.hpp"

namespace backends::sql {

class Reader {
public:
    explicit Reader(Connection &connection) : connection_(connection) {}

    canonical::Result<canonical::Reply> get(canonical::Request const &request);
    canonical::Result<canonical::Reply> list(canonical::Request const &request);

    // The id in the database: of a person also by GUID. Nothing where there is no such record (for numbers: can be).
    std::optional<std::int64_t> identify(canonical::Kind kind, std::string_view id);
    // The answer that holds that record of the request's kind, with what the request wants beside it. It is in the
    // transaction of the caller.
    std::optional<canonical::Reply> answer(canonical::Request const &request, std::int64_t id);

private:
    template <class E> void complete(canonical::Reply &reply, canonical::Request const &request);
    void count_tasks(std::vector<canonical::Project> &projects);

    Connection &connection_;
};

} // namespace backends::sql
