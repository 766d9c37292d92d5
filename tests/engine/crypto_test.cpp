#include "dialects/engine/crypto.hpp"

#include <gtest/gtest.h>
#include <set>
#include <thread>

namespace dialects::crypto {
namespace {

TEST(Digests, AreThoseOfTheStandards) {
    EXPECT_EQ(md5_hex(""), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(md5_hex("abc"), "900150983cd24fb0d6963f7d28e17f72");
    EXPECT_EQ(sha1_hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256("abc")), sha256_hex("abc"));
}

TEST(Digests, SignTheWorksectionSample) {
    EXPECT_EQ(md5_hex("action=get_tasks&id_project=26"
                      "7776461cd931e7b1c8e9632ff8e979ce"),
              "ec3ab2c28f21b4a07424f8ed688d6644");
}

TEST(Digests, AreTheSameAgainAndInEveryThread) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(md5_hex("abc"), "900150983cd24fb0d6963f7d28e17f72");
    std::string other;
    std::thread([&] { other = md5_hex("abc") + sha256_hex("abc") + hmac_sha256_hex("k", "t"); }).join();
    EXPECT_EQ(other, md5_hex("abc") + sha256_hex("abc") + hmac_sha256_hex("k", "t"));
}

TEST(Hmac, IsThatOfTheStandards) { // RFC 2202 and RFC 4231, and the empty key
    std::string_view const text = "what do ya want for nothing?";
    EXPECT_EQ(hmac_sha1_hex("Jefe", text), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    EXPECT_EQ(hmac_sha256_hex("Jefe", text), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hmac_sha256_hex(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    EXPECT_EQ(hmac_sha256_hex("", ""), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hmac, TakesAnEmptyKeyForAnEmptyKey) {
    auto const first = hmac_sha256_hex({}, "text");
    hmac_sha256_hex("another", "text");
    EXPECT_EQ(hmac_sha256_hex({}, "text"), first);
}

TEST(Digests, TakeNothingForTheEmptyText) {
    EXPECT_EQ(sha256_hex({}), sha256_hex(""));
    EXPECT_EQ(md5_hex({}), md5_hex(""));
    EXPECT_EQ(hmac_sha1_hex({}, {}), hmac_sha1_hex("", ""));
    EXPECT_TRUE(same_secret({}, ""));
}

TEST(SameSecret, ComparesAllOfBoth) {
    EXPECT_TRUE(same_secret("", ""));
    EXPECT_TRUE(same_secret("s3cret", "s3cret"));
    for (auto const wrong : {"", "s3cre", "s3creT", "S3cret", "s3cret ", "s3crets"})
        EXPECT_FALSE(same_secret("s3cret", wrong)) << wrong;
    EXPECT_FALSE(same_secret(std::string_view("a\0b", 3), "a"));
}

TEST(SameCode, ComparesAllOfBoth) {
    EXPECT_TRUE(same_code("", {}));
    EXPECT_TRUE(same_code("abc", "abc"));
    EXPECT_FALSE(same_code("abc", "abd"));
    EXPECT_FALSE(same_code("abc", "ab"));
}

TEST(Hex, ComesBackAsItWas) {
    std::string every;
    for (int c = 0; c < 256; ++c) every.push_back(char(c));
    EXPECT_EQ(decode_hex(to_hex(every)), every);
    EXPECT_EQ(to_hex("\x01\xAB"), "01ab");
    EXPECT_EQ(decode_hex("01Ab"), "\x01\xAB");
    for (auto const wrong : {"0", "0g", "x0", " 00", "0x00"}) EXPECT_EQ(decode_hex(wrong), std::nullopt) << wrong;
}

TEST(Base64, IsThatOfRfc4648) {
    struct {
        std::string_view bytes, text, url;
    } const cases[] = {
        {"", "", ""},
        {"f", "Zg==", "Zg"},
        {"fo", "Zm8=", "Zm8"},
        {"foo", "Zm9v", "Zm9v"},
        {"foob", "Zm9vYg==", "Zm9vYg"},
        {"\xFB\xFF\xFE", "+//+", "-__-"},
        {"kari:s3cret", "a2FyaTpzM2NyZXQ=", "a2FyaTpzM2NyZXQ"},
        {"ADM0:", "QURNMDo=", "QURNMDo"},
    };
    for (auto const &[bytes, text, url] : cases) {
        EXPECT_EQ(encode_base64(bytes), text);
        EXPECT_EQ(encode_base64url(bytes), url);
        EXPECT_EQ(decode_base64_strictly(text), bytes);
        EXPECT_EQ(decode_base64(text), bytes);
        EXPECT_EQ(decode_base64(url), bytes);
    }
}

TEST(Base64, ComesBackAtEveryLength) {
    std::string bytes;
    for (int length = 0; length < 300; ++length) {
        EXPECT_EQ(decode_base64_strictly(encode_base64(bytes)), bytes) << length;
        EXPECT_EQ(decode_base64(encode_base64url(bytes)), bytes) << length;
        bytes.push_back(char(length * 7));
    }
}

TEST(Base64, TakesWhatClientsSendUnlessStrict) {
    for (auto const sloppy : {"Zg", "Z g=\r\n=", "Zg=", "Zh=="}) {
        EXPECT_EQ(decode_base64(sloppy), "f") << sloppy;
        EXPECT_EQ(decode_base64_strictly(sloppy), std::nullopt) << sloppy;
    }
}

TEST(Base64, RefusesWhatIsNone) {
    for (auto const wrong : {"Z", "Zg==Zg==", "Zg===", "Z=g=", "====", "Zm9v*", "Zm9vY", "Zm\x80v"})
        EXPECT_EQ(decode_base64(wrong), std::nullopt) << wrong;
}

TEST(RandomHex, IsNeverTheSame) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) seen.insert(random_hex(16));
    EXPECT_EQ(seen.size(), 100u);
    for (auto const &text : seen) {
        EXPECT_EQ(text.size(), 32u);
        EXPECT_EQ(text.find_first_not_of("0123456789abcdef"), text.npos);
    }
}

} // namespace
} // namespace dialects::crypto
