#include "tests/support/matching.hpp"
#include "tests/support/fragments.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <optional>
#include <pugixml.hpp>
#include <span>

namespace support {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), digit); }

bool is_guid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !digit(text[i]) && (text[i] < 'a' || text[i] > 'f')) return false;
    }
    return true;
}

// A part of an expected text: a placeholder, or (kind is empty) what must stand there.
struct Part {
    std::string_view kind, name, literal;
};

constexpr std::array<std::string_view, 8> kinds{"id", "int", "text", "now", "instant", "guid", "any", "absent"};

// The placeholder with which a text begins, and how long it is.
std::optional<std::pair<Part, std::size_t>> placeholder(std::string_view text) {
    auto const end = text.find('>');
    if (!text.starts_with('<') || end == text.npos) return {};
    auto const inside = text.substr(1, end - 1);
    auto const colon = inside.find(':');
    Part const part{.kind = inside.substr(0, colon),
                    .name = colon == inside.npos ? std::string_view() : inside.substr(colon + 1),
                    .literal = {}};
    if (std::find(kinds.begin(), kinds.end(), part.kind) == kinds.end()) return {};
    if (colon != inside.npos && !is_name(part.name)) return {};
    return std::pair(part, end + 1);
}

std::vector<Part> split(std::string_view text) {
    std::vector<Part> parts;
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size();) {
        auto const found = placeholder(text.substr(i));
        if (!found) {
            ++i;
            continue;
        }
        if (i > plain) parts.push_back({.kind = {}, .name = {}, .literal = text.substr(plain, i - plain)});
        parts.push_back(found->first);
        plain = i += found->second;
    }
    if (plain < text.size()) parts.push_back({.kind = {}, .name = {}, .literal = text.substr(plain)});
    return parts;
}

std::string shown(json::value const &value) {
    auto text = json::serialize(value);
    if (text.size() > 300) text = text.substr(0, 300) + "…";
    return text;
}

class Comparison {
public:
    explicit Comparison(Memory memory) : memory_(std::move(memory)) {}

    void value(json::value const &expected, json::value const &actual, std::string const &path) {
        if (auto const *text = expected.if_string()) return string(*text, actual, path);
        if (auto const *object = expected.if_object()) {
            if (auto const *other = actual.if_object()) return members(*object, *other, path);
        } else if (auto const *list = expected.if_array()) {
            if (auto const *other = actual.if_array()) return items(*list, *other, path);
        } else if (expected == actual && expected.is_double() == actual.is_double()) {
            return;
        }
        differ(path, shown(expected), shown(actual));
    }

    void text(std::string_view expected, std::string_view actual, std::string const &path) {
        auto const whole = memory_.fill_in(expected);
        std::vector<std::pair<Part, std::string_view>> taken;
        if (!fits(split(whole), actual, taken)) return differ(path, '"' + whole + '"', '"' + std::string(actual) + '"');
        for (auto const &[part, piece] : taken) remember(part, json::string(piece));
    }

    void element(pugi::xml_node expected, pugi::xml_node actual, std::string const &path) {
        for (auto const attribute : expected.attributes()) {
            auto const other = actual.attribute(attribute.name());
            if (!other)
                found.push_back(fmt::format("{}/@{}: missing", path, attribute.name()));
            else
                text(attribute.value(), other.value(), fmt::format("{}/@{}", path, attribute.name()));
        }
        for (auto const attribute : actual.attributes())
            if (!expected.attribute(attribute.name()))
                found.push_back(fmt::format("{}/@{}: not expected", path, attribute.name()));
        text(expected.text().get(), actual.text().get(), path);
        elements(expected, actual, path);
    }

    Differences finish(Memory &memory) {
        if (found.empty()) memory = std::move(memory_);
        return std::move(found);
    }

    Differences found;

private:
    void differ(std::string const &path, std::string const &expected, std::string const &actual) {
        found.push_back(fmt::format("{}: expected {}, got {}", path, expected, actual));
    }

    void string(std::string_view expected, json::value const &actual, std::string const &path) {
        if (auto const whole = placeholder(expected); whole && whole->second == expected.size())
            return made_up(whole->first, expected, actual, path);
        if (expected.size() > 2 && expected.starts_with('{') && expected.ends_with('}') &&
            is_name(expected.substr(1, expected.size() - 2))) {
            auto const remembered = memory_.names.find(expected.substr(1, expected.size() - 2));
            if (remembered == memory_.names.end())
                memory_.fill_in(expected); // throws
            else if (remembered->second != actual)
                differ(path, shown(remembered->second) + " as before", shown(actual));
            return;
        }
        auto const *other = actual.if_string();
        if (!other) return differ(path, shown(json::string(expected)), shown(actual));
        text(expected, *other, path);
    }

    void made_up(Part const &part, std::string_view expected, json::value const &actual, std::string const &path) {
        auto const *text = actual.if_string();
        auto const whole = actual.is_int64() || actual.is_uint64();
        bool good = false;
        if (part.kind == "any")
            good = true;
        else if (part.kind == "int")
            good = whole;
        else if (part.kind == "id")
            good = (text || whole) && accepts(part.kind, text ? std::string(*text) : json::serialize(actual));
        else if (part.kind != "absent")
            good = text && accepts(part.kind, *text);
        if (good) return remember(part, actual);
        auto reason = std::string(expected);
        if (part.kind == "now") reason = memory_.clock.text(memory_.now);
        differ(path, reason, shown(actual));
    }

    bool accepts(std::string_view kind, std::string_view text) const {
        if (kind == "id") return all_digits(text) && !memory_.ids.contains(text);
        if (kind == "int") return all_digits(text.starts_with('-') ? text.substr(1) : text);
        if (kind == "now") return text == memory_.clock.text(memory_.now);
        if (kind == "instant") return memory_.clock.fits(text);
        if (kind == "guid") return is_guid(text);
        return kind == "text" || kind == "any";
    }

    void remember(Part const &part, json::value const &actual) {
        if (part.kind == "id")
            memory_.ids.insert(actual.is_string() ? std::string(actual.get_string()) : json::serialize(actual));
        if (!part.name.empty()) memory_.names.insert_or_assign(std::string(part.name), actual);
    }

    using Taken = std::vector<std::pair<Part, std::string_view>>;
    bool fits(std::span<Part const> parts, std::string_view text, Taken &taken) const {
        if (parts.empty()) return text.empty();
        auto const &part = parts.front();
        if (part.kind.empty())
            return text.starts_with(part.literal) && fits(parts.subspan(1), text.substr(part.literal.size()), taken);
        for (auto length = text.size() + 1; length-- > 0;) {
            auto const piece = text.substr(0, length);
            if (!accepts(part.kind, piece)) continue;
            taken.emplace_back(part, piece);
            if (fits(parts.subspan(1), text.substr(length), taken)) return true;
            taken.pop_back();
        }
        return false;
    }

    void members(json::object const &expected, json::object const &actual, std::string const &path) {
        std::set<std::string, std::less<>> spoken_of;
        for (auto const &[key, wanted] : expected) {
            std::string_view name = key;
            if (name == "<more>") continue;
            auto const mark = name.starts_with('~') || name.starts_with('?') ? name[0] : ' ';
            if (mark != ' ') name.remove_prefix(1);
            auto const plain = memory_.fill_in(name);
            spoken_of.insert(plain);
            auto const here = path + "." + plain;
            auto const *there = actual.if_contains(plain);
            auto const unwanted = wanted.is_string() && wanted.get_string() == "<absent>";
            if (there && mark != '~')
                value(wanted, *there, here);
            else if (!there && mark != '?' && !unwanted)
                found.push_back(fmt::format("{}: missing, expected {}", here, shown(wanted)));
        }
        if (expected.contains("<more>")) return;
        for (auto const &[key, there] : actual)
            if (!spoken_of.contains(std::string_view(key)))
                found.push_back(fmt::format("{}.{}: not expected, got {}", path, std::string(key), shown(there)));
    }

    void items(json::array const &expected, json::array const &actual, std::string const &path) {
        auto const in_any_order =
            !expected.empty() && expected[0].is_string() && expected[0].get_string() == "<unordered>";
        auto const first = std::size_t(in_any_order);
        if (expected.size() - first != actual.size())
            found.push_back(fmt::format("{}: expected {} items, got {}: {}", path, expected.size() - first,
                                        actual.size(), shown(actual)));
        std::vector<bool> used(actual.size());
        for (std::size_t i = first; i < expected.size(); ++i) {
            auto const at = in_any_order ? choose(expected[i], actual, used) : i - first;
            if (at < actual.size()) {
                used[at] = true;
                value(expected[i], actual[at], fmt::format("{}[{}]", path, at));
            } else if (in_any_order) {
                found.push_back(fmt::format("{}: none of the items is {}", path, shown(expected[i])));
            }
        }
    }

    // Where in a list there is an item that fits and was not chosen before; past its end where there is none.
    std::size_t choose(json::value const &expected, json::array const &actual, std::vector<bool> const &used) const {
        for (std::size_t i = 0; i < actual.size(); ++i) {
            if (used[i]) continue;
            Comparison trial(memory_);
            trial.value(expected, actual[i], "$");
            if (trial.found.empty()) return i;
        }
        return actual.size();
    }

    void elements(pugi::xml_node expected, pugi::xml_node actual, std::string const &path) {
        std::map<std::string, std::vector<pugi::xml_node>> there;
        for (auto const child : actual.children())
            if (child.type() == pugi::node_element) there[child.name()].push_back(child);
        std::map<std::string, std::size_t> seen;
        for (auto const child : expected.children()) {
            if (child.type() != pugi::node_element || std::string_view(child.name()) == "more") continue;
            auto const here = fmt::format("{}/{}[{}]", path, child.name(), seen[child.name()]);
            auto const &others = there[child.name()];
            auto const index = seen[child.name()]++;
            if (index < others.size())
                element(child, others[index], here);
            else
                found.push_back(here + ": missing");
        }
        if (expected.child("more")) return;
        for (auto const &[name, others] : there)
            for (auto index = seen[name]; index < others.size(); ++index)
                found.push_back(fmt::format("{}/{}[{}]: not expected", path, name, index));
    }

    Memory memory_;
};

} // namespace

std::string Memory::fill_in(std::string_view text) const {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        auto const end = text[i] == '{' ? text.find('}', i) : text.npos;
        if (end == text.npos || !is_name(text.substr(i + 1, end - i - 1))) {
            result += text[i++];
            continue;
        }
        auto const name = text.substr(i + 1, end - i - 1);
        auto const found = names.find(name);
        if (found == names.end()) throw Unreadable("nothing was remembered as {" + std::string(name) + "}");
        auto const *remembered = found->second.if_string();
        result += remembered ? std::string(*remembered) : json::serialize(found->second);
        i = end + 1;
    }
    return result;
}

Differences compare(json::value const &expected, json::value const &actual, Memory &memory) {
    Comparison comparison(memory);
    comparison.value(expected, actual, "$");
    return comparison.finish(memory);
}

Differences compare_text(std::string_view expected, std::string_view actual, std::string const &where, Memory &memory) {
    Comparison comparison(memory);
    comparison.text(expected, actual, where);
    return comparison.finish(memory);
}

Differences compare_xml(std::string_view expected, std::string_view actual, Memory &memory) {
    pugi::xml_document wanted, there;
    if (auto const parsed = wanted.load_buffer(expected.data(), expected.size()); !parsed)
        return {fmt::format("the expected answer is no XML: {}", parsed.description())};
    if (auto const parsed = there.load_buffer(actual.data(), actual.size()); !parsed)
        return {fmt::format("the answer is no XML: {}: {}", parsed.description(), actual)};
    auto const root = wanted.document_element(), other = there.document_element();
    if (std::string_view(root.name()) != other.name())
        return {fmt::format("expected <{}>, got <{}>", root.name(), other.name())};
    Comparison comparison(memory);
    comparison.element(root, other, fmt::format("/{}", root.name()));
    return comparison.finish(memory);
}

std::string find_odd_number(std::string_view json) {
    bool in_text = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (json[i] == '"')
            in_text = !in_text;
        else if (json[i] == '\\')
            ++i;
        if (in_text || !(digit(json[i]) || json[i] == '-')) continue;
        auto const end = std::min(json.find_first_not_of("0123456789+-.eE", i), json.size());
        auto const number = json.substr(i, end - i);
        auto const point = number.find('.');
        if (number.find_first_of("eE") != number.npos || (point != number.npos && number.ends_with('0')))
            return std::string(number);
        i = end - 1;
    }
    return {};
}

} // namespace support
