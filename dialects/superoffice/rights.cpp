#include "dialects/superoffice/rights.hpp"

#include "dialects/superoffice/custom_fields.hpp"
#include "dialects/superoffice/language.hpp"

namespace dialects::superoffice {

namespace {

struct Property {
    std::string_view name;
    int mandatory; // the number of the text that says why; 0: it is not
    std::string_view type;
    int length;
};

constexpr std::string_view text = "System.String", integer = "System.Int32", flag = "System.Boolean",
                           time = "System.DateTime", associate = "SuperOffice.CRM.Services.Associate";

constexpr Property project_properties[]{
    {"ProjectId", 0, integer, 4},
    {"Name", 2817, text, 219},
    {"ProjectNumber", 2818, text, 49},
    {"CreatedDate", 0, time, 16},
    {"UpdatedDate", 0, time, 16},
    {"NextMilestoneDate", 0, time, 16},
    {"EndDate", 0, time, 16},
    {"ActiveLinks", 0, "System.UInt32", 4},
    {"NmdAppointmentId", 0, integer, 4},
    {"ActiveErpLinks", 0, integer, 4},
    {"ProjectMembers", 2817, "SuperOffice.CRM.Services.ProjectMember[]", 0},
    {"Description", 0, text, 2047},
    {"Postit", 0, text, 2047},
    {"CreatedBy", 0, associate, 4},
    {"UpdatedBy", 0, associate, 4},
    {"Associate", 2821, associate, 4},
    {"ProjectStatus", 0, "SuperOffice.CRM.Services.ProjectStatus", 4},
    {"ProjectType", 2819, "SuperOffice.CRM.Services.ProjectType", 4},
    {"HasImage", 2817, flag, 0},
    {"ImageDescription", 2817, text, 254},
    {"ActiveStatusMonitorId", 2817, text, 0},
    {"Links", 0, integer, 4},
    {"Completed", 0, flag, 2},
    {"Urls", 0, "SuperOffice.CRM.Services.EntityElement[]", 0},
};
constexpr Property status_properties[]{
    {"ProjStatusId", 0, integer, 4}, {"Value", 0, text, 239}, {"Tooltip", 0, text, 254}};

void write_property(Property const &property, Text &out) {
    auto const &context = out.context;
    out.raw(R"({"FieldRight":{"Mask":)");
    out.put('"');
    out.raw(context.may_write ? "Update" : "Read");
    if (property.mandatory != 0) out.raw(", UIHintMandatory");
    out.raw(R"(","Reason":)");
    if (property.mandatory != 0)
        write_resource(property.mandatory, context.language, out);
    else
        out.raw(blank::text);
    out.raw(R"(},"FieldType":)");
    out.string(property.type);
    out.raw(R"(,"FieldLength":)");
    out.number(property.length);
    out.put('}');
}

void write_properties(std::span<Property const> properties, Text &out) {
    for (auto const &property : properties) {
        out.key(property.name);
        write_property(property, out);
    }
}

void write_mask(std::string_view mask, Text &out) {
    out.raw(R"({"Mask":")");
    out.raw(out.context.may_write ? mask : "Select");
    out.raw(R"(","Reason":""})");
}

} // namespace

void write_full_right(Text &out) { write_mask("Select, Update, Insert, Delete", out); }

void write_project_right(Project const &project, Text &out) {
    if (project.id)
        write_full_right(out);
    else
        write_mask("Select, Update, Insert", out);
}

void write_associate_right(canonical::Person const &, Text &out) { write_mask("Select, Update, Delete", out); }

void write_project_properties(Project const &project, Text &out) {
    out.put('{');
    write_properties(project_properties, out);
    for (std::string_view const dictionary : {"UserDefinedFields", "CustomFields"})
        for (auto const &value : *project.custom) {
            if (is_companion(value.key)) continue;
            out.name(std::string(dictionary).append(".").append(value.key));
            write_property({value.key, 0, text, -1}, out);
        }
    out.put('}');
}

void write_status_properties(canonical::ProjectStatus const &, Text &out) {
    out.put('{');
    write_properties(status_properties, out);
    out.put('}');
}

} // namespace dialects::superoffice
