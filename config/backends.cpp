#include "config/addresses.hpp"
#include "config/credentials.hpp"
#include "config/quantities.hpp"
#include "config/sections.hpp"

#include "canonical/nearest.hpp"

#include <algorithm>

namespace config {

namespace {

constexpr std::string_view sqlite = "sqlite";
constexpr std::string_view in_memory = ":memory:"; // in place of a file: each store its own

// Reads the backends one after the other; no two of them may write to the same file.
class BackendReader {
public:
    explicit BackendReader(Dialects dialects) : dialects_(dialects) {}

    std::optional<Backend> read(Cursor::Pair const &pair) {
        Cursor const &cursor = pair.value;
        auto const type = type_of(cursor);
        if (!type) return {};
        Backend backend{.place = pair.place_of_key.place(), .name = pair.key, .type = *type};
        auto const before = cursor.source().problems.size();
        if (*type == sqlite)
            read_sqlite(cursor, backend);
        else
            read_service(cursor, backend);
        if (cursor.source().problems.size() != before) return {};
        return backend;
    }

private:
    std::optional<std::string> type_of(Cursor const &cursor) const {
        auto const value = cursor.peek("type");
        if (!value)
            Section(cursor,
                    {"type", "path", "seed", "url", "credential", "keeper", "rate", "authorities", "insecure", "zone"})
                .need("type");
        auto type = value ? value->word() : std::nullopt;
        if (!type) return {};
        std::vector<std::string_view> types = {sqlite};
        for (auto const *dialect : dialects_) types.push_back(dialect->name());
        if (std::ranges::find(types, *type) != types.end()) return type;
        value->report("unknown type " + in_quotes(value->written()) + canonical::did_you_mean(*type, types));
        return {};
    }

    void read_sqlite(Cursor const &cursor, Backend &backend) {
        Section const section(cursor, {"type", "path", "seed"});
        if (auto const path = section.need("path")) backend.path = read_path(*path);
        if (auto const seed = section.find("seed")) backend.seed = seed->file();
    }

    void read_service(Cursor const &cursor, Backend &backend) {
        auto const &dialect = **std::ranges::find(dialects_, backend.type, &dialects::Dialect::name);
        Section const section(cursor,
                              {"type", "url", "credential", "keeper", "rate", "authorities", "insecure", "zone"});
        if (auto const flag = section.find("insecure")) backend.insecure = flag->flag().value_or(false);
        if (auto const url = section.need("url")) backend.url = read_url(*url, backend.insecure);
        if (auto const file = section.find("authorities")) backend.authorities = file->file();
        if (auto const zone = section.find("zone"))
            backend.zone = zone->parsed(dialects::Zone::find, "a time zone, as in Europe/Oslo").value_or(backend.zone);
        if (auto const credential = section.need("credential"))
            backend.credential = read_credential(*credential, dialect, Presented::by_us).value_or(Credential());
        if (auto const keeper = section.find("keeper")) backend.keeper = read_path(*keeper);
        if (auto const rate = section.find("rate")) backend.rate = read_rate(*rate);
    }

    // No requests: as many as there are.
    static std::optional<dialects::Rate> read_rate(Cursor const &cursor) {
        Section const section(cursor, {"requests", "in"});
        auto const requests = section.need("requests"), in = section.need("in");
        auto const number = requests ? requests->parsed(parse_count, "a number of requests") : std::nullopt;
        auto const time = in ? in->parsed(parse_duration, "a time, as in 10s") : std::nullopt;
        if (!number || !time) return {};
        constexpr std::uint64_t most_requests = 1'000'000;
        if (*number <= most_requests) return dialects::Rate{.requests = int(*number), .in = *time};
        requests->report("a million requests at the most");
        return {};
    }

    std::string read_path(Cursor const &cursor) {
        auto const path = cursor.word();
        if (!path) return {};
        if (*path == in_memory) return *path;
        auto plain = std::filesystem::path(*path).lexically_normal();
        if (std::ranges::find(paths_, plain) != paths_.end()) cursor.report("another backend has this file already");
        paths_.push_back(std::move(plain));
        return *path;
    }

    // What goes over plain HTTP can be read on the way, the credential too.
    static std::string read_url(Cursor const &cursor, bool insecure) {
        auto const text = cursor.word();
        if (!text) return {};
        auto url = parse_url(*text, UrlPath::welcome);
        if (auto *const good = std::get_if<std::string>(&url)) {
            auto const origin = take_apart(*good);
            if (!origin.tls && !insecure && origin.host != "localhost" && !is_loopback(origin.host))
                cursor.report("this URL is plain http to another machine; use https, or say insecure: true");
            return std::move(*good);
        }
        cursor.report("this URL " + std::get<Wrong>(url).what); // which may hold a password
        return {};
    }

    Dialects dialects_;
    std::vector<std::filesystem::path> paths_;
};

} // namespace

std::vector<Backend> read_backends(Cursor const &cursor, Dialects dialects) {
    std::vector<Backend> backends;
    BackendReader reader(dialects);
    for (auto const &pair : cursor.pairs())
        if (auto backend = reader.read(pair)) backends.push_back(std::move(*backend));
    return backends;
}

} // namespace config
