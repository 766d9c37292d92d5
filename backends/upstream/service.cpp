#include "backends/upstream/service.hpp"

#include "backends/sql/related.hpp"
#include "backends/upstream/finish.hpp"
#include "backends/upstream/names.hpp"
#include "backends/upstream/road.hpp"
#include "canonical/rules.hpp"

#include <algorithm>

namespace backends::upstream {

using canonical::Code, canonical::Error, canonical::Kind, canonical::ListChange, canonical::Member, canonical::Ref,
    canonical::Relation, canonical::Reply, canonical::Request, canonical::Result, canonical::Verb, canonical::with_kind;

namespace {

// The kind that a member of a kind refers to, or nothing.
std::optional<Kind> target_of(sql::Column const &column) {
    if (column.target.empty()) return {};
    for (std::size_t kind = 0; kind < canonical::kinds; ++kind)
        if (sql::table_of(Kind(kind)) == column.target) return Kind(kind);
    return {};
}

// Calls f(ref, target, member's name) for every reference that a record holds.
template <class E, class F> void for_each_ref(E &record, F &&f) {
    sql::for_each_member(record, [&](auto &slot, sql::Column const &column, canonical::MemberId) {
        using Type = typename std::remove_cvref_t<decltype(slot)>::value_type;
        auto const target = target_of(column);
        if (!slot || !target) return;
        if constexpr (std::is_same_v<Type, Ref>)
            f(*slot, *target, column.name);
        else if constexpr (std::is_same_v<Type, std::vector<Ref>>)
            for (auto &ref : *slot) f(ref, *target, column.name);
        else if constexpr (std::is_same_v<Type, std::vector<Member>>)
            for (auto &member : *slot) f(member.person, *target, column.name);
    });
}

bool is_open(Ref const &ref) { return ref.id.empty() && !ref.empty(); }
bool is_nameless(Ref const &ref) { return !ref.id.empty() && ref.name.empty() && ref.id != canonical::anyone; }

std::string const &id_in(Ref const &ref) { return ref.id; }
std::string const &id_in(Member const &member) { return member.person.id; }
void append(std::vector<Ref> &list, Ref const &ref) { list.push_back(ref); }
void append(std::vector<Member> &team, Ref const &ref) { team.push_back({.person = ref}); }

// A whole list in the patch out of what comes and goes.
template <class E> void apply(ListChange const &change, E &patch, E const &current) {
    unsigned char index = 0;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        if (canonical::MemberId{canonical::kind_of<E>, index++} != change.member) return;
        if constexpr (requires { append((patch.*d.pointer).emplace(), Ref{}); }) {
            auto list = (patch.*d.pointer).absent() ? *(current.*d.pointer) : *(patch.*d.pointer);
            auto const is_in = [](auto const &items, std::string const &id) {
                return std::ranges::any_of(items, [&](auto const &item) { return id_in(item) == id; });
            };
            std::erase_if(list, [&](auto const &item) { return is_in(change.remove, id_in(item)); });
            for (auto const &ref : change.add)
                if (!is_in(list, ref.id)) append(list, ref);
            patch.*d.pointer = std::move(list);
        }
    });
}

std::chrono::sys_seconds second_of(canonical::Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant);
}

class ServiceBackend final : public Backend {
public:
    ServiceBackend(asio::any_io_executor const &worker, Service const &service, Pacer &pacer, unsigned seed)
        : service_(service), road_(worker, service, pacer, seed), names_(service.care.names_kept) {}

    asio::awaitable<Result<Reply>> perform(Request const &request) override {
        if (auto checked = check(request); !checked) co_return checked.error();
        auto wanted = request;
        auto const ready = co_await prepare(wanted);
        if (!ready) co_return ready.error();
        auto reply = co_await converse(wanted);
        if (!reply) co_return reply;
        if (canonical::writes(wanted.verb)) names_.forget(wanted.kind);
        complete(wanted.kind, reply->records);
        co_await name_all(wanted.kind, reply->records);
        finish(wanted, *reply);
        co_await add_related(wanted, *reply);
        co_return reply;
    }

private:
    // --- asking

    asio::awaitable<Result<Reply>> converse(Request const &request) {
        auto const repeat = canonical::writes(request.verb) ? Repeat::harmful : Repeat::harmless;
        auto talk = service_.client->perform(service_.account, request);
        while (auto *const question = talk.pending()) {
            auto answer = co_await road_.ask(*question, repeat);
            if (!answer) co_return answer.error();
            talk.answer(std::move(*answer));
        }
        co_return talk.outcome();
    }

    asio::awaitable<Result<Reply>> list(Kind kind, canonical::Filter filter) {
        Request request{.verb = Verb::list, .kind = kind, .dialect = service_.client->name()};
        request.query.filter = std::move(filter);
        auto reply = co_await converse(request);
        if (reply) finish(request, *reply);
        co_return reply;
    }

    // Null where the service does not tell.
    asio::awaitable<std::vector<Ref> const *> names_of(Kind kind) {
        if (auto const *const known = names_.of(kind, Names::Clock::now())) co_return known;
        canonical::Filter everything;
        auto const reply = co_await list(kind, std::move(everything));
        if (!reply) co_return nullptr;
        names_.learn(kind, refs_of(kind, reply->records), Names::Clock::now());
        co_return names_.of(kind, Names::Clock::now());
    }

    // --- before: ids, whole lists, nothing that was changed meanwhile

    asio::awaitable<Result<void>> prepare(Request &request) {
        std::vector<Ref *> open;
        std::vector<std::pair<Kind, std::string_view>> about;
        auto const note = [&](Ref &ref, Kind target, std::string_view name) {
            if (!is_open(ref)) return;
            open.push_back(&ref);
            about.emplace_back(target, name);
        };
        std::visit([&](auto &patch) { for_each_ref(patch, note); }, request.patch);
        for (auto &change : request.changes) {
            auto const &column = sql::columns_of(request.kind)[change.member.index];
            auto const target = target_of(column);
            if (!target) continue;
            for (auto &ref : change.add) note(ref, *target, column.name);
            for (auto &ref : change.remove) note(ref, *target, column.name);
        }
        for (std::size_t i = 0; i < open.size(); ++i) {
            auto const [target, name] = about[i];
            auto const *const known = co_await names_of(target);
            Error unknown{.code = Code::unknown_reference, .field = std::string(name), .detail = open[i]->name};
            if (!known) co_return unknown;
            auto found = find(*known, *open[i]);
            if (!found) {
                auto error = std::move(found).error();
                error.field = name;
                co_return error;
            }
            *open[i] = std::move(*found);
        }
        bool const needs_current =
            !request.changes.empty() || !request.custom.empty() || request.unchanged_since || request.unchanged_version;
        if (!needs_current) co_return Result<void>();
        auto const done = co_await compare_and_complete(request);
        co_return done;
    }

    asio::awaitable<Result<void>> compare_and_complete(Request &request) {
        Request get{.kind = request.kind, .id = request.id, .dialect = request.dialect};
        auto const current = co_await converse(get);
        if (!current) co_return current.error();
        Error const changed{.code = Code::changed, .detail = request.id};
        bool unchanged = true;
        with_kind(request.kind, [&]<class E>(std::type_identity<E>) {
            auto const &record = current->one<E>();
            auto const since = request.unchanged_since;
            if (since && record.updated && second_of(*record.updated) > second_of(*since)) unchanged = false;
            if (request.unchanged_version && record.version && *record.version != *request.unchanged_version)
                unchanged = false;
            if (request.verb != Verb::update) return;
            auto &patch = std::get<E>(request.patch);
            for (auto const &change : request.changes) apply(change, patch, record);
            if constexpr (std::is_same_v<E, canonical::Project>)
                canonical::settle_custom(request.custom, record, patch);
        });
        if (!unchanged) co_return changed;
        request.changes.clear();
        request.custom.clear();
        request.unchanged_since.reset();
        request.unchanged_version.reset();
        co_return Result<void>();
    }

    // --- after: what every record has, names, related records

    // A service that sees two states shows one of three, and when a project was closed is at best when it changed last.
    static void settle(canonical::Project &project) {
        if (!project.phase) return;
        project.phase = canonical::settled(*project.phase, canonical::Phase::active);
        if (*project.phase == canonical::Phase::closed && project.archived.absent()) project.archived = project.updated;
        if (project.closed.absent()) project.closed = project.archived;
    }
    static void settle(canonical::ProjectStatus &status) {
        if (status.phase) status.phase = canonical::settled(*status.phase, canonical::Phase::active);
    }
    static void settle(auto &) {}

    // Whoever reads a record need not ask whether they are there.
    static void complete(Kind kind, canonical::Records &records) {
        with_kind(kind, [&]<class E>(std::type_identity<E>) {
            for (auto &record : records.of<E>()) {
                settle(record);
                sql::for_each_member(record, [](auto &slot, sql::Column const &column, canonical::MemberId) {
                    using Type = typename std::remove_cvref_t<decltype(slot)>::value_type;
                    if constexpr (std::is_integral_v<Type> || std::is_enum_v<Type>)
                        if (column.fallback && !slot) slot = Type(*column.fallback);
                    if (!slot.absent() || sql::is_counted(column.shape)) return;
                    if (sql::in_a_list(column.shape))
                        slot.emplace();
                    else
                        slot = std::nullopt;
                });
            }
        });
    }

    asio::awaitable<void> name_all(Kind kind, canonical::Records &records) {
        std::map<Kind, std::vector<Ref *>> nameless;
        with_kind(kind, [&]<class E>(std::type_identity<E>) {
            for (auto &record : records.of<E>())
                for_each_ref(record, [&](Ref &ref, Kind target, std::string_view) {
                    if (is_nameless(ref)) nameless[target].push_back(&ref);
                });
        });
        for (auto const &[target, refs] : nameless) {
            auto const *const known = co_await names_of(target);
            if (!known) continue;
            for (auto *ref : refs)
                if (auto found = find(*known, *ref)) *ref = std::move(*found);
        }
    }

    asio::awaitable<void> add_related(Request const &request, Reply &reply) {
        for (int r = 0; r <= int(sql::last_relation); ++r) {
            auto const relation = Relation(r);
            if (!request.query.related.has(relation)) continue;
            auto filter = filter_for(relation, request.kind, reply.records);
            if (filter.children.empty()) continue;
            auto const kind = sql::kind_of_relation(relation);
            auto found = co_await list(kind, std::move(filter));
            if (!found) continue;
            complete(kind, found->records);
            co_await name_all(kind, found->records);
            with_kind(kind, [&]<class R>(std::type_identity<R>) {
                for (auto &record : found->records.of<R>())
                    if (!reply.related.find<R>(*record.id)) reply.related.of<R>().push_back(std::move(record));
            });
        }
    }

    // Which records a relation leads to: those that are named, and those that name.
    static canonical::Filter filter_for(Relation relation, Kind of, canonical::Records const &records) {
        canonical::Filter filter{.op = canonical::Operator::any};
        auto const kind = sql::kind_of_relation(relation);
        auto const add = [&](canonical::Field field, std::set<std::int64_t> const &ids) {
            if (ids.empty()) return;
            canonical::Filter condition{.op = canonical::Operator::in, .field = field};
            for (auto const id : ids) condition.values.emplace_back(std::to_string(id));
            filter.children.push_back(std::move(condition));
        };
        with_kind(of, [&]<class E>(std::type_identity<E>) {
            std::set<std::int64_t> named, own;
            auto const &list = records.of<E>();
            sql::detail::add_referred(std::span<E const>(list), relation, named);
            add({.member = {kind, 0}}, named); // by its id
            if (relation < Relation::projects) return;
            for (auto const &record : list) sql::detail::add_id(own, {.id = *record.id});
            auto const columns = sql::columns_of(kind);
            for (std::size_t i = 0; i < columns.size(); ++i)
                if (sql::detail::hangs_on(columns[i], of))
                    add({.member = {kind, static_cast<unsigned char>(i)}, .part = canonical::Part::id}, own);
        });
        return filter;
    }

    Service const &service_;
    Road road_;
    Names names_;
};

class ServiceStore final : public Store {
public:
    explicit ServiceStore(Service service) : service_(std::move(service)), pacer_(service_.client->rate()) {}

    std::unique_ptr<Backend> backend_for(asio::any_io_executor worker) override {
        return std::make_unique<ServiceBackend>(worker, service_, pacer_, ++workers_);
    }

private:
    Service service_;
    Pacer pacer_;
    std::atomic<unsigned> workers_ = 0;
};

} // namespace

std::unique_ptr<Store> open_service(Service service) { return std::make_unique<ServiceStore>(std::move(service)); }

} // namespace backends::upstream
