#include "backends/sql/writer.hpp"
#include "backends/sql/rows.hpp"
#include "backends/sql/statements.hpp"
#include "canonical/rules.hpp"

#include <algorithm>

namespace backends::sql {

using canonical::Code, canonical::Error, canonical::Kind, canonical::ListChange, canonical::Ref, canonical::Reply,
    canonical::Request, canonical::Result, canonical::Verb, canonical::with_kind;

namespace {

// What a caller cannot change, because the store keeps account of it.
constexpr std::string_view kept_by_store[] = {"id",      "guid",    "version", "created",
                                              "updated", "creator", "editor",  "last_task_number"};

template <class E> void forget_what_the_store_keeps(E &patch) {
    for_each_member(patch, [](auto &slot, Column const &column, canonical::MemberId) {
        if (std::ranges::find(kept_by_store, column.name) != std::end(kept_by_store)) slot.clear();
    });
}

// What is never empty gets its usual value where the patch empties it, or, of a new record, where nothing is said.
template <class E> void fill_fallbacks(E &patch, bool new_record) {
    for_each_member(patch, [&](auto &slot, Column const &column, canonical::MemberId) {
        using Type = typename std::remove_reference_t<decltype(slot)>::value_type;
        if constexpr (std::is_integral_v<Type> || std::is_enum_v<Type>)
            if (column.fallback && !slot && (new_record || slot.null())) slot = Type(*column.fallback);
    });
}

template <class E> void require(E const &patch, bool new_record, Problems &problems) {
    for_each_member(patch, [&](auto const &slot, Column const &column, canonical::MemberId) {
        using Type = typename std::remove_reference_t<decltype(slot)>::value_type;
        if (!column.required || (slot.absent() && !new_record)) return;
        bool blank = !slot;
        if constexpr (std::is_same_v<Type, std::string>) blank = blank || slot->empty();
        if (blank) problems.add({.code = Code::blank, .field = std::string(column.name)});
    });
}

// Behind the others that stand on the same thing.
template <class E> void take_last_position(Connection &connection, E &record) {
    if constexpr (requires { record.position; }) {
        if (record.position) return;
        Sql sql;
        sql.add("SELECT coalesce(max(position) + 1, 0) FROM ").add(table_of(canonical::kind_of<E>));
        if constexpr (requires { record.field; })
            sql.add(" WHERE field = ").bind(to_column(*record.field));
        else if constexpr (requires { record.workflow; })
            sql.add(" WHERE workflow = ").bind(to_column(*record.workflow));
        else if constexpr (requires { record.project; })
            sql.add(" WHERE project = ").bind(to_column(*record.project));
        if constexpr (requires { record.list; }) {
            if (record.list)
                sql.add(" AND list = ").bind(to_column(*record.list));
            else
                sql.add(" AND list IS NULL");
        }
        auto rows = connection.run(sql);
        rows.next();
        record.position = rows.integer(0);
    }
}

template <class E> void stamp_new(E &record, Occasion const &occasion) {
    if (!record.created) record.created = occasion.now;
    if (!record.updated) record.updated = *record.created;
    if constexpr (requires { record.creator; })
        if (record.creator.absent() && !occasion.actor.empty()) record.creator = occasion.actor;
    if constexpr (requires { record.editor; })
        if (record.editor.absent()) record.editor = occasion.actor.empty() ? record.creator : occasion.actor;
}

} // namespace

Result<Reply> Writer::perform(Request const &request) {
    if (request.verb == Verb::remove) {
        auto removed = with_kind(request.kind, [&]<class E>(std::type_identity<E>) { return remove<E>(request); });
        if (!removed) return removed.error();
        return Reply{};
    }
    auto const id = change(request);
    if (!id) return id.error();
    auto reply = reader_.answer(request, *id);
    if (!reply) throw std::logic_error("a record that was just written is not there");
    return std::move(*reply);
}

Writer::Id Writer::change(Request const &request) {
    switch (request.verb) {
    case Verb::create:
        return with_kind(request.kind,
                         [&]<class E>(std::type_identity<E>) { return create(request, std::get<E>(request.patch)); });
    case Verb::update:
        return with_kind(request.kind, [&]<class E>(std::type_identity<E>) { return update<E>(request); });
    case Verb::copy:
        return copy_project(request);
    case Verb::change_workflow:
        return change_workflow(request);
    case Verb::map_to_workflow:
        return map_to_workflow(request);
    default:
        throw std::logic_error("a reading request came to where writes are done");
    }
}

Occasion Writer::occasion_of(Request const &request) {
    Occasion occasion{.connection = connection_, .references = references_, .now = request.now};
    // Whoever is unknown here may write all the same: who may is not for the store to say.
    if (request.actor.empty()) return occasion;
    if (auto const found = references_.find(people, request.actor)) occasion.actor.id = std::to_string(*found);
    return occasion;
}

template <class E> Writer::Id Writer::create(Request const &request, E record) {
    auto const occasion = occasion_of(request);
    Problems problems;
    auto const scopes = scopes_of(occasion, record, E{});
    references_.resolve(record, problems, scopes);
    if (problems.any()) return problems.take();
    fill_in(record);
    require(record, true, problems);
    if (problems.any()) return problems.take();

    auto id = id_for(record);
    if (!id) return id;
    record.id = std::to_string(*id);
    stamp_new(record, occasion);
    if (auto refused = before_create(occasion, record); !refused) return refused.error();
    fill_fallbacks(record, true);
    take_last_position(connection_, record);

    connection_.execute(insert_row(record));
    write_lists(record, *id);
    if (!record.extras.empty()) write_extras(connection_, request.kind, *id, request.dialect, record.extras);
    if constexpr (requires { record.is_default; })
        if (*record.is_default) keep_one_default<E>(connection_, *id);
    return id;
}

template <class E> Writer::Id Writer::id_for(E const &record) {
    auto const table = table_of(canonical::kind_of<E>);
    if (!record.id) return next_id(connection_, table);
    auto const id = parse_id(*record.id);
    if (!id) return Error{.code = Code::bad_value, .field = "id", .detail = *record.id};
    if (any_row(connection_, table, "id", *id))
        return Error{.code = Code::conflict, .field = "id", .detail = *record.id};
    reserve_id(connection_, *id);
    return *id;
}

template <class E> Writer::Id Writer::update(Request const &request) {
    auto const found = find_changeable<E>(request);
    if (!found) return found.error();
    auto const &current = *found;
    auto const occasion = occasion_of(request);

    E patch = std::get<E>(request.patch);
    forget_what_the_store_keeps(patch);
    Problems problems;
    auto const scopes = scopes_of(occasion, patch, current);
    references_.resolve(patch, problems, scopes);
    for (auto const &change : request.changes) apply(change, patch, current, problems);
    if (problems.any()) return problems.take();
    if constexpr (std::is_same_v<E, canonical::Project>) canonical::settle_custom(request.custom, current, patch);
    require(patch, false, problems);
    if (problems.any()) return problems.take();

    fill_fallbacks(patch, false);
    if constexpr (requires { patch.position; })
        if (patch.position.null()) patch.position.clear();
    if (auto refused = before_update(occasion, patch, current); !refused) return refused.error();
    patch.updated = request.now;
    if constexpr (requires { patch.editor; })
        if (!occasion.actor.empty()) patch.editor = occasion.actor;

    auto const id = *parse_id(*current.id);
    connection_.execute(update_rows(patch, "id", id));
    write_lists(patch, id);
    if (!patch.extras.empty()) {
        auto bag = current.extras;
        bag.merge(patch.extras);
        write_extras(connection_, request.kind, id, request.dialect, bag);
    }
    if constexpr (requires { patch.is_default; }) keep_one_default<E>(connection_, id);
    after_update(occasion, patch, current);
    return id;
}

template <class E> Result<void> Writer::remove(Request const &request) {
    auto const current = find_changeable<E>(request);
    if (!current) return current.error();
    auto const occasion = occasion_of(request);
    if (auto refused = before_remove(occasion, *current); !refused) return refused;
    auto const table = std::string(table_of(canonical::kind_of<E>));
    connection_.execute("DELETE FROM " + table + " WHERE id = $1", *parse_id(*current->id));
    return {};
}

template <class E> Result<E> Writer::find_changeable(Request const &request) {
    auto const id = reader_.identify(canonical::kind_of<E>, request.id);
    auto current = id ? read_one<E>(connection_, *id, request.dialect) : std::nullopt;
    if (!current) return Error{.code = Code::not_found, .detail = request.id};
    if constexpr (requires { current->is_locked; })
        if (*current->is_locked) return Error{.code = Code::locked, .detail = request.id};
    auto const seconds = [](canonical::Instant instant) { return std::chrono::floor<std::chrono::seconds>(instant); };
    bool const changed = (request.unchanged_since && seconds(*current->updated) > seconds(*request.unchanged_since)) ||
                         (request.unchanged_version && *current->version != *request.unchanged_version);
    if (changed) return Error{.code = Code::changed, .detail = request.id};
    return std::move(*current);
}

template <class E> void Writer::write_lists(E const &patch, std::int64_t id) {
    for_each_member(patch, [&](auto const &slot, Column const &column, canonical::MemberId) {
        using Type = typename std::remove_reference_t<decltype(slot)>::value_type;
        if (slot.absent()) return;
        if constexpr (std::is_same_v<Type, std::vector<Ref>>)
            write_list(connection_, column, id, *slot);
        else if constexpr (std::is_same_v<Type, std::vector<canonical::Member>>)
            write_team(connection_, id, *slot);
    });
}

namespace {

std::string const &id_in(Ref const &ref) { return ref.id; }
std::string const &id_in(canonical::Member const &member) { return member.person.id; }

void append(std::vector<Ref> &list, Ref const &ref) { list.push_back(ref); }
void append(std::vector<canonical::Member> &team, Ref const &ref) { team.push_back({.person = ref}); }

} // namespace

template <class E> void Writer::apply(ListChange const &change, E &patch, E const &current, Problems &problems) {
    std::size_t index = 0;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        auto const &column = columns<E>[index];
        if (canonical::MemberId{canonical::kind_of<E>, static_cast<unsigned char>(index++)} != change.member) return;
        if constexpr (requires { append((patch.*d.pointer).emplace(), Ref{}); }) {
            auto add = change.add, remove = change.remove;
            references_.resolve_list(add, column, problems);
            references_.resolve_list(remove, column, problems);
            auto list = (patch.*d.pointer).absent() ? *(current.*d.pointer) : *(patch.*d.pointer);
            auto const is_in = [](auto const &items, std::string const &id) {
                return std::ranges::any_of(items, [&](auto const &item) { return id_in(item) == id; });
            };
            std::erase_if(list, [&](auto const &item) { return is_in(remove, id_in(item)); });
            for (auto const &ref : add)
                if (!is_in(list, ref.id)) append(list, ref);
            patch.*d.pointer = std::move(list);
        }
    });
}

// For what is done with projects only.
template Writer::Id Writer::create(Request const &, canonical::Project);
template Result<canonical::Project> Writer::find_changeable(Request const &);
template void Writer::write_lists(canonical::Task const &, std::int64_t);

} // namespace backends::sql
