#pragma once
// JSON text under construction, appended to a string. Nothing is built twice: rows and codecs write straight into it.
// The string is whole once Text is gone.
#include "dialects/engine/context.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>
#include <cstring>

namespace dialects {

namespace json = boost::json;

class Text {
public:
    Text(std::string &out, Context const &surroundings)
        : context(surroundings), out_(out), at_(out.data() + out.size()), end_(at_) {}
    Text(Text const &) = delete;
    Text &operator=(Text const &) = delete;
    ~Text() { out_.resize(size()); }

    Context const &context;

    std::size_t size() const { return std::size_t(at_ - out_.data()); }

    char *take(std::size_t n) { // n characters, to be filled in
        if (std::size_t(end_ - at_) < n) grow(n);
        return std::exchange(at_, at_ + n);
    }
    void put(char c) { *take(1) = c; }
    void raw(std::string_view s) { std::copy_n(s.data(), s.size(), take(s.size())); }

    // The comma, unless this is the first in its brackets.
    void next() {
        if (at_ != out_.data() && at_[-1] != '{' && at_[-1] != '[') put(',');
    }
    // A name that needs no escape, as those in tables.
    void key(std::string_view plain) {
        next();
        char *const at = take(plain.size() + 3);
        at[0] = at[plain.size() + 1] = '"';
        at[plain.size() + 2] = ':';
        std::copy_n(plain.data(), plain.size(), at + 1);
    }
    void name(std::string_view any) {
        next();
        string(any);
        put(':');
    }
    void string(std::string_view s) {
        char *const at = take(s.size() + 2);
        if (copy_plain(at + 1, s)) {
            at[0] = at[s.size() + 1] = '"';
        } else {
            at_ = at;
            escaped(s);
        }
    }
    void flag(bool value) { raw(value ? "true" : "false"); }
    void number(std::integral auto n) {
        char *const at = take(20);
        at_ = std::to_chars(at, at + 20, n).ptr;
    }
    // Shortest, and 60, never 6E1. Must be finite.
    void number(double n) {
        char *const at = take(400);
        at_ = std::to_chars(at, at + 400, n, std::chars_format::fixed).ptr;
    }
    // False: a number that JSON cannot say (1e999 is parsed as infinity).
    bool value(json::value const &j);

private:
    [[gnu::noinline]] void grow(std::size_t n) {
        auto const used = size();
        out_.resize(std::max(2 * used, used + n + 512));
        at_ = out_.data() + used;
        end_ = out_.data() + out_.size();
    }
    static bool needs_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' '; }

    // Copies eight characters at a time. False if one of them needs an escape.
    static bool copy_plain(char *to, std::string_view s) {
        constexpr std::uint64_t ones = 0x0101010101010101, high = ones << 7;
        std::uint64_t bad = 0, eight = 0;
        auto const copy = [&](std::size_t at) {
            std::memcpy(&eight, s.data() + at, 8);
            std::memcpy(to + at, &eight, 8);
            bad |= ((eight - ones * ' ') | ((eight ^ ones * '"') - ones) | ((eight ^ ones * '\\') - ones)) & ~eight;
        };
        for (std::size_t at = 0; at + 8 < s.size(); at += 8) copy(at);
        if (s.size() >= 8) {
            copy(s.size() - 8); // the rest, and some of it again
        } else {
            for (char const c : s) {
                *to++ = c;
                bad |= needs_escape(c) ? high : 0;
            }
        }
        return (bad & high) == 0;
    }
    void escaped(std::string_view s);

    std::string &out_;
    char *at_, *end_;
};

// The JSON text of a parsed value; empty for what JSON cannot say.
std::string text_of(json::value const &j);

} // namespace dialects
