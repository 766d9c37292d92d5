#include "dialects/engine/crypto.hpp"

#include <algorithm>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <stdexcept>

namespace dialects::crypto {

namespace {

template <auto Free> struct Freed {
    void operator()(auto *thing) const { Free(thing); }
};
template <class T, auto Free> using Owned = std::unique_ptr<T, Freed<Free>>;

void require(bool succeeded, char const *what) {
    if (!succeeded) throw std::runtime_error(what);
}

// Looking an algorithm up costs OpenSSL more than a short digest: once per thread, together with a context for it.
class Digest {
public:
    explicit Digest(char const *name) : algorithm_(EVP_MD_fetch(nullptr, name, nullptr)), context_(EVP_MD_CTX_new()) {
        require(algorithm_ && context_, name);
    }
    template <std::size_t Size> std::array<unsigned char, Size> operator()(std::string_view text) {
        std::array<unsigned char, Size> digest;
        require(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1 &&
                    EVP_DigestUpdate(context_.get(), text.data(), text.size()) == 1 &&
                    EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1,
                "digest");
        return digest;
    }

private:
    Owned<EVP_MD, EVP_MD_free> algorithm_;
    Owned<EVP_MD_CTX, EVP_MD_CTX_free> context_;
};

class Hmac {
public:
    explicit Hmac(char const *digest) {
        Owned<EVP_MAC, EVP_MAC_free> const algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
        require(algorithm != nullptr, "HMAC");
        context_.reset(EVP_MAC_CTX_new(algorithm.get()));
        require(context_ != nullptr, "HMAC");
        OSSL_PARAM const parameters[] = {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char *>(digest), 0),
            OSSL_PARAM_construct_end()};
        require(EVP_MAC_CTX_set_params(context_.get(), parameters) == 1, digest);
    }
    template <std::size_t Size>
    std::array<unsigned char, Size> operator()(std::string_view key, std::string_view text) {
        std::array<unsigned char, Size> code;
        std::size_t size = 0;
        // A key must not be null, or the last one is used again.
        auto const *key_bytes = reinterpret_cast<unsigned char const *>(key.empty() ? "" : key.data());
        require(EVP_MAC_init(context_.get(), key_bytes, key.size(), nullptr) == 1 &&
                    EVP_MAC_update(context_.get(), reinterpret_cast<unsigned char const *>(text.data()), text.size()) ==
                        1 &&
                    EVP_MAC_final(context_.get(), code.data(), &size, code.size()) == 1 && size == Size,
                "HMAC");
        return code;
    }

private:
    Owned<EVP_MAC_CTX, EVP_MAC_CTX_free> context_;
};

std::string hex_of(unsigned char const *bytes, std::size_t size) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text(2 * size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    return text;
}

template <std::size_t Size> std::string hex_of(std::array<unsigned char, Size> const &bytes) {
    return hex_of(bytes.data(), bytes.size());
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

enum class Alphabet : unsigned char { standard, either };

constexpr std::string_view common_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

constexpr std::array<signed char, 256> values_of(Alphabet alphabet) {
    std::array<signed char, 256> values = {};
    values.fill(-1);
    for (std::size_t i = 0; i < common_letters.size(); ++i)
        values[static_cast<unsigned char>(common_letters[i])] = static_cast<signed char>(i);
    values['+'] = 62, values['/'] = 63;
    if (alphabet == Alphabet::either) values['-'] = 62, values['_'] = 63;
    return values;
}

// Letters alone, without padding. Bits that make no byte must be zero where `exact`.
std::optional<std::string> decode_letters(std::string_view letters, Alphabet alphabet, bool exact) {
    constexpr auto standard = values_of(Alphabet::standard), either = values_of(Alphabet::either);
    auto const &values = alphabet == Alphabet::standard ? standard : either;
    if (letters.size() % 4 == 1) return {};
    std::string bytes;
    bytes.reserve(letters.size() / 4 * 3 + 2);
    unsigned bits = 0, count = 0;
    for (char const c : letters) {
        auto const value = values[static_cast<unsigned char>(c)];
        if (value < 0) return {};
        bits = (bits << 6 | unsigned(value)) & 0xFFFF;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes.push_back(char(bits >> count & 0xFF));
    }
    if (exact && (bits & ((1u << count) - 1)) != 0) return {};
    return bytes;
}

std::string encode(std::string_view bytes, std::string_view last_letters) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    unsigned bits = 0, count = 0;
    auto const put = [&](unsigned value) {
        text.push_back(value < 62 ? common_letters[value] : last_letters[value - 62]);
    };
    for (char const c : bytes) {
        bits = (bits << 8 | static_cast<unsigned char>(c)) & 0xFFFF;
        for (count += 8; count >= 6;) {
            count -= 6;
            put(bits >> count & 63);
        }
    }
    if (count > 0) put(bits << (6 - count) & 63);
    return text;
}

} // namespace

std::string md5_hex(std::string_view text) {
    thread_local Digest digest("MD5");
    return hex_of(digest.operator()<16>(text));
}

std::string sha1_hex(std::string_view text) {
    thread_local Digest digest("SHA1");
    return hex_of(digest.operator()<20>(text));
}

std::string sha256_hex(std::string_view text) { return hex_of(sha256(text)); }

Sha256 sha256(std::string_view text) {
    thread_local Digest digest("SHA256");
    return digest.operator()<32>(text);
}

std::string hmac_sha1_hex(std::string_view key, std::string_view text) {
    thread_local Hmac hmac("SHA1");
    return hex_of(hmac.operator()<20>(key, text));
}

std::string hmac_sha256_hex(std::string_view key, std::string_view text) { return hex_of(hmac_sha256(key, text)); }

Sha256 hmac_sha256(std::string_view key, std::string_view text) {
    thread_local Hmac hmac("SHA256");
    return hmac.operator()<32>(key, text);
}

bool same_secret(std::string_view a, std::string_view b) { return same_digest(sha256(a), sha256(b)); }

bool same_digest(Sha256 const &a, Sha256 const &b) { return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0; }

bool same_code(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(std::string_view bytes) {
    return hex_of(reinterpret_cast<unsigned char const *>(bytes.data()), bytes.size());
}

std::string to_hex(Sha256 const &digest) { return hex_of(digest); }

std::optional<std::string> decode_hex(std::string_view text) {
    if (text.size() % 2 != 0) return {};
    std::string bytes(text.size() / 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto const high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return {};
        bytes[i] = char(high * 16 + low);
    }
    return bytes;
}

std::string encode_base64(std::string_view bytes) {
    auto text = encode(bytes, "+/");
    while (text.size() % 4 != 0) text.push_back('=');
    return text;
}

std::string encode_base64url(std::string_view bytes) { return encode(bytes, "-_"); }

std::optional<std::string> decode_base64_strictly(std::string_view text) {
    if (text.size() % 4 != 0) return {};
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    return decode_letters(text, Alphabet::standard, true);
}

std::optional<std::string> decode_base64(std::string_view text) {
    std::string letters;
    letters.reserve(text.size());
    std::ranges::copy_if(text, std::back_inserter(letters),
                         [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
    for (int padding = 0; padding < 2 && letters.ends_with('='); ++padding) letters.pop_back();
    return decode_letters(letters, Alphabet::either, false);
}

std::string random_hex(std::size_t bytes) {
    std::string buffer(bytes, '\0');
    require(RAND_bytes(reinterpret_cast<unsigned char *>(buffer.data()), int(bytes)) == 1, "random bytes");
    return to_hex(buffer);
}

} // namespace dialects::crypto
