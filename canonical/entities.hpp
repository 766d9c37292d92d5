#pragma once
// The kinds of things that the five tools have in common, each a described struct of slots: with all slots filled it is
// an entity, with a few it is a patch. Ids are text, because one tool uses GUIDs where another uses integers.
#include "canonical/extras.hpp"
#include "canonical/slot.hpp"
#include "canonical/values.hpp"

#include <boost/describe/class.hpp>
#include <variant>

namespace canonical {

struct Project {
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<std::string> number = {}; // counted up by the store where nobody gives one
    Slot<std::string> code = {};   // a short word in front of task numbers
    Slot<std::string> description = {};
    Slot<std::string> note = {}; // for the team's eyes, beside the description
    Slot<Phase> phase = {};
    Slot<Ref> status = {};
    Slot<Ref> type = {};
    Slot<Ref> company = {};
    Slot<Ref> workflow = {}; // of its tasks
    Slot<Ref> manager = {};
    Slot<std::vector<Ref>> co_managers = {}; // those beside the manager
    Slot<std::vector<Member>> team = {};
    Slot<Ref> default_assignee = {}; // of new tasks; its id may be `anyone`
    Slot<std::vector<Ref>> tags = {};
    Slot<std::vector<Ref>> followers = {}; // people who want to hear of it
    Slot<Date> starts = {};
    Slot<Date> ends = {};
    Slot<Decimal> budget_hours = {};
    Slot<Decimal> budget_money = {};
    Slot<Decimal> hourly_rate = {};
    Slot<Decimal> fixed_price = {};
    Slot<bool> billable = {};
    Slot<bool> flat_billing = {}; // the fixed price counts, not the hours
    Slot<std::string> color = {}; // #RRGGBB
    Slot<bool> is_private = {};
    Slot<bool> is_template = {};
    Slot<Ref> source = {}; // the project it was copied from
    Slot<std::vector<CustomValue>> custom = {};

    // What only the store says.
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};
    Slot<Ref> creator = {};
    Slot<Ref> editor = {};
    Slot<Instant> archived = {}; // since when it is closed; empty while it is not
    Slot<Instant> closed = {};   // when it was closed last, even if it was opened again
    Slot<std::int64_t> last_task_number = {};
    Slot<std::int64_t> tasks_open = {}; // these two only where the query asks for counters
    Slot<std::int64_t> tasks_total = {};

    Bag extras = {}; // of the dialect that asks
};
BOOST_DESCRIBE_STRUCT(Project, (),
                      (id, name, number, code, description, note, phase, status, type, company, workflow, manager,
                       co_managers, team, default_assignee, tags, followers, starts, ends, budget_hours, budget_money,
                       hourly_rate, fixed_price, billable, flat_billing, color, is_private, is_template, source, custom,
                       version, created, updated, creator, editor, archived, closed, last_task_number, tasks_open,
                       tasks_total))

struct ProjectStatus {
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<std::string> description = {};
    Slot<Phase> phase = {};
    Slot<std::int64_t> position = {}; // from 0
    Slot<bool> is_default = {};       // of its phase
    Slot<bool> is_locked = {};        // can be neither changed nor deleted
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(ProjectStatus, (),
                      (id, name, description, phase, position, is_default, is_locked, version, created, updated))

struct ProjectType {
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<std::string> description = {};
    Slot<std::int64_t> position = {};
    Slot<bool> is_default = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(ProjectType, (), (id, name, description, position, is_default, version, created, updated))

struct Workflow { // of tasks
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<bool> is_default = {};
    Slot<Instant> archived = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(Workflow, (), (id, name, is_default, archived, version, created, updated))

struct WorkflowStatus {
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<Ref> workflow = {};
    Slot<Category> category = {};
    Slot<std::string> color = {};
    Slot<std::int64_t> position = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(WorkflowStatus, (), (id, name, workflow, category, color, position, version, created, updated))

struct Person {
    Slot<std::string> id = {};
    Slot<std::string> guid = {}; // lower case, with dashes; given by the store where nobody gives one
    Slot<std::string> name = {}; // as it is shown
    Slot<std::string> given_name = {};
    Slot<std::string> family_name = {};
    Slot<std::string> email = {};
    Slot<std::string> login = {}; // a user name or initials
    Slot<std::string> title = {}; // of the job
    Slot<std::string> phone = {};
    Slot<Role> role = {};
    Slot<bool> is_active = {};
    Slot<Ref> company = {};
    Slot<std::vector<Ref>> groups = {};    // the first is the one that tools show which know one only
    Slot<std::string> contact_record = {}; // where a tool keeps users and people apart: the id of the person
    Slot<std::string> time_zone = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(Person, (),
                      (id, guid, name, given_name, family_name, email, login, title, phone, role, is_active, company,
                       groups, contact_record, time_zone, version, created, updated))

struct Company {
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<std::string> code = {};
    Slot<bool> is_own = {}; // of those who run the workspace; the others are clients
    Slot<bool> is_active = {};
    Slot<std::string> email = {};
    Slot<std::string> phone = {};
    Slot<std::string> website = {};
    Slot<std::string> address = {};
    Slot<std::string> city = {};
    Slot<std::string> state = {};
    Slot<std::string> postal_code = {};
    Slot<std::string> country = {}; // ISO 3166-1 alpha-2
    Slot<std::string> tax_number = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(Company, (),
                      (id, name, code, is_own, is_active, email, phone, website, address, city, state, postal_code,
                       country, tax_number, version, created, updated))

struct Tag {
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<Ref> group = {};
    Slot<std::string> color = {};
    Slot<std::int64_t> position = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(Tag, (), (id, name, group, color, position, version, created, updated))

struct TagGroup {
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<Access> access = {}; // who sees its tags
    Slot<std::int64_t> position = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(TagGroup, (), (id, name, access, position, version, created, updated))

struct PersonGroup { // a department, a team, a folder of contacts
    Slot<std::string> id = {};
    Slot<std::string> guid = {}; // as a person's
    Slot<std::string> name = {};
    Slot<std::string> description = {};
    Slot<Ref> manager = {};
    Slot<bool> is_of_contacts = {}; // its people have no login
    Slot<bool> is_of_client = {};   // its people work for a client
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(PersonGroup, (),
                      (id, guid, name, description, manager, is_of_contacts, is_of_client, version, created, updated))

// A field that a workspace defined for itself. Its values stand in `custom` of the records, under its key.
struct CustomField {
    Slot<std::string> id = {};
    Slot<std::string> key = {}; // nothing: its id
    Slot<std::string> name = {};
    Slot<std::string> description = {};
    Slot<FieldType> type = {};
    Slot<std::string> applies_to = {}; // the plural of a kind, "projects"; or what a tool has and the model has not
    Slot<bool> is_required = {};
    Slot<std::int64_t> position = {};
    Slot<Instant> archived = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(CustomField, (),
                      (id, key, name, description, type, applies_to, is_required, position, archived, version, created,
                       updated))

struct CustomOption { // one of the values that a field of type choice may have, by its id
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<Ref> field = {};
    Slot<std::string> color = {};
    Slot<std::int64_t> position = {};
    Slot<Instant> archived = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(CustomOption, (), (id, name, field, color, position, archived, version, created, updated))

struct TaskList {
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<Ref> project = {};
    Slot<std::int64_t> position = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(TaskList, (), (id, name, project, position, version, created, updated))

struct Task {
    Slot<std::string> id = {};
    Slot<std::string> name = {};
    Slot<std::string> description = {};
    Slot<Ref> project = {};
    Slot<Ref> list = {};
    Slot<Ref> status = {}; // a workflow status
    Slot<std::int64_t> number = {};
    Slot<bool> is_done = {};
    Slot<std::vector<Ref>> assignees = {};
    Slot<std::vector<Ref>> tags = {};
    Slot<Decimal> budget_hours = {};
    Slot<Date> starts = {};
    Slot<Date> ends = {};
    Slot<std::int64_t> position = {};
    Slot<std::int64_t> version = {};
    Slot<Instant> created = {};
    Slot<Instant> updated = {};
    Slot<Ref> creator = {};

    Bag extras = {};
};
BOOST_DESCRIBE_STRUCT(Task, (),
                      (id, name, description, project, list, status, number, is_done, assignees, tags, budget_hours,
                       starts, ends, position, version, created, updated, creator))

// The kinds in the order of Entity.
enum class Kind : unsigned char {
    project,
    project_status,
    project_type,
    workflow,
    workflow_status,
    person,
    company,
    tag,
    task_list,
    task,
    tag_group,
    person_group,
    custom_field,
    custom_option
};
BOOST_DESCRIBE_ENUM(Kind, project, project_status, project_type, workflow, workflow_status, person, company, tag,
                    task_list, task, tag_group, person_group, custom_field, custom_option)

using Entity = std::variant<Project, ProjectStatus, ProjectType, Workflow, WorkflowStatus, Person, Company, Tag,
                            TaskList, Task, TagGroup, PersonGroup, CustomField, CustomOption>;
inline constexpr std::size_t kinds = std::variant_size_v<Entity>;

} // namespace canonical
