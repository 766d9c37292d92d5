#include "dialects/engine/token.hpp"

#include "dialects/engine/crypto.hpp"
#include "dialects/engine/ended_sessions.hpp"

#include <algorithm>
#include <charconv>

namespace dialects {

namespace {

// Whether a secret is written down itself or as its digest makes no difference to the tokens.
std::string settled(std::string_view secret) {
    constexpr std::string_view digest_prefix = "sha256:";
    if (secret.starts_with(digest_prefix)) return wire::lower(secret.substr(digest_prefix.size()));
    return crypto::sha256_hex(secret);
}

// All of the credential: whatever is changed of it, tokens die.
std::string key_of(Caller const &caller) {
    std::string key;
    for (auto const &[name, secret] : caller.credential)
        key.append(name).append("=").append(settled(secret)).append("\n");
    return key;
}

// Fields end with a line, which none of them can contain.
std::string code_of(Caller const &caller, Purpose purpose, std::string_view claim) {
    std::string message("token\n");
    message.append(purpose).append("\n").append(claim).append("\n");
    auto const code = crypto::hmac_sha256(key_of(caller), message);
    return crypto::encode_base64url({reinterpret_cast<char const *>(code.data()), code.size()});
}

// The name in letters that need no escape, the end in seconds since 1970, and what tells two of one second apart.
std::string claim_of(std::string_view name, std::int64_t expires) {
    return crypto::encode_base64url(name) + "." + std::to_string(expires) + "." + crypto::random_hex(8);
}

std::int64_t seconds(canonical::Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

} // namespace

std::string issue_token(Caller const &caller, Purpose purpose, canonical::Instant expires) {
    auto const claim = claim_of(caller.name, seconds(expires));
    return claim + "." + code_of(caller, purpose, claim);
}

std::optional<Session> check_token(std::string_view text, Purpose purpose, canonical::Instant now,
                                   std::span<Caller const> callers) {
    auto const first = text.find('.'), second = text.find('.', first + 1), last = text.rfind('.');
    if (first == text.npos || second == text.npos || second == last) return {};
    auto const claim = text.substr(0, last), code = text.substr(last + 1);
    auto const name = crypto::decode_base64(text.substr(0, first));
    auto const expires = number(text.substr(first + 1, second - first - 1));
    auto const latest = seconds(canonical::Instant::max());
    if (!name || !expires || *expires <= seconds(now) || *expires > latest) return {};
    auto const caller = std::ranges::find(callers, *name, &Caller::name);
    if (caller == callers.end() || caller->credential.empty()) return {};
    if (!crypto::same_code(code, code_of(*caller, purpose, claim))) return {};
    return Session{&*caller, canonical::Instant(std::chrono::seconds(*expires))};
}

std::optional<Session> session_of(Call const &call, std::string_view token, Purpose purpose) {
    auto session = check_token(token, purpose, call.now, call.callers);
    if (session && call.ended_sessions && call.ended_sessions->has(token)) return {};
    return session;
}

std::string derive(std::string_view token, std::string_view use) {
    constexpr std::size_t characters = 32;
    return crypto::hmac_sha256_hex(token, std::string("derived\n").append(use)).substr(0, characters);
}

} // namespace dialects
