#include "dialects/productive/pages.hpp"

#include "dialects/engine/crypto.hpp"

#include <algorithm>
#include <charconv>

namespace dialects::productive {

using canonical::Code, canonical::Error, canonical::Result;

namespace {

constexpr std::int64_t largest = 200;

// A number from 1 on, or nothing.
std::optional<std::int64_t> positive(std::string const *text) {
    if (!text) return {};
    std::int64_t n = 0;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), n);
    if (error != std::errc{} || end != text->data() + text->size() || n < 1) return {};
    return n;
}

std::int64_t pages_in(std::int64_t total, std::int64_t size) { return (total + size - 1) / size; }

constexpr std::string_view number_name = "page[number]", size_name = "page[size]", after_name = "page[after]";

struct PageNumber {
    std::int64_t number = 1, size = 30;
};

PageNumber number_of(Call const &call) {
    PageNumber page;
    auto const *size = call.target.find(size_name);
    page.number = positive(call.target.find(number_name)).value_or(page.number);
    page.size = std::min(positive(size ? size : call.target.find("per_page")).value_or(page.size), largest);
    return page;
}

// Where a page by cursor starts: after a record, or in a sorted list after so many of them.
struct Cursor {
    std::string after_id = {};
    std::int64_t after = 0;
    bool sorted = false;

    std::string text() const {
        return crypto::encode_base64url(sorted ? "at " + std::to_string(after) : "after " + after_id);
    }
};

bool is_sorted(Call const &call) {
    auto const *sort = call.target.find("sort");
    return sort && !sort->empty();
}

bool is_by_cursor(Call const &call) { return call.target.find(after_name) != nullptr; }

std::optional<Cursor> cursor_of(Call const &call) {
    auto const &given = *call.target.find(after_name);
    Cursor cursor{.sorted = is_sorted(call)};
    if (given.empty()) return cursor;
    auto const text = crypto::decode_base64(given);
    std::string_view const start = cursor.sorted ? "at " : "after ";
    if (!text || !text->starts_with(start)) return {};
    auto const rest = text->substr(start.size());
    auto const number = positive(&rest);
    if (!number) return {};
    cursor.after_id = rest;
    cursor.after = *number;
    return cursor;
}

// Links repeat what the caller asked for, in the order of its names; one parameter tells them apart.
class Links {
public:
    Links(Call const &call, std::string_view varying)
        : start_(call.origin() + call.settings.path + "/" + std::string(call.operation->path)), varying_(varying),
          size_(std::to_string(number_of(call).size)) {
        for (auto const &pair : call.target.query)
            if (pair.name != number_name && pair.name != size_name && pair.name != after_name)
                parameters_.push_back({pair.name, pair.value});
        parameters_.push_back({size_name, size_});
        parameters_.push_back({varying_, {}});
        std::ranges::stable_sort(parameters_, {}, &Parameter::name);
    }
    Links(Links const &) = delete; // the parameters look into it
    Links &operator=(Links const &) = delete;

    void write(std::string_view rel, std::string_view value, Text &text) const {
        auto link = start_;
        char separator = '?';
        for (auto const &[name, said] : parameters_) {
            link += std::exchange(separator, '&');
            link.append(wire::encode_percent(name)).append("=");
            link.append(wire::encode_percent(name == varying_ ? value : said));
        }
        text.key(rel);
        text.string(link);
    }

private:
    struct Parameter {
        std::string_view name, value;
    };

    std::string start_;
    std::string_view varying_;
    std::string size_;
    std::vector<Parameter> parameters_;
};

} // namespace

Result<PageStart> read_page(Call const &call) {
    constexpr auto furthest = std::int64_t(1) << 40;
    auto const page = number_of(call);
    PageStart start{.offset = std::min(page.number - 1, furthest) * page.size, .limit = page.size};
    if (!is_by_cursor(call)) return start;

    std::string const parameter(after_name);
    if (call.target.find(number_name)) return Error{.code = Code::exclusive, .field = parameter};
    auto const cursor = cursor_of(call);
    if (!cursor) return Error{.code = Code::bad_value, .field = parameter};
    start.offset = cursor->sorted ? cursor->after : 0;
    if (!cursor->sorted) start.after_id = cursor->after_id;
    return start;
}

void write_links(Call const &call, Listed const &listed, Text &text) {
    Links const links(call, is_by_cursor(call) ? after_name : number_name);
    text.key("links");
    text.put('{');
    if (is_by_cursor(call)) {
        auto cursor = cursor_of(call).value_or(Cursor());
        auto const before = cursor.sorted ? cursor.after : 0;
        links.write("first", "", text);
        cursor.after = before + listed.shown;
        cursor.after_id = listed.last_id;
        if (listed.total > cursor.after) links.write("next", cursor.text(), text);
    } else {
        auto const [number, size] = number_of(call);
        auto const last = pages_in(listed.total, size);
        auto const add = [&](std::string_view rel, std::int64_t n) { links.write(rel, std::to_string(n), text); };
        add("first", 1);
        add("last", last);
        if (number > 1 && number - 1 <= last) add("prev", number - 1);
        if (number < last) add("next", number + 1);
    }
    text.put('}');
}

void write_figures(Call const &call, Listed const &listed, Text &text) {
    auto const [number, size] = number_of(call);
    text.key("meta");
    text.put('{');
    auto const add = [&](std::string_view name, std::int64_t n) {
        text.key(name);
        text.number(n);
    };
    if (!is_by_cursor(call)) {
        add("current_page", number);
        add("total_pages", pages_in(listed.total, size));
        add("total_count", listed.total);
    }
    add("page_size", size);
    add("max_page_size", largest);
    text.put('}');
}

} // namespace dialects::productive
