#include "dialects/engine/documents/form.hpp"

#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <map>

namespace dialects {

namespace json = boost::json;
using canonical::Code, canonical::Error, canonical::Result;

namespace {

// Between brackets: nothing stands for the next item, a number for an item's place, anything else for a member.
enum class Part : unsigned char { name, index, next };

constexpr std::size_t longest_index = 9; // digits; what is longer is a name

Part part_of(std::string_view text, bool places) {
    if (text.empty()) return Part::next;
    if (!places || text.size() > longest_index || (text.size() > 1 && text[0] == '0')) return Part::name;
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) ? Part::index : Part::name;
}

using Path = std::vector<std::string_view>;

// "a[b][]" as a, b and an empty part; nothing where the name does not follow that form.
Path split_brackets(std::string_view name, bool dots) {
    std::string_view const marks = dots ? "[]." : "[]";
    auto const end_of = [&](std::size_t start) { return std::min(name.find_first_of(marks, start), name.size()); };
    auto at = end_of(0);
    if (at == 0) return {};
    Path path = {name.substr(0, at)};
    while (at < name.size()) {
        bool const bracket = name[at] == '[';
        if (!bracket && (name[at] != '.' || !dots)) return {};
        auto const start = at + 1;
        auto const end = bracket ? name.find_first_of("[]", start) : end_of(start);
        if (bracket ? end == name.npos || name[end] != ']' : end == start) return {};
        path.push_back(name.substr(start, end - start));
        at = bracket ? end + 1 : end;
    }
    return path;
}

Path path_of(std::string_view name, bool dots) {
    auto path = split_brackets(name, dots);
    if (path.empty()) path.push_back(name);
    return path;
}

// The document under construction: nodes that know each other by number, found by their parent and their name.
class Tree {
public:
    explicit Tree(bool places) : nodes_(1), places_(places) { nodes_[root].kind = Kind::record; }

    // False: the pair contradicts what is there.
    bool add(Path const &path, std::string_view value) {
        auto at = root;
        for (auto part = path.begin(); part != path.end(); ++part) {
            auto const kind = part == path.begin() ? Part::name : part_of(*part, places_);
            if (!become(at, kind == Part::name ? Kind::record : Kind::list)) return false;
            at = kind == Part::next ? next(at, {part + 1, path.end()}) : child(at, *part);
        }
        return say(at, value, path.size() == 1 || part_of(path.back(), places_) == Part::name);
    }

    json::value document(json::storage_ptr const &memory) const { return value(root, memory); }

private:
    using Id = std::uint32_t;
    static constexpr Id root = 0;
    enum class Kind : unsigned char { open, text, list, record };

    struct Child {
        std::string_view name; // empty for an item without a place of its own
        Id id;
    };
    struct Node {
        Kind kind = Kind::open;
        std::string_view text = {};
        std::vector<Child> children = {};
        Id last_next = root; // the last item without a place
    };

    Id append(Id parent, std::string_view name) {
        auto const id = Id(nodes_.size());
        nodes_.emplace_back();
        nodes_[parent].children.push_back({name, id});
        if (name.empty()) nodes_[parent].last_next = id;
        return id;
    }
    Id child(Id parent, std::string_view name) {
        auto const [at, fresh] = ids_.try_emplace({parent, name}, root);
        if (fresh) at->second = append(parent, name);
        return at->second;
    }
    // A new item, unless the last one still lacks what is to be said of it.
    Id next(Id list, std::span<std::string_view const> rest) {
        auto const last = nodes_[list].last_next;
        bool const goes_on = last != root && !rest.empty() && nodes_[last].kind != Kind::text && !has(last, rest);
        return goes_on ? last : append(list, {});
    }
    bool has(Id at, std::span<std::string_view const> path) const {
        for (auto const part : path) {
            if (part.empty()) return false;
            auto const found = ids_.find({at, part});
            if (found == ids_.end()) return false;
            at = found->second;
        }
        return true;
    }
    bool become(Id at, Kind kind) {
        if (nodes_[at].kind == Kind::text && kind == Kind::list) return listed(at);
        if (nodes_[at].kind == Kind::open) nodes_[at].kind = kind;
        return nodes_[at].kind == kind;
    }
    // What was a text becomes the first item of a list.
    bool listed(Id at) {
        auto const item = append(at, {});
        nodes_[item].kind = Kind::text;
        nodes_[item].text = nodes_[at].text;
        nodes_[at].kind = Kind::list;
        return true;
    }
    bool say(Id at, std::string_view text, bool may_repeat) {
        if (nodes_[at].kind == Kind::open) {
            nodes_[at].kind = Kind::text;
            nodes_[at].text = text;
            return true;
        }
        if (nodes_[at].kind == Kind::record || !may_repeat) return false;
        if (nodes_[at].kind == Kind::text) listed(at);
        return say(append(at, {}), text, false);
    }

    json::value value(Id id, json::storage_ptr const &memory) const {
        auto const &node = nodes_[id];
        if (node.kind == Kind::record) {
            json::object object(node.children.size(), memory);
            for (auto const &[name, child] : node.children) object.emplace(name, value(child, memory));
            return object;
        }
        if (node.kind == Kind::list) {
            json::array array(memory);
            array.reserve(node.children.size());
            for (auto const child : in_order(node)) array.push_back(value(child, memory));
            return array;
        }
        return json::value(node.text, memory);
    }
    // Those with a place first.
    static std::vector<Id> in_order(Node const &list) {
        auto children = list.children;
        std::ranges::stable_sort(
            children,
            [](std::string_view a, std::string_view b) {
                if (a.empty() || b.empty()) return !a.empty() && b.empty();
                return a.size() != b.size() ? a.size() < b.size() : a < b;
            },
            &Child::name);
        std::vector<Id> ids;
        ids.reserve(children.size());
        for (auto const &child : children) ids.push_back(child.id);
        return ids;
    }

    std::vector<Node> nodes_;
    bool places_;
    std::map<std::pair<Id, std::string_view>, Id> ids_; // ordered, so that no choice of names makes it slow
};

} // namespace

Result<json::value> nest(std::span<wire::Pair const> pairs, NestRules const &rules, json::storage_ptr memory) {
    if (pairs.size() > rules.members) return Error{Code::too_large, {}, "Too many parameters"};
    Tree tree(rules.places);
    for (auto const &pair : pairs) {
        auto const path = path_of(pair.name, rules.dots);
        if (path.size() > rules.depth)
            return Error{Code::too_large, wire::excerpt(pair.name), "A parameter's name has too many parts"};
        if (!tree.add(path, pair.value))
            return Error{Code::malformed, wire::excerpt(pair.name), "A parameter contradicts another of that name"};
    }
    return tree.document(memory);
}

} // namespace dialects
