#include "dialects/superoffice/elements.hpp"

#include <boost/json/parse.hpp>

namespace dialects::superoffice {

json::array kept_array(std::string_view json) {
    boost::system::error_code error;
    auto list = json::parse(json, error);
    return !error && list.is_array() ? std::move(list.get_array()) : json::array();
}

void write_stripped(Address const &address, Text &out) {
    out.string(address.stripped.empty() ? address.value : address.stripped);
}

} // namespace dialects::superoffice
