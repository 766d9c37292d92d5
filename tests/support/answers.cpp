#include "tests/support/answers.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace support {

namespace {

void add(Differences &all, Differences some) {
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
}

Differences compare_body(Answer const &expected, std::string const &actual, Memory &memory) {
    switch (expected.form) {
    case Answer::Form::any:
        return {};
    case Answer::Form::none:
        if (actual.empty()) return {};
        return {fmt::format("no body is expected, got {}", actual)};
    case Answer::Form::text:
        return compare_text(expected.text, actual, "body", memory);
    case Answer::Form::xml:
        return compare_xml(expected.text, actual, memory);
    case Answer::Form::json:
        break;
    }
    json::error_code error;
    auto const document = json::parse(actual, error);
    if (error) return {fmt::format("the answer is no JSON: {}: {}", error.message(), actual)};
    if (auto const odd = find_odd_number(actual); !odd.empty())
        return {fmt::format("the number {} is not written plainly", odd)};
    return compare(expected.document, document, memory);
}

// The media type, and the parameters that are expected, in any case.
Differences compare_type(std::string_view expected, std::string_view actual) {
    auto same = wire::media_type(expected) == wire::media_type(actual);
    for (auto const *name : {"charset", "ext"}) {
        auto const wanted = wire::parameter(expected, name), there = wire::parameter(actual, name);
        if (wanted) same = same && there && wire::same_letters(*wanted, *there);
    }
    if (same) return {};
    return {fmt::format("Content-Type: expected \"{}\", got \"{}\"", expected, actual)};
}

// One of the fields of that name must fit.
Differences compare_header(Header const &expected, wire::Headers const &actual, Memory &memory) {
    Differences last{expected.name + ": missing"};
    for (std::size_t i = 0; i < actual.size(); ++i) {
        if (!wire::same_letters(actual[i].name, expected.name)) continue;
        last = wire::same_letters(expected.name, "Content-Type")
                   ? compare_type(expected.value, actual[i].value)
                   : compare_text(expected.value, actual[i].value, expected.name, memory);
        if (last.empty()) break;
    }
    return last;
}

} // namespace

Differences compare(Answer const &expected, wire::Response const &actual, Memory &memory) {
    Differences found;
    if (expected.status != actual.status)
        found.push_back(fmt::format("status: expected {}, got {}", expected.status, actual.status));
    add(found, compare_body(expected, actual.body, memory));
    for (auto const &header : expected.headers) add(found, compare_header(header, actual.headers, memory));
    for (auto const &name : expected.forbidden)
        if (actual.headers.has(name))
            found.push_back(fmt::format("{}: must not be there, got \"{}\"", name, actual.headers.find(name)));
    if (!found.empty()) found.push_back(fmt::format("the answer was {} {}", actual.status, actual.body));
    return found;
}

wire::Request request_of(Question const &question, Memory const &memory) {
    wire::Request request{.method = question.method,
                          .target = memory.fill_in(question.target),
                          .headers = {},
                          .body = memory.fill_in(question.body)};
    for (auto const &[name, value] : question.headers) request.headers.add(name, memory.fill_in(value));
    return request;
}

} // namespace support
