#include "config/credentials.hpp"
#include "config/sections.hpp"

#include "canonical/nearest.hpp"

#include <algorithm>

namespace config {

namespace {

std::optional<bool> read_access(Cursor const &cursor) {
    auto const parse = [](std::string_view text) -> std::optional<bool> {
        if (text == "write") return true;
        if (text == "read") return false;
        return {};
    };
    return cursor.parsed(parse, "read or write");
}

std::string read_person(Cursor const &cursor) {
    auto const parse = [](std::string_view text) -> std::optional<std::string> {
        auto const at = text.find('@');
        if (at == 0 || at == text.npos || at + 1 == text.size() || text.find(' ') != text.npos) return {};
        return std::string(text);
    };
    return cursor.parsed(parse, "an email address").value_or(std::string());
}

// Reads the callers one after the other; each must have a name and a credential of its own.
class CallerReader {
public:
    explicit CallerReader(Dialects dialects) : dialects_(dialects) {}

    std::vector<Caller> read(Cursor const &cursor) {
        for (auto const &item : cursor.items()) read_one(item);
        return std::move(callers_);
    }

private:
    void read_one(Cursor const &cursor) {
        Section const section(cursor, {"name", "dialect", "credential", "person", "access"});
        auto const before = cursor.source().problems.size();
        Caller caller{.place = cursor.place()};
        if (auto const name = section.need("name")) caller.caller.name = read_name(*name);
        if (auto const person = section.need("person")) caller.caller.person = read_person(*person);
        if (auto const access = section.find("access")) caller.caller.may_write = read_access(*access).value_or(false);
        if (auto const dialect = section.need("dialect")) caller.dialect = read_dialect(*dialect, dialects_);
        auto const credential = section.need("credential");
        if (!caller.dialect || !credential) return;
        auto held = read_credential(*credential, *caller.dialect, Presented::to_us);
        if (!held) return;
        caller.caller.credential = std::move(*held);
        for (auto const &other : callers_)
            if (other.dialect == caller.dialect && other.caller.credential == caller.caller.credential)
                credential->report("caller " + in_quotes(other.caller.name) + " has this credential already");
        if (cursor.source().problems.size() != before) return;
        caller.demo = is_published(*caller.dialect, caller.caller);
        callers_.push_back(std::move(caller));
    }

    std::string read_name(Cursor const &cursor) {
        auto const name = cursor.word();
        if (!name) return {};
        if (std::ranges::find(names_, *name) != names_.end())
            cursor.report("there are two callers with the name " + in_quotes(cursor.written()));
        names_.push_back(*name);
        return *name;
    }

    Dialects dialects_;
    std::vector<std::string> names_;
    std::vector<Caller> callers_;
};

} // namespace

std::vector<Caller> read_callers(Cursor const &cursor, Dialects dialects) {
    return CallerReader(dialects).read(cursor);
}

dialects::Dialect const *read_dialect(Cursor const &cursor, Dialects dialects) {
    auto const name = cursor.word();
    if (!name) return nullptr;
    std::vector<std::string_view> names;
    for (auto const *dialect : dialects) {
        if (dialect->name() == *name) return dialect;
        names.push_back(dialect->name());
    }
    cursor.report("unknown dialect " + in_quotes(cursor.written()) + canonical::did_you_mean(*name, names));
    return nullptr;
}

} // namespace config
