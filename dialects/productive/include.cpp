#include "dialects/productive/include.hpp"

#include "dialects/engine/read.hpp"

#include <algorithm>

namespace dialects::productive {

using canonical::Kind, canonical::Relation;

namespace {

constexpr std::ptrdiff_t deepest = 5;
constexpr std::size_t most_names = 50;

template <auto M> constexpr canonical::MemberId via = canonical::member<M>();

// The other relations of the tables lead to records that a workspace does not have here.
constexpr RelationKey relations[]{
    {Kind::project, "company", Kind::company, false, via<&Project::company>, Relation::company},
    {Kind::project, "project_manager", Kind::person, false, via<&Project::manager>, Relation::people},
    {Kind::project, "last_actor", Kind::person, false, via<&Project::editor>, Relation::people},
    {Kind::project, "workflow", Kind::workflow, false, via<&Project::workflow>, Relation::workflow},
    {Kind::project, "template_object", Kind::project, false, via<&Project::source>, Relation::source},
    {Kind::workflow, "workflow_statuses", Kind::workflow_status, true, via<&WorkflowStatus::workflow>,
     Relation::workflow_statuses},
    {Kind::workflow_status, "workflow", Kind::workflow, false, via<&WorkflowStatus::workflow>},
    {Kind::person, "company", Kind::company, false, via<&Person::company>},
    {Kind::custom_field, "options", Kind::custom_option, true, via<&CustomOption::field>},
    {Kind::custom_option, "custom_field", Kind::custom_field, false, via<&CustomOption::field>},
};

constexpr std::pair<Kind, std::string_view> types[]{{Kind::project, "projects"},
                                                    {Kind::company, "companies"},
                                                    {Kind::person, "people"},
                                                    {Kind::workflow, "workflows"},
                                                    {Kind::workflow_status, "workflow_statuses"},
                                                    {Kind::tag, "tags"},
                                                    {Kind::person_group, "teams"},
                                                    {Kind::custom_field, "custom_fields"},
                                                    {Kind::custom_option, "custom_field_options"}};

Error unknown(std::string_view path) {
    return {.code = Code::unknown_field, .field = "include", .detail = wire::excerpt(path)};
}

// Adds one dotted path to the tree. Names without a key lead to nothing and no further.
Result<void> add(Selection &node, Kind kind, std::string_view path, std::string_view whole) {
    auto const name = path.substr(0, path.find('.'));
    auto const rest = path.substr(std::min(name.size() + 1, path.size()));
    bool const exists =
        !name.empty() && name.find('/') == name.npos && has_path(tables, kind, "relationships/" + std::string(name));
    auto const *key = find_relation(relations, kind, name);
    if (!exists || path.ends_with('.') || (!key && !rest.empty())) return unknown(whole);
    auto found = std::ranges::find(node.included, name, [](auto const &pair) { return pair.first; });
    if (found == node.included.end()) found = node.included.insert(found, {std::string(name), Selection{}});
    if (rest.empty()) return {};
    return add(found->second, key->target, rest, whole);
}

} // namespace

RelationKeys relation_keys() { return relations; }

std::string_view type_of(Kind kind) {
    for (auto const &[each, type] : types)
        if (each == kind) return type;
    return {};
}

Result<Selection> read_include(std::string_view text, Kind kind) {
    Selection selection;
    std::size_t names = 0;
    while (!text.empty()) {
        auto const item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        auto const path = wire::trim(item);
        if (path.empty()) continue;
        if (++names > most_names || std::ranges::count(path, '.') >= deepest) return unknown(path);
        if (auto const done = add(selection, kind, path, path); !done) return done.error();
    }
    return selection;
}

void Included::add(Selection const &selection, Kind kind) {
    for (auto const &[name, inner] : selection.included) {
        auto &names = names_[std::size_t(kind)];
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
        organization_ |= name == "organization";
        if (auto const *key = find_relation(relations, kind, name)) add(inner, key->target);
    }
}

} // namespace dialects::productive
