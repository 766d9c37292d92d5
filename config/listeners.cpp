#include "config/addresses.hpp"
#include "config/sections.hpp"

#include <algorithm>

namespace config {

bool Listener::loopback() const { return is_loopback(address); }

namespace {

std::optional<Listener> read_listener(Cursor const &cursor) {
    Section const section(cursor, {"address", "certificate", "key"});
    auto const address = section.need("address");
    auto const certificate = section.find("certificate"), key = section.find("key");
    Listener listener;
    if (certificate) listener.certificate = certificate->file();
    if (key) listener.key = key->file();
    if (certificate && !key) certificate->report("a certificate needs its key");
    if (key && !certificate) key->report("a key needs its certificate");
    auto const text = address ? address->word() : std::nullopt;
    if (!text) return {};
    auto const parsed = parse_endpoint(*text);
    if (auto const *const endpoint = std::get_if<Endpoint>(&parsed)) {
        listener.place = address->place();
        listener.address = endpoint->address;
        listener.port = endpoint->port;
        return listener;
    }
    address->report(in_quotes(address->written()) + " " + std::get<Wrong>(parsed).what);
    return {};
}

} // namespace

std::vector<Listener> read_listeners(Cursor const &cursor) {
    std::vector<Listener> listeners;
    auto const items = cursor.items();
    for (auto const &item : items) {
        auto listener = read_listener(item);
        if (!listener) continue;
        auto const same = [&](Listener const &other) {
            return listener->port != 0 && other.port == listener->port && other.address == listener->address;
        };
        if (std::ranges::any_of(listeners, same))
            item.report("this address is listed twice");
        else
            listeners.push_back(std::move(*listener));
    }
    if (items.empty()) cursor.report("at least one address to listen on is needed");
    return listeners;
}

} // namespace config
