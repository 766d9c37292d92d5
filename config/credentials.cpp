#include "config/credentials.hpp"

#include "canonical/nearest.hpp"
#include "dialects/engine/client.hpp"

#include <algorithm>

namespace config {

namespace {

using Form = std::span<std::string_view const>;

// These keys say who somebody is; all others prove it.
constexpr std::string_view names[] = {"login", "email", "username", "organization", "client_id"};

bool is_secret(std::string_view key) { return std::ranges::find(names, key) == std::end(names); }

// The secrets of the demo.
struct Published {
    std::string_view dialect, key, secret;
};
constexpr Published published[] = {
    {"onlyoffice", "token", "864FE52C-1C1C-469F-9308-51DAFEFE7436"},
    {"onlyoffice", "password", "dragoman-demo"},
    {"worksection", "api_key", "0123456789abcdef0123456789abcdef"},
    {"worksection", "access_token", "demo-worksection-token"},
    {"worksection", "client_secret", "demo-worksection-secret"},
    {"worksection", "refresh_token", "demo-worksection-refresh"},
    {"paymo", "api_key", "0123456789abcdef0123456789abcdef"},
    {"productive", "token", "demo-productive-token"},
    {"superoffice", "password", "Tje0"},
    {"superoffice", "ticket", "7T:demo"},
};

std::string in_braces(Form form) {
    std::string text = "{ ";
    for (auto const key : form) text.append(key).append(key == form.back() ? " }" : ", ");
    return text;
}

std::optional<std::string> parse_digest(std::string_view text) {
    std::string digest(text);
    std::ranges::transform(digest, digest.begin(), [](char c) { return c >= 'A' && c <= 'F' ? char(c + 32) : c; });
    if (digest.size() != 64 || digest.find_first_not_of("0123456789abcdef") != digest.npos) return {};
    return digest;
}

// Reads one credential of one dialect.
class CredentialReader {
public:
    CredentialReader(Cursor const &cursor, dialects::Dialect const &dialect, Presented presented)
        : cursor_(cursor), dialect_(dialect), presented_(presented), forms_(forms_of(dialect, presented)),
          pairs_(cursor.pairs()) {}

    std::optional<Credential> read() const {
        auto const form = find_form();
        if (!form) return {};
        Credential credential;
        for (auto const key : *form) {
            auto const value = read_value(key, std::ranges::find(pairs_, key, &Cursor::Pair::key)->value);
            if (!value) return {};
            credential.emplace_back(key, *value);
        }
        return credential;
    }

private:
    static std::span<Form const> forms_of(dialects::Dialect const &dialect, Presented presented) {
        auto const *const client = dialect.client();
        return presented == Presented::by_us && client ? client->credential_forms() : dialect.credential_forms();
    }

    bool has(std::string_view key) const { return std::ranges::find(pairs_, key, &Cursor::Pair::key) != pairs_.end(); }

    std::optional<Form> find_form() const {
        std::vector<std::string_view> keys;
        for (auto const form : forms_) keys.insert(keys.end(), form.begin(), form.end());
        for (auto const form : forms_)
            if (form.size() == pairs_.size() && std::ranges::all_of(form, [&](auto key) { return has(key); }))
                return form;
        bool known = true;
        for (auto const &pair : pairs_) {
            if (std::ranges::find(keys, pair.key) != keys.end()) continue;
            known = false;
            // A secret that stands where its key belongs must not be shown: only what is nearly a key is.
            auto const meant = canonical::nearest(pair.key, keys);
            pair.place_of_key.report(meant.empty() ? "unknown key of a credential; " + offer()
                                                   : "unknown key " + in_quotes(pair.key) +
                                                         canonical::did_you_mean(pair.key, keys));
        }
        if (known && (cursor_.is_mapping() || cursor_.is_null()))
            cursor_.report("this is no whole credential; " + offer());
        return {};
    }

    // "paymo takes { api_key } or { email, password }"
    std::string offer() const {
        std::string text(dialect_.name());
        text += " takes ";
        for (auto const &form : forms_) {
            if (&form != &forms_.front()) text += &form == &forms_.back() ? " or " : ", ";
            text += in_braces(form);
        }
        return text;
    }

    std::optional<std::string> read_value(std::string_view key, Cursor const &value) const {
        if (value.is_mapping()) return read_digest(key, value);
        // Some tools let a password be empty; then the file must say so.
        bool const may_be_empty = key == "password";
        auto text = may_be_empty ? value.text() : value.word();
        if (text && text->starts_with("sha256:")) {
            value.report("a digest is written as { sha256: <64 hexadecimal digits> }");
            return {};
        }
        return text;
    }

    std::optional<std::string> read_digest(std::string_view key, Cursor const &value) const {
        auto const parts = value.pairs();
        if (parts.size() != 1 || parts.front().key != "sha256") {
            value.report("a secret is a text, or { sha256: <64 hexadecimal digits> }");
            return {};
        }
        if (presented_ == Presented::by_us || !is_secret(key) || dialect_.needs_plain(key)) {
            value.report("'" + std::string(key) + "' must be known itself: its digest would be of no use");
            return {};
        }
        auto const text = parts.front().value.word();
        auto const parsed = text ? parse_digest(*text) : std::nullopt;
        if (!parsed) {
            if (text) parts.front().value.report("this is no SHA-256, which has 64 hexadecimal digits");
            return {};
        }
        return "sha256:" + *parsed;
    }

    Cursor const &cursor_;
    dialects::Dialect const &dialect_;
    Presented presented_;
    std::span<Form const> forms_;
    std::vector<Cursor::Pair> pairs_;
};

} // namespace

std::optional<Credential> read_credential(Cursor const &cursor, dialects::Dialect const &dialect, Presented presented) {
    return CredentialReader(cursor, dialect, presented).read();
}

bool is_published(dialects::Dialect const &dialect, dialects::Caller const &caller) {
    return std::ranges::any_of(published, [&](Published const &one) {
        return one.dialect == dialect.name() && caller.matches(one.key, one.secret);
    });
}

} // namespace config
