#include "dialects/superoffice/members.hpp"

#include "dialects/superoffice/countries.hpp"

#include <boost/json/parse.hpp>

namespace dialects::superoffice {

using canonical::Company;

namespace {

constexpr std::string_view kept_participations = "ProjectMembers";
constexpr std::size_t most_members = 10'000;

// "Kari", "Nordby"
std::pair<std::string, std::string> split_name(std::string const &name) {
    auto const space = name.rfind(' ');
    if (space == name.npos) return {name, {}};
    return {name.substr(0, space), name.substr(space + 1)};
}

// By the ids of people, as they were kept: of all that were ever said to be members here.
json::object participations_of(std::string_view kept) {
    boost::system::error_code error;
    auto const map = json::parse(kept, error);
    return !error && map.is_object() ? map.get_object() : json::object();
}

// In the model, who is responsible for a project is on its team; here only who was said to be.
bool is_implied(Member const &member, Project const &project) {
    return project.manager && member.person.id == project.manager->id && member.company.empty() &&
           member.role.empty() && member.note.empty();
}

} // namespace

std::string const &person_id(Person const &person) {
    return person.contact_record && !person.contact_record->empty() ? *person.contact_record : *person.id;
}

Membership Membership::of(Member const &member, Context const &context) {
    auto [first, last] = split_name(member.person.name);
    Membership result{.id = member.id,
                      .person_id = member.person.id,
                      .full_name = member.person.name,
                      .first_name = std::move(first),
                      .last_name = std::move(last),
                      .email = member.person.email,
                      .company_id = member.company.id,
                      .company_name = member.company.name,
                      .role_id = member.role.id,
                      .role_name = member.role.name,
                      .comment = member.note,
                      .registered = member.joined};
    if (auto const *person = context.find<Person>(member.person.id)) {
        result.person_id = superoffice::person_id(*person);
        if (person->given_name) result.first_name = *person->given_name;
        if (person->family_name) result.last_name = *person->family_name;
        result.phone = *person->phone;
    }
    if (auto const *company = context.find<Company>(member.company.id))
        result.country_id = country_number(*company->country);
    return result;
}

Member Membership::member() const {
    return {.id = id,
            .person = {.id = person_id, .name = full_name, .email = email},
            .company = {.id = company_id, .name = company_name},
            .role = {.id = role_id, .name = role_name},
            .note = comment,
            .joined = registered};
}

void write_links_around(Membership const &place, Text &out) {
    out.raw(R"({"Self":)");
    out.string(out.context.base + "/ProjectMember/" + place.id + "/");
    out.raw(R"(,"Project":)");
    out.string(out.context.base + "/Project/" + place.project_id + "/");
    out.put('}');
}

std::vector<Membership> entries_of(Project const &project, Context const &context) {
    auto const participations = participations_of(project.extras.kept.find({}, kept_participations));
    std::vector<Membership> entries;
    for (auto const &member : *project.team) {
        auto entry = Membership::of(member, context);
        entry.project_id = *project.id;
        entry.project_name = *project.name;
        auto const *word = participations.if_contains(entry.person_id);
        if (!word && is_implied(member, project)) continue;
        if (word) ParticipationWord::read(*word, entry.participation, context);
        entries.push_back(std::move(entry));
    }
    return entries;
}

void keep_participations(Project const &before, Project &patch, std::span<Membership const> said,
                         std::span<std::string const> gone) {
    if (said.empty() && gone.empty()) return;
    auto participations = participations_of(before.extras.kept.find({}, kept_participations));
    for (auto const &person : gone) participations.erase(person);
    for (auto const &entry : said) participations[entry.person_id] = ParticipationWord::wire(entry.participation);
    static Context const none;
    Packer kept(patch.extras.kept, none);
    kept.add({}, kept_participations).value(participations);
}

namespace detail {

using Entry = object<membership_table>;

bool team_member::read(json::value const &j, Member &member, Context const &context) {
    Membership entry;
    if (!Entry::read(j, entry, context)) return false;
    member = entry.member();
    return true;
}

void team_member::write(Member const &member, Text &out) { Entry::write(Membership::of(member, out.context), out); }

bool team_member::same(Member const &a, Member const &b) {
    return a.id == b.id && a.person.id == b.person.id && a.company.id == b.company.id && a.role.id == b.role.id &&
           a.note == b.note;
}

bool read_members(json::value const &j, Project &project, Packer &kept, Context const &context) {
    std::vector<Membership> entries;
    if (!j.is_null() && !is_blank(j, blank::text) && !codec::list<Entry>::read(j, entries, context)) return false;
    if (entries.size() > most_members) return false;
    project.team = std::nullopt;
    if (!entries.empty()) project.team.emplace();
    json::object participations;
    for (auto const &entry : entries) {
        project.team->push_back(entry.member());
        participations[entry.person_id] = ParticipationWord::wire(entry.participation);
    }
    return kept.add({}, kept_participations).value(participations);
}

void write_members(Field<Project> const &row, Project const &project, Writer &to) {
    if (to.view.face == Face::sent && project.team.absent()) return;
    Inside const inside(to.view, row.wire.whole);
    auto &out = to.at(row.wire);
    out.put('[');
    for (auto const &entry : entries_of(project, out.context)) {
        out.next();
        write(membership_table, inside.view(), entry, out);
    }
    out.put(']');
}

} // namespace detail

} // namespace dialects::superoffice
