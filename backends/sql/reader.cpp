#include "backends/sql/reader.hpp"
#include "backends/sql/conditions.hpp"
#include "backends/sql/related.hpp"

namespace backends::sql {

using canonical::Code, canonical::Error, canonical::Kind, canonical::Project, canonical::Reply, canonical::Request,
    canonical::Result, canonical::with_kind;

Result<Reply> Reader::get(Request const &request) {
    Snapshot const snapshot(connection_);
    auto const id = identify(request.kind, request.id);
    if (!id) return Error{.code = Code::not_found, .detail = request.id};
    auto reply = answer(request, *id);
    if (!reply) return Error{.code = Code::not_found, .detail = request.id};
    return std::move(*reply);
}

Result<Reply> Reader::list(Request const &request) {
    auto const &page = request.query.page;
    auto const wanted = select_ids(request.kind, request.query);
    if (!wanted) return wanted.error();

    Snapshot const snapshot(connection_);
    std::vector<std::int64_t> ids;
    for (auto rows = connection_.run(*wanted); rows.next();) ids.push_back(rows.integer(0));
    Reply reply;
    with_kind(request.kind, [&]<class E>(std::type_identity<E>) {
        reply.records.of<E>() = read_all<E>(connection_, ids, request.dialect);
        complete<E>(reply, request);
    });
    if (!page.count) return reply;

    auto const found = std::int64_t(ids.size());
    bool const whole = page.offset == 0 && (page.limit < 0 || found < page.limit);
    if (whole) {
        reply.total = found;
        return reply;
    }
    auto const counted = select_count(request.kind, request.query);
    if (!counted) return counted.error();
    auto rows = connection_.run(*counted);
    rows.next();
    reply.total = rows.integer(0);
    return reply;
}

std::optional<std::int64_t> Reader::identify(Kind kind, std::string_view id) {
    auto const table = table_of(kind);
    if (!has_guids(table) || !is_guid(id)) return parse_id(id);
    auto rows = connection_.run("SELECT id FROM " + std::string(table) + " WHERE guid = $1", id);
    if (!rows.next()) return {};
    return rows.integer(0);
}

std::optional<Reply> Reader::answer(Request const &request, std::int64_t id) {
    std::optional<Reply> reply;
    with_kind(request.kind, [&]<class E>(std::type_identity<E>) {
        auto record = read_one<E>(connection_, id, request.dialect);
        if (!record) return;
        reply.emplace().records.of<E>().push_back(std::move(*record));
        complete<E>(*reply, request);
    });
    return reply;
}

template <class E> void Reader::complete(Reply &reply, Request const &request) {
    add_related(connection_, std::span<E const>(reply.records.of<E>()), request, reply.related);
    if constexpr (std::is_same_v<E, Project>)
        if (request.query.counters) count_tasks(reply.records.of<E>());
}

void Reader::count_tasks(std::vector<Project> &projects) {
    std::unordered_map<std::int64_t, Project *> by_id;
    std::vector<std::int64_t> ids;
    for (auto &project : projects) {
        project.tasks_open = project.tasks_total = 0;
        ids.push_back(*parse_id(*project.id));
        by_id.emplace(ids.back(), &project);
    }
    Sql sql;
    sql.add("SELECT c.project, sum(c.is_done = 0), count(*) FROM tasks c WHERE ");
    is_one_of(sql, "c.project", json_list(ids));
    sql.add(" GROUP BY c.project");
    auto rows = connection_.run(sql);
    while (rows.next()) {
        auto &project = *by_id.at(rows.integer(0));
        project.tasks_open = rows.integer(1);
        project.tasks_total = rows.integer(2);
    }
}

} // namespace backends::sql
