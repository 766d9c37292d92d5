#include "dialects/worksection/parameters.hpp"

#include "dialects/engine/codecs.hpp"
#include "dialects/engine/documents/body.hpp"

namespace dialects::worksection {

namespace {

constexpr BodyType body_types[]{
    {"application/json", BodyForm::json},
    {"application/x-www-form-urlencoded", BodyForm::form},
    {"multipart/form-data", BodyForm::multipart},
};
// The service never minds a type that it does not know.
constexpr BodyRules rules{
    .types = body_types, .sniff = true, .otherwise = BodyForm::form, .empty_is_object = true, .nest = {.dots = true}};

constexpr std::string_view prefix = "options";

// "options.allow_close" and "options_allow_close" as members of "options".
void nest_options(boost::json::object &document) {
    boost::json::object options(document.storage());
    if (auto const *known = document.if_contains(prefix); known && known->is_object()) options = known->get_object();
    bool found = false;
    for (auto const &[key, value] : document) {
        if (key.size() <= prefix.size() + 1 || !std::string_view(key).starts_with(prefix)) continue;
        if (key[prefix.size()] != '.' && key[prefix.size()] != '_') continue;
        options[std::string_view(key).substr(prefix.size() + 1)] = value;
        found = true;
    }
    if (!found) return;
    for (auto const &[key, value] : options) {
        document.erase("options." + std::string(key));
        document.erase("options_" + std::string(key));
    }
    document[prefix] = std::move(options);
}

std::string_view trimmed(std::string_view s) {
    while (s.starts_with(' ')) s.remove_prefix(1);
    while (s.ends_with(' ')) s.remove_suffix(1);
    return s;
}

} // namespace

canonical::Result<boost::json::value> read_parameters(Call const &call) {
    auto all = nest(call.target.query, rules.nest, call.memory);
    if (!all) return all;
    auto body = document(call.request, rules, call.memory);
    if (!body) return body;
    if (!body->is_object()) return canonical::Error{.code = canonical::Code::malformed, .field = "body"};
    auto &object = all->get_object();
    for (auto &[key, value] : body->get_object()) object[key] = std::move(value);
    nest_options(object);
    return all;
}

std::string parameter(boost::json::value const &parameters, std::string_view name) {
    auto const *value = parameters.get_object().if_contains(name);
    // Of one that came twice, the last.
    if (value && value->is_array() && !value->get_array().empty()) value = &value->get_array().back();
    if (!value) return {};
    codec::Scalar const scalar(*value);
    return std::string(scalar ? scalar.text : std::string_view());
}

std::string given(Call const &call, std::string_view name) {
    if (call.parameters) return parameter(*call.parameters, name);
    auto const *text = call.target.find(name);
    return text ? *text : std::string();
}

std::vector<std::string> list_parameter(boost::json::value const &parameters, std::string_view name) {
    std::vector<std::string> items;
    auto const add = [&](boost::json::value const &value) {
        codec::Scalar const scalar(value);
        auto text = scalar ? scalar.text : std::string_view();
        while (!text.empty()) {
            auto const comma = std::min(text.find(','), text.size());
            if (auto const item = trimmed(text.substr(0, comma)); !item.empty()) items.emplace_back(item);
            text.remove_prefix(std::min(comma + 1, text.size()));
        }
    };
    auto const *value = parameters.get_object().if_contains(name);
    if (!value) return items;
    if (auto const *array = value->if_array())
        for (auto const &item : *array) add(item);
    else
        add(*value);
    return items;
}

bool has_parameter(boost::json::value const &parameters, std::string_view name) {
    return parameters.get_object().contains(name);
}

} // namespace dialects::worksection
