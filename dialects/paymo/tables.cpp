#include "dialects/paymo/tables.hpp"

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

void write_billing_type(Project const &project, Text &out) {
    bool const billable = project.billable.value_or(false), flat = project.flat_billing.value_or(false);
    out.string(!billable ? "non" : flat ? "flat" : "pph");
}

} // namespace dialects::paymo
