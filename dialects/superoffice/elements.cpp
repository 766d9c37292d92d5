#include "dialects/superoffice/elements.hpp"

#include <boost/json/parse.hpp>

namespace dialects::superoffice {

json::array kept_array(std::string_view json) {
    boost::system::error_code error;
    auto list = json::parse(json, error);
    return !error && list.is_array() ? std::move(list.get_array()) : json::array();
}

void write_of_first(std::string_view list, std::string_view key, Text &out) {
    auto const items = kept_array(list);
    auto const *const first = items.empty() ? nullptr : items.front().if_object();
    auto const *const value = first ? first->if_contains(key) : nullptr;
    if (!value || !out.value(*value)) out.raw(blank::text);
}

void write_stripped(Address const &address, Text &out) {
    out.string(address.stripped.empty() ? address.value : address.stripped);
}

} // namespace dialects::superoffice
