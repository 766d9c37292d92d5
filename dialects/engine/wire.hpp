#pragma once
// HTTP messages as the dialects see them: no socket, no library. Header fields stand in one block of text; names are
// found without regard to case. Below the messages: the few things that every reader of them needs to know of text.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wire {

class Headers {
public:
    struct Field {
        std::string_view name, value;
    };

    std::size_t size() const { return cuts_.size(); }
    Field operator[](std::size_t i) const;
    // The first of that name, or nothing (data() is null).
    std::string_view find(std::string_view name) const;
    bool has(std::string_view name) const { return find(name).data() != nullptr; }

    // For what came in: the front end has checked it.
    void add(std::string_view name, std::string_view value);
    // For what goes out: whatever could end a field (CR, LF, NUL and other controls) becomes a space, so that no value
    // can start a field of its own. The name must be a token; anything else throws std::invalid_argument.
    // `set` takes the place of a field of that name, `append` stands beside it (Set-Cookie).
    void set(std::string_view name, std::string_view value);
    void append(std::string_view name, std::string_view value);

    void reserve(std::size_t fields, std::size_t characters);
    // Keeps the memory for the next message.
    void clear() {
        block_.clear();
        cuts_.clear();
    }

private:
    struct Cut {
        std::uint32_t name, value, end;
    };
    static constexpr std::size_t nowhere = std::size_t(-1);
    std::size_t index_of(std::string_view name) const;
    Cut store(std::string_view name, std::string_view value);
    Cut store_checked(std::string_view name, std::string_view value);

    std::string block_;
    std::vector<Cut> cuts_;
};

struct Request {
    std::string method;
    std::string target; // path and query, as they came
    Headers headers;
    std::string body;
    std::string_view client = {}; // its address, which outlives the request; empty where it did not come by a socket
};

struct Response {
    unsigned status = 200;
    std::string_view reason = {}; // a literal; empty: the usual phrase of the status
    Headers headers = {};
    std::string body = {};
};

// ASCII only: header names, media types and the paths of those tools that do not care for case.
bool same_letters(std::string_view a, std::string_view b);
std::string lower(std::string_view text);

// RFC 9110: what a header's or a method's name is made of.
bool is_token(std::string_view text);
// Well-formed UTF-8: no surrogates, nothing overlong, nothing above U+10FFFF.
bool is_utf8(std::string_view text);
// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);
// What stands between separators, trimmed and without what is empty: "a, b,,c".
std::vector<std::string_view> list_items(std::string_view list, std::string_view separators = ",");
// For messages about UTF-8 text that somebody sent: whole, or its beginning and an ellipsis.
std::string excerpt(std::string_view text);

// The media type of a Content-Type value, in lower case without parameters; and one of the parameters, unquoted. The
// latter serves Content-Disposition as well.
std::string media_type(std::string_view content_type);
std::optional<std::string> parameter(std::string_view content_type, std::string_view name);

// One cookie's value out of a Cookie field, without the quotes around it.
std::optional<std::string_view> cookie(std::string_view field, std::string_view name);

} // namespace wire
