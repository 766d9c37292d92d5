#include "backends/upstream/completion.hpp"

#include "backends/sql/tables.hpp"
#include "canonical/rules.hpp"

namespace backends::upstream {

using canonical::Person, canonical::Phase, canonical::Project, canonical::ProjectStatus, canonical::Role;

namespace {

// When a project was closed is at best when it changed last.
void settle(Project &project) {
    project.phase = canonical::settled(project.phase.value_or(Phase::active), Phase::active);
    if (*project.phase == Phase::closed && !project.archived) project.archived = project.updated;
    if (*project.phase == Phase::closed && !project.archived) project.archived = project.created;
    if (*project.phase != Phase::closed) project.archived = std::nullopt;
    if (!project.closed) project.closed = project.archived;
}
void settle(ProjectStatus &status) {
    status.phase = canonical::settled(status.phase.value_or(Phase::active), Phase::active);
}
// Where a service tells no roles, its own account decides what may be done.
void settle(Person &person) {
    if (person.role.absent()) person.role = Role::admin;
    if (person.name && !person.name->empty()) return;
    auto name = *person.given_name;
    if (!name.empty() && !person.family_name->empty()) name += ' ';
    name += *person.family_name;
    person.name = name.empty() ? *person.email : name;
}
void settle(auto &) {}

constexpr std::string_view made_guid = "00000000-0000-4000-8000-";
constexpr std::size_t digits_of_guid = 12;

} // namespace

std::string guid_of_number(std::string_view number) {
    bool const fits = !number.empty() && number.size() <= digits_of_guid;
    if (!fits || number.find_first_not_of("0123456789") != number.npos) return {};
    std::string guid(made_guid);
    guid.append(digits_of_guid - number.size(), '0');
    return guid += number;
}

std::optional<std::string> number_of_guid(std::string_view guid) {
    if (guid.size() != made_guid.size() + digits_of_guid || !guid.starts_with(made_guid)) return {};
    auto const digits = guid.substr(made_guid.size());
    auto const start = digits.find_first_not_of('0');
    if (start == digits.npos || digits.find_first_not_of("0123456789") != digits.npos) return {};
    return std::string(digits.substr(start));
}

void complete(canonical::Kind kind, canonical::Records &records) {
    canonical::with_kind(kind, [&]<class E>(std::type_identity<E>) {
        for (auto &record : records.of<E>()) {
            settle(record);
            if constexpr (requires { record.guid; })
                if (auto guid = guid_of_number(*record.id); !record.guid && !guid.empty())
                    record.guid = std::move(guid);
            sql::for_each_member(record, [](auto &slot, sql::Column const &column, canonical::MemberId) {
                using Type = typename std::remove_cvref_t<decltype(slot)>::value_type;
                if constexpr (std::is_integral_v<Type> || std::is_enum_v<Type>)
                    if (column.fallback && !slot) slot = Type(*column.fallback);
                if (!slot.absent() || sql::is_counted(column.shape)) return;
                if (sql::in_a_list(column.shape))
                    slot.emplace();
                else
                    slot = std::nullopt;
            });
        }
    });
}

} // namespace backends::upstream
