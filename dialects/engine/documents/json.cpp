#include "dialects/engine/documents/json.hpp"

#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <optional>
#include <set>

namespace dialects {

namespace json = boost::json;
using canonical::Code, canonical::Error, canonical::Result;

namespace {

// What the parser itself has no word for.
enum class Refusal : unsigned char { none, number, members, values };

// Digits that carry something: neither the zeros in front nor those at the end.
std::size_t significant_digits(std::string_view number) {
    auto const mantissa = number.substr(0, number.find_first_of("eE"));
    auto const first = mantissa.find_first_of("123456789");
    if (first == mantissa.npos) return 0;
    auto const digits = mantissa.substr(first, mantissa.find_last_of("123456789") - first + 1);
    return digits.size() - std::size_t(std::ranges::count(digits, '.'));
}

// The double that is nearest to the text, or nothing where digits would be lost. What the parser made of up to 15
// digits is that double; of more, it may be a neighbour.
std::optional<double> exact(double parsed, std::string_view number) {
    constexpr std::size_t digits_always_exact = 15, digits_of_a_double = 17;
    bool const plain = std::ranges::none_of(number, [](char c) { return c > '9'; }); // no exponent
    if (plain && number.size() <= digits_always_exact + 1) return parsed;
    if (plain && number.find('.') == number.npos) return {}; // an integer
    if (significant_digits(number) > digits_of_a_double) return {};
    double value = 0;
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc() || end != number.data() + number.size()) return {};
    return value;
}

// Builds the document on a stack, as Boost's own parser does.
class Builder {
public:
    static constexpr std::size_t max_object_size = json::object::max_size(), max_array_size = json::array::max_size(),
                                 max_key_size = json::string::max_size(), max_string_size = json::string::max_size();

    explicit Builder(JsonRules const &rules) : rules_(rules), stack_(json::storage_ptr(), room_, sizeof room_) {}

    json::value_stack &stack() { return stack_; }
    std::size_t members() const { return members_; }
    Refusal refusal() const { return refusal_; }

    bool on_document_begin(json::error_code &) { return true; }
    bool on_document_end(json::error_code &) { return true; }
    bool on_object_begin(json::error_code &) { return true; }
    bool on_object_end(std::size_t size, json::error_code &error) {
        if (size > rules_.members) return refuse(Refusal::members, error);
        members_ += size;
        stack_.push_object(size);
        return count(error);
    }
    bool on_array_begin(json::error_code &) { return true; }
    bool on_array_end(std::size_t size, json::error_code &error) {
        stack_.push_array(size);
        return count(error);
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code &) {
        stack_.push_chars(part);
        return true;
    }
    bool on_key(json::string_view rest, std::size_t, json::error_code &) {
        stack_.push_key(rest);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code &) {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(json::string_view rest, std::size_t, json::error_code &error) {
        stack_.push_string(rest);
        return count(error);
    }
    bool on_number_part(json::string_view, json::error_code &) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code &error) {
        stack_.push_int64(number);
        return count(error);
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code &error) {
        stack_.push_uint64(number);
        return count(error);
    }
    bool on_double(double parsed, json::string_view text, json::error_code &error) {
        auto const number = exact(parsed, {text.data(), text.size()});
        if (!number) return refuse(Refusal::number, error);
        stack_.push_double(*number);
        return count(error);
    }
    bool on_bool(bool flag, json::error_code &error) {
        stack_.push_bool(flag);
        return count(error);
    }
    bool on_null(json::error_code &error) {
        stack_.push_null();
        return count(error);
    }
    bool on_comment_part(json::string_view, json::error_code &) { return true; }
    bool on_comment(json::string_view, json::error_code &) { return true; }

private:
    bool count(json::error_code &error) { return ++values_ <= rules_.values || refuse(Refusal::values, error); }
    bool refuse(Refusal refusal, json::error_code &error) {
        refusal_ = refusal;
        error = json::error::syntax;
        return false;
    }

    JsonRules const &rules_;
    std::size_t values_ = 0, members_ = 0;
    Refusal refusal_ = Refusal::none;
    unsigned char room_[4096]; // most documents need no more
    json::value_stack stack_;
};

// Stops at the first key that its object has already.
class DuplicateFinder {
public:
    static constexpr std::size_t max_object_size = json::object::max_size(), max_array_size = json::array::max_size(),
                                 max_key_size = json::string::max_size(), max_string_size = json::string::max_size();

    std::string const &key() const { return key_; }

    bool on_object_begin(json::error_code &) {
        open_.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, json::error_code &) {
        open_.pop_back();
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code &) {
        key_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view rest, std::size_t, json::error_code &error) {
        key_.append(rest.data(), rest.size());
        if (!open_.back().insert(key_).second) {
            error = json::error::syntax;
            return false;
        }
        key_.clear();
        return true;
    }
    bool on_document_begin(json::error_code &) { return true; }
    bool on_document_end(json::error_code &) { return true; }
    bool on_array_begin(json::error_code &) { return true; }
    bool on_array_end(std::size_t, json::error_code &) { return true; }
    bool on_string_part(json::string_view, std::size_t, json::error_code &) { return true; }
    bool on_string(json::string_view, std::size_t, json::error_code &) { return true; }
    bool on_number_part(json::string_view, json::error_code &) { return true; }
    bool on_int64(std::int64_t, json::string_view, json::error_code &) { return true; }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code &) { return true; }
    bool on_double(double, json::string_view, json::error_code &) { return true; }
    bool on_bool(bool, json::error_code &) { return true; }
    bool on_null(json::error_code &) { return true; }
    bool on_comment_part(json::string_view, json::error_code &) { return true; }
    bool on_comment(json::string_view, json::error_code &) { return true; }

private:
    std::vector<std::set<std::string>> open_; // the keys of the objects around
    std::string key_;
};

std::size_t members_of(json::value const &value) {
    std::size_t members = 0;
    if (auto const *object = value.if_object()) {
        members = object->size();
        for (auto const &member : *object)
            if (member.value().is_structured()) members += members_of(member.value());
    } else if (auto const *array = value.if_array()) {
        for (auto const &item : *array)
            if (item.is_structured()) members += members_of(item);
    }
    return members;
}

// Where \u0000 stands as an escape: behind an even number of backslashes.
std::size_t find_nul(std::string_view text) {
    constexpr std::string_view nul = "\\u0000";
    for (auto at = text.find(nul); at != text.npos; at = text.find(nul, at + 1)) {
        std::size_t before = 0;
        while (before < at && text[at - before - 1] == '\\') ++before;
        if (before % 2 == 0) return at;
    }
    return text.npos;
}

std::string placed(std::string_view what, std::string_view text, std::size_t at) {
    auto const before = text.substr(0, at);
    auto const line = std::ranges::count(before, '\n') + 1;
    auto const column = before.size() - (before.rfind('\n') + 1) + 1; // npos + 1 is 0
    return std::string(what) + " at line " + std::to_string(line) + ", column " + std::to_string(column);
}

Error duplicate(std::string_view text, json::parse_options const &options) {
    json::basic_parser<DuplicateFinder> parser(options);
    json::error_code error;
    auto const at = parser.write_some(false, text.data(), text.size(), error);
    return {Code::malformed, {}, placed("Duplicate key '" + wire::excerpt(parser.handler().key()) + "'", text, at)};
}

Error failure(Refusal refusal, json::error_code const &error, std::string_view text, std::size_t at) {
    switch (refusal) {
    case Refusal::number:
        return {Code::malformed, {}, placed("Number out of range", text, at)};
    case Refusal::members:
        return {Code::too_large, {}, placed("Too many members in an object", text, at)};
    case Refusal::values:
        return {Code::too_large, {}, placed("Too many values", text, at)};
    case Refusal::none:
        break;
    }
    if (error == json::error::too_deep) return {Code::too_large, {}, placed("Nested too deep", text, at)};
    if (error == json::error::exponent_overflow) return {Code::malformed, {}, placed("Number out of range", text, at)};
    return {Code::malformed, {}, placed("Syntax error", text, at)};
}

Result<json::value> parse_strict(std::string_view text, JsonRules const &rules, json::storage_ptr const &memory) {
    json::parse_options options;
    options.max_depth = rules.depth;
    json::basic_parser<Builder> parser(options, rules);
    auto &builder = parser.handler();
    builder.stack().reset(memory);
    json::error_code error;
    auto const at = parser.write_some(false, text.data(), text.size(), error);
    if (error || at < text.size()) return failure(builder.refusal(), error, text, at);
    if (auto const nul = find_nul(text); nul != text.npos)
        return Error{Code::malformed, {}, placed("A NUL character", text, nul)};
    Result<json::value> document(boost::system::in_place_value, builder.stack().release());
    // The stack keeps the last of equal keys, so that less comes out than went in.
    if (!rules.last_key_wins && members_of(*document) != builder.members()) document = duplicate(text, options);
    return document;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$'; }
bool goes_on(char c) { return starts_name(c) || (c >= '0' && c <= '9'); }

class Tightener {
public:
    explicit Tightener(std::string_view text) : text_(text) { strict_.reserve(text.size() + text.size() / 8); }

    std::string run() {
        while (at_ < text_.size()) {
            char const c = text_[at_];
            if (c == '"' || c == '\'')
                string(c);
            else if (starts_name(c))
                word();
            else if (c == ',' && closes_after(at_ + 1) && last_ != '[' && last_ != '{' && last_ != ',')
                ++at_;
            else {
                if (!is_space(c)) last_ = c;
                strict_.push_back(c);
                ++at_;
            }
        }
        return std::move(strict_);
    }

private:
    std::size_t skip_space(std::size_t at) const {
        while (at < text_.size() && is_space(text_[at])) ++at;
        return at;
    }
    bool closes_after(std::size_t at) const {
        at = skip_space(at);
        return at < text_.size() && (text_[at] == '}' || text_[at] == ']');
    }
    void string(char quote) {
        strict_.push_back('"');
        for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
                ++at_;
                if (text_[at_] != '\'') strict_.push_back('\\');
            } else if (text_[at_] == '"')
                strict_.push_back('\\');
            strict_.push_back(text_[at_]);
        }
        if (at_ < text_.size()) strict_.push_back('"');
        ++at_;
        last_ = '"';
    }
    // A name before a colon, otherwise true, false, null or part of a number.
    void word() {
        auto const start = at_;
        while (at_ < text_.size() && goes_on(text_[at_])) ++at_;
        auto const word = text_.substr(start, at_ - start);
        auto const next = skip_space(at_);
        bool const name = (last_ == '{' || last_ == ',') && next < text_.size() && text_[next] == ':';
        if (name)
            strict_.append(1, '"').append(word).append(1, '"');
        else
            strict_.append(word);
        last_ = 'a';
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string strict_;
    char last_ = ' '; // that is no space
};

} // namespace

Result<json::value> parse_json(std::string_view text, JsonRules const &rules, json::storage_ptr memory) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    auto document = parse_strict(text, rules, memory);
    if (document || !rules.relaxed || document.error().code != Code::malformed) return document;
    auto again = parse_strict(strict_json(text), rules, memory);
    if (again || again.error().code != Code::malformed) return again;
    return document; // its error tells a place in the text that was sent
}

std::string strict_json(std::string_view relaxed) { return Tightener(relaxed).run(); }

} // namespace dialects
