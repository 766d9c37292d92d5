#include "dialects/engine/client.hpp"

#include "dialects/engine/documents/json.hpp"
#include "dialects/engine/read.hpp"

#include <algorithm>
#include <set>

namespace dialects {

using canonical::Kind, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

constexpr std::string_view id_segment = "{id}";

// Only what needs no other value than the record's id.
bool is_plain(std::string_view path) {
    auto const brace = path.find('{');
    if (brace == path.npos) return true;
    return path.substr(brace).starts_with(id_segment) && path.find('{', brace + 1) == path.npos;
}

bool names_a_record(Verb verb) { return verb != Verb::list && verb != Verb::create; }

Context context_of(Account const &account) {
    return {.zone = account.zone, .home = account.zone, .organization = account.organization};
}

constexpr struct {
    unsigned status;
    Code code;
} meanings[]{
    {400, Code::bad_value}, {401, Code::unauthenticated},   {403, Code::forbidden},   {404, Code::not_found},
    {409, Code::conflict},  {410, Code::not_found},         {412, Code::changed},     {413, Code::too_large},
    {422, Code::bad_value}, {429, Code::too_many_requests}, {503, Code::unavailable}, {504, Code::timed_out},
};

constexpr std::size_t most_records = 200'000; // of one list

std::size_t records_of(Reply const &reply, Kind kind) {
    return canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) { return reply.records.of<E>().size(); });
}
bool has_records(Reply const &reply, Kind kind) { return records_of(reply, kind) > 0; }

// What moves from one page to the next while a list is read comes twice.
void leave_out_repeated(Reply &reply, Kind kind) {
    canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) {
        std::set<std::string> seen;
        std::erase_if(reply.records.of<E>(),
                      [&](E const &record) { return record.id && !seen.insert(*record.id).second; });
    });
}

// By the members of the model, as backends name them.
Error by_members(Error error, TableSet const &tables, Kind kind) {
    error.field = member_at(tables, kind, error.field);
    for (auto &further : error.more) further = by_members(std::move(further), tables, kind);
    return error;
}

Error unreadable() { return {.code = Code::unavailable, .detail = "the service's answer cannot be read"}; }

} // namespace

std::string_view Account::secret(std::string_view key) const {
    for (auto const &[name, value] : credential)
        if (name == key) return value;
    return {};
}

void add_query(std::string &target, std::string_view query) {
    if (query.empty()) return;
    target += target.find('?') == target.npos ? '?' : '&';
    target += query;
}

std::string joined(std::vector<std::string> const &items, std::string_view separator) {
    std::string text;
    for (auto const &item : items) text.append(&item == &items.front() ? "" : separator).append(item);
    return text;
}

Pushed pushed(Request const &request) {
    using canonical::Filter, canonical::Operator, canonical::Phase;
    constexpr std::size_t most_ids = 100; // an address has an end
    Pushed pushed;
    auto const look = [&](Filter const &condition) {
        bool const one_of = condition.op == Operator::equal || condition.op == Operator::in;
        if (condition.field.member == canonical::MemberId{request.kind, 0} && one_of) { // its id
            std::vector<std::string> ids;
            for (auto const &value : condition.values)
                if (auto const *const text = std::get_if<std::string>(&value)) ids.push_back(*text);
            if (!ids.empty() && ids.size() == condition.values.size() && ids.size() <= most_ids)
                pushed.ids = std::move(ids);
        }
        if (condition.field.member == canonical::member<&canonical::Project::phase>() && !condition.values.empty()) {
            auto const is_closed = [](canonical::Value const &value) {
                return value == canonical::Value(Phase::closed);
            };
            if (one_of && std::ranges::all_of(condition.values, is_closed)) pushed.closed = true;
            if (one_of && std::ranges::none_of(condition.values, is_closed)) pushed.closed = false;
            if (condition.op == Operator::not_equal && is_closed(condition.values.front())) pushed.closed = false;
        }
    };
    auto const &filter = request.query.filter;
    bool const alone = filter.op == Operator::any && filter.children.size() == 1;
    if (filter.op == Operator::all || alone)
        for (auto const &child : filter.children) look(child);
    else
        look(filter);
    return pushed;
}

bool says_something(TableSet const &tables, canonical::Entity const &patch) {
    return std::visit(
        [&]<class E>(E const &record) {
            auto const *const table = tables.of<E>();
            if (!table) return false;
            if (!record.extras.empty()) return true;
            return std::ranges::any_of(table->rows, [&](auto const &row) {
                return row.same && row.write && on(row.face, Face::sent) && !row.same(record, E{}, Face::sent);
            });
        },
        patch);
}

std::string_view member_at(TableSet const &tables, Kind kind, std::string_view path) {
    return canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) -> std::string_view {
        auto const *const table = tables.of<E>();
        if (!table) return path;
        for (auto const &row : table->rows) {
            if (!row.has_member() || !on(row.face, Face::sent)) continue;
            if (!codec::same_word(row.wire.whole, path, codec::Case::ignored)) continue;
            std::string_view found = path;
            unsigned char index = 0;
            boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
                if (row.member.member.index == index++) found = d.name;
            });
            return found;
        }
        return path;
    });
}

std::optional<Fidelity> Client::row_of(canonical::MemberId member, TableSet const &tables, Face face) {
    std::optional<Fidelity> best;
    canonical::with_kind(member.kind, [&]<class E>(std::type_identity<E>) {
        auto const *const table = tables.of<E>();
        if (!table) return;
        for (auto const &row : table->rows)
            if (row.has_member() && row.member.member == member && on(row.face, face) && row.write)
                best = best ? std::min(*best, row.fidelity) : row.fidelity;
    });
    return best;
}

std::optional<Fidelity> Client::shows(canonical::MemberId member) const {
    Request const look{.verb = Verb::list, .kind = member.kind};
    auto const *const reads = operation_for(look);
    if (!reads) return {};
    auto const listed = row_of(member, dialect().tables_of(*reads), Face::shown);
    auto const whole = row_of(member, dialect().tables(), Face::shown);
    if (listed && whole) return std::min(*listed, *whole);
    return listed ? listed : whole;
}

bool Client::holds_apart(canonical::MemberId member) const {
    return std::ranges::any_of(held_by_talks(), [&](Held const &held) { return held.member == member; });
}

std::optional<Fidelity> Client::holds(canonical::MemberId member) const {
    for (auto const &held : held_by_talks())
        if (held.member == member) return held.fidelity;
    Request const change{.verb = Verb::update, .kind = member.kind}, create{.verb = Verb::create, .kind = member.kind};
    auto const *writes = operation_for(change);
    if (!writes) writes = operation_for(create);
    auto const shown = shows(member);
    auto const sent = writes ? row_of(member, dialect().tables_of(*writes), Face::sent) : std::nullopt;
    if (!sent || !shown) return {};
    return std::max(*sent, *shown);
}

// --- one request, one answer

bool Client::knows(Kind kind) const {
    Request const list{.verb = Verb::list, .kind = kind};
    return operation_for(list) != nullptr;
}

Operation const *Client::operation_for(Request const &request) const {
    Operation const *found = nullptr;
    for (auto const &operation : dialect().operations()) {
        bool const fits = operation.kind == request.kind && operation.verb == request.verb &&
                          is_plain(operation.path) &&
                          (operation.path.find(id_segment) != operation.path.npos) == names_a_record(request.verb);
        if (fits && !operation.tables) return &operation; // the kind as it usually looks
        if (fits && !found) found = &operation;
    }
    return found;
}

wire::Request Client::address(Operation const &operation, std::string_view id) const {
    wire::Request ask;
    ask.method = operation.method;
    ask.target = "/";
    std::string_view const path = operation.path;
    auto const at = path.find(id_segment);
    ask.target += path.substr(0, at);
    if (at != path.npos) ask.target.append(wire::encode_percent(id)).append(path.substr(at + id_segment.size()));
    return ask;
}

wire::Request Client::call_of(std::string_view operation, std::string_view id) const {
    auto const all = dialect().operations();
    auto const found = std::ranges::find(all, operation, &Operation::name);
    if (found == all.end()) throw std::logic_error("no operation " + std::string(operation));
    return address(*found, id);
}

void Client::put(Request const &, std::string object, wire::Request &to) const {
    to.body = std::move(object);
    to.headers.set("Content-Type", media_type());
}

wire::Request Client::question(Account const &account, Request const &request, Operation const &operation) const {
    auto ask = address(operation, request.id);
    ask.headers.set("Accept", media_type());
    add_query(ask.target, inclusion(request.kind));
    if (request.verb == Verb::create || request.verb == Verb::update) {
        std::string object;
        auto const surroundings = context_of(account);
        {
            Text text(object, surroundings);
            dialects::write(dialect().tables_of(operation), View{.face = Face::sent}, request.patch, text);
        }
        put(request, std::move(object), ask);
    }
    return ask;
}

canonical::Error Client::problem(wire::Response const &response) const {
    auto const *const found =
        std::ranges::find(meanings, response.status, [](auto const &each) { return each.status; });
    if (found == std::end(meanings)) return {.code = Code::unavailable};
    Error error{.code = found->code};
    if (found->code == Code::too_many_requests) error.detail = response.headers.find("Retry-After");
    return error;
}

canonical::Result<boost::json::value> Client::document(wire::Response const &response) const {
    if (response.status < 200 || response.status > 299) return problem(response);
    if (response.body.empty()) return boost::json::value(nullptr);
    auto parsed = parse_json(response.body);
    // Whatever stands between us and the service may answer in its place.
    if (!parsed) return unreadable();
    if (auto wrong = complaint(*parsed)) return std::move(*wrong);
    rearrange(*parsed);
    return parsed;
}

boost::json::value const *Client::records_in(boost::json::value const &answer, Operation const &operation) const {
    auto const envelope = dialect().envelope_of(operation);
    if (envelope.empty()) return &answer;
    auto const *const object = answer.if_object();
    return object ? object->if_contains(envelope) : nullptr;
}

canonical::Result<std::size_t> Client::take(boost::json::value const &answer, Account const &account,
                                            Request const &request, Operation const &operation, Reply &reply) const {
    auto const *const records = records_in(answer, operation);
    if (!records) return unreadable();
    auto const surroundings = context_of(account);
    auto const take_one = [&](boost::json::value const &record) {
        auto entity = canonical::entity_of(request.kind);
        auto const read = read_into(entity, dialect().tables_of(operation), Face::shown, record, surroundings);
        if (!read) return false;
        std::visit(
            [&]<class E>(E &one) {
                if (request.dialect != dialect().name()) one.extras = {};
                reply.records.of<E>().push_back(std::move(one));
            },
            entity);
        return true;
    };
    auto const *const list = records->if_array();
    if (!list) return take_one(*records) ? Result<std::size_t>(1) : unreadable();
    for (auto const &record : *list)
        if (!take_one(record)) return unreadable();
    return list->size();
}

// --- talks

Errand<boost::json::value> Client::ask(Account const &account, wire::Request request) const {
    sign(account, request);
    wire::Response const answer = co_await request;
    auto said = document(answer);
    co_return said;
}

Errand<void> Client::supplement(Account const &, Request const &, Reply &) const { co_return Result<void>(); }

Perform Client::get(Account const &account, Request request) const {
    request.verb = Verb::get;
    auto const *const operation = operation_for(request);
    if (!operation) {
        auto find = find_in_list(account, request);
        Result<Reply> found = co_await find;
        co_return found;
    }
    auto look = ask(account, question(account, request, *operation));
    Result<boost::json::value> const said = co_await look;
    if (!said) co_return said.error();
    Reply reply;
    auto const taken = take(*said, account, request, *operation, reply);
    if (!taken) co_return taken.error();
    Error const gone{.code = Code::not_found, .detail = request.id};
    if (*taken == 0) co_return gone;
    auto rest = supplement(account, request, reply);
    Result<void> const whole = co_await rest;
    if (!whole) co_return whole.error();
    co_return reply;
}

// Where a service tells of its records only all together.
Perform Client::find_in_list(Account const &account, Request const &request) const {
    auto look = list(account, request);
    Result<Reply> all = co_await look;
    if (!all) co_return all;
    Error const gone{.code = Code::not_found, .detail = request.id};
    bool const found = canonical::with_kind(request.kind, [&]<class E>(std::type_identity<E>) {
        auto &records = all->records.of<E>();
        std::erase_if(records, [&](E const &each) { return *each.id != request.id; });
        return !records.empty();
    });
    if (!found) co_return gone;
    co_return all;
}

Perform Client::list(Account const &account, Request request) const {
    Error const not_offered{.code = Code::not_offered};
    request.verb = Verb::list;
    auto const *const operation = operation_for(request);
    if (!operation) co_return not_offered;
    Error const endless{.code = Code::unavailable, .detail = "the service's list does not end"};
    auto first = question(account, request, *operation);
    add_query(first.target, filter_query(request));
    Reply all;
    for (std::size_t page = 0;; ++page) {
        auto paged = first;
        add_query(paged.target, page_query(request.kind, page));
        auto look = ask(account, std::move(paged));
        Result<boost::json::value> const said = co_await look;
        if (!said) co_return said.error();
        auto const taken = take(*said, account, request, *operation, all);
        if (!taken) co_return taken.error();
        if (*taken == 0 || is_last(*said, page, *taken)) break;
        if (records_of(all, request.kind) > most_records) co_return endless;
    }
    leave_out_repeated(all, request.kind);
    all.filter_open = all.sort_open = all.page_open = true;
    auto rest = supplement(account, request, all);
    Result<void> const whole = co_await rest;
    if (!whole) co_return whole.error();
    co_return all;
}

Perform Client::send_fields(Account const &account, Request const &request) const {
    Error const not_offered{.code = Code::not_offered};
    auto const *const operation = operation_for(request);
    if (!operation) co_return not_offered;
    auto const &tables = dialect().tables_of(*operation);
    Reply reply;
    if (request.verb == Verb::update && !says_something(tables, request.patch)) co_return reply;
    auto look = ask(account, question(account, request, *operation));
    Result<boost::json::value> const said = co_await look;
    if (!said) co_return by_members(said.error(), tables, request.kind);
    if (!records_in(*said, *operation)) co_return reply;
    auto const taken = take(*said, account, request, *operation, reply);
    if (!taken) co_return taken.error();
    co_return reply;
}

Perform Client::save(Account const &account, Request const &request) const {
    auto send = send_fields(account, request);
    Result<Reply> saved = co_await send;
    if (!saved || has_records(*saved, request.kind)) co_return saved;
    auto look = get(account, request);
    Result<Reply> whole = co_await look;
    co_return whole;
}

Perform Client::remove(Account const &account, Request const &request) const {
    Error const not_offered{.code = Code::not_offered};
    auto const *const operation = operation_for(request);
    if (!operation) co_return not_offered;
    auto gone = ask(account, question(account, request, *operation));
    Result<boost::json::value> const said = co_await gone;
    if (!said) co_return said.error();
    Reply const nothing;
    co_return nothing;
}

Perform Client::copy(Account const &, Request const &) const {
    Error const not_offered{.code = Code::not_offered};
    co_return not_offered;
}

Perform Client::perform(Account const &account, Request const &request) const {
    switch (request.verb) {
    case Verb::get:
        return get(account, request);
    case Verb::list:
        return list(account, request);
    case Verb::create:
    case Verb::update:
        return save(account, request);
    case Verb::remove:
        return remove(account, request);
    case Verb::copy:
    case Verb::change_workflow:
    case Verb::map_to_workflow:
        break;
    }
    return copy(account, request);
}

} // namespace dialects
