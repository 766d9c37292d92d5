#include "dialects/productive/copying.hpp"

namespace dialects::productive {

using canonical::CopyParts;

namespace {

struct CopyFlag {
    std::string_view name;
    bool CopyParts::*part = nullptr; // nothing: without effect here
};
constexpr CopyFlag flags[]{
    {"copy_as_template", &CopyParts::as_template},
    {"copy_memberships", &CopyParts::team},
    {"copy_custom_fields", &CopyParts::custom_values},
    {"copy_task_lists", &CopyParts::task_lists},
    {"copy_open_tasks", &CopyParts::open_tasks},
    {"copy_closed_tasks", &CopyParts::closed_tasks},
    {"copy_assignees", &CopyParts::assignees},
    {"copy_tags", &CopyParts::task_tags},
    {"copy_task_description", &CopyParts::task_descriptions},
    {"copy_date", &CopyParts::task_dates},
    {"copy_estimate", &CopyParts::estimates},
    {"copy_views"},
    {"copy_notes"},
    {"copy_surveys"},
    {"copy_dashboards"},
    {"copy_budgets"},
    {"copy_automations"},
    {"copy_deals"},
    {"copy_task_comments"},
    {"copy_task_attachments"},
    {"copy_task_subscribers"},
    {"copy_repeat"},
    {"copy_task_open_todos"},
    {"copy_task_closed_todos"},
    {"copy_task_open_subtasks"},
    {"copy_task_closed_subtasks"},
    {"copy_task_dependencies"},
    {"copy_task_templates"},
};
// Task lists lie in folders, which were boards once.
constexpr std::string_view folder_flags[]{"copy_folders", "copy_boards"};

json::object const *attributes_of(json::value const &body) {
    auto const *resource = body.if_object();
    auto const *attributes = resource ? resource->if_contains("attributes") : nullptr;
    return attributes ? attributes->if_object() : nullptr;
}

class Flags {
public:
    Flags(json::object const *attributes, std::vector<Error> &unreadable)
        : attributes_(attributes), unreadable_(unreadable) {}

    bool read(std::string_view name) {
        auto const *value = attributes_ ? attributes_->if_contains(name) : nullptr;
        bool flag = false;
        static Context const none;
        if (value && !value->is_null() && !codec::easy_flag::read(*value, flag, none))
            unreadable_.push_back({.code = Code::bad_value, .field = std::string(name)});
        return flag;
    }

private:
    json::object const *attributes_;
    std::vector<Error> &unreadable_;
};

} // namespace

CopyParts read_copy_parts(json::value const &body, std::vector<Error> &unreadable) {
    Flags given(attributes_of(body), unreadable);
    CopyParts parts;
    for (auto const &flag : flags) {
        bool const wanted = given.read(flag.name);
        if (flag.part) parts.*flag.part = wanted;
    }
    bool folders = false;
    for (auto const name : folder_flags) folders = given.read(name) || folders;
    // Each needs the one before.
    parts.task_lists = parts.task_lists && folders;
    parts.open_tasks = parts.open_tasks && parts.task_lists;
    parts.closed_tasks = parts.closed_tasks && parts.task_lists;
    return parts;
}

Result<canonical::WorkflowMap> read_workflow_map(json::value const &body) {
    canonical::WorkflowMap map;
    auto const *attributes = attributes_of(body);
    auto const *value = attributes ? attributes->if_contains("map") : nullptr;
    if (!value || value->is_null()) return map;
    map.given = true;
    // Some languages write an empty map as a list.
    if (value->is_array() && value->get_array().empty()) return map;
    Error const invalid{.code = Code::bad_value, .field = "map"};
    auto const *object = value->if_object();
    if (!object) return invalid;
    for (auto const &[key, target] : *object) {
        std::string id;
        static Context const none;
        if (!codec::id::read(target, id, none) && !target.is_null()) return invalid;
        map.map.emplace(key, std::move(id));
    }
    return map;
}

} // namespace dialects::productive
