#include "backends/sql/sqlite/schema.hpp"

namespace backends::sql::sqlite {

namespace {

// Instants are milliseconds and dates days since 1970, flags 0 or 1, enumerators their numbers, decimals text that
// sorts (see values.hpp). Long texts stand last in a row, so that what stands before them is read without them.
constexpr std::string_view tables = R"(
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('id', 0), ('project_number', 0);

CREATE TABLE companies (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    code TEXT COLLATE NOCASE,
    is_own INTEGER NOT NULL,
    is_active INTEGER NOT NULL,
    email TEXT COLLATE NOCASE,
    phone TEXT COLLATE NOCASE,
    website TEXT COLLATE NOCASE,
    address TEXT COLLATE NOCASE,
    city TEXT COLLATE NOCASE,
    state TEXT COLLATE NOCASE,
    postal_code TEXT COLLATE NOCASE,
    country TEXT COLLATE NOCASE,
    tax_number TEXT COLLATE NOCASE,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    guid TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL COLLATE NOCASE,
    given_name TEXT COLLATE NOCASE,
    family_name TEXT COLLATE NOCASE,
    email TEXT COLLATE NOCASE,
    login TEXT COLLATE NOCASE,
    title TEXT COLLATE NOCASE,
    phone TEXT COLLATE NOCASE,
    role INTEGER NOT NULL,
    is_active INTEGER NOT NULL,
    company INTEGER REFERENCES companies (id) ON DELETE SET NULL,
    contact_record TEXT COLLATE NOCASE,
    time_zone TEXT COLLATE NOCASE,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;

CREATE TABLE project_statuses (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    phase INTEGER NOT NULL CHECK (phase BETWEEN 0 AND 2),
    position INTEGER NOT NULL,
    is_default INTEGER NOT NULL,
    is_locked INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    description TEXT COLLATE NOCASE
) STRICT;

CREATE TABLE project_types (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    position INTEGER NOT NULL,
    is_default INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    description TEXT COLLATE NOCASE
) STRICT;

CREATE TABLE workflows (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    is_default INTEGER NOT NULL,
    archived INTEGER,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;

CREATE TABLE workflow_statuses (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    workflow INTEGER NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
    category INTEGER NOT NULL CHECK (category BETWEEN 0 AND 2),
    color TEXT COLLATE NOCASE,
    position INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;

CREATE TABLE tag_groups (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE
) STRICT;

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    "group" INTEGER REFERENCES tag_groups (id) ON DELETE SET NULL,
    color TEXT COLLATE NOCASE,
    position INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;

-- A default assignee may be nobody in particular (0), so it is no foreign key.
CREATE TABLE projects (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    number TEXT COLLATE NOCASE,
    code TEXT COLLATE NOCASE,
    phase INTEGER NOT NULL CHECK (phase BETWEEN 0 AND 2),
    status INTEGER REFERENCES project_statuses (id),
    type INTEGER REFERENCES project_types (id) ON DELETE SET NULL,
    company INTEGER REFERENCES companies (id),
    workflow INTEGER REFERENCES workflows (id),
    manager INTEGER REFERENCES people (id) ON DELETE SET NULL,
    default_assignee INTEGER,
    starts INTEGER,
    ends INTEGER,
    budget_hours TEXT,
    budget_money TEXT,
    hourly_rate TEXT,
    fixed_price TEXT,
    billable INTEGER,
    flat_billing INTEGER,
    color TEXT COLLATE NOCASE,
    is_private INTEGER NOT NULL,
    is_template INTEGER NOT NULL,
    source INTEGER REFERENCES projects (id) ON DELETE SET NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    creator INTEGER REFERENCES people (id) ON DELETE SET NULL,
    editor INTEGER REFERENCES people (id) ON DELETE SET NULL,
    archived INTEGER,
    closed INTEGER,
    last_task_number INTEGER NOT NULL,
    custom TEXT,
    description TEXT COLLATE NOCASE,
    note TEXT COLLATE NOCASE
) STRICT;

CREATE TABLE project_co_managers (
    owner INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    target INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (owner, target)
) STRICT, WITHOUT ROWID;

-- A company alone can be on a team too: then there is no target.
CREATE TABLE project_team (
    id INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    target INTEGER REFERENCES people (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    company INTEGER REFERENCES companies (id) ON DELETE SET NULL,
    role TEXT,
    role_name TEXT,
    joined INTEGER,
    note TEXT
) STRICT;

CREATE TABLE project_tags (
    owner INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    target INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (owner, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_lists (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    project INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;

CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    project INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    list INTEGER REFERENCES task_lists (id) ON DELETE CASCADE,
    status INTEGER REFERENCES workflow_statuses (id),
    number INTEGER,
    is_done INTEGER NOT NULL,
    budget_hours TEXT,
    starts INTEGER,
    ends INTEGER,
    position INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    creator INTEGER REFERENCES people (id) ON DELETE SET NULL,
    description TEXT COLLATE NOCASE
) STRICT;

CREATE TABLE task_assignees (
    owner INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    target INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (owner, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_tags (
    owner INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    target INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (owner, target)
) STRICT, WITHOUT ROWID;

-- What one dialect says of a record and no column holds; gone when the record goes, whatever made it go.
CREATE TABLE extras (
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    dialect TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id, dialect)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER companies_gone AFTER DELETE ON companies
    BEGIN DELETE FROM extras WHERE kind = 'company' AND id = OLD.id; END;
CREATE TRIGGER people_gone AFTER DELETE ON people
    BEGIN DELETE FROM extras WHERE kind = 'person' AND id = OLD.id; END;
CREATE TRIGGER project_statuses_gone AFTER DELETE ON project_statuses
    BEGIN DELETE FROM extras WHERE kind = 'project_status' AND id = OLD.id; END;
CREATE TRIGGER project_types_gone AFTER DELETE ON project_types
    BEGIN DELETE FROM extras WHERE kind = 'project_type' AND id = OLD.id; END;
CREATE TRIGGER workflows_gone AFTER DELETE ON workflows
    BEGIN DELETE FROM extras WHERE kind = 'workflow' AND id = OLD.id; END;
CREATE TRIGGER workflow_statuses_gone AFTER DELETE ON workflow_statuses
    BEGIN DELETE FROM extras WHERE kind = 'workflow_status' AND id = OLD.id; END;
CREATE TRIGGER tags_gone AFTER DELETE ON tags
    BEGIN DELETE FROM extras WHERE kind = 'tag' AND id = OLD.id; END;
CREATE TRIGGER projects_gone AFTER DELETE ON projects
    BEGIN DELETE FROM extras WHERE kind = 'project' AND id = OLD.id; END;
CREATE TRIGGER task_lists_gone AFTER DELETE ON task_lists
    BEGIN DELETE FROM extras WHERE kind = 'task_list' AND id = OLD.id; END;
CREATE TRIGGER tasks_gone AFTER DELETE ON tasks
    BEGIN DELETE FROM extras WHERE kind = 'task' AND id = OLD.id; END;
)";

// The indexes by which projects are sorted also hold what they are usually filtered by: a page far behind is found in
// the index alone, and only its own rows are read.
constexpr std::string_view indexes = R"(
CREATE INDEX projects_by_id ON projects (id, is_template, phase, status, company, manager, type, workflow);
CREATE INDEX projects_by_name ON projects (name, id, is_template, phase, status, company, manager, type, workflow);
CREATE INDEX projects_by_number ON projects (length(number), number, id, is_template, phase, status, company, manager, type,
    workflow);
CREATE INDEX projects_by_created ON projects (created, id, is_template, phase, status, company, manager, type, workflow);
CREATE INDEX projects_by_updated ON projects (updated, id, is_template, phase, status, company, manager, type, workflow);
CREATE INDEX projects_with_number ON projects (number);
CREATE INDEX projects_as_template ON projects (is_template, name);
CREATE INDEX projects_with_status ON projects (status);
CREATE INDEX projects_of_company ON projects (company, is_template, phase, name);
CREATE INDEX projects_of_manager ON projects (manager, is_template, phase, name);
CREATE INDEX projects_of_type ON projects (type);
CREATE INDEX projects_with_workflow ON projects (workflow);
CREATE INDEX projects_of_default_assignee ON projects (default_assignee) WHERE default_assignee IS NOT NULL;
CREATE INDEX projects_from_source ON projects (source) WHERE source IS NOT NULL;

CREATE INDEX co_managers_by_person ON project_co_managers (target, owner);
CREATE INDEX team_of_project ON project_team (owner, position);
CREATE UNIQUE INDEX team_by_person ON project_team (target, owner) WHERE target IS NOT NULL;
CREATE INDEX team_by_company ON project_team (company) WHERE company IS NOT NULL;
CREATE INDEX project_tags_by_tag ON project_tags (target, owner);

CREATE INDEX people_by_name ON people (name);
CREATE INDEX people_by_email ON people (email);
CREATE INDEX people_of_company ON people (company);
CREATE INDEX companies_by_name ON companies (name);
CREATE INDEX tags_by_name ON tags (name);
CREATE INDEX tags_of_group ON tags ("group");
CREATE INDEX workflow_statuses_of_workflow ON workflow_statuses (workflow, position);

CREATE INDEX task_lists_of_project ON task_lists (project, position);
CREATE INDEX tasks_of_project ON tasks (project, list, position);
CREATE INDEX tasks_left_of_project ON tasks (project, is_done);
CREATE INDEX tasks_of_list ON tasks (list, position);
CREATE INDEX tasks_with_status ON tasks (status);
CREATE INDEX tasks_by_updated ON tasks (updated);
CREATE INDEX task_assignees_by_person ON task_assignees (target, owner);
CREATE INDEX task_tags_by_tag ON task_tags (target, owner);
)";

// Groups of tags and people, fields of a workspace's own, and who follows a project.
constexpr std::string_view groups_and_fields = R"(
ALTER TABLE tag_groups ADD COLUMN access INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tag_groups ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tag_groups ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tag_groups ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tag_groups ADD COLUMN updated INTEGER NOT NULL DEFAULT 0;

CREATE TABLE person_groups (
    id INTEGER PRIMARY KEY,
    guid TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL COLLATE NOCASE,
    manager INTEGER REFERENCES people (id) ON DELETE SET NULL,
    is_of_contacts INTEGER NOT NULL,
    is_of_client INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    description TEXT COLLATE NOCASE
) STRICT;

CREATE TABLE people_groups (
    owner INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    target INTEGER NOT NULL REFERENCES person_groups (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (owner, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE custom_fields (
    id INTEGER PRIMARY KEY,
    key TEXT COLLATE NOCASE,
    name TEXT NOT NULL COLLATE NOCASE,
    type INTEGER NOT NULL,
    applies_to TEXT COLLATE NOCASE,
    is_required INTEGER NOT NULL,
    position INTEGER NOT NULL,
    archived INTEGER,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    description TEXT COLLATE NOCASE
) STRICT;

CREATE TABLE custom_options (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    field INTEGER NOT NULL REFERENCES custom_fields (id) ON DELETE CASCADE,
    color TEXT COLLATE NOCASE,
    position INTEGER NOT NULL,
    archived INTEGER,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;

CREATE TABLE project_followers (
    owner INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    target INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (owner, target)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tag_groups_gone AFTER DELETE ON tag_groups
    BEGIN DELETE FROM extras WHERE kind = 'tag_group' AND id = OLD.id; END;
CREATE TRIGGER person_groups_gone AFTER DELETE ON person_groups
    BEGIN DELETE FROM extras WHERE kind = 'person_group' AND id = OLD.id; END;
CREATE TRIGGER custom_fields_gone AFTER DELETE ON custom_fields
    BEGIN DELETE FROM extras WHERE kind = 'custom_field' AND id = OLD.id; END;
CREATE TRIGGER custom_options_gone AFTER DELETE ON custom_options
    BEGIN DELETE FROM extras WHERE kind = 'custom_option' AND id = OLD.id; END;

CREATE INDEX people_groups_by_group ON people_groups (target, owner);
CREATE INDEX person_groups_of_manager ON person_groups (manager) WHERE manager IS NOT NULL;
CREATE INDEX custom_options_of_field ON custom_options (field, position);
CREATE INDEX project_followers_by_person ON project_followers (target, owner);
)";

// By name first: a page of somebody's open projects is a walk over few of them, however many they are.
constexpr std::string_view projects_of_somebody_by_name = R"(
DROP INDEX projects_of_company;
DROP INDEX projects_of_manager;
CREATE INDEX projects_of_company ON projects (company, name, id, is_template, phase, status);
CREATE INDEX projects_of_manager ON projects (manager, name, id, is_template, phase, status);
)";

constexpr std::string_view steps[] = {tables, indexes, groups_and_fields, projects_of_somebody_by_name};

} // namespace

std::span<std::string_view const> schema() { return steps; }

} // namespace backends::sql::sqlite
