#include "dialects/worksection/tables.hpp"

namespace dialects::worksection {

bool email::read(json::value const &j, Ref &ref, Context const &context) {
    return codec::text::read(j, ref.email, context) && ref.email.find('@') != std::string::npos;
}

bool email_or_any::read(json::value const &j, Ref &ref, Context const &context) {
    if (j != "ANY") return email::read(j, ref, context);
    ref = {.id = std::string(canonical::anyone)};
    return true;
}

void write_page(Project const &project, Text &out) { out.string("/project/" + *project.id + "/"); }

void write_url(Project const &project, Text &out) {
    out.string(account_url(out.context) + "/project/" + *project.id + "/");
}

void write_manager(Project const &project, Text &out) {
    static Ref const nobody{.id = "0", .name = "Manager isn't assigned", .email = "NOONE"};
    Person::write(project.manager ? *project.manager : nobody, out);
}

void write_avatar(canonical::Person const &, Text &out) { out.string(out.context.origin + "/images/user/0m.gif"); }

std::string account_url(Context const &context) {
    std::string_view url = context.base;
    for (std::string_view const end : {"/oauth2", "/v2", "/admin", "/api"})
        if (url.ends_with(end)) url.remove_suffix(end.size());
    return std::string(url);
}

void write_account_url(canonical::Person const &, Text &out) { out.string(account_url(out.context)); }

bool folder_name::read(json::value const &j, std::vector<Ref> &groups, Context const &context) {
    return codec::by_name::read(j, groups.emplace_back(), context);
}

void folder_name::write(std::vector<Ref> const &groups, Text &out) {
    out.string(groups.empty() ? "DEFAULT" : std::string_view(groups.front().name));
}

bool is_folder(Company const &company) { return company.extras.kept.find({}, "type") == R"("folder")"; }

void write_tags(Field<Project> const &row, Project const &project, Writer &to) {
    if (!project.status && project.tags->empty()) return;
    auto &out = to.at(row.wire);
    out.put('{');
    if (project.status) {
        out.name(project.status->id);
        out.string(project.status->name);
    }
    for (auto const &tag : *project.tags) {
        out.name(tag.id);
        out.string(tag.name);
    }
    out.put('}');
}

// Which of them are statuses is told by the list of all tags alone.
bool read_tags(Field<Project> const &, json::value const &j, Project &project, Packer &, Context const &) {
    auto const *const tags = j.if_object();
    project.tags.emplace();
    if (!tags) return j.is_null() || j.is_array(); // an empty one may be written as a list
    for (auto const &[id, name] : *tags) {
        codec::Scalar const title(name);
        if (!title) return false;
        project.tags->push_back({.id = std::string(id), .name = std::string(title.text)});
    }
    return true;
}

} // namespace dialects::worksection
