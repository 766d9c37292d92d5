#include "backends/sql/references.hpp"
#include "backends/sql/statements.hpp"

#include <algorithm>

namespace backends::sql {

using canonical::Code, canonical::Error, canonical::Member, canonical::Ref, canonical::Result;

namespace {

Error unknown(std::string_view text) { return {.code = Code::unknown_reference, .detail = std::string(text)}; }
Error ambiguous(std::string_view text) { return {.code = Code::ambiguous, .detail = std::string(text)}; }

// The only row, or what is wrong with there being none or several.
Result<std::int64_t> only(Rows rows, std::string_view text) {
    if (!rows.next()) return unknown(text);
    auto const id = rows.integer(0);
    if (rows.next()) return ambiguous(text);
    return id;
}

} // namespace

Result<std::int64_t> References::find(std::string_view table, Ref const &ref, Scope const *scope) {
    if (!ref.id.empty()) {
        if (has_guids(table) && is_guid(ref.id)) return find_by(table, "guid", ref.id);
        auto const id = parse_id(ref.id);
        if (!id || !any_row(connection_, table, "id", *id)) return unknown(ref.id);
        return *id;
    }
    if (!ref.email.empty()) return table == people ? find_by(people, "email", ref.email) : unknown(ref.email);
    return find_named(table, ref.name, scope);
}

Result<std::int64_t> References::find_by(std::string_view table, std::string_view column, std::string_view text) {
    std::string select("SELECT id FROM ");
    select.append(table).append(" WHERE ").append(column).append(" = $1 LIMIT 2");
    return only(connection_.run(select, text), text);
}

Result<std::int64_t> References::find_named(std::string_view table, std::string_view name, Scope const *scope) {
    auto const select = [&](std::string_view condition) {
        Sql sql;
        sql.add("SELECT id, name FROM ").add(table).add(" WHERE ").add(condition).bind(std::string(name));
        if (condition.ends_with('(')) sql.add(")");
        if (scope) sql.add(" AND ").add(scope->column).add(" = ").bind(scope->id);
        return sql;
    };
    std::vector<std::int64_t> exact, others;
    for (auto rows = connection_.run(select("name = ")); rows.next() && exact.size() < 2;)
        (rows.text(1) == name ? exact : others).push_back(rows.integer(0));
    if (exact.empty() && others.empty() && !is_ascii(name))
        for (auto rows = connection_.run(select("lower(name) = lower(")); rows.next() && others.size() < 2;)
            others.push_back(rows.integer(0));

    auto const &found = exact.empty() ? others : exact;
    if (found.empty()) return unknown(name);
    if (found.size() > 1) return ambiguous(name);
    return found.front();
}

void References::resolve_one(Ref &ref, Column const &column, Problems &problems, std::span<Scope const> scopes) {
    if (ref.id == canonical::anyone && column.name == "default_assignee") return;
    auto const scope = std::ranges::find(scopes, column.name, &Scope::member);
    auto found = find(column.target, ref, scope == scopes.end() ? nullptr : &*scope);
    if (found) {
        ref.id = std::to_string(*found);
        return;
    }
    auto error = std::move(found).error();
    error.field = column.name;
    problems.add(std::move(error));
}

void References::resolve_list(std::vector<Ref> &refs, Column const &column, Problems &problems) {
    std::vector<Ref> once;
    for (auto &ref : refs) {
        resolve_one(ref, column, problems, {});
        if (std::ranges::find(once, ref.id, &Ref::id) == once.end()) once.push_back(std::move(ref));
    }
    refs = std::move(once);
}

void References::resolve_team(std::vector<Member> &team, Column const &column, Problems &problems) {
    static constexpr auto company = Column{.name = "team", .shape = Shape::reference, .target = "companies"};
    std::vector<Member> once;
    for (auto &member : team) {
        if (!member.company.empty()) resolve_one(member.company, company, problems, {});
        if (!member.person.empty() || member.company.empty()) resolve_one(member.person, column, problems, {});
        auto const same = [&](Member const &other) {
            return other.person.id == member.person.id &&
                   (!member.person.id.empty() || other.company.id == member.company.id);
        };
        if (std::ranges::none_of(once, same)) once.push_back(std::move(member));
    }
    team = std::move(once);
}

} // namespace backends::sql
