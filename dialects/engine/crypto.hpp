#pragma once
// The few cryptographic tools that the dialects' credentials, signatures and tokens need, over OpenSSL. Digests come in
// lower-case hex, as all five tools write them; whatever compares secrets takes the same time for every wrong one.
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dialects::crypto {

using Sha256 = std::array<unsigned char, 32>;

std::string md5_hex(std::string_view text);
std::string sha1_hex(std::string_view text);
std::string sha256_hex(std::string_view text);
Sha256 sha256(std::string_view text);

std::string hmac_sha1_hex(std::string_view key, std::string_view text);
std::string hmac_sha256_hex(std::string_view key, std::string_view text);
Sha256 hmac_sha256(std::string_view key, std::string_view text);

// Compares their digests, so that neither where they differ nor how long they are shows in the time it takes.
bool same_secret(std::string_view a, std::string_view b);
bool same_digest(Sha256 const &a, Sha256 const &b);
// For codes whose length is no secret.
bool same_code(std::string_view a, std::string_view b);

std::string to_hex(std::string_view bytes);
std::string to_hex(Sha256 const &digest);
std::optional<std::string> decode_hex(std::string_view text); // of either case

std::string encode_base64(std::string_view bytes);
// With - and _, without padding.
std::string encode_base64url(std::string_view bytes);
// As RFC 4648 has it: padded, no white space, no bits left over.
std::optional<std::string> decode_base64_strictly(std::string_view text);
// As clients send it: either alphabet, white space within, padding or none.
std::optional<std::string> decode_base64(std::string_view text);

// From the system's generator; twice as many characters.
std::string random_hex(std::size_t bytes);

} // namespace dialects::crypto
