#include "dialects/superoffice/change.hpp"

#include "dialects/superoffice/patch.hpp"

#include <boost/json/parse.hpp>
#include <set>

namespace dialects::superoffice {

namespace chrono = std::chrono;
using canonical::Company, canonical::Filter, canonical::Kind, canonical::Operator, canonical::Records, canonical::Reply,
    canonical::Request, canonical::Verb;

namespace {

// What stays as it is where a PUT does not speak of it; all else takes the default of its type.
constexpr std::string_view lasting[]{"ProjectMembers",    "Urls",        "Associate",   "Links",
                                     "UserDefinedFields", "ExtraFields", "CustomFields"};

bool is_lasting(std::string_view name) { return std::ranges::find(lasting, name) != std::end(lasting); }

Result<json::object> entity_of(json::value const &body) {
    if (body.is_null()) return Error{.code = Code::blank};
    auto const *object = body.if_object();
    if (!object) return Error{.code = Code::malformed, .detail = "An object is expected"};
    return *object;
}

Request list_of(Kind kind, Filter filter) {
    Request request{.verb = Verb::list, .kind = kind};
    request.query.filter.require(std::move(filter));
    return request;
}

Result<void> name_user(Member &member, std::vector<Person> const &users) {
    constexpr std::string_view field = "ProjectMembers/PersonId";
    auto const &record = member.person.id;
    if (record.empty() && member.company.id.empty()) return Error{.code = Code::blank, .field = std::string(field)};
    member.company = Ref{.id = member.company.id};
    if (record.empty()) {
        member.person = {};
        return {};
    }
    auto const user = std::ranges::find(users, record, person_id);
    if (user == users.end())
        return Error{.code = Code::unknown_reference, .field = std::string(field), .detail = record};
    if (member.company.empty()) member.company = Ref{.id = user->company->id};
    member.person = Ref{.id = *user->id};
    return {};
}

// What a member says of the membership's id and date, and of the role's name, counts only as far as it is known.
void take_known_facts(Member &member, std::vector<Member> const &team) {
    auto const same = std::ranges::find(team, member.id, &Member::id);
    bool const known = !member.id.empty() && same != team.end();
    if (!known) member.id.clear();
    member.joined = known ? same->joined : std::nullopt;
    if (member.role.id.empty()) member.role = {};
    auto const role = [](Member const &other) { return other.role.id; };
    auto const like = std::ranges::find(team, member.role.id, role);
    if (like != team.end()) member.role.name = like->role.name;
}

// Leaving the team takes nobody's responsibility: in the model, who is responsible is on the team, with nothing else
// said.
void keep_responsible(Project &patch, Project const &current) {
    if (patch.manager.absent() && current.manager) patch.manager = Ref{.id = current.manager->id};
    auto const &id = patch.manager->id;
    auto const on_team = [&](Member const &member) { return member.person.id == id; };
    if (id.empty() || std::ranges::any_of(*patch.team, on_team)) return;
    auto team = *patch.team;
    team.push_back({.person = {.id = id}, .whole = true});
    patch.team = std::move(team);
}

Filter one_of(canonical::MemberId member, std::set<std::string> const &values) {
    Filter filter{.op = Operator::in, .field = {member}};
    filter.values.assign(values.begin(), values.end());
    return filter;
}

} // namespace

Result<void> read_replacement(json::value const &body, Project &patch, Context const &context) {
    auto document = entity_of(body);
    if (!document) return document.error();
    drop_members(*document, [](auto const &member) {
        return member.value().is_null() &&
               std::ranges::any_of(lasting, [&](auto name) { return wire::same_letters(name, member.key()); });
    });
    for (auto const &row : project_rows)
        if (on(row.face, Face::sent) && !is_lasting(row.wire.whole) && !find_any_case(*document, row.wire.whole))
            (*document)[row.wire.whole] = json::parse(row.blank);
    return read_into(patch, project_table, Face::sent, *document, context);
}

canonical::Date default_end(Context const &context) {
    auto const wall = context.now + context.home.offset_at(context.now);
    return chrono::floor<chrono::days>(wall) + usual_duration;
}

Result<void> read_new(json::value const &body, Project &patch, Context const &context) {
    auto document = entity_of(body);
    if (!document) return document.error();
    drop_members(*document, [](auto const &member) { return member.value().is_null(); }); // the default's
    if (auto const done = read_into(patch, project_table, Face::sent, *document, context); !done) return done.error();
    if (patch.number.null() || *patch.number == "0") patch.number.clear(); // the store counts on
    if (patch.status.absent()) patch.status = std::nullopt;
    if (patch.ends.absent()) patch.ends = default_end(context);
    auto values = custom_changes(*patch.custom, {});
    std::erase_if(values, [](auto const &value) { return value.json == "null"; });
    patch.custom = std::move(values);
    return {};
}

Result<void> read_changes(json::value const &body, Project const &current, Project &patch, Context const &context) {
    auto const changes = changes_by(body, project_table, current, context);
    if (!changes) return changes.error();
    return read_into(patch, project_table, Face::sent, *changes, context);
}

bool is_empty(Request const &update) {
    auto const &patch = std::get<Project>(update.patch);
    bool said = !update.custom.empty() || !patch.extras.kept.empty();
    boost::mp11::mp_for_each<canonical::Members<Project>>([&](auto d) { said = said || !(patch.*d.pointer).absent(); });
    return !said;
}

void settle_custom(Request &update, Project const &current) {
    auto &patch = update.of<Project>();
    if (patch.custom.absent()) return;
    update.custom = custom_changes(*patch.custom, *current.custom);
    patch.custom.clear();
}

void settle_state(Project &patch, Project const &current) {
    bool const closed = current.phase && *current.phase == Phase::closed;
    if (!patch.status.absent() && patch.status->id == current.status->id) patch.status.clear();
    if (patch.phase.null() || (patch.phase && (*patch.phase == Phase::closed) == closed)) patch.phase.clear();
}

std::optional<Request> status_question(Project const &patch) {
    if (!patch.status || !patch.phase) return {};
    return Request{.kind = Kind::project_status, .id = patch.status->id};
}

void settle_state(Project &patch, ProjectStatus const &wanted) {
    bool const agree = (*wanted.phase == Phase::closed) == (*patch.phase == Phase::closed);
    if (agree)
        patch.phase.clear(); // the status says it
    else
        patch.status.clear();
}

std::optional<Request> people_question(Project const &patch) {
    std::set<std::string> ids;
    for (auto const &member : *patch.team)
        if (!member.person.id.empty()) ids.insert(member.person.id);
    if (ids.empty()) return {};
    Filter either{.op = Operator::any};
    either.children.push_back(one_of(canonical::member<&Person::contact_record>(), ids));
    either.children.push_back(one_of(canonical::member<&Person::id>(), ids));
    return list_of(Kind::person, std::move(either));
}

Result<void> settle_team(Project &patch, Project const &current, Records const &people) {
    if (patch.team.absent()) return {};
    for (auto &member : *patch.team) {
        if (auto done = name_user(member, people.of<Person>()); !done) return done;
        take_known_facts(member, *current.team);
        member.whole = true;
    }
    keep_responsible(patch, current);
    return {};
}

std::optional<Request> companies_question(Reply const &reply) {
    std::set<std::string> ids;
    for (auto const &project : reply.records.of<Project>())
        for (auto const &member : *project.team)
            if (auto const &id = member.company.id; !id.empty() && !reply.related.find<Company>(id)) ids.insert(id);
    if (ids.empty()) return {};
    return list_of(Kind::company, one_of(canonical::member<&Company::id>(), ids));
}

} // namespace dialects::superoffice
