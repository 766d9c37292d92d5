#include "dialects/superoffice/bodies.hpp"

namespace dialects::superoffice {

json::value const *member_of(json::value const &body, std::string_view name) {
    auto const *const object = body.if_object();
    return object ? find_any_case(*object, name) : nullptr;
}

std::string text_of(json::value const &body, std::string_view name) {
    auto const *const value = member_of(body, name);
    if (!value) return {};
    codec::Scalar const scalar(*value);
    return scalar ? std::string(scalar.text) : std::string();
}

std::vector<std::string> numbers_of(json::value const &array) {
    std::vector<std::string> numbers;
    if (auto const *const items = array.if_array())
        for (auto const &item : *items) {
            codec::Scalar const scalar(item);
            if (scalar && is_record_number(scalar.text)) numbers.emplace_back(scalar.text);
        }
    return numbers;
}

Result<std::vector<std::string>> numbers_under(json::value const &body, std::string_view name) {
    auto const *const list = member_of(body, name);
    if (!list || !list->is_array()) return Error{.code = Code::blank, .field = std::string(name)};
    auto numbers = numbers_of(*list);
    if (numbers.size() < list->get_array().size())
        return Error{.code = Code::bad_value, .field = std::string(name), .detail = excerpt(*list)};
    return numbers;
}

bool is_record_number(std::string_view text) {
    return !text.empty() && text.size() <= 10 && text.find_first_not_of("0123456789") == text.npos;
}

void name_record(Call &call, std::string id) {
    call.target.segments.push_back(std::move(id));
    call.id = call.target.segments.back();
}

} // namespace dialects::superoffice
