#include "dialects/engine/documents/xml.hpp"
#include "dialects/engine/documents/xml_names.hpp"
#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>
#include <set>

namespace dialects {

namespace json = boost::json;
using canonical::Code, canonical::Error, canonical::Result;

namespace {

Error malformed(std::string_view what) { return {Code::malformed, {}, std::string(what)}; }
Error too_large(std::string_view what) { return {Code::too_large, {}, std::string(what)}; }

// &name; or &#…; at the front: its length, or 0 where it is none of those that every XML reader knows.
std::size_t reference_length(std::string_view text) {
    constexpr std::size_t longest = 12;
    auto const end = text.substr(0, longest).find(';');
    if (end == text.npos) return 0;
    auto name = text.substr(1, end - 1);
    if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") return end + 1;
    if (!name.starts_with('#')) return 0;
    bool const hexadecimal = name.starts_with("#x");
    name.remove_prefix(hexadecimal ? 2 : 1);
    std::uint32_t character = 0;
    auto const [last, error] =
        std::from_chars(name.data(), name.data() + name.size(), character, hexadecimal ? 16 : 10);
    bool const whole = error == std::errc() && last == name.data() + name.size();
    return whole && is_xml_character(character) ? end + 1 : 0;
}

// Looks over the text before a tree is built of it: for what pugixml passes over in silence, and for what would make
// the tree too large.
class Scanner {
public:
    Scanner(std::string_view text, XmlRules const &rules) : text_(text), rules_(rules) {}

    Result<void> run() {
        while (at_ < text_.size()) {
            auto const c = static_cast<unsigned char>(text_[at_]);
            bool const plain = c >= ' ' && c != '<' && c != '&' && c != 0xEF && !in_tag_;
            if (plain)
                ++at_;
            else if (auto done = special(text_[at_]); !done)
                return done;
        }
        return {};
    }

private:
    Result<void> special(char c) {
        auto const rest = text_.substr(at_);
        if (static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r')
            return malformed("A control character");
        if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF"))
            return malformed("A character that XML does not know");
        if (c == '&') {
            auto const length = reference_length(rest);
            at_ += length;
            return length > 0 ? Result<void>() : malformed("An entity that is not known");
        }
        if (in_tag_) return within_tag(c);
        if (c == '<') return markup(rest);
        ++at_;
        return {};
    }
    Result<void> markup(std::string_view rest) {
        if (rest.starts_with("<!--")) return skip("<!--", "-->");
        if (rest.starts_with("<![CDATA[")) return skip("<![CDATA[", "]]>");
        if (rest.starts_with("<!")) return malformed("A document type declaration");
        if (rest.starts_with("<?") && at_ > 0) return malformed("A processing instruction");
        in_tag_ = true;
        closing_ = rest.starts_with("</");
        attributes_ = 0;
        ++at_;
        if (rest.starts_with("<?") || closing_) return {};
        if (++depth_ > rules_.depth) return too_large("Nested too deep");
        return count();
    }
    Result<void> within_tag(char c) {
        ++at_;
        if (c == '<') return malformed("A tag within a tag");
        if (quote_ != '\0') {
            if (c == quote_) quote_ = '\0';
        } else if (c == '"' || c == '\'') {
            quote_ = c;
            if (++attributes_ > rules_.attributes) return too_large("Too many attributes");
        } else if (c == '>') {
            in_tag_ = false;
            bool const ends = closing_ || text_[at_ - 2] == '/';
            if (ends && depth_ > 0) --depth_;
        }
        return {};
    }
    Result<void> skip(std::string_view begin, std::string_view end) {
        auto const found = text_.find(end, at_ + begin.size());
        if (found == text_.npos) return malformed("A comment or section has no end");
        auto const content = text_.substr(at_, found - at_);
        auto const bad = [](char c) {
            return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r';
        };
        if (std::ranges::any_of(content, bad) || content.find("\xEF\xBF\xBE") != content.npos ||
            content.find("\xEF\xBF\xBF") != content.npos)
            return malformed("A control character");
        at_ = found + end.size();
        return count();
    }
    Result<void> count() { return ++nodes_ > rules_.nodes ? too_large("Too many elements") : Result<void>(); }

    std::string_view text_;
    XmlRules const &rules_;
    std::size_t at_ = 0, depth_ = 0, nodes_ = 0, attributes_ = 0;
    bool in_tag_ = false, closing_ = false;
    char quote_ = '\0';
};

std::string_view local_name(char const *qualified) {
    std::string_view const name = qualified;
    auto const colon = name.find(':');
    return colon == name.npos || colon + 1 == name.size() ? name : name.substr(colon + 1);
}

// As the document will know it: without a prefix and with what no XML name can hold.
std::string name_of(pugi::xml_node element) { return decode_name(local_name(element.name())); }

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

bool is_nil(pugi::xml_node element) {
    for (auto const attribute : element.attributes())
        if (local_name(attribute.name()) == "nil")
            return std::string_view(attribute.value()) == "true" || std::string_view(attribute.value()) == "1";
    return false;
}

bool is_element(pugi::xml_node node) { return node.type() == pugi::node_element; }

pugi::xml_node first_named(pugi::xml_node element, std::string_view name) {
    return element.find_child([&](pugi::xml_node child) { return wire::same_letters(name_of(child), name); });
}

class Reader {
public:
    Reader(XmlRules const &rules, json::storage_ptr memory) : rules_(rules), memory_(std::move(memory)) {}

    Result<json::value> element(pugi::xml_node element) const {
        if (is_nil(element)) return json::value(nullptr, memory_);
        std::string text;
        bool elements = false;
        for (auto const child : element) {
            if (is_element(child))
                elements = true;
            else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
                text += child.value();
        }
        auto const name = name_of(element);
        if (!elements) return leaf(name, text);
        if (!is_blank(text)) return malformed("Text between elements");
        if (is_list(element, name)) return list(element);
        return is_dictionary(element) ? dictionary(element) : object(element);
    }

private:
    Result<json::value> leaf(std::string_view name, std::string_view text) const {
        if (is_blank(text)) {
            if (is_among(rules_.lists, name)) return json::value(json::array_kind, memory_);
            if (is_among(rules_.dictionaries, name)) return json::value(json::object_kind, memory_);
        }
        if (text.empty() && rules_.empty_is_null) return json::value(nullptr, memory_);
        return json::value(text, memory_);
    }
    Result<json::value> list(pugi::xml_node element) const {
        json::array items(memory_);
        for (auto const child : element) {
            if (!is_element(child)) continue;
            auto item = this->element(child);
            if (!item) return item;
            items.push_back(std::move(*item));
        }
        return json::value(std::move(items));
    }
    Result<json::value> dictionary(pugi::xml_node element) const {
        json::object members(memory_);
        for (auto const child : element) {
            if (!is_element(child)) continue;
            auto const attribute = child.attribute("key");
            std::string_view const key = attribute ? attribute.value() : first_named(child, "Key").text().get();
            auto value = this->element(attribute ? child : first_named(child, "Value"));
            if (!value) return value;
            if (!members.emplace(key, std::move(*value)).second)
                return malformed("Duplicate key '" + wire::excerpt(key) + "'");
        }
        return json::value(std::move(members));
    }
    Result<json::value> object(pugi::xml_node element) const {
        json::object members(memory_);
        std::set<std::string> repeated;
        for (auto const child : element) {
            if (!is_element(child)) continue;
            auto value = this->element(child);
            if (!value) return value;
            auto const name = name_of(child);
            auto *const present = members.if_contains(name);
            if (!present) {
                members.emplace(name, std::move(*value));
                continue;
            }
            if (repeated.insert(name).second) {
                json::array items(memory_);
                items.push_back(std::move(*present));
                *present = std::move(items);
            }
            present->get_array().push_back(std::move(*value));
        }
        return json::value(std::move(members));
    }

    static bool is_among(std::span<std::string_view const> names, std::string_view name) {
        return std::ranges::any_of(names, [&](std::string_view other) { return wire::same_letters(other, name); });
    }
    bool is_list(pugi::xml_node element, std::string_view name) const {
        return is_among(rules_.lists, name) || std::ranges::all_of(element, [](pugi::xml_node child) {
                   return !is_element(child) || (name_of(child) == "item" && !child.attribute("key"));
               });
    }
    static bool is_dictionary(pugi::xml_node element) {
        return std::ranges::all_of(element, [](pugi::xml_node child) {
            if (!is_element(child)) return true;
            auto const name = name_of(child);
            return (name == "item" && child.attribute("key")) ||
                   (name.starts_with("KeyValueOf") && first_named(child, "Key") && first_named(child, "Value"));
        });
    }

    XmlRules const &rules_;
    json::storage_ptr memory_;
};

// The one element that a document consists of, beside declaration and comments.
Result<pugi::xml_node> root_of(pugi::xml_document const &document) {
    pugi::xml_node root;
    for (auto const node : document) {
        if (node.type() == pugi::node_declaration) {
            std::string_view const encoding = node.attribute("encoding").value();
            // Strings of .NET call themselves UTF-16 wherever they are sent; this text is known to be UTF-8.
            bool const known = encoding.empty() || wire::same_letters(encoding, "utf-8") ||
                               wire::same_letters(encoding, "us-ascii") || wire::same_letters(encoding, "utf-16");
            if (!known) return Error{Code::unsupported_type, {}, "An encoding other than UTF-8"};
        } else if (is_element(node)) {
            if (root) return malformed("More than one root element");
            root = node;
        } else if (node.type() != pugi::node_comment && !is_blank(node.value()))
            return malformed("Text outside the root element");
    }
    if (!root) return malformed("No root element");
    return root;
}

} // namespace

Result<XmlDocument> parse_xml(std::string_view text, XmlRules const &rules, json::storage_ptr memory) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    if (!wire::is_utf8(text)) return malformed("The text is no UTF-8");
    if (auto const sound = Scanner(text, rules).run(); !sound) return sound.error();
    pugi::xml_document document;
    auto const parsed = document.load_buffer(text.data(), text.size(),
                                             pugi::parse_default | pugi::parse_declaration | pugi::parse_doctype |
                                                 pugi::parse_pi | pugi::parse_fragment,
                                             pugi::encoding_utf8);
    if (!parsed) return malformed(parsed.description());
    auto const root = root_of(document);
    if (!root) return root.error();
    auto value = Reader(rules, std::move(memory)).element(*root);
    if (!value) return value.error();
    return XmlDocument{name_of(*root), std::move(*value)};
}

} // namespace dialects
