#include "dialects/engine/crypto.hpp"
#include "dialects/engine/dialect.hpp"

#include <algorithm>

namespace dialects {

namespace {

constexpr std::string_view digest_prefix = "sha256:";

// Of the secret itself, which may be known by its digest alone. What only looks like a digest matches nothing.
std::optional<crypto::Sha256> digest_of(std::string_view secret) {
    if (!secret.starts_with(digest_prefix)) return crypto::sha256(secret);
    auto const bytes = crypto::decode_hex(secret.substr(digest_prefix.size()));
    crypto::Sha256 digest;
    if (!bytes || bytes->size() != digest.size()) return {};
    std::ranges::copy(*bytes, digest.begin());
    return digest;
}

} // namespace

std::string const *Caller::secret(std::string_view key) const {
    auto const entry =
        std::ranges::find(credential, key, [](auto const &pair) -> std::string_view { return pair.first; });
    return entry == credential.end() ? nullptr : &entry->second;
}

bool Caller::matches(std::string_view key, std::string_view presented) const {
    auto const *known = secret(key);
    auto const wanted = known ? digest_of(*known) : std::nullopt;
    auto const given = crypto::sha256(presented);
    return wanted && crypto::same_digest(*wanted, given);
}

std::string Call::origin() const {
    std::string_view const address = settings.public_url;
    if (!address.empty()) return std::string(address.substr(0, address.find_last_not_of('/') + 1));
    auto const host = request.headers.find("Host");
    std::string result(scheme);
    return result.append("://").append(host.empty() ? "localhost" : host);
}

} // namespace dialects
