#include "backends/contract.hpp"

#include <algorithm>
#include <set>

namespace backends {

using canonical::Code, canonical::Error, canonical::Kind, canonical::Operator, canonical::Relation, canonical::Reply,
    canonical::Request, canonical::Result, canonical::Slot, canonical::Verb, canonical::with_kind;

namespace {

using Breach = std::optional<std::string>;

bool is_member(canonical::MemberId member, Kind kind) {
    return member.kind == kind &&
           with_kind(kind, [&]<class E>(std::type_identity<E>) { return member.index < canonical::member_count<E>; });
}

Breach breach_of_filter(canonical::Filter const &filter, Kind kind) {
    if (filter.op == Operator::all || filter.op == Operator::any || filter.op == Operator::none) {
        if (!filter.values.empty()) return "a condition of conditions has a value of its own";
        for (auto const &child : filter.children)
            if (auto breach = breach_of_filter(child, kind)) return breach;
        return {};
    }
    if (!filter.children.empty()) return "a condition on a field has conditions of its own";
    if (!is_member(filter.field.member, kind)) return "a condition on a field of another kind";
    bool const several = filter.op == Operator::in || filter.op == Operator::not_in;
    if (!several && filter.values.size() != 1) return "a condition without its one value";
    return {};
}

Breach breach_of_query(Request const &request) {
    auto const &query = request.query;
    if (query.page.offset < 0 || query.page.limit < -1) return "a page before the first, or of less than nothing";
    for (auto const &sort : query.sort)
        if (!is_member(sort.field.member, request.kind)) return "a sort by a field of another kind";
    bool const narrows = !query.filter.empty() || !query.sort.empty() || query.page.offset > 0 ||
                         query.page.limit >= 0 || query.page.count;
    if (request.verb != Verb::list && narrows) return "a filter, a sort or a page for one record";
    return breach_of_filter(query.filter, request.kind);
}

bool is_project_verb(Verb verb) {
    return verb == Verb::copy || verb == Verb::change_workflow || verb == Verb::map_to_workflow;
}

Breach breach_of_arguments(Request const &request) {
    bool const maps = request.verb == Verb::change_workflow || request.verb == Verb::map_to_workflow;
    bool const copies = request.verb == Verb::copy;
    if (std::holds_alternative<canonical::WorkflowMap>(request.arguments) != maps)
        return "a map of statuses where none belongs, or none where one does";
    if (std::holds_alternative<canonical::CopyParts>(request.arguments) != copies)
        return "parts of a copy where none belong, or none where they do";
    return {};
}

Breach breach_of_patch(Request const &request) {
    bool const patches = request.verb == Verb::create || request.verb == Verb::update || request.verb == Verb::copy;
    if (!patches) return {};
    if (request.patch.index() != std::size_t(request.kind)) return "a patch of another kind";
    bool const extras = std::visit([](auto const &patch) { return !patch.extras.empty(); }, request.patch);
    if (extras && request.dialect.empty()) return "extras of no dialect";
    for (auto const &change : request.changes) {
        if (request.verb != Verb::update) return "a change of a list without an update";
        if (!is_member(change.member, request.kind)) return "a change of a list of another kind";
    }
    return {};
}

// --- answers

bool may_always_happen(Code code) {
    constexpr Code always[] = {Code::forbidden,   Code::unauthenticated, Code::too_many_requests, Code::not_offered,
                               Code::unavailable, Code::timed_out,       Code::overloaded,        Code::internal};
    return std::ranges::find(always, code) != std::end(always);
}

bool may_happen(Verb verb, Code code) {
    using Codes = std::initializer_list<Code>;
    auto const one_of = [code](Codes codes) { return std::ranges::find(codes, code) != codes.end(); };
    Codes const fields = {Code::blank,     Code::bad_value, Code::not_in_list, Code::unknown_reference,
                          Code::ambiguous, Code::conflict,  Code::exclusive};
    switch (verb) {
    case Verb::get:
        return code == Code::not_found;
    case Verb::list:
        return one_of({Code::unknown_field, Code::unknown_operator, Code::bad_value, Code::ambiguous});
    case Verb::create:
    case Verb::copy:
        return one_of(fields);
    case Verb::update:
        return one_of(fields) || one_of({Code::not_found, Code::locked, Code::changed});
    case Verb::remove:
        return one_of({Code::not_found, Code::locked, Code::in_use, Code::changed});
    case Verb::change_workflow:
    case Verb::map_to_workflow:
        return one_of({Code::not_found, Code::changed, Code::blank, Code::unknown_reference, Code::too_few_statuses,
                       Code::incomplete_map, Code::bad_map_key, Code::bad_map_value});
    }
    return false;
}

Breach breach_of_error(Verb verb, Error const &error) {
    if (!may_always_happen(error.code) && !may_happen(verb, error.code))
        return std::string(name_of(verb)) + " failed with " + boost::describe::enum_to_string(error.code, "");
    for (auto const &other : error.more) {
        if (!other.more.empty()) return "problems within problems";
        if (auto breach = breach_of_error(verb, other)) return breach;
    }
    return {};
}

// Whether a stored record tells of each member: a value, or that there is none. Counted ones are only there on demand.
template <class E> Breach breach_of_record(E const &record) {
    Breach breach;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        std::string_view const name = d.name;
        bool const counted = name == "tasks_open" || name == "tasks_total";
        if (!counted && (record.*d.pointer).absent()) breach = "a record that is silent about its " + std::string(name);
    });
    if (!record.id || record.id->empty()) breach = "a record without an id";
    return breach;
}

template <class E> Breach breach_of_list(std::vector<E> const &records) {
    std::set<std::string_view> ids;
    for (auto const &record : records) {
        if (auto breach = breach_of_record(record)) return breach;
        if (!ids.insert(*record.id).second) return "a record twice";
    }
    return {};
}

bool is_wanted(canonical::Relations const &wanted, Kind kind) {
    auto const any = [&](std::initializer_list<Relation> relations) {
        return std::ranges::any_of(relations, [&](Relation relation) { return wanted.has(relation); });
    };
    switch (kind) {
    case Kind::project:
        return any({Relation::source, Relation::projects});
    case Kind::project_status:
        return any({Relation::status});
    case Kind::project_type:
        return any({Relation::type});
    case Kind::workflow:
        return any({Relation::workflow});
    case Kind::workflow_status:
        return any({Relation::workflow_statuses});
    case Kind::person:
        return any({Relation::people});
    case Kind::company:
        return any({Relation::company});
    case Kind::tag:
        return any({Relation::tags});
    case Kind::task_list:
        return any({Relation::task_lists});
    case Kind::task:
        return any({Relation::tasks});
    case Kind::tag_group:
    case Kind::person_group:
    case Kind::custom_field:
    case Kind::custom_option:
        return false;
    }
    return false;
}

template <class E> Breach breach_of_kind(Request const &request, Reply const &reply) {
    auto const &records = reply.records.of<E>();
    auto const &related = reply.related.of<E>();
    if (canonical::kind_of<E> != request.kind && !records.empty()) return "records of another kind";
    if (!related.empty() && !is_wanted(request.query.related, canonical::kind_of<E>)) return "related records unasked";
    if (auto breach = breach_of_list(records)) return breach;
    if (auto breach = breach_of_list(related)) return breach;
    if (canonical::kind_of<E> != request.kind) return {};

    auto const &page = request.query.page;
    auto const count = std::int64_t(records.size());
    if (request.verb == Verb::remove) return count == 0 ? Breach() : "a record that was removed";
    if (request.verb == Verb::list) {
        if (!reply.page_open && page.limit >= 0 && count > page.limit) return "more records than the page has";
        if (!reply.page_open && (reply.total >= 0) != page.count) return "a count unasked, or none";
        if (!reply.page_open && page.count && count > 0 && reply.total < page.offset + count)
            return "fewer records in all than up to here";
        return {};
    }
    if (count != 1) return "not exactly one record";
    bool const numbered = std::ranges::all_of(request.id, [](char c) { return c >= '0' && c <= '9'; });
    bool const same = request.verb != Verb::create && request.verb != Verb::copy && numbered;
    return same && *records.front().id != request.id ? Breach("another record than the one that was asked for")
                                                     : Breach();
}

class CheckedBackend final : public Backend {
public:
    explicit CheckedBackend(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}

    asio::awaitable<Result<Reply>> perform(Request const &request) override {
        if (auto breach = breach_of(request)) throw ContractBreach(*breach);
        auto answer = co_await backend_->perform(request);
        if (auto breach = breach_of(request, answer)) throw ContractBreach(*breach);
        co_return answer;
    }

private:
    std::unique_ptr<Backend> backend_;
};

class CheckedStore final : public Store {
public:
    explicit CheckedStore(std::unique_ptr<Store> store) : store_(std::move(store)) {}
    std::unique_ptr<Backend> backend_for(asio::any_io_executor worker) override {
        return checked(store_->backend_for(std::move(worker)));
    }

private:
    std::unique_ptr<Store> store_;
};

} // namespace

std::unique_ptr<Backend> checked(std::unique_ptr<Backend> backend) {
    return std::make_unique<CheckedBackend>(std::move(backend));
}

std::unique_ptr<Store> checked(std::unique_ptr<Store> store) {
    return std::make_unique<CheckedStore>(std::move(store));
}

std::optional<std::string> breach_of(Request const &request) {
    bool const needs_id = request.verb != Verb::list && request.verb != Verb::create;
    if (needs_id && request.id.empty()) return "no record is named";
    if (!needs_id && !request.id.empty()) return "a record is named where none is meant";
    if (is_project_verb(request.verb) && request.kind != Kind::project) return "a verb that only projects know";
    if (auto breach = breach_of_query(request)) return breach;
    if (auto breach = breach_of_arguments(request)) return breach;
    return breach_of_patch(request);
}

std::optional<std::string> breach_of(Request const &request, Result<Reply> const &answer) {
    if (!answer) return breach_of_error(request.verb, answer.error());
    Breach breach;
    for (std::size_t kind = 0; kind < canonical::kinds && !breach; ++kind)
        breach =
            with_kind(Kind(kind), [&]<class E>(std::type_identity<E>) { return breach_of_kind<E>(request, *answer); });
    return breach;
}

} // namespace backends
