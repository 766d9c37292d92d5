#include "dialects/superoffice/custom_fields.hpp"

#include <boost/json/parse.hpp>
#include <set>

namespace dialects::superoffice {

namespace {

// [I:23] as I and 23; nothing for a text without a type.
struct Typed {
    std::string_view type, value;
};
std::optional<Typed> typed(std::string_view literal) {
    if (literal.size() < 4 || literal.front() != '[' || literal.back() != ']') return {};
    auto const colon = literal.find(':');
    if (colon == literal.npos || colon == 1 || colon > 3) return {};
    return Typed{literal.substr(1, colon - 1), literal.substr(colon + 1, literal.size() - colon - 2)};
}

std::string bracketed(std::string_view type, std::string_view value) {
    return std::string("[").append(type).append(":").append(value).append("]");
}

json::value parsed(std::string_view json) {
    boost::system::error_code error;
    auto value = json::parse(json, error);
    return error ? json::value(json::string(json)) : value;
}

bool is_number(std::string_view text) {
    auto const number = Decimal::parse(text);
    return number && number->text() == text;
}
bool is_integer(std::string_view text) { return is_number(text) && text.find('.') == text.npos; }

// 3,4,5
std::optional<std::string> numbers_of(json::value const &j) {
    std::string list;
    for (auto const &item : j.get_array()) {
        codec::Scalar const scalar(item);
        if (item.is_string() || item.is_bool() || !is_number(scalar.text)) return {};
        list.append(list.empty() ? "" : ",").append(scalar.text);
    }
    return list;
}

std::string literal_of(json::value const &j) {
    codec::Scalar const scalar(j);
    if (j.is_string()) return std::string(scalar.text);
    if (j.is_bool()) return j.get_bool() ? "[I:1]" : "[I:0]";
    if (scalar) return bracketed(is_integer(scalar.text) ? "I" : "F", scalar.text);
    if (j.is_null()) return {};
    auto const numbers = j.is_array() ? numbers_of(j) : std::nullopt;
    return numbers && !numbers->empty() ? bracketed("A", *numbers) : text_of(j);
}

// In one dictionary of a body; beyond any that admins define.
constexpr std::size_t most_fields = 3'000;

constexpr std::string_view companions[]{":DisplayText", ":DisplayTooltip", ":org"};

// Which forms dates and numbers have in texts for people.
struct Culture {
    std::string_view language, day;
    char point;
};
constexpr Culture cultures[]{{"", "MM/DD/YYYY", '.'},   {"en", "MM/DD/YYYY", '.'}, {"no", "DD.MM.YYYY", ','},
                             {"nb", "DD.MM.YYYY", ','}, {"nn", "DD.MM.YYYY", ','}, {"de", "DD.MM.YYYY", ','},
                             {"fi", "DD.MM.YYYY", ','}, {"pl", "DD.MM.YYYY", ','}, {"cs", "DD.MM.YYYY", ','},
                             {"sv", "YYYY-MM-DD", ','}, {"da", "DD-MM-YYYY", ','}, {"nl", "DD-MM-YYYY", ','},
                             {"fr", "DD/MM/YYYY", ','}, {"es", "DD/MM/YYYY", ','}, {"it", "DD/MM/YYYY", ','}};

void write_display(Typed const &value, Text &out) {
    auto const found = std::ranges::find(cultures, std::string_view(out.context.culture), &Culture::language);
    auto const &culture = found == std::end(cultures) ? cultures[0] : *found;
    auto rest = value.value;
    Moment day;
    if (value.type.starts_with('D') && day.read("MM/DD/YYYY", rest)) {
        out.put('"');
        day.write(culture.day, out);
        out.raw(rest); // of [DT:…] the time
        return out.put('"');
    }
    std::string text(value.value);
    if (value.type == "F" || value.type == "M") std::ranges::replace(text, '.', culture.point);
    out.string(text);
}

std::string extra_name(std::string_view key) { return std::string("ExtraFields/").append(key); }

// In the type of the present value, where a plain text can be one of that type.
std::string in_type_of(CustomValue const &present, std::string const &said) {
    auto const text = parsed(said);
    auto const *plain = text.if_string();
    if (!plain || typed(*plain)) return said;
    bool const yes = codec::same_word("true", *plain, codec::Case::ignored);
    bool const no = codec::same_word("false", *plain, codec::Case::ignored);
    auto const before = parsed(present.json);
    if (before.is_bool()) return yes || *plain == "1" ? "true" : no || *plain == "0" ? "false" : said;
    if (before.is_number()) return yes ? "1" : no ? "0" : is_number(*plain) ? std::string(*plain) : said;
    auto const *literal = before.if_string();
    auto const type = literal ? typed(*literal) : std::nullopt;
    if (!type) return said;
    if (type->type == "M" && is_number(*plain)) return text_of(json::string(bracketed("M", *plain)));
    auto const instant = read_instant(*plain, {});
    if (type->type != "D" || !instant) return said;
    std::string day;
    {
        static Context const none;
        Text out(day, none);
        out.raw(R"("[D:)");
        Moment(*instant).write("MM/DD/YYYY", out);
        out.raw(R"(]")");
    }
    return day;
}

} // namespace

bool is_companion(std::string_view key) {
    return std::ranges::any_of(companions, [&](auto suffix) { return key.ends_with(suffix); });
}

std::string literal_of(std::string_view json) { return literal_of(parsed(json)); }

std::string json_of(std::string_view literal) {
    auto const value = typed(literal);
    std::string json;
    if (value && (value->type == "I" || value->type == "F") && is_number(value->value)) json = value->value;
    if (value && value->type == "A") json = std::string("[").append(value->value).append("]");
    return !json.empty() && literal_of(json) == literal ? json : text_of(json::string(literal));
}

void write_custom_cell(Project const &project, std::string_view key, Text &out) {
    auto const json_under = [&](std::string const &name) -> std::string_view {
        auto const found = std::ranges::find(*project.custom, name, &CustomValue::key);
        return found == project.custom->end() ? std::string_view() : found->json;
    };
    auto const displayed = json_under(std::string(key) + ":DisplayText"), json = json_under(std::string(key));
    if (displayed.empty() && json.empty()) return out.raw(blank::text);
    auto const value = parsed(std::string(displayed.empty() ? json : displayed));
    if ((value.is_number() || value.is_bool()) && out.value(value)) return;
    auto const literal = literal_of(value);
    if (auto const type = typed(literal))
        write_display(*type, out);
    else
        out.string(literal);
}

std::vector<CustomValue> custom_changes(std::vector<CustomValue> const &said, std::vector<CustomValue> const &present) {
    std::vector<CustomValue> changes;
    auto const change = [&](std::string key, std::string json) {
        auto const earlier = std::ranges::find(changes, key, &CustomValue::key);
        if (earlier != changes.end())
            earlier->json = std::move(json);
        else
            changes.push_back({.key = std::move(key), .json = std::move(json)});
    };
    for (auto const &value : said) {
        auto const now = std::ranges::find(present, value.key, &CustomValue::key);
        bool const known = now != present.end();
        auto json = known ? in_type_of(*now, value.json) : value.json;
        if (known ? literal_of(now->json) == literal_of(json) && json != "null" : json == "null") continue;
        change(value.key, std::move(json));
        for (auto const companion : companions) { // it spoke of the value that was
            auto key = value.key + std::string(companion);
            if (std::ranges::find(present, key, &CustomValue::key) != present.end()) change(std::move(key), "null");
        }
    }
    return changes;
}

namespace detail {

bool read_dictionary(json::value const &j, Project &project) {
    if (!project.custom) project.custom.emplace();
    if (j.is_null()) return true;
    auto const *object = j.if_object();
    if (!object || object->size() > most_fields) return false;
    for (auto const &[key, value] : *object) {
        if (is_companion(key)) continue;
        codec::Scalar const scalar(value);
        if (!scalar && !value.is_null()) return false;
        CustomValue said{.key = std::string(key), .json = value.is_null() ? "null" : json_of(scalar.text)};
        if (std::ranges::find(*project.custom, said) == project.custom->end())
            project.custom->push_back(std::move(said));
    }
    return true;
}

bool read_extra_fields(json::value const &j, Project &project, Packer &kept) {
    if (!read_dictionary(j, project)) return false;
    if (auto const *object = j.if_object())
        for (auto const &member : *object)
            if (!member.key().starts_with("x_") && !is_companion(member.key()))
                kept.add({}, extra_name(member.key())).raw("true");
    return true;
}

void write_dictionary(Field<Project> const &row, Project const &project, Writer &to, Dictionary which) {
    auto const &values = project.custom;
    if (to.view.face == Face::sent && values.absent()) return;
    auto &out = to.at(row.wire);
    std::set<std::string_view> keys;
    for (auto const &value : *values) keys.insert(value.key);
    out.put('{');
    for (auto const &value : *values) {
        bool const extra = value.key.starts_with("x_") || !to.kept(extra_name(value.key)).empty();
        if (which != Dictionary::all && extra != (which == Dictionary::extra)) continue;
        auto const literal = literal_of(value.json);
        out.name(value.key);
        out.string(literal);
        auto const type = typed(literal);
        if (!type || to.view.face == Face::sent) continue;
        if (auto const key = value.key + ":DisplayText"; !keys.contains(key)) {
            out.name(key);
            write_display(*type, out);
        }
        if (auto const key = value.key + ":DisplayTooltip"; !keys.contains(key)) {
            out.name(key);
            out.raw(blank::text);
        }
    }
    out.put('}');
}

bool same_values(Project const &a, Project const &b, Face face) {
    if (face == Face::sent && a.custom.absent() != b.custom.absent()) return false;
    return std::ranges::equal(*a.custom, *b.custom, [](auto const &x, auto const &y) {
        return x.key == y.key && literal_of(x.json) == literal_of(y.json);
    });
}

} // namespace detail

} // namespace dialects::superoffice
