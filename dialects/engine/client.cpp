#include "dialects/engine/client.hpp"

#include "dialects/engine/documents/json.hpp"
#include "dialects/engine/read.hpp"

#include <algorithm>

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

// RFC 3986: everything but unreserved characters.
std::string encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        auto const byte = static_cast<unsigned char>(c);
        if (plain)
            out += c;
        else
            out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
    return out;
}

bool names_a_record(Verb verb) { return verb != Verb::list && verb != Verb::create; }
bool has_body(Verb verb) { return verb == Verb::create || verb == Verb::update; }

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

} // namespace

std::string_view Account::secret(std::string_view key) const {
    for (auto const &[name, value] : credential)
        if (name == key) return value;
    return {};
}

Operation const *Client::operation_for(Request const &request) const {
    for (auto const &operation : dialect().operations()) {
        bool const fits = operation.kind == request.kind && operation.verb == request.verb &&
                          is_plain(operation.path) &&
                          (operation.path.find(id_segment) != operation.path.npos) == names_a_record(request.verb);
        if (fits) return &operation;
    }
    return nullptr;
}

wire::Request Client::question(Account const &account, Request const &request, Operation const &operation) const {
    wire::Request ask;
    ask.method = operation.method;
    ask.target = "/";
    std::string_view path = operation.path;
    if (auto const at = path.find(id_segment); at != path.npos)
        ask.target.append(path.substr(0, at)).append(encoded(request.id)).append(path.substr(at + id_segment.size()));
    else
        ask.target.append(path);
    ask.headers.set("Accept", media_type());
    if (has_body(request.verb)) {
        std::string object;
        auto const surroundings = context_of(account);
        {
            Text text(object, surroundings);
            dialects::write(dialect().tables_of(operation), View{.face = Face::sent}, request.patch, text);
        }
        ask.body = wrapped(request.kind, std::move(object));
        ask.headers.set("Content-Type", media_type());
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
    if (!parsed) return Error{.code = Code::unavailable, .detail = "an answer that cannot be read"};
    return parsed;
}

canonical::Result<std::size_t> Client::take(boost::json::value const &answer, Account const &account,
                                            Request const &request, Reply &reply) const {
    auto const &operation = *operation_for(request);
    auto const envelope = dialect().envelope_of(operation);
    auto const *records = &answer;
    if (!envelope.empty()) {
        auto const *const object = answer.if_object();
        records = object ? object->if_contains(envelope) : nullptr;
    }
    Error const unreadable{.code = Code::unavailable, .detail = "an answer without records"};
    if (!records) return unreadable;
    auto const surroundings = context_of(account);
    auto const take_one = [&](boost::json::value const &record) -> Result<void> {
        auto entity = canonical::entity_of(request.kind);
        auto const read = read_into(entity, dialect().tables_of(operation), Face::shown, record, surroundings);
        if (!read) return read.error();
        std::visit(
            [&]<class E>(E &one) {
                if (request.dialect != dialect().name()) one.extras = {};
                reply.records.of<E>().push_back(std::move(one));
            },
            entity);
        return {};
    };
    auto const *const list = records->if_array();
    if (!list) {
        if (auto const taken = take_one(*records); !taken) return unreadable;
        return std::size_t(1);
    }
    for (auto const &record : *list)
        if (auto const taken = take_one(record); !taken) return unreadable;
    return list->size();
}

Perform Client::perform(Account const &account, Request const &request) const {
    auto const talk = [](Client const &self, Account const &who, Request const &wanted) -> Perform {
        Error const not_offered{.code = Code::not_offered};
        auto const *const operation = self.operation_for(wanted);
        if (!operation) co_return not_offered;
        auto ask = self.question(who, wanted, *operation);
        if (wanted.verb != Verb::list) {
            self.sign(who, ask);
            wire::Response const answer = co_await ask;
            auto const said = self.document(answer);
            if (!said) co_return said.error();
            Reply one;
            if (wanted.verb == Verb::remove) co_return one;
            auto const taken = self.take(*said, who, wanted, one);
            if (!taken) co_return taken.error();
            Error const gone{.code = Code::not_found, .detail = wanted.id};
            if (*taken == 0) co_return gone;
            co_return one;
        }
        Reply all;
        for (std::size_t page = 0;; ++page) {
            auto paged = ask;
            paged.target += self.page_query(page);
            self.sign(who, paged);
            wire::Response const answer = co_await paged;
            auto const said = self.document(answer);
            if (!said) co_return said.error();
            auto const taken = self.take(*said, who, wanted, all);
            if (!taken) co_return taken.error();
            if (self.is_last(*said, page, *taken)) break;
        }
        all.filter_open = all.sort_open = all.page_open = true;
        co_return all;
    };
    return talk(*this, account, request);
}

} // namespace dialects
