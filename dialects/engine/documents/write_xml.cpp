#include "dialects/engine/documents/xml.hpp"
#include "dialects/engine/documents/xml_names.hpp"
#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <charconv>

namespace dialects {

namespace json = boost::json;

namespace {

void append_text(std::string &out, std::string_view text) {
    // Readers drop what is nothing but white space, and make one line end of another.
    if (!text.empty() && text.find_first_not_of(" \t\r\n") == text.npos) {
        out.append("&#").append(std::to_string(int(text.front()))).append(";");
        text.remove_prefix(1);
    }
    while (!text.empty()) {
        auto const start = text;
        auto const c = take_character(text);
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '\r':
            out += "&#13;";
            break;
        default:
            if (is_xml_character(c))
                out.append(start.substr(0, start.size() - text.size()));
            else
                append_utf8(out, 0xFFFD);
        }
    }
}

template <class Number> void append_number(std::string &out, Number number) {
    char digits[400];
    char *end = digits;
    if constexpr (std::is_floating_point_v<Number>)
        end = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed).ptr; // 60, never 6e+01
    else
        end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

bool is_empty(json::value const &value) {
    if (auto const *text = value.if_string()) return text->empty();
    if (auto const *items = value.if_array()) return items->empty();
    if (auto const *members = value.if_object()) return members->empty();
    return value.is_null();
}

class XmlWriter {
public:
    explicit XmlWriter(XmlNames const &names) : names_(names), out_(names.declaration) {}

    std::string run(json::value const &value) && {
        element(names_.root, value);
        return std::move(out_);
    }

private:
    // The contents of one element; `name` is as the document has it, not yet an XML name.
    void element(std::string_view name, json::value const &value) {
        auto const tag = encode_name(name);
        if (is_empty(value)) return empty(tag);
        out_.append("<").append(tag).append(">");
        if (auto const *items = value.if_array())
            list(name, *items);
        else if (auto const *members = value.if_object())
            is_dictionary(name) ? entries(*members) : object(*members);
        else
            scalar(value);
        out_.append("</").append(tag).append(">");
    }
    void empty(std::string_view tag) {
        out_.append("<").append(tag);
        switch (names_.empty) {
        case XmlNames::Empty::closed:
            out_.append("/>");
            break;
        case XmlNames::Empty::spaced:
            out_.append(" />");
            break;
        case XmlNames::Empty::pair:
            out_.append("></").append(tag).append(">");
            break;
        }
    }
    void list(std::string_view name, json::array const &items) {
        auto item = item_of(name);
        if (item.empty()) item = "item";
        for (auto const &value : items) element(item, value);
    }
    void object(json::object const &members) {
        for (auto const &member : members) {
            std::string_view const name(member.key().data(), member.key().size());
            auto const &value = member.value();
            if (value.is_null() && names_.nulls == XmlNames::Nulls::omitted) continue;
            auto const *items = value.if_array();
            if (items && item_of(name).empty())
                for (auto const &item : *items) element(name, item);
            else
                element(name, value);
        }
    }
    void entries(json::object const &members) {
        bool const strings =
            std::ranges::all_of(members, [](auto const &member) { return member.value().is_string(); });
        std::string_view const entry = strings ? "KeyValueOfstringstring" : "KeyValueOfstringanyType";
        for (auto const &member : members) {
            out_.append("<").append(entry).append("><Key>");
            append_text(out_, {member.key().data(), member.key().size()});
            out_.append("</Key>");
            element("Value", member.value());
            out_.append("</").append(entry).append(">");
        }
    }
    void scalar(json::value const &value) {
        switch (value.kind()) {
        case json::kind::bool_:
            out_.append(value.get_bool() ? "true" : "false");
            break;
        case json::kind::int64:
            append_number(out_, value.get_int64());
            break;
        case json::kind::uint64:
            append_number(out_, value.get_uint64());
            break;
        case json::kind::double_:
            append_number(out_, value.get_double());
            break;
        default:
            append_text(out_, {value.get_string().data(), value.get_string().size()});
        }
    }

    std::string_view item_of(std::string_view list) const { return names_.item ? names_.item(list) : ""; }
    bool is_dictionary(std::string_view name) const {
        return std::ranges::any_of(names_.dictionaries, [&](auto other) { return wire::same_letters(other, name); });
    }

    XmlNames const &names_;
    std::string out_;
};

} // namespace

std::string to_xml(json::value const &value, XmlNames const &names) { return XmlWriter(names).run(value); }

} // namespace dialects
