#include "dialects/paymo/tables.hpp"

#include <algorithm>

namespace dialects::paymo {

std::string initials(std::string_view name) {
    std::string code;
    bool start = true;
    for (char const c : name) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter && start) code += c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
        start = !letter && static_cast<unsigned char>(c) < 0x80;
    }
    return code;
}

void write_code(Project const &project, Text &out) {
    out.string(project.code ? *project.code : initials(*project.name));
}

void write_managers(Project const &project, Text &out) {
    out.put('[');
    if (project.manager) codec::by_id::write(*project.manager, out);
    for (auto const &other : *project.co_managers) {
        out.next();
        codec::by_id::write(other, out);
    }
    out.put(']');
}

bool read_managers(Field<Project> const &, json::value const &j, Project &project, Packer &, Context const &context) {
    std::vector<canonical::Ref> all;
    if (!j.is_null() && !is_blank(j, blank::text) && !People::read(j, all, context)) return false;
    project.manager = std::nullopt;
    if (!all.empty()) {
        project.manager = std::move(all.front());
        all.erase(all.begin());
    }
    project.co_managers = std::move(all);
    return true;
}

bool BareColor::read(json::value const &j, std::string &color, Context const &context) {
    if (!codec::easy_text::read(j, color, context)) return false;
    if (!color.starts_with('#')) color.insert(0, "#");
    return true;
}

namespace {

template <class Fits> void write_projects(Text &out, Fits const &fits) {
    out.put('[');
    if (out.context.related)
        for (auto const &project : out.context.related->of<Project>()) {
            if (!fits(project)) continue;
            out.next();
            codec::id::write(*project.id, out);
        }
    out.put(']');
}

} // namespace

void write_assigned_projects(Person const &person, Text &out) {
    write_projects(out, [&](Project const &project) {
        return std::ranges::any_of(*project.team, [&](auto const &member) { return member.person.id == *person.id; });
    });
}

void write_managed_projects(Person const &person, Text &out) {
    write_projects(out, [&](Project const &project) {
        return (project.manager && project.manager->id == *person.id) ||
               std::ranges::any_of(*project.co_managers, [&](auto const &other) { return other.id == *person.id; });
    });
}

void write_completed_on(Task const &task, Text &out) {
    if (*task.is_done && task.updated)
        Instant::write(*task.updated, out);
    else
        out.raw(blank::null);
}

void write_task_code(Task const &task, Text &out) {
    auto const *const project = out.context.find<Project>(task.project->id);
    auto const code = !project ? std::string() : project->code ? *project->code : initials(*project->name);
    out.string(code + (code.empty() ? "" : "-") + std::to_string(*task.number));
}

// Never nothing, because strict clients count on it.
void write_first_assignee(Task const &task, Text &out) {
    if (!task.assignees->empty())
        codec::by_id::write(task.assignees->front(), out);
    else if (task.creator)
        codec::by_id::write(*task.creator, out);
    else
        out.raw(blank::zero);
}

void write_billing_type(Project const &project, Text &out) {
    bool const billable = project.billable.value_or(false), flat = project.flat_billing.value_or(false);
    out.string(!billable ? "non" : flat ? "flat" : "pph");
}

} // namespace dialects::paymo
