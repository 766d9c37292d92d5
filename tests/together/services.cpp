#include "tests/together/services.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace together {

namespace {

constexpr Service all[]{
    {"onlyoffice", "", "{ token: 864FE52C-1C1C-469F-9308-51DAFEFE7436 }"},
    {"paymo", "/api", "{ api_key: 0123456789abcdef0123456789abcdef }"},
    {"productive", "/api/v2", "{ token: demo-productive-token, organization: \"1000\" }"},
    {"superoffice", "", "{ username: tje0, password: Tje0 }"},
    {"worksection", "", "{ api_key: 0123456789abcdef0123456789abcdef }"},
};

} // namespace

std::span<Service const> services() { return all; }

Service const &service_of(std::string_view dialect) { return *std::ranges::find(all, dialect, &Service::dialect); }

std::string in_front_of(Service const &service, std::uint16_t port, std::string_view settings) {
    std::ifstream in(DRAGOMAN_SOURCE_DIR "/config/dragoman.yaml");
    std::ostringstream text;
    text << in.rdbuf();
    auto whole = text.str();
    auto const from = whole.find("backends:"), to = whole.find("callers:");
    auto const backend = fmt::format("backends:\n  store: {{ type: {}, url: \"http://127.0.0.1:{}{}\", credential: {}, "
                                     "zone: Europe/Zagreb, rate: {{ requests: 0, in: 1s }} }}\n\n",
                                     service.dialect, port, service.path, service.credential);
    whole.replace(from, to - from, backend);
    constexpr std::string_view store = "backend: store";
    for (auto at = whole.find(store); at != whole.npos; at = whole.find(store, at + 1))
        whole.insert(at + store.size(), settings);
    return whole;
}

} // namespace together
