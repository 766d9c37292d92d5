#include "config/addresses.hpp"
#include "config/quantities.hpp"
#include "config/sections.hpp"

#include "canonical/nearest.hpp"

#include <algorithm>
#include <boost/describe/enum_from_string.hpp>

namespace config {

namespace {

constexpr std::string_view methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

// Keys that mean something to one dialect alone.
struct OwnKey {
    std::string_view key, dialect;
};
constexpr OwnKey own_keys[] = {
    {"organization", "productive"}, {"legacy_hash", "worksection"}, {"clock_window", "worksection"}};

// "/api/2.0/" as "/api/2.0", and "/" as "".
std::optional<std::string> parse_path(std::string_view text) {
    if (!text.starts_with('/') || text.find_first_of("?#%; ") != text.npos) return {};
    auto const target = wire::split_target(text);
    if (!target) return {};
    std::string path;
    for (auto const &segment : target->segments) path.append("/").append(segment);
    return path;
}

std::optional<int> parse_window(std::string_view text) {
    auto const duration = parse_duration(text);
    if (!duration || *duration % std::chrono::seconds(1) != std::chrono::milliseconds(0)) return {};
    if (*duration > std::chrono::hours(24)) return {};
    return int(duration->count() / 1000);
}

std::optional<std::string> parse_method(std::string_view text) {
    if (std::ranges::find(methods, text) == std::end(methods)) return {};
    return std::string(text);
}

std::optional<canonical::OnLoss> parse_on_loss(std::string_view text) {
    canonical::OnLoss found{};
    if (!boost::describe::enum_from_string(std::string(text).c_str(), found)) return {};
    return found;
}

std::optional<std::string> parse_organization(std::string_view text) {
    if (!parse_count(text)) return {};
    return std::string(text);
}

// Whether every request that reaches one route would have been taken by an earlier one.
bool takes_all_of(Route const &earlier, Route const &later) {
    auto const &mine = earlier.settings.path, &theirs = later.settings.path;
    bool const path = theirs.starts_with(mine) && (theirs.size() == mine.size() || theirs[mine.size()] == '/');
    bool const host = earlier.host.empty() || earlier.host == later.host;
    auto const has = [&](std::string const &method) {
        return std::ranges::find(earlier.methods, method) != earlier.methods.end();
    };
    bool const method = earlier.methods.empty() || (!later.methods.empty() && std::ranges::all_of(later.methods, has));
    return path && host && method;
}

// Reads one route.
class RouteReader {
public:
    RouteReader(Cursor const &cursor, Known const &known)
        : section_(cursor,
                   {"dialect", "path", "host", "methods", "backend", "mapping", "zone", "public_url", "organization",
                    "legacy_hash", "clock_window", "on_loss", "show_losses", "pass_credentials"}),
          known_(known) {}

    std::optional<Route> read() {
        auto const &cursor = section_.cursor();
        auto const before = cursor.source().problems.size();
        route_.place = cursor.place();
        if (auto const dialect = section_.need("dialect")) route_.dialect = read_dialect(*dialect, known_.dialects);
        read_reach();
        if (auto const backend = section_.need("backend"))
            route_.backend = read_name(*backend, known_.backends, "backend");
        if (auto const mapping = section_.find("mapping"))
            route_.mapping = read_name(*mapping, known_.mappings, "mapping");
        read_settings();
        if (cursor.source().problems.size() != before) return {};
        return std::move(route_);
    }

private:
    void read_reach() {
        if (auto const path = section_.need("path"))
            route_.settings.path = path->parsed(parse_path, "a path, as in /api/2.0/").value_or(std::string());
        if (auto const host = section_.find("host"))
            route_.host = host->parsed(parse_host, "the name of a host, without a port").value_or(std::string());
        auto const list = section_.find("methods");
        if (!list) return;
        auto const items = list->items();
        if (items.empty()) list->report("no method is none at all; leave 'methods' out for any");
        for (auto const &item : items)
            if (auto method = item.parsed(parse_method, "a method, as in GET")) route_.methods.push_back(*method);
    }

    void read_settings() {
        auto &settings = route_.settings;
        if (auto const zone = section_.find("zone"))
            settings.zone =
                zone->parsed(dialects::Zone::find, "a time zone, as in Europe/Oslo").value_or(settings.zone);
        if (auto const url = section_.find("public_url")) settings.public_url = read_public_url(*url);
        if (auto const number = own("organization"))
            settings.organization = number->parsed(parse_organization, "a number").value_or(std::string());
        if (auto const flag = own("legacy_hash")) settings.legacy_hash = flag->flag().value_or(true);
        if (auto const window = own("clock_window"))
            settings.clock_window =
                window->parsed(parse_window, "whole seconds up to a day, as in 300s").value_or(settings.clock_window);
        if (auto const word = section_.find("on_loss"))
            route_.on_loss = word->parsed(parse_on_loss, "keep, refuse or report").value_or(route_.on_loss);
        if (auto const flag = section_.find("show_losses")) route_.show_losses = flag->flag().value_or(false);
        if (auto const flag = section_.find("pass_credentials")) route_.pass_credentials = flag->flag().value_or(false);
    }

    // The value of a key that must belong to the route's dialect.
    std::optional<Cursor> own(std::string_view key) const {
        auto value = section_.find(key);
        auto const owner = std::ranges::find(own_keys, key, &OwnKey::key)->dialect;
        if (value && route_.dialect && route_.dialect->name() != owner)
            value->report(in_quotes(key) + " means something to " + std::string(owner) + " alone");
        return value;
    }

    static std::string read_name(Cursor const &cursor, std::vector<std::string> const &names, std::string_view what) {
        auto const name = cursor.word();
        if (!name) return {};
        if (std::ranges::find(names, *name) == names.end())
            cursor.report("there is no " + std::string(what) + " " + in_quotes(cursor.written()) +
                          canonical::did_you_mean(*name, std::span<std::string const>(names)));
        return *name;
    }

    static std::string read_public_url(Cursor const &cursor) {
        auto const text = cursor.word();
        if (!text) return {};
        auto url = parse_url(*text, UrlPath::none);
        if (auto *const good = std::get_if<std::string>(&url)) return std::move(*good);
        cursor.report(in_quotes(cursor.written()) + " " + std::get<Wrong>(url).what);
        return {};
    }

    Section section_;
    Known const &known_;
    Route route_;
};

} // namespace

std::vector<Route> read_routes(Cursor const &cursor, Known const &known) {
    std::vector<Route> routes;
    auto const items = cursor.items();
    for (auto const &item : items) {
        auto route = RouteReader(item, known).read();
        if (!route) continue;
        auto const earlier =
            std::ranges::find_if(routes, [&](Route const &other) { return takes_all_of(other, *route); });
        if (earlier != routes.end())
            item.report("this route is never reached: that in line " + std::to_string(earlier->place.line) +
                        " takes all of its requests");
        routes.push_back(std::move(*route));
    }
    if (items.empty()) cursor.report("at least one route is needed");
    return routes;
}

} // namespace config
