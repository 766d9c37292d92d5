#include "backends/sql/seeding.hpp"
#include "backends/sql/statements.hpp"
#include "backends/sql/writer.hpp"

namespace backends::sql {

using canonical::Error, canonical::Kind;

namespace {

std::string sentence(std::string const &place, Kind kind, Error const &error) {
    std::string text = place + ": " + std::string(canonical::name_of(kind));
    if (!error.field.empty()) text += "." + error.field;
    text.append(": ").append(boost::describe::enum_to_string(error.code, ""));
    if (!error.detail.empty()) text += " '" + error.detail + "'";
    return text;
}

void set_counter(Connection &connection, std::string_view counter, std::int64_t next) {
    connection.execute("UPDATE counters SET value = $1 WHERE name = $2", next - 1, counter);
}

// Groups come before their people, and those who lead them are people.
struct Managed {
    canonical::PersonGroup group;
    canonical::Ref manager;
    std::string place;
};

// Who leads a new group, taken out of what says so.
std::optional<canonical::Ref> manager_of(canonical::Request &create) {
    auto *const group = std::get_if<canonical::PersonGroup>(&create.patch);
    if (!group || !group->manager) return {};
    auto manager = std::move(*group->manager);
    group->manager.clear();
    return manager;
}

} // namespace

bool holds_records(Connection &connection) {
    for (std::size_t kind = 0; kind < canonical::kinds; ++kind)
        if (connection.run("SELECT 1 FROM " + std::string(table_of(Kind(kind))) + " LIMIT 1").next()) return true;
    return false;
}

canonical::Result<void> fill(Connection &connection, Workspace workspace, canonical::Instant now) {
    Transaction transaction(connection);
    Writer writer(connection);
    Problems problems;
    // Records without an id get one behind those that the file gives.
    reserve_id(connection, workspace.highest_id);
    std::vector<Managed> managed;
    for (auto &record : workspace.records) {
        record.create.now = now;
        auto const manager = manager_of(record.create);
        auto const refuse = [&](Error const &error) {
            problems.add({.code = error.code, .detail = sentence(record.place, record.create.kind, error)});
        };
        auto const reply = writer.perform(record.create);
        if (!reply) {
            refuse(reply.error());
            for (auto const &error : reply.error().more) refuse(error);
            continue;
        }
        auto const id = canonical::with_kind(
            record.create.kind, [&]<class E>(std::type_identity<E>) { return *parse_id(*reply->one<E>().id); });
        for (auto const &[dialect, bag] : record.extras)
            if (!bag.empty()) write_extras(connection, record.create.kind, id, dialect, bag);
        if (manager) managed.push_back({reply->one<canonical::PersonGroup>(), *manager, record.place});
    }
    for (auto const &[group, manager, place] : managed) {
        canonical::Request update{.verb = canonical::Verb::update, .kind = Kind::person_group, .id = *group.id};
        auto &patch = update.patch.emplace<canonical::PersonGroup>();
        patch.manager = manager;
        update.now = *group.updated;
        auto const reply = writer.perform(update);
        if (!reply)
            problems.add({.code = reply.error().code, .detail = sentence(place, Kind::person_group, reply.error())});
    }
    if (problems.any()) return problems.take();
    if (workspace.next_id) set_counter(connection, "id", *workspace.next_id);
    if (workspace.next_number) set_counter(connection, "project_number", *workspace.next_number);
    transaction.commit();
    return {};
}

} // namespace backends::sql
