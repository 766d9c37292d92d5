#include "dialects/productive/requests.hpp"

#include "dialects/engine/documents/body.hpp"
#include "dialects/engine/questions.hpp"
#include "dialects/productive/filter.hpp"
#include "dialects/productive/include.hpp"
#include "dialects/productive/pages.hpp"

namespace dialects::productive {

using canonical::Verb;

namespace {

Error malformed(std::string_view what) { return {.code = Code::malformed, .detail = std::string(what)}; }

// A change of fields, and nothing else of a record.
bool changes_fields(Operation const &operation) {
    bool const changes = operation.verb == Verb::create || operation.verb == Verb::update;
    return changes && (operation.path.ends_with("{id}") || operation.path.find('/') == operation.path.npos);
}

} // namespace

WantedRelations relations_of(Wanted const &wanted) {
    return {.keys = relation_keys(), .selection = wanted.selection, .kind = wanted.request.kind};
}

std::string organization_of(Call const &call, Caller const *caller) {
    if (auto const *own = caller ? caller->secret("organization") : nullptr) return *own;
    return call.settings.organization.empty() ? "1" : call.settings.organization;
}

Context context_of(Call const &call) {
    auto context = Context::of(call);
    context.organization = organization_of(call, call.caller);
    if (call.operation && changes_fields(*call.operation)) context.verb = call.operation->verb;
    return context;
}

Result<json::value> read_body(Call const &call) {
    static constexpr BodyRules rules{.types = {}, .otherwise = BodyForm::json};
    auto body = dialects::document(call.request, rules, call.memory);
    if (!body || body->is_null()) return body;
    auto *document = body->if_object();
    auto *data = document ? document->if_contains("data") : nullptr;
    if (!data) return malformed("The document has no data");
    auto *resource = data->if_object();
    if (!resource) return malformed("One resource object is expected as data");
    for (auto const *name : {"attributes", "relationships"}) {
        auto const *part = resource->if_contains(name);
        if (part && part->is_null())
            resource->erase(name);
        else if (part && !part->is_object())
            return malformed("An object is expected as attributes and relationships");
    }
    return std::move(*data);
}

Result<void> read_query(Call const &call, Wanted &wanted) {
    auto &request = wanted.request;
    if (auto const *include = call.target.find("include")) {
        auto selection = read_include(*include, request.kind);
        if (!selection) return selection.error();
        wanted.selection = std::move(*selection);
    }
    request.query.related = first_relations(relations_of(wanted));
    if (request.verb != Verb::list) return {};

    auto filter = read_filter(call, request.kind, call.settings.zone);
    if (!filter) return filter.error();
    request.query.filter = std::move(*filter);
    if (request.kind == canonical::Kind::person_group) // folders of contacts are no teams
        request.query.filter.require(where<&PersonGroup::is_of_contacts>(canonical::Operator::not_equal, true));
    if (auto const *sort = call.target.find("sort")) {
        auto order = read_sort(*sort, request.kind);
        if (!order) return order.error();
        request.query.sort = std::move(*order);
    }
    auto const start = read_page(call);
    if (!start) return start.error();
    request.query.page = {.offset = start->offset, .limit = start->limit, .count = true};
    if (start->after_id.empty()) return {};
    canonical::with_kind(request.kind, [&]<class E>(std::type_identity<E>) {
        request.query.filter.require(where<&E::id>(canonical::Operator::greater, start->after_id));
    });
    return {};
}

Result<Wanted> wanted_of(Call const &call) {
    Result<Wanted> wanted(boost::system::in_place_value);
    auto &request = wanted->request;
    request.verb = call.operation->verb;
    request.kind = call.operation->kind;
    request.id = call.id;
    request.dialect = "productive";
    request.patch = canonical::entity_of(request.kind);
    if (auto const done = read_query(call, *wanted); !done) return done.error();
    return wanted;
}

} // namespace dialects::productive
