#include "config/cursor.hpp"

#include "canonical/nearest.hpp"
#include "config/variables.hpp"

#include <algorithm>
#include <yaml-cpp/yaml.h>

namespace config {

Place Cursor::place() const { return {.file = source_->file, .line = mark_.line + 1, .column = mark_.column + 1}; }

void Cursor::report(std::string what) const {
    source_->problems.push_back({.place = place(), .what = std::move(what)});
}

std::string Cursor::written() const { return node_.IsScalar() ? node_.Scalar() : std::string(); }

std::optional<std::string> Cursor::text() const {
    if (!node_.IsScalar()) {
        report(is_null() ? "a value is missing" : "this must be a single value");
        return {};
    }
    auto replaced = replace_variables(node_.Scalar(), source_->environment);
    if (auto *const text = std::get_if<std::string>(&replaced)) return std::move(*text);
    report(std::get<BadVariable>(replaced).what);
    return {};
}

std::optional<std::string> Cursor::word() const {
    auto value = text();
    if (!value || !value->empty()) return value;
    report("this must not be empty");
    return {};
}

std::string Cursor::file() const {
    auto const name = word();
    if (!name) return {};
    auto const path = source_->folder / *name;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        report("there is no file " + in_quotes(written()) + " beside this config");
    return path.string();
}

std::optional<bool> Cursor::flag() const {
    auto const parse = [](std::string_view text) -> std::optional<bool> {
        if (text == "true") return true;
        if (text == "false") return false;
        return {};
    };
    return parsed(parse, "true or false");
}

std::vector<Cursor> Cursor::items() const {
    std::vector<Cursor> list;
    if (is_null()) return list;
    if (!node_.IsSequence()) {
        report("this must be a list");
        return list;
    }
    for (auto const &item : node_) list.emplace_back(item, *source_);
    return list;
}

std::vector<Cursor::Pair> Cursor::pairs() const {
    std::vector<Pair> list;
    if (is_null()) return list;
    if (!is_mapping()) {
        report("this must be a mapping of keys to values");
        return list;
    }
    for (auto const &entry : node_) {
        Cursor const key(entry.first, *source_);
        if (!entry.first.IsScalar()) {
            key.report("a key must be a single word");
            continue;
        }
        auto const first = std::ranges::find(list, key.written(), &Pair::key);
        // A value that is not written has no place of its own.
        auto const mark = entry.second.IsNull() ? entry.first.Mark() : entry.second.Mark();
        if (first == list.end())
            list.push_back({.key = key.written(), .place_of_key = key, .value = {entry.second, *source_, mark}});
        else
            key.report("key " + in_quotes(key.written()) + " is here twice, first in line " +
                       std::to_string(first->place_of_key.place().line));
    }
    return list;
}

std::vector<std::string> Cursor::keys() const {
    std::vector<std::string> list;
    if (is_mapping())
        for (auto const &entry : node_) list.push_back(Cursor(entry.first, *source_).written());
    return list;
}

std::optional<Cursor> Cursor::peek(std::string_view key) const {
    if (is_mapping())
        for (auto const &entry : node_)
            if (Cursor(entry.first, *source_).written() == key) return Cursor(entry.second, *source_);
    return {};
}

Section::Section(Cursor cursor, std::span<std::string_view const> keys)
    : cursor_(std::move(cursor)), pairs_(cursor_.pairs()) {
    for (auto const &pair : pairs_) {
        if (std::ranges::find(keys, pair.key) != keys.end()) continue;
        pair.place_of_key.report("unknown key " + in_quotes(pair.key) + canonical::did_you_mean(pair.key, keys));
        meant_.push_back(canonical::nearest(pair.key, keys));
    }
}

std::optional<Cursor> Section::find(std::string_view key) const {
    auto const found = std::ranges::find(pairs_, key, &Cursor::Pair::key);
    if (found == pairs_.end()) return {};
    return found->value;
}

std::optional<Cursor> Section::need(std::string_view key) const {
    auto value = find(key);
    bool const may_have_keys = cursor_.is_mapping() || cursor_.is_null();
    bool const is_meant = std::ranges::find(meant_, key) != meant_.end();
    if (!value && may_have_keys && !is_meant) cursor_.report("key '" + std::string(key) + "' is missing");
    return value;
}

} // namespace config
