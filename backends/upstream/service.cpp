#include "backends/upstream/service.hpp"

#include "backends/sql/related.hpp"
#include "backends/sql/team.hpp"
#include "backends/sqlite.hpp"
#include "backends/upstream/completion.hpp"
#include "backends/upstream/finish.hpp"
#include "backends/upstream/keeper.hpp"
#include "backends/upstream/member_text.hpp"
#include "backends/upstream/names.hpp"
#include "backends/upstream/refs.hpp"
#include "backends/upstream/road.hpp"
#include "canonical/lower.hpp"
#include "canonical/rules.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace backends::upstream {

using canonical::Code, canonical::Entity, canonical::Error, canonical::Kind, canonical::ListChange, canonical::Member,
    canonical::MemberId, canonical::OnLoss, canonical::Phase, canonical::Project, canonical::ProjectStatus,
    canonical::Ref, canonical::Relation, canonical::Reply, canonical::Request, canonical::Result, canonical::Verb,
    canonical::with_kind;

namespace {

std::string const &id_in(Ref const &ref) { return ref.id; }
std::string const &id_in(Member const &member) { return member.person.id; }
void append(std::vector<Ref> &list, Ref const &ref) { list.push_back(ref); }
void append(std::vector<Member> &team, Ref const &ref) {
    Member member;
    member.person = ref;
    team.push_back(std::move(member));
}

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

bool is_number(std::string_view id) { return !id.empty() && id.find_first_not_of("0123456789") == id.npos; }

// What only a store can say of a record: nobody's word for it is kept.
bool is_ours_to_keep(std::string_view member) {
    constexpr std::string_view never[]{"id",       "version", "created",          "updated",    "editor",
                                       "archived", "closed",  "last_task_number", "tasks_open", "tasks_total"};
    return std::ranges::find(never, member) == std::end(never);
}

// Calls f(slot, member, name) for each member that a patch speaks of and that may be kept.
template <class F> void for_each_said(Entity const &patch, F &&f) {
    std::visit(
        [&](auto const &record) {
            sql::for_each_member(record, [&](auto const &slot, sql::Column const &column, MemberId member) {
                if (!slot.absent() && is_ours_to_keep(column.name)) f(slot, member, column.name);
            });
        },
        patch);
}

class ServiceBackend final : public Backend {
public:
    ServiceBackend(asio::any_io_executor const &worker, Service const &service, Pacer &pacer, KeeperFile &file,
                   std::unique_ptr<Backend> beside, unsigned seed)
        : service_(service), client_(*service.client), file_(file), keeper_(file, worker), beside_(std::move(beside)),
          road_(worker, service, pacer, seed), names_(service.care.names_kept) {}

    asio::awaitable<Result<Reply>> perform(Request const &request) override {
        if (auto checked = check(request); !checked) co_return checked.error();
        Result<Reply> reply(boost::system::in_place_value);
        if (!client_.knows(request.kind)) {
            auto here = request;
            here.query.related = {};
            reply = co_await beside_->perform(here);
        } else if (request.verb == Verb::copy) {
            reply = co_await copy(request);
        } else if (request.verb == Verb::change_workflow || request.verb == Verb::map_to_workflow) {
            reply = co_await change_workflow(request);
        } else {
            reply = co_await ask_service(request);
        }
        if (!reply) co_return reply;
        co_await add_related(request, *reply);
        co_return reply;
    }

private:
    // --- asking

    asio::awaitable<Result<Reply>> ask_service(Request const &request) {
        auto wanted = request;
        find_guids(wanted);
        auto const ready = co_await prepare(wanted);
        if (!ready) co_return ready.error();
        auto const fits = check_losses(wanted);
        if (!fits) co_return fits.error();
        auto const said = wanted;
        make_foreign(wanted);
        auto reply = co_await converse(wanted);
        if (!reply) co_return of_ours(std::move(reply).error(), wanted);
        auto const numbered = co_await make_own(wanted.kind, reply->records);
        if (!numbered) co_return numbered.error();
        if (canonical::writes(wanted.verb)) {
            names_.forget(wanted.kind);
            auto const kept = co_await keep(said, *reply);
            if (!kept) co_return kept.error();
        }
        co_await dress(said.kind, said.dialect, reply->records);
        finish(said, *reply);
        co_return reply;
    }

    asio::awaitable<Result<Reply>> converse(Request const &request) {
        auto const repeat = canonical::writes(request.verb) ? Repeat::harmful : Repeat::harmless;
        auto account = service_.account;
        if (!request.credential.empty())
            account.credential.assign(request.credential.begin(), request.credential.end());
        auto talk = client_.perform(account, request);
        while (auto *const question = talk.pending()) {
            auto const harmless = question->method == "GET" ? Repeat::harmless : repeat;
            auto answer = co_await road_.ask(*question, harmless);
            if (!answer) co_return answer.error();
            talk.answer(std::move(*answer));
        }
        co_return talk.outcome();
    }

    // What a service says, as a store says it of that kind of request. What it says of our own credential is nothing
    // that the caller did.
    static Error of_ours(Error error, Request const &request) {
        auto const is = [&](std::initializer_list<Code> codes) {
            return std::ranges::find(codes, error.code) != codes.end();
        };
        bool const about_value = is({Code::bad_value, Code::blank, Code::not_in_list, Code::unknown_reference,
                                     Code::ambiguous, Code::exclusive, Code::malformed, Code::unsupported_type,
                                     Code::not_acceptable, Code::too_large, Code::unknown_field});
        bool const about_state = is({Code::locked, Code::in_use, Code::changed, Code::conflict});
        if (error.code == Code::unauthenticated) {
            error.code = Code::unavailable;
            error.detail = "the service refuses the credential of this backend";
        }
        switch (request.verb) {
        case Verb::get:
        case Verb::list:
            if (about_value || about_state) error.code = Code::unavailable;
            break;
        case Verb::create:
        case Verb::copy:
            if (error.code == Code::not_found) error.code = Code::unknown_reference;
            if (about_state) error.code = Code::conflict;
            break;
        case Verb::update:
            if (error.code == Code::in_use) error.code = Code::conflict;
            break;
        case Verb::remove:
            if (about_value || error.code == Code::conflict) error.code = Code::in_use;
            break;
        case Verb::change_workflow:
        case Verb::map_to_workflow:
            if (about_value && error.code != Code::blank) error.code = Code::unknown_reference;
            if (about_state) error.code = Code::changed;
            break;
        }
        if (request.verb == Verb::update || request.verb == Verb::create)
            if (is({Code::malformed, Code::unsupported_type, Code::not_acceptable, Code::too_large,
                    Code::unknown_field}))
                error.code = Code::bad_value;
        for (auto &further : error.more) further = of_ours(std::move(further), request);
        return error;
    }

    // Whole lists, as everybody sees them.
    asio::awaitable<Result<Reply>> list(Kind kind, canonical::Filter filter) {
        Request request{.verb = Verb::list, .kind = kind, .dialect = client_.name()};
        request.query.filter = std::move(filter);
        if (!client_.knows(kind)) {
            auto beside = co_await beside_->perform(request);
            co_return beside;
        }
        auto wanted = request;
        make_foreign(wanted);
        auto reply = co_await converse(wanted);
        if (!reply) co_return reply;
        auto const numbered = co_await make_own(kind, reply->records);
        if (!numbered) co_return numbered.error();
        overlay(kind, request.dialect, reply->records);
        complete(kind, reply->records);
        finish(request, *reply);
        co_return reply;
    }

    // Null where nobody tells.
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
        struct Named {
            Ref *ref;
            Kind target;
            std::string_view member;
        };
        std::vector<Named> named;
        if (request.verb == Verb::create) request_actor(request);
        for_each_ref(request, [&](Ref &ref, Kind target, std::string_view member) {
            bool const whole = client_.names_people_by_address() && !ref.empty() && ref.id != canonical::anyone;
            if (is_open(ref) || whole) named.push_back({&ref, target, member});
        });
        for (auto const &[ref, target, member] : named) {
            auto const *const known = co_await names_of(target);
            Error unknown{.code = Code::unknown_reference, .field = std::string(member), .detail = ref->name};
            if (!known) co_return unknown;
            auto found = find(*known, *ref);
            if (found) {
                *ref = std::move(*found);
                continue;
            }
            if (member == "creator") { // whoever asks need not be known
                *ref = {};
                continue;
            }
            auto error = std::move(found).error();
            error.field = member;
            co_return error;
        }
        bool const settles = settles_phase(request) || settles_team(request);
        bool const needs_current = settles || !request.changes.empty() || !request.custom.empty() ||
                                   request.unchanged_since || request.unchanged_version;
        if (!needs_current) co_return Result<void>();
        auto const done = co_await compare_and_complete(request);
        co_return done;
    }

    // Who asks is the creator of what comes of it.
    static void request_actor(Request &request) {
        std::visit(
            [&](auto &patch) {
                if constexpr (requires { patch.creator; })
                    if (patch.creator.absent() && !request.actor.empty()) patch.creator = request.actor;
            },
            request.patch);
    }

    static Project const *project_in(Request const &request) {
        bool const changes = request.verb == Verb::update || request.verb == Verb::create;
        return changes ? std::get_if<Project>(&request.patch) : nullptr;
    }
    bool settles_phase(Request const &request) const {
        auto const *const patch = project_in(request);
        return patch && !client_.knows(Kind::project_status) && (!patch->phase.absent() || !patch->status.absent());
    }
    static bool settles_team(Request const &request) {
        auto const *const patch = project_in(request);
        return patch && (!patch->team.absent() || !patch->manager.absent() || !patch->co_managers.absent());
    }

    asio::awaitable<Result<void>> compare_and_complete(Request &request) {
        Reply current;
        if (request.verb != Verb::create) {
            Request get{.kind = request.kind, .id = request.id, .dialect = request.dialect};
            auto found = co_await ask_service(get);
            if (!found) co_return found.error();
            current = std::move(*found);
        }
        Error const changed{.code = Code::changed, .detail = request.id};
        bool unchanged = true;
        with_kind(request.kind, [&]<class E>(std::type_identity<E>) {
            if (request.verb == Verb::create) return;
            auto const &record = current.one<E>();
            auto const since = request.unchanged_since;
            if (since && record.updated && second_of(*record.updated) > second_of(*since)) unchanged = false;
            if (request.unchanged_version && record.version && *record.version != *request.unchanged_version)
                unchanged = false;
            if (request.verb != Verb::update) return;
            auto &patch = std::get<E>(request.patch);
            for (auto const &change : request.changes) apply(change, patch, record);
            if constexpr (std::is_same_v<E, Project>) canonical::settle_custom(request.custom, record, patch);
        });
        if (!unchanged) co_return changed;
        Project const nothing;
        auto const *const before =
            request.verb == Verb::create || request.kind != Kind::project ? &nothing : &current.one<Project>();
        if (project_in(request) && (settles_team(request) || !request.changes.empty()))
            sql::settle_team(request.of<Project>(), *before, request.now);
        if (settles_phase(request)) {
            canonical::Filter everything;
            auto const statuses = co_await list(Kind::project_status, std::move(everything));
            if (!statuses) co_return statuses.error();
            canonical::settle_phase(request.of<Project>(), *before, statuses->records.of<ProjectStatus>(), request.now);
        }
        request.changes.clear();
        request.custom.clear();
        request.unchanged_since.reset();
        request.unchanged_version.reset();
        co_return Result<void>();
    }

    // --- ids: numbers here, whatever they are there

    // People may be called by their GUIDs.
    void find_guids(Request &request) {
        auto const change = [&](Kind kind, std::string &id) {
            if (!sql::is_guid(id)) return;
            if (auto made = number_of_guid(id))
                id = std::move(*made);
            else if (auto own = keeper_.own_id(kind, canonical::lower(id)))
                id = std::move(*own);
        };
        change(request.kind, request.id);
        for_each_ref(request, [&](Ref &ref, Kind target, std::string_view) { change(target, ref.id); });
        change_values(request.query.filter, change);
    }
    static void change_values(canonical::Filter &filter, auto const &change) {
        auto const columns = sql::columns_of(filter.field.member.kind);
        bool const refers =
            filter.field.member.index < columns.size() && target_of(columns[filter.field.member.index]) == Kind::person;
        for (auto &value : filter.values)
            if (auto *const text = std::get_if<std::string>(&value); text && refers) change(Kind::person, *text);
        for (auto &child : filter.children) change_values(child, change);
    }

    void make_foreign(Request &request) {
        auto const change = [&](Kind kind, std::string &id) {
            if (auto foreign = keeper_.foreign_id(kind, id)) id = std::move(*foreign);
        };
        change(request.kind, request.id);
        for_each_ref(request, [&](Ref &ref, Kind target, std::string_view) {
            if (client_.knows(target)) change(target, ref.id);
        });
        make_foreign(request.query.filter, request.kind);
    }
    // Only ids of the records themselves are asked of the service; other conditions are looked at here.
    void make_foreign(canonical::Filter &filter, Kind kind) {
        for (auto &child : filter.children) make_foreign(child, kind);
        if (filter.field.member != MemberId{kind, 0}) return;
        for (auto &value : filter.values)
            if (auto *const id = std::get_if<std::string>(&value))
                if (auto foreign = keeper_.foreign_id(kind, *id)) *id = std::move(*foreign);
    }

    asio::awaitable<Result<void>> make_own(Kind kind, canonical::Records &records) {
        std::map<Kind, std::vector<std::string *>> foreign;
        auto const note = [&](Kind of, std::string &id) {
            if (!id.empty() && id != canonical::anyone && !is_number(id)) foreign[of].push_back(&id);
        };
        with_kind(kind, [&]<class E>(std::type_identity<E>) {
            for (auto &record : records.of<E>()) {
                if constexpr (requires { record.guid; })
                    if (!record.id && record.guid) record.id = *record.guid;
                if (record.id) note(kind, *record.id);
                for_each_ref(record, [&](Ref &ref, Kind target, std::string_view) { note(target, ref.id); });
            }
        });
        for (auto const &[of, ids] : foreign) {
            std::vector<std::string> unknown;
            for (auto const *const id : ids)
                if (!keeper_.own_id(of, *id)) unknown.push_back(*id);
            if (!unknown.empty()) {
                auto const numbered = co_await file_.number(of, std::move(unknown));
                if (!numbered) co_return numbered.error();
            }
            for (auto *const id : ids)
                if (auto own = keeper_.own_id(of, *id)) *id = std::move(*own);
        }
        co_return Result<void>();
    }

    // --- what the service has no room for

    // The member as the service held it, in a few words; nothing where it did as it was told.
    Result<void> check_losses(Request const &request) const {
        bool const writes = request.verb == Verb::create || request.verb == Verb::update;
        if (!writes || request.on_loss != OnLoss::refuse) return {};
        std::optional<Error> refused;
        auto const refuse = [&](std::string_view field) {
            Error error{.code = Code::not_offered,
                        .field = std::string(field),
                        .detail = std::string(client_.name()) + " has no room for it"};
            if (refused)
                refused->more.push_back(std::move(error));
            else
                refused = std::move(error);
        };
        for_each_said(request.patch, [&](auto const &slot, MemberId member, std::string_view name) {
            if (slot && name != "creator" && !client_.holds(member)) refuse(name);
        });
        auto const extras = std::visit([](auto const &patch) { return patch.extras; }, request.patch);
        if (request.dialect != client_.name())
            for (std::size_t i = 0; i < extras.kept.size(); ++i) refuse(extras.kept[i].key);
        if (refused) return std::move(*refused);
        return {};
    }

    asio::awaitable<Result<void>> keep(Request const &said, Reply &reply) {
        KeeperChange change{.kind = said.kind, .id = said.id, .dialect = said.dialect};
        change.gone = said.verb == Verb::remove;
        if (!change.gone) {
            Entity shown = canonical::entity_of(said.kind);
            with_kind(said.kind, [&]<class E>(std::type_identity<E>) {
                auto const &record = reply.records.of<E>().front();
                change.id = *record.id;
                shown = record;
            });
            for_each_said(said.patch, [&](auto const &, MemberId member, std::string_view name) {
                auto value = member_text(said.patch, member), seen = member_text(shown, member);
                bool const vague = value == R"("not_closed")" || value == R"("not_active")";
                if (vague || same_fact(value, seen)) {
                    change.drop.push_back(member);
                    return;
                }
                auto const held = client_.holds(member);
                reply.losses.push_back(
                    {.member = std::string(name),
                     .what = held ? "approximated" : "kept",
                     .reason = held ? "the service shows it otherwise" : "the service has no room for it"});
                change.keep.push_back({.member = member, .value = std::move(value), .shown = std::move(seen)});
            });
            if (said.dialect != client_.name())
                change.extras = std::visit([](auto const &patch) { return patch.extras; }, said.patch);
        }
        if (said.on_loss == OnLoss::report) {
            for (auto &loss : reply.losses) loss.what = "lost";
            co_return Result<void>();
        }
        bool const idle = !change.gone && change.keep.empty() && change.drop.empty() && change.extras.empty();
        if (idle) co_return Result<void>();
        auto const written = co_await file_.write(std::move(change));
        co_return written;
    }

    void overlay(Kind kind, std::string_view dialect, canonical::Records &records) {
        bool const others = dialect != client_.name();
        with_kind(kind, [&]<class E>(std::type_identity<E>) {
            for (auto &record : records.of<E>()) {
                auto kept = keeper_.of(kind, *record.id, others ? dialect : std::string_view());
                if (others) record.extras = std::move(kept.extras);
                if (kept.members.empty()) continue;
                Entity whole(std::move(record));
                for (auto const &[member, value, shown] : kept.members)
                    if (same_fact(member_text(whole, member), shown)) set_member(whole, member, value);
                record = std::get<E>(std::move(whole));
            }
        });
    }

    // --- after: what every record has, names, related records

    asio::awaitable<void> dress(Kind kind, std::string_view dialect, canonical::Records &records) {
        overlay(kind, dialect, records);
        complete(kind, records);
        bool const without_statuses = kind == Kind::project && !client_.knows(Kind::project_status);
        if (without_statuses) co_await settle_statuses(records.of<Project>());
        co_await name_all(kind, records);
    }

    // Of a service that knows phases alone, a project's status is the one that was given here, as long as it is of that
    // phase.
    asio::awaitable<void> settle_statuses(std::vector<Project> &projects) {
        canonical::Filter everything;
        auto const reply = co_await list(Kind::project_status, std::move(everything));
        if (!reply) co_return;
        auto const &statuses = reply->records.of<ProjectStatus>();
        for (auto &project : projects) {
            auto const *const status =
                project.status ? reply->records.find<ProjectStatus>(project.status->id) : nullptr;
            if (status && *status->phase == *project.phase) continue;
            project.status = std::nullopt;
            if (auto const *const usual = canonical::status_of(*project.phase, statuses))
                project.status = Ref{.id = *usual->id, .name = *usual->name};
        }
    }

    asio::awaitable<void> name_all(Kind kind, canonical::Records &records) {
        std::map<Kind, std::vector<Ref *>> nameless;
        with_kind(kind, [&]<class E>(std::type_identity<E>) {
            for (auto &record : records.of<E>())
                for_each_ref(record, [&](Ref &ref, Kind target, std::string_view) {
                    if (is_nameless(ref) || is_open(ref)) nameless[target].push_back(&ref);
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
            co_await dress(kind, request.dialect, found->records);
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

    // --- operations that no service has

    // A new project with what the source has and what the caller says.
    asio::awaitable<Result<Reply>> copy(Request const &request) {
        Request get{.kind = request.kind, .id = request.id, .dialect = request.dialect};
        auto const found = co_await ask_service(get);
        Error const unknown{.code = Code::unknown_reference, .field = "source", .detail = request.id};
        if (!found && found.error().code == Code::not_found) co_return unknown;
        if (!found) co_return found.error();
        auto const parts = std::get<canonical::CopyParts>(request.arguments);
        auto create = request;
        create.verb = Verb::create;
        create.id.clear();
        create.arguments = {};
        auto &project = create.of<Project>();
        auto const &source = found->one<Project>();
        boost::mp11::mp_for_each<canonical::Members<Project>>([&](auto d) {
            std::string_view const name = d.name;
            auto const &from = source.*d.pointer;
            bool const goes = is_ours_to_keep(name) && name != "creator" && name != "number" && name != "phase" &&
                              name != "status" && name != "is_template" && name != "source" &&
                              (name != "team" || parts.team) && (name != "custom" || parts.custom_values);
            if ((project.*d.pointer).absent() && goes && from) project.*d.pointer = from;
        });
        project.is_template = parts.as_template;
        project.source = Ref{.id = request.id, .name = *source.name};
        if (project.extras.empty()) project.extras = source.extras;
        auto reply = co_await ask_service(create);
        co_return reply;
    }

    asio::awaitable<Result<Reply>> change_workflow(Request const &request) {
        auto own = co_await ask_service(request);
        bool const emulated = !own && own.error().code == Code::not_offered && request.verb == Verb::change_workflow;
        if (!emulated) co_return own;
        auto const &map = std::get<canonical::WorkflowMap>(request.arguments);
        Request update{.verb = Verb::update, .kind = request.kind, .id = request.id, .dialect = request.dialect};
        update.patch = Project{};
        update.of<Project>().workflow = Ref{.id = map.workflow};
        update.actor = request.actor;
        update.now = request.now;
        auto const *const known = co_await names_of(Kind::workflow);
        Error const unknown{.code = Code::unknown_reference, .field = "workflow", .detail = map.workflow};
        if (!known || !find(*known, *update.of<Project>().workflow)) co_return unknown;
        auto reply = co_await ask_service(update);
        co_return reply;
    }

    Service const &service_;
    dialects::Client const &client_;
    KeeperFile &file_;
    Keeper keeper_;
    std::unique_ptr<Backend> beside_; // the records of kinds that the service does not know
    Road road_;
    Names names_;
};

// What tools expect to find in any workspace, for services that have no such records: a status for each phase, and a
// workflow.
asio::awaitable<void> furnish(Backend &backend) {
    struct Status {
        std::string_view name;
        Phase phase;
    };
    constexpr Status statuses[]{{"Active", Phase::active}, {"Paused", Phase::paused}, {"Closed", Phase::closed}};
    struct Step {
        std::string_view name;
        canonical::Category category;
    };
    constexpr Step steps[]{{"To do", canonical::Category::open},
                           {"In progress", canonical::Category::started},
                           {"Done", canonical::Category::closed}};
    Request all{.verb = Verb::list, .kind = Kind::project_status};
    auto const known = co_await backend.perform(all);
    if (!known || !known->records.of<ProjectStatus>().empty()) co_return;
    auto const now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    std::int64_t position = 0;
    for (auto const &[name, phase] : statuses) {
        Request create{.verb = Verb::create, .kind = Kind::project_status, .patch = ProjectStatus{}, .now = now};
        auto &status = create.of<ProjectStatus>();
        status.name = std::string(name);
        status.phase = phase;
        status.position = position++;
        status.is_default = true;
        co_await backend.perform(create);
    }
    Request create{.verb = Verb::create, .kind = Kind::workflow, .patch = canonical::Workflow{}, .now = now};
    create.of<canonical::Workflow>().name = "Default";
    create.of<canonical::Workflow>().is_default = true;
    auto const workflow = co_await backend.perform(create);
    if (!workflow) co_return;
    position = 0;
    for (auto const &[name, category] : steps) {
        Request step{
            .verb = Verb::create, .kind = Kind::workflow_status, .patch = canonical::WorkflowStatus{}, .now = now};
        auto &status = step.of<canonical::WorkflowStatus>();
        status.name = std::string(name);
        status.category = category;
        status.position = position++;
        status.workflow = Ref{.id = *workflow->one<canonical::Workflow>().id};
        co_await backend.perform(step);
    }
}

void furnish(Store &store) {
    asio::io_context io;
    auto const backend = store.backend_for(io.get_executor());
    asio::co_spawn(io, furnish(*backend), asio::detached);
    io.run();
}

class ServiceStore final : public Store {
public:
    ServiceStore(Service service, std::unique_ptr<Store> beside)
        : service_(std::move(service)), pacer_(service_.rate), keeper_(service_.keeper), beside_(std::move(beside)) {}

    std::unique_ptr<Backend> backend_for(asio::any_io_executor worker) override {
        return std::make_unique<ServiceBackend>(worker, service_, pacer_, keeper_, beside_->backend_for(worker),
                                                ++workers_);
    }

private:
    Service service_;
    Pacer pacer_;
    KeeperFile keeper_;
    std::unique_ptr<Store> beside_;
    std::atomic<unsigned> workers_ = 0;
};

} // namespace

Result<std::unique_ptr<Store>> open_service(Service service) {
    auto records = service.keeper;
    records.replace_extension(".records.db");
    auto beside = open_sqlite({.path = records});
    if (!beside) return beside.error();
    furnish(**beside);
    try {
        std::unique_ptr<Store> store = std::make_unique<ServiceStore>(std::move(service), std::move(*beside));
        return store;
    } catch (sql::Failure const &failure) {
        return failure.error();
    }
}

} // namespace backends::upstream
