#include "canonical/mapping.hpp"

#include "canonical/field_pairs.hpp"
#include "canonical/words.hpp"

namespace canonical {

namespace {

void set_defaults(Mapping const &mapping, Entity &entity) {
    for (auto const &[name, value] : mapping.defaults) {
        auto const field = find_field(name);
        if (auto const *const path = std::get_if<FieldPath>(&field)) set_default(entity, *path, value);
    }
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

} // namespace

std::optional<std::string> check_field_name(std::string_view name) {
    auto const field = find_field(name);
    if (auto const *const wrong = std::get_if<std::string>(&field)) return *wrong;
    auto const &path = std::get<FieldPath>(field);
    if (path.is_custom() || is_text(path.member)) return {};
    return quoted(name) + " cannot be mapped: only text can";
}

std::optional<std::string> check_field_pair(Mapping::FieldPair const &pair) {
    for (auto const &name : {pair.caller, pair.backend})
        if (auto wrong = check_field_name(name)) return wrong;
    auto const caller = find_field(pair.caller), backend = find_field(pair.backend);
    if (std::get<FieldPath>(caller).member.kind == std::get<FieldPath>(backend).member.kind) return {};
    return quoted(pair.caller) + " and " + quoted(pair.backend) + " belong to different kinds";
}

std::optional<std::string> check_default(std::string_view field, std::string_view value) {
    auto const found = find_field(field);
    if (auto const *const wrong = std::get_if<std::string>(&found)) return *wrong;
    auto const &path = std::get<FieldPath>(found);
    if (!may_have_default(path.member)) return quoted(field) + " cannot have a default";
    auto entity = entity_of(path.member.kind);
    if (set_default(entity, path, value)) return {};
    return quoted(value) + " is no value for " + quoted(field);
}

std::optional<Error> to_backend(Mapping const &mapping, Request &request) {
    Words const words(mapping, Direction::to_backend);
    FieldPairs const fields(mapping);
    words.translate(request.actor);
    words.translate(request.query.filter);
    for (auto &change : request.changes) {
        for (auto &ref : change.add) words.translate(ref);
        for (auto &ref : change.remove) words.translate(ref);
    }
    std::visit([&](auto &entity) { words.translate(entity); }, request.patch);
    fields.to_backend(request);
    if (request.verb == Verb::create) set_defaults(mapping, request.patch);
    return fields.to_backend(request.query);
}

void to_caller(Mapping const &mapping, Reply &reply) {
    Words const words(mapping, Direction::to_caller);
    FieldPairs const fields(mapping);
    for (auto *const records : {&reply.records, &reply.related}) {
        fields.to_caller(*records);
        records->for_each_list([&](auto &list) {
            for (auto &entity : list) words.translate(entity);
        });
    }
}

void to_caller(Mapping const &mapping, Error &error) {
    Words(mapping, Direction::to_caller).translate(error);
    FieldPairs(mapping).to_caller(error);
}

} // namespace canonical
