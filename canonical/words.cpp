#include "canonical/words.hpp"

#include <algorithm>

namespace canonical {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return lower(c); });
    return result;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

// % stands for any text. Each piece is taken as early as it can be, so that no pattern takes long.
bool is_like(std::string_view text, std::string_view pattern) {
    auto const first = pattern.find('%');
    if (first == pattern.npos) return text == pattern;
    if (!text.starts_with(pattern.substr(0, first))) return false;
    text.remove_prefix(first);
    pattern.remove_prefix(first + 1);
    for (auto end = pattern.find('%'); end != pattern.npos; end = pattern.find('%')) {
        auto const at = text.find(pattern.substr(0, end));
        if (at == text.npos) return false;
        text.remove_prefix(at + end);
        pattern.remove_prefix(end + 1);
    }
    return text.ends_with(pattern);
}

bool is_pattern(Operator op) {
    return op == Operator::contains || op == Operator::starts_with || op == Operator::ends_with || op == Operator::like;
}

bool fits(std::string_view word, Operator op, std::string_view pattern) {
    auto const text = lower(word), wanted = lower(pattern);
    switch (op) {
    case Operator::contains:
        return text.find(wanted) != text.npos;
    case Operator::starts_with:
        return text.starts_with(wanted);
    case Operator::ends_with:
        return text.ends_with(wanted);
    default:
        return is_like(text, wanted);
    }
}

} // namespace

void WordTable::translate(std::string &word) const {
    if (word.empty()) return;
    auto const pair = std::ranges::find_if(table_, [&](auto const &p) { return same_word(from(p), word); });
    if (pair != table_.end()) word = to(*pair);
}

void WordTable::translate(Filter &condition) const {
    auto const *const pattern =
        condition.values.empty() ? nullptr : std::get_if<std::string>(&condition.values.front());
    if (!is_pattern(condition.op) || !pattern) {
        for (auto &value : condition.values)
            if (auto *const word = std::get_if<std::string>(&value)) translate(*word);
        return;
    }
    if (table_.empty()) return;
    // What part of a word fits on one side says nothing about the other: the words of the table are told one by one.
    Filter told{.op = Operator::in, .field = condition.field}, others{.op = Operator::not_in, .field = condition.field};
    for (auto const &pair : table_) {
        others.values.emplace_back(to(pair));
        if (fits(from(pair), condition.op, *pattern)) told.values.emplace_back(to(pair));
    }
    Filter either{.op = Operator::any}, both{.op = Operator::all};
    both.require(std::move(condition));
    both.require(std::move(others));
    either.require(std::move(both));
    if (!told.values.empty()) either.require(std::move(told));
    condition = std::move(either);
}

WordTable const *Words::table_of(Field field) const {
    if (field.part == Part::email || field.member == email_of_person) return &people_;
    if (field.member == name_of_status) return &statuses_;
    if (field.member == status_of_project && field.part == Part::name) return &statuses_;
    return nullptr;
}

void Words::translate(Filter &filter) const {
    for (auto &child : filter.children) translate(child);
    if (!filter.children.empty()) return;
    if (auto const *const table = table_of(filter.field)) table->translate(filter);
}

void Words::translate(Error &error) const {
    if (error.field == "status")
        statuses_.translate(error.detail);
    else
        people_.translate(error.detail);
    for (auto &further : error.more) translate(further);
}

} // namespace canonical
