#include "dialects/engine/dialect.hpp"

#include "dialects/engine/read.hpp"

#include <algorithm>

namespace dialects {

using canonical::Verb;

namespace {

// The segments of a pattern, one after the other.
class Pattern {
public:
    explicit Pattern(std::string_view path) : rest_(path) {}
    bool done() const { return rest_.empty(); }
    std::string_view next() {
        auto const end = std::min(rest_.find('/'), rest_.size());
        auto const segment = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        return segment;
    }

private:
    std::string_view rest_;
};

// Whether the path fits; `id` becomes what stands for {id}.
bool fits(std::string_view pattern, std::span<std::string const> path, codec::Case letters, std::string_view &id) {
    Pattern segments(pattern);
    for (auto const &segment : path) {
        if (segments.done()) return false;
        auto const expected = segments.next();
        if (expected == "{id}")
            id = segment;
        else if (!expected.starts_with('{') && !codec::same_word(expected, segment, letters))
            return false;
    }
    return segments.done();
}

} // namespace

Selection const *Selection::find(std::string_view name) const {
    for (auto const &[key, selection] : included)
        if (key == name) return &selection;
    return nullptr;
}

canonical::Result<void> Dialect::find(Call &call) const {
    auto const letters = paths_ignore_case() ? codec::Case::ignored : codec::Case::matters;
    bool known_path = false;
    for (auto const &operation : operations()) {
        std::string_view id;
        if (!fits(operation.path, call.segments(), letters, id)) continue;
        known_path = true;
        if (operation.method != call.request.method) continue;
        call.operation = &operation;
        call.id = id;
        return {};
    }
    return Error{.code = known_path ? Code::wrong_method : Code::unknown_route};
}

Serve Dialect::serve(Call &call) const {
    if (call.operation->serve) return call.operation->serve(call);
    auto const plain = [](Dialect const &self, Call &about) -> Serve {
        auto wanted = self.understand(about);
        if (!wanted) co_return self.refuse(about, wanted.error());
        canonical::Result<canonical::Reply> reply = co_await wanted->request;
        if (!reply) co_return self.refuse(about, self.named(reply.error(), wanted->request.kind));
        co_return self.answer(about, *wanted, *reply);
    };
    return plain(*this, call);
}

canonical::Result<Wanted> Dialect::understand(Call const &call) const {
    auto const &operation = *call.operation;
    canonical::Result<Wanted> wanted(boost::system::in_place_value);
    auto &request = wanted->request;
    request.verb = operation.verb;
    request.kind = operation.kind;
    request.id = call.id;
    request.dialect = name();
    request.patch = canonical::entity_of(operation.kind);
    if (auto const done = read_query(call, *wanted); !done) return done.error();
    if (operation.verb != Verb::create && operation.verb != Verb::update) return wanted;

    auto const body = document(call);
    if (!body) return body.error();
    auto const surroundings = context(call);
    auto const done = read_into(request.patch, tables_of(operation), Face::sent, *body, surroundings);
    if (!done) return done.error();
    std::visit([](auto &patch) { patch.id.clear(); }, request.patch); // the path and the store say which
    return wanted;
}

Context Dialect::context(Call const &call) const { return Context::of(call); }

canonical::Error Dialect::named(canonical::Error error, canonical::Kind kind) const {
    error.field = wire_path(tables(), kind, error.field);
    for (auto &further : error.more) further = named(std::move(further), kind);
    return error;
}

Context Context::of(Call const &call) {
    auto const origin = call.origin();
    return {.zone = call.settings.zone,
            .home = call.settings.zone,
            .origin = origin,
            .base = origin + call.settings.path,
            .organization = call.settings.organization,
            .now = call.now};
}

} // namespace dialects
