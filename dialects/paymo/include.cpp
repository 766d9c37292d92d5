#include "dialects/paymo/include.hpp"

#include "dialects/engine/read.hpp"
#include "dialects/paymo/tables.hpp"

#include <algorithm>
#include <set>

namespace dialects::paymo {

using canonical::Kind, canonical::Relation;

namespace {

constexpr std::size_t deepest = 8;

template <auto M>
constexpr canonical::MemberId via = canonical::member<M>();

constexpr RelationKey relations[]{
    {Kind::project, "client", Kind::company, false, Relation::company, via<&Project::company>},
    {Kind::project, "projectstatus", Kind::project_status, false, Relation::status, via<&Project::status>},
    {Kind::project, "workflow", Kind::workflow, false, Relation::workflow, via<&Project::workflow>},
    {Kind::project, "tasklists", Kind::task_list, true, Relation::task_lists, via<&TaskList::project>},
    {Kind::project, "milestones", Kind::task, true},
    {Kind::project, "discussions", Kind::task, true},
    {Kind::project, "files", Kind::task, true},
    {Kind::project, "invoiceitem", Kind::task, false},
    {Kind::project_status, "projects", Kind::project, true, Relation::projects, via<&Project::status>},
    // The key that the page's table has for it.
    {Kind::project_status, "project", Kind::project, true, Relation::projects, via<&Project::status>},
    {Kind::company, "projects", Kind::project, true, Relation::projects, via<&Project::company>},
    {Kind::workflow, "projects", Kind::project, true, Relation::projects, via<&Project::workflow>},
};

Error unknown(std::string_view name) { return {.code = Code::unknown_field, .detail = std::string(name)}; }

// Adds one dotted name to the tree. `all` fields are wanted where a star says so or nothing else is named.
Result<void> add(Selection &node, Kind kind, std::string_view path, std::string_view whole) {
    auto const dot = std::min(path.find('.'), path.size());
    auto const name = path.substr(0, dot);
    if (auto const *relation = find_relation(kind, name)) {
        auto found = std::ranges::find(node.included, name, [](auto const &pair) { return pair.first; });
        if (found == node.included.end()) found = node.included.insert(found, {std::string(name), Selection{}});
        if (dot == path.size()) return {};
        return add(found->second, relation->target, path.substr(dot + 1), whole);
    }
    bool const star = name == "*";
    if (dot < path.size() || (!star && !has_path(tables, kind, name))) return unknown(whole);
    if (!node.only) node.only.emplace();
    node.only->emplace_back(name);
    return {};
}

void drop_stars(Selection &node) {
    if (node.only && std::ranges::find(*node.only, "*") != node.only->end()) node.only.reset();
    for (auto &[name, inner] : node.included) drop_stars(inner);
}

} // namespace

RelationKey const *find_relation(Kind of, std::string_view name) {
    for (auto const &key : relations)
        if (key.of == of && key.name == name) return &key;
    return nullptr;
}

Result<Selection> read_include(std::string_view text, Kind kind) {
    Selection selection;
    while (!text.empty()) {
        auto const comma = std::min(text.find(','), text.size());
        auto item = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        while (item.starts_with(' ')) item.remove_prefix(1);
        while (item.ends_with(' ')) item.remove_suffix(1);
        if (item.empty()) continue;
        if (std::size_t(std::ranges::count(item, '.')) > deepest) return unknown(item);
        if (auto const done = add(selection, kind, item, item); !done) return done.error();
    }
    drop_stars(selection);
    return selection;
}

namespace {

using Conditions = std::vector<std::pair<std::string, canonical::Filter>>;

// The id that a record's reference holds; nothing where the member is none of its references.
template <class E>
std::string_view referred(E const &e, canonical::MemberId member) {
    std::string_view id;
    if (member.kind != canonical::kind_of<E>) return id;
    unsigned char index = 0;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(e.*d.pointer)>, canonical::Slot<canonical::Ref>>)
            if (index == member.index) id = (*(e.*d.pointer)).id;
        ++index;
    });
    return id;
}

canonical::Filter narrowed(std::string_view path, Conditions const &conditions) {
    canonical::Filter filter;
    for (auto const &[at, condition] : conditions)
        if (at == path) filter.require(condition);
    return filter;
}

void add_steps(Selection const &selection, Kind kind, std::string const &path, Conditions const &conditions,
               std::vector<Step> &steps) {
    for (auto const &[name, inner] : selection.included) {
        auto const *key = find_relation(kind, name);
        if (!key->relation) continue;
        auto const here = path.empty() ? name : path + "." + name;
        auto filter = narrowed(here, conditions);
        if (!path.empty() || !filter.empty()) steps.push_back({.key = key, .filter = std::move(filter)});
        add_steps(inner, key->target, here, conditions, steps);
    }
}

// Calls f for each record of that kind in the reply.
template <class E, class F>
void each(canonical::Reply const &reply, F f) {
    for (auto const &record : reply.records.of<E>()) f(record);
    for (auto const &record : reply.related.of<E>()) f(record);
}

class RecordWriter {
public:
    RecordWriter(canonical::Reply const &reply, Text &text) : reply_(reply), text_(text) {}

    template <class E>
    void object(E const &e, Selection const &selection) {
        auto const *table = tables.of<E>();
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
    template <class E>
    void relation(E const &e, RelationKey const &key, Selection const &selection) {
        canonical::with_kind(key.target, [&]<class T>(std::type_identity<T>) {
            if (key.many) return children<T>(*e.id, key, selection);
            auto const *record = reply_.related.find<T>(referred(e, key.via));
            if (record) object(*record, selection);
            else text_.raw(blank::null);
        });
    }

    template <class T>
    void children(std::string const &parent, RelationKey const &key, Selection const &selection) {
        text_.put('[');
        for (auto const &child : reply_.related.of<T>()) {
            if (!key.relation || referred(child, key.via) != parent) continue;
            text_.next();
            object(child, selection);
        }
        text_.put(']');
    }

    canonical::Reply const &reply_;
    Text &text_;
};

} // namespace

canonical::Relations first_relations(Selection const &selection, Kind kind, Conditions const &conditions) {
    canonical::Relations first;
    for (auto const &[name, inner] : selection.included) {
        auto const *key = find_relation(kind, name);
        if (key->relation && narrowed(name, conditions).empty()) first.add(*key->relation);
    }
    return first;
}

std::vector<Step> further_steps(Selection const &selection, Kind kind, Conditions const &conditions) {
    std::vector<Step> steps;
    add_steps(selection, kind, {}, conditions, steps);
    return steps;
}

canonical::Request question(Step const &step, canonical::Reply const &reply) {
    canonical::Request request{.verb = canonical::Verb::list, .kind = step.key->target, .dialect = "paymo"};
    canonical::Filter of{.op = canonical::Operator::in};
    std::set<std::string, std::less<>> ids;
    canonical::with_kind(step.key->of, [&]<class E>(std::type_identity<E>) {
        if (step.key->many) {
            of.field = {step.key->via, canonical::Part::id};
            each<E>(reply, [&](E const &parent) { ids.insert(*parent.id); });
            return;
        }
        canonical::with_kind(step.key->target, [&]<class T>(std::type_identity<T>) {
            of.field = {canonical::member<&T::id>()};
        });
        each<E>(reply, [&](E const &record) {
            if (auto const id = referred(record, step.key->via); !id.empty()) ids.emplace(id);
        });
    });
    of.values.assign(ids.begin(), ids.end());
    request.query.filter.require(std::move(of));
    if (!step.filter.empty()) request.query.filter.require(step.filter);
    return request;
}

void merge(Step const &step, canonical::Reply &&answer, canonical::Reply &reply) {
    canonical::with_kind(step.key->target, [&]<class T>(std::type_identity<T>) {
        auto &known = reply.related.of<T>();
        for (auto &record : answer.records.of<T>())
            if (!reply.related.find<T>(*record.id)) known.push_back(std::move(record));
    });
}

void write_records(Kind kind, Selection const &selection, canonical::Reply const &reply, Text &text) {
    RecordWriter writer(reply, text);
    canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) {
        text.put('[');
        for (auto const &record : reply.records.of<E>()) {
            text.next();
            writer.object(record, selection);
        }
        text.put(']');
    });
}

} // namespace dialects::paymo
