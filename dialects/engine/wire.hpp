#pragma once
// HTTP messages as the dialects see them: no socket, no library. Header fields stand in one block of text; names are
// found without regard to case.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wire {

// ASCII only: header names, media types and the paths of those tools that do not care for case.
bool same_letters(std::string_view a, std::string_view b);
std::string lower(std::string_view text);

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
    void set(std::string_view name, std::string_view value);

    void reserve(std::size_t fields, std::size_t characters);

private:
    struct Cut {
        std::uint32_t name, value, end;
    };
    std::string block_;
    std::vector<Cut> cuts_;
};

struct Request {
    std::string method;
    std::string target; // path and query, as they came
    Headers headers;
    std::string body;
};

struct Response {
    unsigned status = 200;
    std::string_view reason = {}; // a literal; empty: the usual phrase of the status
    Headers headers = {};
    std::string body = {};
};

// The media type of a Content-Type value, in lower case without parameters; and one of the parameters, unquoted.
std::string media_type(std::string_view content_type);
std::optional<std::string> parameter(std::string_view content_type, std::string_view name);

// One cookie's value out of a Cookie field.
std::optional<std::string_view> cookie(std::string_view field, std::string_view name);

} // namespace wire
