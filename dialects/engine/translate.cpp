#include "dialects/engine/translate.hpp"

#include "dialects/engine/fidelity.hpp"

#include <algorithm>
#include <charconv>

namespace dialects {

using canonical::Error, canonical::Loss, canonical::Reply, canonical::Request;

namespace {

// Where the tools have their APIs; what stands before is the account's.
constexpr struct {
    std::string_view dialect, path;
} places[]{
    {"onlyoffice", "/api/2.0"},
    {"worksection", "/api/admin/v2"},
    {"worksection", "/api/oauth2"},
    {"worksection", "/api/admin"},
    {"paymo", "/api"},
    {"productive", "/api/v2"},
    {"superoffice", "/api/v1"},
};

std::string usual_path(Dialect const &dialect) {
    auto const *const place = std::ranges::find(places, dialect.name(), [](auto const &each) { return each.dialect; });
    return std::string(place->path);
}

// The part of a target that a route would name.
std::string path_in(Dialect const &dialect, std::string_view target) {
    for (auto const &[name, path] : places)
        if (name == dialect.name())
            if (auto const at = target.find(path); at != target.npos)
                return std::string(target.substr(0, at + path.size()));
    return {};
}

std::string_view next_line(std::string_view &text) {
    auto const end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

// "> GET /" and "< HTTP/1.1 200 OK" as golden files write them.
std::string without_marks(std::string_view text) {
    std::string plain;
    auto rest = text;
    bool const marked = rest.starts_with("> ") || rest.starts_with("< ");
    if (!marked) return std::string(text);
    char const mark = rest.front();
    while (!rest.empty()) {
        auto line = next_line(rest);
        if (line.empty() || line.front() != mark) break;
        line.remove_prefix(std::min<std::size_t>(2, line.size()));
        plain.append(line).append("\n");
    }
    return plain;
}

Operation const *named(Dialect const &dialect, std::string_view name) {
    for (auto const &operation : dialect.operations())
        if (operation.name == name) return &operation;
    return nullptr;
}

// The request that a body alone is the body of.
wire::Request request_for(Dialect const &dialect, Operation const &operation, std::string const &body) {
    wire::Request request;
    request.method = operation.method;
    std::string path(operation.path);
    for (auto brace = path.find('{'); brace != path.npos; brace = path.find('{'))
        path.replace(brace, path.find('}', brace) + 1 - brace, "1");
    request.target = usual_path(dialect) + '/' + path;
    if (dialect.name() == "worksection") request.target = usual_path(dialect) + "/?action=" + path;
    request.headers.set("Content-Type",
                        dialect.client() ? dialect.client()->media_type() : std::string_view("application/json"));
    request.body = body;
    return request;
}

// Some answers depend on who asks; here somebody does of whom nothing is known.
Caller nobody_special() {
    return {.name = "translate", .person = "translate@example.com", .may_write = true, .credential = {}};
}

Call call_of(wire::Request const &request, wire::Target target, Settings const &settings, Caller const &caller) {
    auto const prefix = std::size_t(std::ranges::count(settings.path, '/'));
    Call call{.request = request,
              .target = std::move(target),
              .prefix = prefix,
              .settings = settings,
              .callers = std::span(&caller, 1),
              .now = {}};
    call.prefix = std::min(prefix, call.target.segments.size());
    call.caller = &caller;
    return call;
}

canonical::Result<wire::Request> request_of(Message const &message) {
    wire::Request request;
    auto const space = message.start.find(' ');
    if (space == message.start.npos)
        return Error{.code = Code::malformed, .detail = "the first line is no request line"};
    request.method = message.start.substr(0, space);
    auto const end = message.start.find(' ', space + 1);
    request.target = message.start.substr(space + 1, end - space - 1);
    request.headers = message.headers;
    request.body = message.body;
    return request;
}

std::string text_of(wire::Request const &request) {
    std::string text = request.method + ' ' + request.target + " HTTP/1.1\n";
    for (std::size_t i = 0; i < request.headers.size(); ++i)
        text.append(request.headers[i].name).append(": ").append(request.headers[i].value).append("\n");
    return text + '\n' + request.body + (request.body.empty() ? "" : "\n");
}

std::string text_of(wire::Response const &response) {
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + "\n";
    for (std::size_t i = 0; i < response.headers.size(); ++i)
        text.append(response.headers[i].name).append(": ").append(response.headers[i].value).append("\n");
    return text + '\n' + response.body + (response.body.empty() ? "" : "\n");
}

// Calls f(slot, member, name) for each member that has something to say.
template <class F> void for_each_said(canonical::Entity const &record, F &&f) {
    std::visit(
        [&]<class E>(E const &entity) {
            unsigned char index = 0;
            boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
                canonical::MemberId const member{canonical::kind_of<E>, index++};
                if (!(entity.*d.pointer).absent()) f(entity.*d.pointer, member, std::string_view(d.name));
            });
        },
        record);
}

// Whether a reference cannot be said to the service without a look into its records.
bool needs_a_look(canonical::Ref const &ref, Client const &to) {
    if (ref.empty()) return false;
    return to.names_people_by_address() ? ref.email.empty() && ref.name.empty() : ref.id.empty();
}
bool needs_a_look(canonical::Member const &member, Client const &to) { return needs_a_look(member.person, to); }
template <class T> bool needs_a_look(std::vector<T> const &list, Client const &to) {
    if constexpr (requires(T const &item) { needs_a_look(item, to); })
        return std::ranges::any_of(list, [&](T const &item) { return needs_a_look(item, to); });
    else
        return false;
}
bool needs_a_look(auto const &, Client const &) { return false; }

void add_losses(Dialect const &from, Client const &to, Request const &request, std::vector<Loss> &losses) {
    if (from.name() == to.name()) return;
    auto const path = [&](std::string_view member) {
        return std::string(wire_path(from.tables(), request.kind, member));
    };
    for_each_said(request.patch, [&](auto const &slot, canonical::MemberId member, std::string_view name) {
        auto const held = to.holds(member);
        if (held && needs_a_look(*slot, to))
            losses.push_back({.member = path(name), .what = "open", .reason = "the service must be asked who that is"});
        if (to.holds_apart(member))
            losses.push_back(
                {.member = path(name), .what = "apart", .reason = "the service is told in a further request"});
        else if (!held)
            losses.push_back({.member = path(name), .what = "kept", .reason = "the service has no room for it"});
        else if (*held == Fidelity::approximated)
            losses.push_back(
                {.member = path(name), .what = "approximated", .reason = "the service knows it less finely"});
    });
    std::visit(
        [&](auto const &patch) {
            for (auto const *const extras : {&patch.extras.kept, &patch.extras.loose})
                for (std::size_t i = 0; i < extras->size(); ++i)
                    losses.push_back({.member = std::string((*extras)[i].key),
                                      .what = "kept",
                                      .reason = "the caller's tool alone has it"});
        },
        request.patch);
}

} // namespace

Message Message::parse(std::string_view text) {
    Message message;
    auto const plain = without_marks(text);
    std::string_view rest = plain;
    auto const first = rest.find_first_not_of(" \t\r\n");
    bool const bare = first == rest.npos || rest[first] == '{' || rest[first] == '[';
    if (bare) {
        message.body = rest;
        return message;
    }
    rest.remove_prefix(first);
    message.start = next_line(rest);
    while (!rest.empty()) {
        auto const line = next_line(rest);
        if (line.empty()) break;
        auto const colon = line.find(':');
        if (colon == line.npos || !wire::is_token(line.substr(0, colon))) continue;
        message.headers.set(line.substr(0, colon), wire::trim(line.substr(colon + 1)));
    }
    message.body = rest;
    while (message.body.ends_with('\n')) message.body.pop_back();
    return message;
}

canonical::Result<Translated> translate_request(Dialect const &from, Client const &to, Message const &message,
                                                std::string_view operation) {
    auto const *const meant = named(from, operation);
    Error const unnamed{.code = Code::malformed, .detail = "a body alone needs the name of its operation"};
    if (message.start.empty() && !meant) return unnamed;
    auto request = message.start.empty() ? request_for(from, *meant, message.body) : request_of(message);
    if (!request) return request.error();

    Settings settings;
    settings.path = path_in(from, request->target);
    auto target = wire::split_target(request->target);
    if (!target) return target.error();
    Caller const caller = nobody_special();
    auto call = call_of(*request, std::move(*target), settings, caller);
    if (auto const found = from.find(call); !found) return found.error();
    auto const wanted = from.understand(call);
    if (!wanted) return wanted.error();
    auto const *const asked = to.operation_for(wanted->request);
    Error const not_offered{.code = Code::not_offered, .detail = "the service cannot be asked that in one request"};
    if (!asked) return not_offered;
    Account const nobody;
    Translated translated;
    translated.text = text_of(to.question(nobody, wanted->request, *asked));
    add_losses(from, to, wanted->request, translated.losses);
    return translated;
}

canonical::Result<Reply> read_answer(Client const &from, Message const &message, Operation const &operation) {
    wire::Response response;
    if (!message.start.empty()) {
        auto const space = message.start.find(' ');
        auto const digits =
            space == std::string::npos ? std::string_view() : std::string_view(message.start).substr(space + 1);
        auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), response.status);
        if (error != std::errc()) return Error{.code = Code::malformed, .detail = "the first line is no status line"};
    }
    response.headers = message.headers;
    response.body = message.body;
    auto const said = from.document(response);
    if (!said) return said.error();
    Request const request{.verb = operation.verb, .kind = operation.kind, .dialect = from.name()};
    Account const nobody;
    Reply reply;
    auto const *const asked = from.operation_for(request);
    auto const taken = from.take(*said, nobody, request, asked ? *asked : operation, reply);
    if (!taken) return taken.error();
    return reply;
}

canonical::Result<Translated> write_answer(Dialect const &from, Dialect const &to, Operation const &operation,
                                           Reply reply) {
    auto const all = to.operations();
    auto const same = std::ranges::find_if(
        all, [&](Operation const &each) { return each.kind == operation.kind && each.verb == operation.verb; });
    if (same == all.end())
        return Error{.code = Code::not_offered, .detail = std::string(to.name()) + " has no such operation"};
    Translated translated;
    canonical::with_kind(operation.kind, [&]<class E>(std::type_identity<E>) {
        for (auto const &record : reply.records.of<E>())
            for_each_said(canonical::Entity(record), [&](auto const &slot, canonical::MemberId member,
                                                         std::string_view name) {
                if (!slot || Client::row_of(member, to.tables(), Face::shown)) return;
                if (!Client::row_of(member, from.tables(), Face::shown)) return;
                auto path = std::string(name);
                bool const told =
                    std::ranges::any_of(translated.losses, [&](Loss const &loss) { return loss.member == path; });
                if (!told)
                    translated.losses.push_back(
                        {.member = std::move(path), .what = "kept", .reason = "the caller's tool does not show it"});
            });
    });
    auto const request = request_for(to, *same, {});
    Settings settings;
    settings.path = usual_path(to);
    auto target = wire::split_target(request.target);
    if (!target) return target.error();
    Caller const caller = nobody_special();
    auto call = call_of(request, std::move(*target), settings, caller);
    if (auto const found = to.find(call); !found) return found.error();
    Wanted wanted;
    wanted.request.verb = operation.verb;
    wanted.request.kind = operation.kind;
    wanted.request.dialect = to.name();
    translated.text = text_of(to.answer(call, wanted, reply));
    return translated;
}

} // namespace dialects
