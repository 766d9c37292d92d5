#include "gateway/front_end/host.hpp"

#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>
#include <string>

namespace gateway::front_end {

namespace {

constexpr std::size_t longest_name = 253; // of a host in the domain name system

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name_character(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, is_name_character) &&
           !text.starts_with('.') && !text.ends_with('.') && text.find("..") == text.npos;
}

bool is_address(std::string_view text) {
    if (text.size() > 45) return false;
    boost::system::error_code error;
    auto const address = boost::asio::ip::make_address_v6(std::string(text), error);
    return !error && text.find('%') == text.npos && !address.is_unspecified();
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || !std::ranges::all_of(text, is_digit)) return false;
    unsigned value = 0;
    for (char const c : text) value = value * 10 + unsigned(c - '0');
    return value > 0 && value <= 65535;
}

std::string_view port_of(std::string_view authority) { return authority.substr(host_of(authority).size()); }

} // namespace

std::string_view host_of(std::string_view authority) {
    if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

bool is_authority(std::string_view text) {
    if (text.starts_with('[') && text.find(']') == text.npos) return false;
    auto const host = host_of(text);
    auto const port = port_of(text);
    if (!port.empty() && (!port.starts_with(':') || !is_port(port.substr(1)))) return false;
    if (host.starts_with('[')) return is_address(host.substr(1, host.size() - 2));
    return is_name(host);
}

bool same_authority(std::string_view a, std::string_view b, std::string_view port) {
    auto const meant = [&](std::string_view authority) {
        auto const said = port_of(authority);
        return said.empty() ? port : said.substr(1);
    };
    return wire::same_letters(host_of(a), host_of(b)) && meant(a) == meant(b);
}

} // namespace gateway::front_end
