#include "backends/sql/team.hpp"

#include <algorithm>

namespace backends::sql {

using canonical::Member, canonical::Project, canonical::Ref;

namespace {

bool is_on(std::vector<Member> const &team, std::string const &person) {
    return std::ranges::any_of(team, [&](Member const &member) { return member.person.id == person; });
}

// Whoever it was before: by the membership's id, else by the person, else by the company where there is no person.
Member const *find_same(std::vector<Member> const &team, Member const &wanted) {
    auto const by_id = [&](Member const &other) { return !wanted.id.empty() && other.id == wanted.id; };
    auto const by_person = [&](Member const &other) {
        if (!wanted.person.id.empty()) return other.person.id == wanted.person.id;
        return other.person.id.empty() && other.company.id == wanted.company.id;
    };
    auto found = std::ranges::find_if(team, by_id);
    if (found == team.end()) found = std::ranges::find_if(team, by_person);
    return found == team.end() ? nullptr : &*found;
}

// What is said in place of what was there; who says the same id says nothing new.
void take(Ref const &wanted, Ref &ref) {
    if (!wanted.empty() && (wanted.id != ref.id || !wanted.name.empty())) ref = wanted;
}

Member merged(Member const &wanted, Member const &before) {
    Member member = before;
    if (wanted.whole) {
        member.company = wanted.company;
        if (wanted.role.id != before.role.id) member.role = wanted.role;
        member.note = wanted.note;
    }
    if (wanted.person.id != before.person.id && !wanted.person.id.empty()) member.person = wanted.person;
    if (wanted.company.id != before.company.id && !wanted.company.id.empty()) member.company = wanted.company;
    take(wanted.role, member.role);
    if (!wanted.note.empty()) member.note = wanted.note;
    if (wanted.joined) member.joined = wanted.joined;
    return member;
}

} // namespace

void settle_team(Project &patch, Project const &current, canonical::Instant now) {
    bool const team_said = !patch.team.absent();
    bool const others_said = !patch.co_managers.absent();
    auto const &before = *current.team;

    std::vector<Member> team = before;
    if (team_said) {
        team.clear();
        for (auto const &wanted : *patch.team) {
            auto const *same = find_same(before, wanted);
            team.push_back(same ? merged(wanted, *same) : wanted);
            team.back().whole = false;
            if (!same && !wanted.joined) team.back().joined = now;
        }
    }
    auto others = others_said ? *patch.co_managers : *current.co_managers;
    if (team_said && !others_said) std::erase_if(others, [&](Ref const &ref) { return !is_on(team, ref.id); });
    if (team_said && patch.manager.absent() && current.manager && !is_on(team, current.manager->id))
        patch.manager = std::nullopt;

    auto const &manager = patch.manager.absent() ? current.manager : patch.manager;
    if (manager) std::erase_if(others, [&](Ref const &ref) { return ref.id == manager->id; });
    auto const join = [&](Ref const &person) {
        if (is_on(team, person.id)) return;
        Member const newcomer{.person = person, .joined = now};
        auto const *same = find_same(before, newcomer);
        team.push_back(same ? *same : newcomer);
    };
    if (manager) join(*manager);
    for (auto const &other : others) join(other);

    if (team != before)
        patch.team = std::move(team);
    else
        patch.team.clear();
    if (others != *current.co_managers)
        patch.co_managers = std::move(others);
    else
        patch.co_managers.clear();
}

} // namespace backends::sql
