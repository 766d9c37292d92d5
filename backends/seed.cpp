#include "backends/seed.hpp"
#include "backends/sql/problems.hpp"
#include "backends/sql/tables.hpp"
#include "backends/sql/values.hpp"
#include "canonical/nearest.hpp"

#include <algorithm>
#include <boost/describe/enum_from_string.hpp>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <date/date.h>
#include <fstream>
#include <sstream>
#include <yaml-cpp/yaml.h>

namespace backends {

using canonical::Code, canonical::Entity, canonical::Error, canonical::Kind, canonical::Member, canonical::Ref,
    canonical::Slot;

namespace {

// A record stands behind those that it refers to.
constexpr Kind order_of_kinds[] = {Kind::company,      Kind::person_group, Kind::person,          Kind::project_status,
                                   Kind::project_type, Kind::workflow,     Kind::workflow_status, Kind::tag_group,
                                   Kind::tag,          Kind::custom_field, Kind::custom_option,   Kind::project,
                                   Kind::task_list,    Kind::task};
static_assert(std::size(order_of_kinds) == canonical::kinds);

template <class T> std::optional<T> parse_number(std::string_view text) {
    T value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

template <class T> std::optional<T> parse_time(std::string const &text, char const *form) {
    T value{};
    std::istringstream in(text);
    in >> date::parse(form, value);
    if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return {};
    return value;
}

bool is_plain(YAML::Node const &node) { return node.Tag() != "!"; } // not in quotes

// Values of custom fields and extras. A number keeps its form.
std::string json_of(YAML::Node const &node) {
    switch (node.Type()) {
    case YAML::NodeType::Sequence: {
        std::string json = "[";
        for (auto const &item : node) json += (json.size() > 1 ? "," : "") + json_of(item);
        return json + "]";
    }
    case YAML::NodeType::Map: {
        std::string json = "{";
        for (auto const &pair : node)
            json += (json.size() > 1 ? "," : "") + boost::json::serialize(boost::json::string(pair.first.Scalar())) +
                    ":" + json_of(pair.second);
        return json + "}";
    }
    case YAML::NodeType::Scalar: {
        auto const &text = node.Scalar();
        boost::system::error_code error;
        auto const value = is_plain(node) ? boost::json::parse(text, error) : boost::json::value(text);
        bool const literal = !error && !value.is_string() && !value.is_structured() &&
                             !(value.is_double() && !std::isfinite(value.get_double()));
        return literal ? text : boost::json::serialize(boost::json::string(text));
    }
    default:
        return "null";
    }
}

class WorkspaceReader {
public:
    explicit WorkspaceReader(std::string name) : name_(std::move(name)) {}

    canonical::Result<Workspace> read(std::string const &text) {
        try {
            auto const root = YAML::Load(text);
            if (root.IsMap())
                read_root(root);
            else if (!root.IsNull())
                report(root, "a workspace is a mapping of kinds");
        } catch (YAML::Exception const &error) {
            report(error.mark, error.msg);
        }
        if (problems_.any()) return problems_.take();
        std::ranges::stable_sort(workspace_.records, {}, [](Workspace::Record const &record) {
            return std::ranges::find(order_of_kinds, record.create.kind) - std::begin(order_of_kinds);
        });
        put_sources_first();
        return std::move(workspace_);
    }

private:
    void report(YAML::Mark const &mark, std::string const &what) {
        problems_.add({.code = Code::bad_value, .detail = place_of(mark) + ": " + what});
    }
    void report(YAML::Node const &node, std::string const &what) { report(node.Mark(), what); }
    std::string place_of(YAML::Mark const &mark) const {
        return name_ + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1);
    }
    void report_key(YAML::Node const &key, std::vector<std::string_view> const &known) {
        report(key, "unknown key '" + key.Scalar() + "'" + canonical::did_you_mean(key.Scalar(), known));
    }

    void read_root(YAML::Node const &root) {
        std::vector<std::string_view> known{"next_id", "next_number"};
        for (auto const kind : order_of_kinds) known.push_back(sql::table_of(kind));
        for (auto const &pair : root) {
            auto const &key = pair.first.Scalar();
            auto const kind = std::ranges::find(order_of_kinds, key, [](Kind k) { return sql::table_of(k); });
            if (key == "next_id")
                read_number(pair.second, workspace_.next_id);
            else if (key == "next_number")
                read_number(pair.second, workspace_.next_number);
            else if (kind == std::end(order_of_kinds))
                report_key(pair.first, known);
            else if (pair.second.IsNull())
                continue;
            else if (!pair.second.IsSequence())
                report(pair.second, key + " is a list");
            else
                for (auto const &item : pair.second)
                    canonical::with_kind(*kind, [&]<class E>(std::type_identity<E>) { read_record<E>(item); });
        }
    }

    void read_number(YAML::Node const &node, std::optional<std::int64_t> &number) {
        number = node.IsScalar() ? parse_number<std::int64_t>(node.Scalar()) : std::nullopt;
        if (!number || *number < 1) report(node, "a number from 1 is expected");
    }

    template <class E> void read_record(YAML::Node const &node) {
        if (!node.IsMap()) return report(node, "a record is a mapping");
        Workspace::Record record;
        record.place = place_of(node.Mark());
        record.create.verb = canonical::Verb::create;
        record.create.kind = canonical::kind_of<E>;
        E entity;
        std::vector<std::string_view> known{"extras"};
        for (auto const &column : sql::columns<E>)
            if (!sql::is_counted(column.shape)) known.push_back(column.name);
        for (auto const &pair : node) {
            auto const &key = pair.first.Scalar();
            if (std::ranges::find(known, key) == known.end())
                report_key(pair.first, known);
            else if (key == "extras")
                read_extras(pair.second, record.extras);
            else
                read_member(pair.second, entity, key);
        }
        if (entity.id) note_id(*entity.id);
        if constexpr (requires { entity.team; })
            for (auto const &member : *entity.team) note_id(member.id);
        record.create.patch = std::move(entity);
        workspace_.records.push_back(std::move(record));
    }

    void note_id(std::string const &id) {
        workspace_.highest_id = std::max(workspace_.highest_id, sql::parse_id(id).value_or(0));
    }

    template <class E> void read_member(YAML::Node const &node, E &entity, std::string_view key) {
        sql::for_each_member(entity, [&](auto &slot, sql::Column const &column, canonical::MemberId) {
            if (column.name != key) return;
            if (node.IsNull())
                slot = std::nullopt;
            else
                read(node, slot.emplace());
        });
    }

    // One overload for each type of member.
    bool expect_scalar(YAML::Node const &node, std::string_view what) {
        if (!node.IsScalar()) report(node, std::string(what) + " is expected");
        return node.IsScalar();
    }
    template <class T> void take(YAML::Node const &node, T &to, std::optional<T> const &value) {
        if (value)
            to = *value;
        else
            report(node, "'" + node.Scalar() + "' is not what is expected here");
    }
    void read(YAML::Node const &node, std::string &text) {
        if (expect_scalar(node, "a text")) text = node.Scalar();
    }
    void read(YAML::Node const &node, std::int64_t &number) {
        if (expect_scalar(node, "a number")) take(node, number, parse_number<std::int64_t>(node.Scalar()));
    }
    void read(YAML::Node const &node, bool &flag) {
        if (!expect_scalar(node, "true or false")) return;
        if (node.Scalar() != "true" && node.Scalar() != "false") return report(node, "true or false is expected");
        flag = node.Scalar() == "true";
    }
    void read(YAML::Node const &node, canonical::Instant &instant) {
        if (!expect_scalar(node, "an instant")) return;
        auto const form = node.Scalar().ends_with('Z') ? "%FT%TZ" : "%FT%T%Ez";
        take(node, instant, parse_time<canonical::Instant>(node.Scalar(), form));
    }
    void read(YAML::Node const &node, canonical::Date &day) {
        if (expect_scalar(node, "a date")) take(node, day, parse_time<canonical::Date>(node.Scalar(), "%F"));
    }
    void read(YAML::Node const &node, canonical::Decimal &decimal) {
        if (expect_scalar(node, "a number")) take(node, decimal, canonical::Decimal::parse(node.Scalar()));
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void read(YAML::Node const &node, Enum &word) {
        if (!expect_scalar(node, "a word")) return;
        if (boost::describe::enum_from_string(node.Scalar().c_str(), word)) return;
        std::vector<std::string_view> known;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto d) { known.push_back(d.name); });
        report(node, "unknown word '" + node.Scalar() + "'" + canonical::did_you_mean(node.Scalar(), known));
    }
    void read(YAML::Node const &node, Ref &ref) {
        if (node.IsScalar())
            (node.Scalar().find('@') == std::string::npos ? ref.id : ref.email) = node.Scalar();
        else
            for_each_key(node, {"id", "name", "email"}, [&](std::string_view key, YAML::Node const &value) {
                read(value, key == "id" ? ref.id : key == "name" ? ref.name : ref.email);
            });
    }
    void read(YAML::Node const &node, Member &member) {
        if (node.IsScalar()) return read(node, member.person);
        auto const keys = {"id", "person", "company", "role", "note", "joined"};
        for_each_key(node, {keys.begin(), keys.end()}, [&](std::string_view key, YAML::Node const &value) {
            if (key == "id")
                read(value, member.id);
            else if (key == "person")
                read(value, member.person);
            else if (key == "company")
                read(value, member.company);
            else if (key == "role")
                read(value, member.role);
            else if (key == "note")
                read(value, member.note);
            else
                read(value, member.joined.emplace());
        });
    }
    void read(YAML::Node const &node, canonical::CustomValue &) { report(node, "a mapping is expected"); }
    void read(YAML::Node const &node, std::vector<canonical::CustomValue> &values) {
        if (!node.IsMap()) return report(node, "a mapping is expected");
        for (auto const &pair : node) values.push_back({pair.first.Scalar(), json_of(pair.second)});
    }
    template <class T> void read(YAML::Node const &node, std::vector<T> &list) {
        if (!node.IsSequence()) return report(node, "a list is expected");
        for (auto const &item : node) read(item, list.emplace_back());
    }

    void for_each_key(YAML::Node const &node, std::vector<std::string_view> const &known, auto const &f) {
        if (!node.IsMap()) return report(node, "a mapping is expected");
        for (auto const &pair : node) {
            if (std::ranges::find(known, pair.first.Scalar()) == known.end())
                report_key(pair.first, known);
            else if (!pair.second.IsNull())
                f(pair.first.Scalar(), pair.second);
        }
    }

    // dialect → kept: name → value; loose: place → key → value
    void read_extras(YAML::Node const &node, std::vector<std::pair<std::string, canonical::Bag>> &extras) {
        if (!node.IsMap()) return report(node, "extras are a mapping of dialects");
        for (auto const &dialect : node) {
            auto &bag = extras.emplace_back(dialect.first.Scalar(), canonical::Bag{}).second;
            for_each_key(dialect.second, {"kept", "loose"}, [&](std::string_view key, YAML::Node const &value) {
                if (!value.IsMap()) return report(value, "a mapping is expected");
                for (auto const &pair : value) {
                    if (key == "kept")
                        add_extra(bag.kept, {}, pair.first, pair.second);
                    else if (!pair.second.IsMap())
                        report(pair.second, "a mapping is expected");
                    else
                        for (auto const &inner : pair.second)
                            add_extra(bag.loose, pair.first.Scalar(), inner.first, inner.second);
                }
            });
        }
    }
    static void add_extra(canonical::Extras &extras, std::string const &place, YAML::Node const &key,
                          YAML::Node const &value) {
        auto const json = json_of(value);
        extras.add({place, key.Scalar(), json});
    }

    // A project stands behind the one that it was copied from. Those that were copied from each other stay as they are:
    // the store will not find the first one's source.
    void put_sources_first() {
        auto &records = workspace_.records;
        auto const first = std::ranges::find(records, Kind::project, [](auto const &r) { return r.create.kind; });
        auto const last =
            std::find_if(first, records.end(), [](auto const &r) { return r.create.kind != Kind::project; });
        auto const project = [](Workspace::Record const &record) -> canonical::Project const & {
            return std::get<canonical::Project>(record.create.patch);
        };
        auto sorted = first;
        while (sorted != last) {
            auto const waits = [&](Workspace::Record const &record) {
                auto const &source = project(record).source;
                return source && std::any_of(sorted, last, [&](Workspace::Record const &other) {
                           return &other != &record && (source->id.empty() ? *project(other).name == source->name
                                                                           : *project(other).id == source->id);
                       });
            };
            auto const next = std::find_if_not(sorted, last, waits);
            if (next == last) return;
            std::rotate(sorted, next, next + 1);
            ++sorted;
        }
    }

    std::string name_;
    Workspace workspace_;
    sql::Problems problems_;
};

} // namespace

canonical::Result<Workspace> read_workspace(std::filesystem::path const &file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (!in.is_open() || in.bad() || std::filesystem::is_directory(file))
        return Error{.code = Code::unavailable, .detail = file.string() + ": cannot be read"};
    return parse_workspace(text, file.string());
}

canonical::Result<Workspace> parse_workspace(std::string const &text, std::string const &name) {
    return WorkspaceReader(name).read(text);
}

} // namespace backends
