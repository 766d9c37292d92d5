#include "dialects/worksection/signatures.hpp"

#include "dialects/engine/crypto.hpp"
#include "dialects/engine/documents/body.hpp"

#include <charconv>
#include <span>

namespace dialects::worksection {

namespace {

using wire::Pair;

// What is left unescaped, and what a space becomes, in the two ways of encoding that clients use.
struct Encoding {
    std::string_view plain;
};
constexpr Encoding php{"-_."}, browser{"*-._"};

std::string encoded(std::string_view text, Encoding const &encoding) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || encoding.plain.find(c) != encoding.plain.npos) {
            out += c;
        } else if (c == ' ') {
            out += '+';
        } else {
            out += '%';
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
    return out;
}

template <class Encode> std::string joined(std::span<Pair const> pairs, Encode encode) {
    std::string out;
    for (auto const &pair : pairs) {
        if (pair.name == "hash") continue;
        if (!out.empty()) out += '&';
        out += encode(pair.name);
        if (!pair.has_value) continue;
        out += '=';
        out += encode(pair.value);
    }
    return out;
}

// The text as it came, without the pair `hash`.
std::string without_hash(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const end = std::min(text.find('&'), text.size());
        auto const pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.starts_with("hash=")) continue;
        if (!out.empty()) out += '&';
        out += pair;
    }
    return out;
}

void add_readings(std::vector<std::string> &all, std::string_view raw, std::span<Pair const> pairs) {
    all.push_back(without_hash(raw));
    all.push_back(joined(pairs, [](std::string_view s) { return std::string(s); }));
    if (auto kept_plus = wire::decode_percent(all[all.size() - 2], false)) all.push_back(std::move(*kept_plus));
    all.push_back(joined(pairs, [](std::string_view s) { return encoded(s, php); }));
    all.push_back(joined(pairs, [](std::string_view s) { return encoded(s, browser); }));
}

std::vector<std::string> readings(Call const &call) {
    std::vector<std::string> all;
    auto const raw = call.target.raw_query;
    auto const &query = call.target.query;
    add_readings(all, raw, query);

    auto const type = wire::media_type(call.request.headers.find("Content-Type"));
    auto const form = type == "multipart/form-data"                 ? std::optional(BodyForm::multipart)
                      : type == "application/x-www-form-urlencoded" ? std::optional(BodyForm::form)
                                                                    : std::nullopt;
    auto const body = form && !call.request.body.empty() ? body_pairs(call.request, *form)
                                                         : canonical::Result<std::vector<Pair>>(std::vector<Pair>{});
    if (body && !body->empty()) {
        auto const raw_body = form == BodyForm::form ? std::string_view(call.request.body) : std::string_view();
        add_readings(all, raw_body, *body);
        auto both = query;
        for (auto const &pair : *body)
            if (!call.target.find(pair.name)) both.push_back(pair);
        auto const raw_both = std::string(raw) + (raw.empty() || raw_body.empty() ? "" : "&") + std::string(raw_body);
        add_readings(all, raw_both, both);
    }
    if (call.settings.legacy_hash) {
        auto const value = [&](std::string_view name) {
            auto const *text = call.target.find(name);
            if (!text && body)
                for (auto const &pair : *body)
                    if (pair.name == name) text = &pair.value;
            return text ? *text : std::string();
        };
        all.push_back(value("page") + value("action"));
    }
    return all;
}

} // namespace

Caller const *by_hash(Call const &call, std::string_view hash) {
    auto const presented = wire::lower(hash);
    Caller const *found = nullptr;
    auto const candidates = readings(call);
    for (auto const &caller : call.callers) {
        auto const *key = caller.secret("api_key");
        if (!key) continue;
        for (auto const &reading : candidates)
            if (crypto::same_secret(crypto::md5_hex(reading + *key), presented)) found = &caller;
    }
    return found;
}

Caller const *by_signed_time(Call const &call, std::string_view action) {
    auto const header = call.request.headers.find("Authorization").substr(std::string_view("Admin ").size());
    auto const line = header.find('_');
    if (line == header.npos) return nullptr;
    auto const time = header.substr(0, line);
    std::int64_t seconds = 0;
    auto const [end, error] = std::from_chars(time.data(), time.data() + time.size(), seconds);
    if (error != std::errc{} || end != time.data() + time.size()) return nullptr;
    auto const now = std::chrono::floor<std::chrono::seconds>(call.now).time_since_epoch().count();
    auto const window = call.settings.clock_window;
    if (window > 0 && (seconds < now - window || seconds > now + window)) return nullptr;
    auto const presented = wire::lower(header.substr(line + 1));
    Caller const *found = nullptr;
    for (auto const &caller : call.callers) {
        auto const *key = caller.secret("api_key");
        if (!key) continue;
        auto const expected = crypto::hmac_sha256_hex(*key, std::string(action) + ":" + std::string(time));
        if (crypto::same_secret(expected, presented)) found = &caller;
    }
    return found;
}

} // namespace dialects::worksection
