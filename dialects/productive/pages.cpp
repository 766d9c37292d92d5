#include "dialects/productive/pages.hpp"

#include <algorithm>
#include <charconv>

namespace dialects::productive {

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

// Links repeat what the caller asked for, in the order of its names.
class Links {
public:
    Links(Call const &call, std::int64_t size)
        : start_(call.origin() + call.settings.path + "/" + std::string(call.operation->path)),
          size_(std::to_string(size)) {
        for (auto const &pair : call.target.query)
            if (pair.name != number_name && pair.name != size_name) parameters_.push_back(&pair);
        std::ranges::stable_sort(parameters_, {}, [](auto const *pair) -> std::string_view { return pair->name; });
    }

    void write(std::string_view rel, std::int64_t number, Text &text) const {
        auto link = start_;
        char separator = '?';
        auto const add = [&](std::string_view name, std::string_view value) {
            link += std::exchange(separator, '&');
            link.append(wire::encode_percent(name)).append("=").append(wire::encode_percent(value));
        };
        auto next = parameters_.begin();
        for (; next != parameters_.end() && (*next)->name < number_name; ++next) add((*next)->name, (*next)->value);
        add(number_name, std::to_string(number));
        add(size_name, size_);
        for (; next != parameters_.end(); ++next) add((*next)->name, (*next)->value);
        text.key(rel);
        text.string(link);
    }

private:
    static constexpr std::string_view number_name = "page[number]", size_name = "page[size]";

    std::string start_, size_;
    std::vector<wire::Pair const *> parameters_;
};

} // namespace

PageNumber read_page(Call const &call) {
    PageNumber page;
    auto const *size = call.target.find("page[size]");
    page.number = positive(call.target.find("page[number]")).value_or(page.number);
    page.size = std::min(positive(size ? size : call.target.find("per_page")).value_or(page.size), largest);
    return page;
}

canonical::Page page_of(PageNumber page) {
    constexpr auto furthest = std::int64_t(1) << 40;
    return {.offset = std::min(page.number - 1, furthest) * page.size, .limit = page.size, .count = true};
}

void write_links(Call const &call, std::int64_t total, Text &text) {
    auto const [number, size] = read_page(call);
    auto const last = pages_in(total, size);
    Links const links(call, size);
    text.key("links");
    text.put('{');
    links.write("first", 1, text);
    links.write("last", last, text);
    if (number > 1 && number - 1 <= last) links.write("prev", number - 1, text);
    if (number < last) links.write("next", number + 1, text);
    text.put('}');
}

void write_figures(Call const &call, std::int64_t total, Text &text) {
    auto const [number, size] = read_page(call);
    text.key("meta");
    text.put('{');
    auto const add = [&](std::string_view name, std::int64_t n) {
        text.key(name);
        text.number(n);
    };
    add("current_page", number);
    add("total_pages", pages_in(total, size));
    add("total_count", total);
    add("page_size", size);
    add("max_page_size", largest);
    text.put('}');
}

} // namespace dialects::productive
