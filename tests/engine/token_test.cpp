#include "dialects/engine/token.hpp"

#include "dialects/engine/crypto.hpp"

#include <gtest/gtest.h>

namespace dialects {
namespace {

using namespace std::chrono_literals;
using canonical::Instant;

Caller caller(std::string name, std::string secret) {
    return {.name = std::move(name),
            .person = "ann@example.com",
            .credential = {{"login", "ann"}, {"password", std::move(secret)}}};
}

Instant const now = Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2)) + 9h;

TEST(Caller, KnowsItsSecretsByTheirKeys) {
    auto const ann = caller("ann", "s3cret");
    EXPECT_EQ(*ann.secret("login"), "ann");
    EXPECT_EQ(ann.secret("token"), nullptr);
    EXPECT_TRUE(ann.matches("password", "s3cret"));
    EXPECT_FALSE(ann.matches("password", "s3cre"));
    EXPECT_FALSE(ann.matches("password", ""));
    EXPECT_FALSE(ann.matches("token", ""));
    EXPECT_FALSE(ann.matches("token", "s3cret"));
}

TEST(Caller, MatchesAnEmptySecretWithNothingElse) {
    auto const adm = caller("adm", "");
    EXPECT_TRUE(adm.matches("password", ""));
    EXPECT_FALSE(adm.matches("password", "x"));
}

TEST(Caller, MatchesASecretKnownByItsDigest) {
    auto const digest = crypto::sha256_hex("s3cret");
    for (auto const &written : {digest, std::string("BA") + digest.substr(2)}) {
        auto const ann = caller("ann", "sha256:" + written);
        EXPECT_EQ(ann.matches("password", "s3cret"), written == digest);
        EXPECT_FALSE(ann.matches("password", "sha256:" + written)) << "the digest itself is no secret";
        EXPECT_FALSE(ann.matches("password", written));
    }
    EXPECT_TRUE(caller("ann", "sha256:" + wire::lower(digest)).matches("password", "s3cret"));
}

TEST(Caller, MatchesNothingByADigestThatIsNone) {
    for (auto const secret : {"sha256:", "sha256:abc", "sha256:zz"}) {
        EXPECT_FALSE(caller("ann", secret).matches("password", secret)) << secret;
        EXPECT_FALSE(caller("ann", secret).matches("password", "")) << secret;
    }
}

TEST(Origin, IsWhatTheCallerSeesUnlessTheRouteKnowsBetter) {
    wire::Request request{.method = "GET", .target = "/", .headers = {}, .body = {}};
    request.headers.add("Host", "gw.example:8080");
    Settings settings;
    Call const call{
        .request = request, .target = {}, .settings = settings, .callers = {}, .now = now, .scheme = "https"};
    EXPECT_EQ(call.origin(), "https://gw.example:8080");
    settings.public_url = "https://api.example/";
    EXPECT_EQ(call.origin(), "https://api.example");
}

TEST(Token, NamesItsCallerAndItsEnd) {
    std::vector<Caller> const callers{caller("ann", "s3cret"), caller("Bob & Co, 100 %", "other")};
    for (auto const &each : callers) {
        auto const session = check_token(issue_token(each, "onlyoffice", now + 1h), "onlyoffice", now, callers);
        ASSERT_TRUE(session);
        EXPECT_EQ(session->caller, &each);
        EXPECT_EQ(session->expires, now + 1h);
    }
}

TEST(Token, ConsistsOfLettersThatPassEverywhere) {
    auto const token = issue_token(caller("Bob & Co, 100 % $ + ä", "x"), "onlyoffice", now);
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."), token.npos);
}

TEST(Token, DiesAtItsEnd) {
    std::vector<Caller> const callers{caller("ann", "s3cret")};
    auto const token = issue_token(callers[0], "onlyoffice", now + 10s);
    EXPECT_TRUE(check_token(token, "onlyoffice", now + 9s, callers));
    EXPECT_FALSE(check_token(token, "onlyoffice", now + 10s, callers));
    EXPECT_FALSE(check_token(token, "onlyoffice", now + 24h, callers));
}

TEST(Token, DiesWithTheCredential) {
    std::vector<Caller> callers{caller("ann", "s3cret")};
    auto const token = issue_token(callers[0], "onlyoffice", now + 1h);
    callers[0].credential[1].second = "changed";
    EXPECT_FALSE(check_token(token, "onlyoffice", now, callers));
    callers[0].credential[1].second = "sha256:" + crypto::sha256_hex("s3cret");
    EXPECT_TRUE(check_token(token, "onlyoffice", now, callers)) << "the same secret, written as its digest";
    EXPECT_FALSE(check_token(token, "onlyoffice", now, {}));
}

TEST(Token, IsGoodForOnePurpose) {
    std::vector<Caller> const callers{caller("ann", "s3cret")};
    EXPECT_FALSE(check_token(issue_token(callers[0], "onlyoffice", now + 1h), "superoffice", now, callers));
}

TEST(Token, IsNobodyElses) {
    std::vector<Caller> const callers{caller("ann", "s3cret"), caller("bob", "s3cret")};
    auto token = issue_token(callers[0], "onlyoffice", now + 1h);
    token.replace(0, token.find('.'), crypto::encode_base64url("bob"));
    EXPECT_FALSE(check_token(token, "onlyoffice", now, callers));
}

TEST(Token, IsWorthNothingOnceALetterIsChanged) {
    std::vector<Caller> const callers{caller("ann", "s3cret")};
    auto const token = issue_token(callers[0], "onlyoffice", now + 1h);
    for (std::size_t i = 0; i < token.size(); ++i)
        for (char const c : {'A', '1', '.', '-'}) {
            auto changed = token;
            changed[i] = c;
            if (changed != token) {
                EXPECT_FALSE(check_token(changed, "onlyoffice", now, callers)) << changed;
            }
        }
    EXPECT_FALSE(check_token(token + "A", "onlyoffice", now, callers));
    EXPECT_FALSE(check_token(token.substr(0, token.size() - 1), "onlyoffice", now, callers));
}

TEST(Token, IsRefusedWhereItIsNone) {
    std::vector<Caller> const callers{caller("ann", "s3cret"), {.name = "none", .person = {}, .credential = {}}};
    for (auto const text :
         {"", ".", "..", "YW5u", "YW5u.1", "YW5u.x.y", "YW5u.99999999999999999999.y", "YW5u.9223372036854775807.y",
          "bm9uZQ.4102444800.y", "864FE52C-1C1C-469F-9308-51DAFEFE7436"})
        EXPECT_FALSE(check_token(text, "onlyoffice", now, callers)) << text;
}

TEST(Derived, GoesWithItsTokenAndItsUse) {
    auto const value = derive("token", "xsrf");
    EXPECT_EQ(value.size(), 32u);
    EXPECT_EQ(value.find_first_not_of("0123456789abcdef"), value.npos);
    EXPECT_EQ(value, derive("token", "xsrf"));
    EXPECT_NE(value, derive("token2", "xsrf"));
    EXPECT_NE(value, derive("token", "other"));
}

} // namespace
} // namespace dialects
