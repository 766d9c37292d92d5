#include "dialects/superoffice/tables.hpp"

namespace dialects::superoffice {

namespace chrono = std::chrono;

namespace {

constexpr canonical::Date last_day = chrono::floor<chrono::days>(end_of_time);
constexpr std::string_view kept_end = "EndDate";

canonical::Date day_of(Instant t, Zone const &home) { return chrono::floor<chrono::days>(t + home.offset_at(t)); }
Instant midnight(canonical::Date day, Zone const &home) {
    return home.instant_of(chrono::local_time<chrono::milliseconds>(day.time_since_epoch()));
}

struct Target {
    std::string_view name, path; // below the project where the path starts with a slash, else below the base
};
constexpr Target targets[]{{"Self", "/"},
                           {"Self.Simple", "/Simple/"},
                           {"UdefLayout", "Project/UdefLayout/Published/"},
                           {"Associate.List", "MDOList/associate/"},
                           {"ProjectStatus.List", "MDOList/projectstatus/"},
                           {"ProjectType.List", "MDOList/projecttype/"},
                           {"Archive", "Project/"},
                           {"Archive.Activities", "/Activities/"},
                           {"Archive.Guide", "/Guide/"},
                           {"Archive.Members", "/Members/"},
                           {"Archive.Contacts", "/Contacts/"},
                           {"Archive.Links", "/Links/"}};

} // namespace

bool read_end(json::value const &j, Project &project, Packer &kept, Context const &context) {
    std::optional<Instant> time;
    if (!read_time(j, time, context.zone)) return false;
    if (!time)
        project.ends = std::nullopt;
    else
        project.ends = *time == end_of_time ? last_day : day_of(*time, context.home);
    bool const on_the_day = !time || *time == end_of_time || *time == midnight(*project.ends, context.home);
    pack_time(on_the_day ? std::nullopt : time, kept.add({}, kept_end));
    return true;
}

void write_end(Field<Project> const &row, Project const &project, Writer &to) {
    auto const &ends = project.ends;
    if (to.view.face == Face::sent && ends.absent()) return;
    auto const &home = to.context().home;
    std::optional<Instant> time;
    if (ends) {
        time = *ends == last_day ? end_of_time : midnight(*ends, home);
        auto const kept = unpack_time(to.kept(kept_end));
        if (kept && day_of(*kept, home) == *ends) time = kept;
    }
    write_time(time, Clock::planned, to.at(row.wire));
}

void write_links(Project const &project, Text &out) {
    auto const base = out.context.base + "/", self = base + "Project/" + *project.id;
    out.put('{');
    for (auto const &target : targets) {
        out.key(target.name);
        out.string(std::string(target.path.starts_with('/') ? self : base).append(target.path));
    }
    out.put('}');
}

void write_first_url(Field<Project> const &row, Project const &, Writer &to) {
    write_of_first(to.kept("Urls"), row.kept, to.at(row.wire));
}

} // namespace dialects::superoffice
