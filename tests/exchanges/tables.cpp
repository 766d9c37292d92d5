#include "tests/exchanges/tables.hpp"

#include "dialects/engine/context.hpp"
#include "dialects/engine/read.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <map>

namespace support {

namespace {

using dialects::Context, dialects::Face, dialects::Field, dialects::Table;

// What stands under "attributes/name"; null where there is nothing.
json::value const *find(json::value const &document, std::string_view path) {
    auto const *at = &document;
    while (at && !path.empty()) {
        auto const end = std::min(path.find('/'), path.size());
        auto const *object = at->if_object();
        at = object ? object->if_contains(path.substr(0, end)) : nullptr;
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return at;
}

bool says_something(json::value const *value, std::string_view blank) {
    return value && !value->is_null() && !dialects::is_blank(*value, blank);
}

// What a bag holds, whatever the order.
std::map<std::string, std::string> contents(canonical::Extras const &extras) {
    std::map<std::string, std::string> held;
    for (std::size_t i = 0; i < extras.size(); ++i) {
        auto const [place, key, json] = extras[i];
        held[fmt::format("{}/{}", place, key)] = json;
    }
    return held;
}

// Fields that a workspace defined for itself are a dictionary: their order says nothing.
void put_in_order(auto &entity) {
    if constexpr (requires { entity.custom; })
        std::ranges::sort(*entity.custom, std::less<>(), &canonical::CustomValue::key);
}

// One record through one table.
template <class E> class Passage {
public:
    Passage(Table<E> const &table, Context const &context, Differences &found)
        : table_(table), context_(context), found_(found) {}

    void pass(Face face, json::value const &record) {
        auto first = dialects::read(table_, face, record, context_);
        if (!first) return fail(face, first.error());
        std::string text;
        {
            dialects::Text out(text, context_);
            dialects::write(table_, dialects::View{.face = face}, *first, out);
        }
        auto const again = json::parse(text);
        auto second = dialects::read(table_, face, again, context_);
        if (!second) return fail(face, second.error());
        put_in_order(*first);
        put_in_order(*second);
        for (auto const &row : table_.rows) {
            if (!dialects::on(row.face, face)) continue;
            // An answer may leave things out, and what it blanks says nothing.
            if (face == Face::shown && !says_something(find(record, row.wire.whole), row.blank)) continue;
            if (row.same && !row.same(*first, *second, face))
                differ(row, record, again);
            else if (face == Face::shown && row.write)
                plain(row, record, again);
        }
        auto const &before = first->extras, &after = second->extras;
        auto const kept =
            contents(before.kept) == contents(after.kept) && contents(before.loose) == contents(after.loose);
        if (face == Face::sent && !kept)
            found_.push_back("what is kept of the body differs when it is written and read: " + text);
    }

private:
    void fail(Face face, canonical::Error const &error) {
        found_.push_back(fmt::format("the {} cannot be read: {} {}", face == Face::sent ? "request" : "answer",
                                     error.field, error.detail));
    }
    void differ(Field<E> const &row, json::value const &was, json::value const &is) {
        auto const text = [&](json::value const &in) {
            auto const *value = find(in, row.wire.whole);
            return value ? json::serialize(*value) : std::string("nothing");
        };
        found_.push_back(fmt::format("{}: was {}, is {} once read and written", row.wire.whole, text(was), text(is)));
    }
    // Plain values come back as they were, unless the gateway works them out from other records.
    void plain(Field<E> const &row, json::value const &was, json::value const &is) {
        auto const *a = find(was, row.wire.whole), *b = find(is, row.wire.whole);
        if (row.fidelity == dialects::Fidelity::emulated || !a || a->is_object() || a->is_array()) return;
        if (!says_something(a, row.blank) && !says_something(b, row.blank)) return;
        if (!b || *a != *b) differ(row, was, is);
    }

    Table<E> const &table_;
    Context const &context_;
    Differences &found_;
};

// The records of a document: under that key; the document itself where there is no envelope.
std::vector<json::value> records_of(json::value const &document, std::string_view envelope) {
    auto const *inside = envelope.empty() ? &document : find(document, envelope);
    if (!inside) return {}; // an error that one tool answers like a success
    auto const &records = *inside;
    if (auto const *list = records.if_array()) return {list->begin(), list->end()};
    return {records};
}

std::optional<json::value> json_of(wire::Headers const &headers, std::string const &body) {
    boost::system::error_code error;
    auto document = json::parse(body, error);
    auto const type = wire::media_type(headers.find("Content-Type"));
    if (error || type.find("json") == type.npos || !document.is_object()) return {};
    return document;
}

bool takes_a_record(canonical::Verb verb) { return verb == canonical::Verb::create || verb == canonical::Verb::update; }

} // namespace

Differences check_tables(dialects::Dialect const &dialect, Exchanged const &exchanged) {
    auto const &request = exchanged.request;
    auto const &response = exchanged.response;
    auto const answer = json_of(response.headers, response.body);
    if (response.status / 100 != 2 || !answer) return {};
    auto const target = wire::split_target(request.target);
    auto const route = wire::split_target(exchanged.settings.path);
    dialects::Call call{.request = request,
                        .target = target.value(),
                        .prefix = route->segments.size(),
                        .settings = exchanged.settings,
                        .callers = {},
                        .now = exchanged.now};
    // Not every answer of success is one to an operation: one tool answers errors so too.
    if (call.prefix > call.target.segments.size() || !dialect.find(call)) return {};
    auto const &operation = *call.operation;
    auto const envelope = dialect.envelope_of(operation);
    auto const context = dialect.context(call);
    Differences found;
    canonical::with_kind(operation.kind, [&]<class E>(std::type_identity<E>) {
        auto const *table = dialect.tables_of(operation).of<E>();
        if (!table) return;
        Passage<E> passage(*table, context, found);
        for (auto const &record : records_of(*answer, envelope))
            if (record.is_object()) passage.pass(Face::shown, record);
        auto const body = json_of(request.headers, request.body);
        if (!body || !takes_a_record(operation.verb)) return;
        for (auto const &record : records_of(*body, envelope)) passage.pass(Face::sent, record);
    });
    return found;
}

} // namespace support
