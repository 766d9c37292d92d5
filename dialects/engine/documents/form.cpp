#include "dialects/engine/documents/form.hpp"

#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <map>
#include <memory_resource>

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

// "a[b][]" as a, b and an empty part; false where the name does not follow that form.
bool split_brackets(std::string_view name, bool dots, Path &path) {
    std::string_view const marks = dots ? "[]." : "[]";
    auto const end_of = [&](std::size_t start) { return std::min(name.find_first_of(marks, start), name.size()); };
    auto at = end_of(0);
    if (at == 0) return false;
    path.push_back(name.substr(0, at));
    while (at < name.size()) {
        bool const bracket = name[at] == '[';
        if (!bracket && (name[at] != '.' || !dots)) return false;
        auto const start = at + 1;
        auto const end = bracket ? name.find_first_of("[]", start) : end_of(start);
        if (bracket ? end == name.npos || name[end] != ']' : end == start) return false;
        path.push_back(name.substr(start, end - start));
        at = bracket ? end + 1 : end;
    }
    return true;
}

void split(std::string_view name, bool dots, Path &path) {
    path.clear();
    if (split_brackets(name, dots, path)) return;
    path.assign(1, name);
}

// The document under construction: nodes that know each other by number, found by their parent and their name.
class Tree {
public:
    Tree(std::size_t pairs, bool places) : places_(places) {
        nodes_.reserve(2 * pairs + 1);
        nodes_.push_back({.kind = Kind::record});
    }

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

    struct Node {
        Kind kind = Kind::open;
        std::string_view name = {}; // within its parent; empty for an item without a place of its own
        std::string_view text = {};
        Id first_child = root, last_child = root, next = root; // root: none
        Id last_next = root;                                   // the last item without a place
        std::uint32_t children = 0;
    };

    Id append(Id parent, std::string_view name) {
        auto const id = Id(nodes_.size());
        nodes_.push_back({.name = name});
        auto &node = nodes_[parent];
        if (node.children++ == 0)
            node.first_child = id;
        else
            nodes_[node.last_child].next = id;
        node.last_child = id;
        if (name.empty()) node.last_next = id;
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
            json::object object(node.children, memory);
            for (auto child = node.first_child; child != root; child = nodes_[child].next)
                object.emplace(nodes_[child].name, value(child, memory));
            return object;
        }
        if (node.kind == Kind::list) {
            json::array array(memory);
            array.reserve(node.children);
            for (auto const child : items_of(node)) array.push_back(value(child, memory));
            return array;
        }
        return json::value(node.text, memory);
    }
    // Those with a place first.
    std::vector<Id> items_of(Node const &list) const {
        std::vector<Id> items;
        items.reserve(list.children);
        for (auto child = list.first_child; child != root; child = nodes_[child].next) items.push_back(child);
        std::ranges::stable_sort(items, comes_before, [&](Id id) { return nodes_[id].name; });
        return items;
    }
    static bool comes_before(std::string_view a, std::string_view b) {
        if (a.empty() || b.empty()) return !a.empty() && b.empty();
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    }

    bool places_;
    std::vector<Node> nodes_;
    std::byte room_[4096]; // most forms need no more
    std::pmr::monotonic_buffer_resource resource_{room_, sizeof room_};
    // Ordered, so that no choice of names makes it slow.
    std::pmr::map<std::pair<Id, std::string_view>, Id> ids_{&resource_};
};

} // namespace

Result<json::value> nest(std::span<wire::Pair const> pairs, NestRules const &rules, json::storage_ptr memory) {
    if (pairs.size() > rules.members) return Error{Code::too_large, {}, "Too many parameters"};
    Tree tree(pairs.size(), rules.places);
    Path path;
    for (auto const &pair : pairs) {
        split(pair.name, rules.dots, path);
        if (path.size() > rules.depth)
            return Error{Code::too_large, wire::excerpt(pair.name), "A parameter's name has too many parts"};
        if (!tree.add(path, pair.value))
            return Error{Code::malformed, wire::excerpt(pair.name), "A parameter contradicts another of that name"};
    }
    return tree.document(memory);
}

} // namespace dialects
