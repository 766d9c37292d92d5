#include "dialects/paymo/include.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/paymo/tables.hpp"

#include <algorithm>

namespace dialects::paymo {

using canonical::Kind, canonical::Relation;

namespace {

constexpr std::size_t deepest = 8;

template <auto M> constexpr canonical::MemberId via = canonical::member<M>();

canonical::Filter contacts() { return where<&Person::role>(canonical::Role::contact); }

constexpr RelationKey relations[]{
    {Kind::project, "client", Kind::company, false, via<&Project::company>, Relation::company},
    {Kind::project, "projectstatus", Kind::project_status, false, via<&Project::status>, Relation::status},
    {Kind::project, "workflow", Kind::workflow, false, via<&Project::workflow>, Relation::workflow},
    {Kind::project, "tasklists", Kind::task_list, true, via<&TaskList::project>, Relation::task_lists},
    {Kind::project, "tasks", Kind::task, true, via<&Task::project>, Relation::tasks},
    {Kind::project, "milestones", Kind::task, true},
    {Kind::project, "discussions", Kind::task, true},
    {Kind::project, "files", Kind::task, true},
    {Kind::project, "invoiceitem", Kind::task, false},
    // Of templates; the page spells the first in two ways.
    {Kind::project, "projecttemplatestasklists", Kind::task_list, true, via<&TaskList::project>},
    {Kind::project, "projecttemplatetasklists", Kind::task_list, true, via<&TaskList::project>},
    {Kind::project, "projecttemplatestasks", Kind::task, true, via<&Task::project>},
    {Kind::task_list, "projecttemplatestasks", Kind::task, true, via<&Task::list>},
    {Kind::task_list, "projecttemplate", Kind::project, false, via<&TaskList::project>},
    {Kind::task, "projecttemplate", Kind::project, false, via<&Task::project>},
    {Kind::task, "projecttemplatetasklist", Kind::task_list, false, via<&Task::list>},
    {Kind::project_status, "projects", Kind::project, true, via<&Project::status>, Relation::projects},
    // The key that the page's table has for it.
    {Kind::project_status, "project", Kind::project, true, via<&Project::status>, Relation::projects},
    {Kind::company, "projects", Kind::project, true, via<&Project::company>, Relation::projects},
    {Kind::company, "clientcontacts", Kind::person, true, via<&Person::company>, {}, contacts},
    {Kind::company, "invoices", Kind::task, true},
    {Kind::company, "recurringprofiles", Kind::task, true},
    {Kind::workflow, "projects", Kind::project, true, via<&Project::workflow>, Relation::projects},
    {Kind::workflow, "workflowstatuses", Kind::workflow_status, true, via<&WorkflowStatus::workflow>,
     Relation::workflow_statuses},
    {Kind::workflow_status, "workflow", Kind::workflow, false, via<&WorkflowStatus::workflow>, Relation::workflow},
    {Kind::person, "client", Kind::company, false, via<&Person::company>, Relation::company},
    {Kind::person, "comments", Kind::task, true},
    {Kind::person, "discussions", Kind::task, true},
    {Kind::person, "entries", Kind::task, true},
    {Kind::person, "expenses", Kind::task, true},
    {Kind::person, "files", Kind::task, true},
    {Kind::person, "milestones", Kind::task, true},
    {Kind::person, "reports", Kind::task, true},
    {Kind::task_list, "project", Kind::project, false, via<&TaskList::project>},
    {Kind::task_list, "milestone", Kind::task, false},
    {Kind::task, "entries", Kind::task, true},
    {Kind::task, "subtasks", Kind::task, true},
    {Kind::task, "files", Kind::task, true},
    {Kind::task, "thread", Kind::task, false},
    {Kind::task, "invoiceitem", Kind::task, false},
    {Kind::task_list, "tasks", Kind::task, true, via<&Task::list>},
    {Kind::task, "project", Kind::project, false, via<&Task::project>},
    {Kind::task, "tasklist", Kind::task_list, false, via<&Task::list>},
    {Kind::task, "workflowstatus", Kind::workflow_status, false, via<&Task::status>},
};

Error unknown(std::string_view name) { return {.code = Code::unknown_field, .detail = std::string(name)}; }

// Adds one dotted name to the tree. `all` fields are wanted where a star says so or nothing else is named.
Result<void> add(Selection &node, Kind kind, TableSet const &known, std::string_view path, std::string_view whole) {
    auto const dot = std::min(path.find('.'), path.size());
    auto const name = path.substr(0, dot);
    if (auto const *relation = find_relation(kind, name)) {
        auto found = std::ranges::find(node.included, name, [](auto const &pair) { return pair.first; });
        if (found == node.included.end()) found = node.included.insert(found, {std::string(name), Selection{}});
        if (dot == path.size()) return {};
        return add(found->second, relation->target, tables_under(name), path.substr(dot + 1), whole);
    }
    bool const star = name == "*";
    if (dot < path.size() || (!star && !has_path(known, kind, name))) return unknown(whole);
    if (!node.only) node.only.emplace();
    node.only->emplace_back(name);
    return {};
}

void drop_stars(Selection &node) {
    if (node.only && std::ranges::find(*node.only, "*") != node.only->end()) node.only.reset();
    for (auto &[name, inner] : node.included) drop_stars(inner);
}

} // namespace

RelationKeys relation_keys() { return relations; }

RelationKey const *find_relation(Kind of, std::string_view name) {
    return dialects::find_relation(relations, of, name);
}

TableSet const &tables_under(std::string_view relation) {
    if (relation == "projecttemplate") return template_tables;
    if (relation.starts_with("projecttemplate")) return template_part_tables;
    return relation == "clientcontacts" ? contact_tables : tables;
}

Result<Selection> read_include(std::string_view text, Kind kind, TableSet const &known) {
    Selection selection;
    while (!text.empty()) {
        auto const comma = std::min(text.find(','), text.size());
        auto item = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        while (item.starts_with(' ')) item.remove_prefix(1);
        while (item.ends_with(' ')) item.remove_suffix(1);
        if (item.empty()) continue;
        if (std::size_t(std::ranges::count(item, '.')) > deepest) return unknown(item);
        if (auto const done = add(selection, kind, known, item, item); !done) return done.error();
    }
    drop_stars(selection);
    return selection;
}

namespace {

class RecordWriter {
public:
    RecordWriter(canonical::Reply const &reply, Text &text) : reply_(reply), text_(text) {}

    template <class E> void object(E const &e, TableSet const &known, Selection const &selection) {
        auto const *table = known.of<E>();
        if (!table) return text_.raw("{}");
        std::vector<std::string_view> only;
        View view{.extras = false}; // the service does not give back what it does not know
        if (selection.only) {
            only.assign(selection.only->begin(), selection.only->end());
            view.only = only;
        }
        write(*table, view, e, text_, [&](Text &text) {
            for (auto const &[name, inner] : selection.included) {
                text.key(name);
                relation(e, *find_relation(canonical::kind_of<E>, name), inner);
            }
        });
    }

private:
    template <class E> void relation(E const &e, RelationKey const &key, Selection const &selection) {
        canonical::with_kind(key.target, [&]<class T>(std::type_identity<T>) {
            if (key.many) return children<T>(*e.id, key, selection);
            auto const *record = reply_.related.find<T>(key.via ? referred(e, *key.via) : std::string_view());
            if (record)
                object(*record, tables_under(key.name), selection);
            else
                text_.raw(blank::null);
        });
    }

    template <class T> void children(std::string const &parent, RelationKey const &key, Selection const &selection) {
        text_.put('[');
        for (auto const &child : reply_.related.of<T>()) {
            if (!key.via || referred(child, *key.via) != parent) continue;
            text_.next();
            object(child, tables_under(key.name), selection);
        }
        text_.put(']');
    }

    canonical::Reply const &reply_;
    Text &text_;
};

} // namespace

void write_records(Kind kind, TableSet const &known, Selection const &selection, canonical::Reply const &reply,
                   Text &text) {
    RecordWriter writer(reply, text);
    canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) {
        bool first = true; // which may stand behind a key
        for (auto const &record : reply.records.of<E>()) {
            if (!std::exchange(first, false)) text.next();
            writer.object(record, known, selection);
        }
    });
}

} // namespace dialects::paymo
