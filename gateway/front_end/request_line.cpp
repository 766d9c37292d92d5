#include "gateway/front_end/request_line.hpp"

#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <array>

namespace gateway::front_end {

namespace {

constexpr std::array<std::string_view, 7> methods = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"};
constexpr std::array<std::string_view, 2> tunnels = {"CONNECT", "TRACE"};

bool starts_with_letters(std::string_view text, std::string_view start) {
    return wire::same_letters(text.substr(0, start.size()), start);
}

} // namespace

Verdict check_method(std::string_view method) {
    using canonical::Code;
    if (std::ranges::find(methods, method) != methods.end()) return {};
    if (std::ranges::find(tunnels, method) != tunnels.end())
        return Refusal{.status = 405, .code = Code::wrong_method, .why = "a method that is not offered"};
    return Refusal{.status = 501, .code = Code::wrong_method, .why = "an unknown method"};
}

std::optional<RequestTarget> read_target(std::string_view target) {
    if (target.starts_with('/')) return RequestTarget{.path = target};
    RequestTarget result;
    if (starts_with_letters(target, "http://")) {
        target.remove_prefix(7);
        result.port = "80";
    } else if (starts_with_letters(target, "https://")) {
        target.remove_prefix(8);
        result.port = "443";
    } else
        return {};
    auto const slash = std::min(target.find('/'), target.size());
    result.authority = target.substr(0, slash);
    result.path = slash == target.size() ? std::string_view("/") : target.substr(slash);
    return result;
}

Verdict check_target(std::string_view path) {
    auto const is_plain = [](char c) { return c > ' ' && c < 0x7F; };
    if (!path.starts_with('/')) return bad_request("a request target that is no path");
    if (!std::ranges::all_of(path, is_plain)) return bad_request("a byte in the request target that is no plain ASCII");
    if (path.find('#') != path.npos) return bad_request("a fragment in the request target");
    if (path.substr(0, path.find('?')).find('\\') != path.npos) return bad_request("a backslash in the path");
    return {};
}

} // namespace gateway::front_end
