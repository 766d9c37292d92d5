#include "dialects/onlyoffice/parameters.hpp"

#include "dialects/engine/codecs.hpp"
#include "dialects/engine/documents/body.hpp"

namespace dialects::onlyoffice {

namespace {

constexpr BodyType body_types[]{
    {"application/json", BodyForm::json},
    {"text/xml", BodyForm::xml},
    {"application/x-www-form-urlencoded", BodyForm::form},
    {"multipart/form-data", BodyForm::multipart},
};

} // namespace

canonical::Result<boost::json::value> parameters(Call const &call) {
    static constexpr BodyRules rules{.types = body_types,
                                     .sniff = true,
                                     .otherwise = BodyForm::form,
                                     .empty_is_object = true,
                                     .nest = {.dots = true}};
    auto all = nest(call.target.query, rules.nest, call.memory);
    if (!all) return all;
    auto body = document(call.request, rules, call.memory);
    if (!body) return body;
    if (!body->is_object())
        return canonical::Error{.code = canonical::Code::malformed, .detail = "The body must be an object."};
    for (auto &[key, value] : body->get_object())
        if (!find_parameter(*all, key)) all->get_object().emplace(key, std::move(value));
    return all;
}

boost::json::value const *find_parameter(boost::json::value const &parameters, std::string_view name) {
    for (auto const &[key, value] : parameters.get_object())
        if (wire::same_letters(key, name)) return &value;
    return nullptr;
}

bool has_parameter(boost::json::value const &parameters, std::string_view name) {
    auto const *value = find_parameter(parameters, name);
    return value && !value->is_null();
}

std::vector<std::string> list_parameter(boost::json::value const &parameters, std::string_view name) {
    std::vector<std::string> items;
    auto const add = [&](boost::json::value const &item) {
        auto const *const id = item.is_object() ? find_parameter(item, "id") : &item;
        if (!id) return;
        codec::Scalar const scalar(*id);
        if (scalar && !scalar.text.empty()) items.emplace_back(scalar.text);
    };
    auto const *value = find_parameter(parameters, name);
    if (!value) return items;
    if (auto const *array = value->if_array())
        for (auto const &item : *array) add(item);
    else
        add(*value);
    return items;
}

std::optional<std::string> parameter(boost::json::value const &parameters, std::string_view name) {
    auto const *value = find_parameter(parameters, name);
    // Of several, the first.
    if (value && value->is_array() && !value->get_array().empty()) value = &value->get_array().front();
    if (!value) return {};
    codec::Scalar const scalar(*value);
    if (!scalar || scalar.text.empty()) return {};
    return std::string(scalar.text);
}

boost::json::object only_these(boost::json::value const &parameters, std::span<std::string_view const> names,
                               boost::json::storage_ptr memory) {
    boost::json::object only(std::move(memory));
    for (auto const name : names)
        if (auto const *value = find_parameter(parameters, name)) only.emplace(name, *value);
    return only;
}

} // namespace dialects::onlyoffice
