#include "dialects/productive/validation.hpp"

#include "dialects/productive/tables.hpp"

#include <algorithm>

namespace dialects::productive {

using canonical::Kind, canonical::Verb;

namespace {

struct Situation {
    Project const &patch;
    Project const &current;
    bool is_new; // what is not said is missing
};

template <auto M> bool is_missing(Situation const &s) {
    auto const &slot = s.patch.*M;
    if (slot.absent()) return s.is_new;
    if constexpr (requires { slot->id; })
        return !slot || slot->id.empty();
    else
        return !slot || slot->find_first_not_of(" \t\r\n") == slot->npos;
}

bool has_no_workflow(Situation const &s) { return is_missing<&Project::workflow>(s); }
bool has_no_name(Situation const &s) { return is_missing<&Project::name>(s); }
bool has_no_template(Situation const &s) { return is_missing<&Project::source>(s); }
bool has_no_manager(Situation const &s) { return is_missing<&Project::manager>(s); }
bool has_no_type(Situation const &s) { return is_missing<&Project::type>(s); }
bool has_strange_type(Situation const &s) {
    return has_no_type(s) || (s.patch.type && s.patch.type->id != "1" && s.patch.type->id != "2");
}
// Projects for clients have one.
bool lacks_client(Situation const &s) {
    auto const &type = s.patch.type.absent() ? s.current.type : s.patch.type;
    auto const &company = s.patch.company.absent() ? s.current.company : s.patch.company;
    bool const spoken_of = !s.patch.type.absent() || !s.patch.company.absent();
    return spoken_of && type && type->id == "2" && (!company || company->id.empty());
}

struct Verbs {
    bool create, update, copy;
    bool has(Verb verb) const {
        return (verb == Verb::create && create) || (verb == Verb::update && update) || (verb == Verb::copy && copy);
    }
};
constexpr Verbs changes{true, true, false}, copies{false, false, true}, all_of_them{true, true, true};

// In the order in which the service tells them.
struct Check {
    Verbs verbs;
    std::string_view attribute;
    bool (*fails)(Situation const &);
    Code code;
};
constexpr Check checks[]{
    {changes, "workflow", has_no_workflow, Code::unknown_reference},
    {all_of_them, "name", has_no_name, Code::blank},
    {copies, "template", has_no_template, Code::blank},
    {changes, "company", lacks_client, Code::blank},
    {changes, "project_manager", has_no_manager, Code::blank},
    {all_of_them, "project_type_id", has_no_type, Code::blank},
    {all_of_them, "project_type_id", has_strange_type, Code::not_in_list},
};

constexpr std::string_view reference_names[]{"company", "project_manager", "workflow", "template"};

bool is_reference(std::string_view attribute) {
    return std::ranges::find(reference_names, attribute) != std::end(reference_names);
}

// Text that says nothing refers to nothing.
void empty_means_none(Project &patch) {
    for (auto *slot : {&patch.type, &patch.company, &patch.manager, &patch.workflow, &patch.source})
        if (*slot && (*slot)->id.empty()) *slot = std::nullopt;
}

} // namespace

std::string attribute_of(std::string_view path) {
    auto const name = path.substr(path.rfind('/') + 1);
    if (!name.ends_with("_id")) return std::string(name);
    auto const stem = name.substr(0, name.size() - 3);
    return std::string(is_reference(stem) ? stem : name);
}

Result<Sent> read_project(json::value const &body, Verb verb, Context const &context) {
    if (body.is_null() && verb != Verb::update) return Error{.code = Code::malformed, .detail = "There is no body"};
    Result<Sent> sent(boost::system::in_place_value);
    if (body.is_null()) return sent;
    auto const done =
        read_into(sent->patch, verb == Verb::copy ? copy_table : project_table, Face::sent, body, context);
    if (!done) {
        sent->unreadable = done.error().more;
        sent->unreadable.insert(sent->unreadable.begin(), done.error());
        sent->unreadable.front().more.clear();
    }
    for (auto &error : sent->unreadable) {
        error.field = attribute_of(error.field);
        if (is_reference(error.field)) error.code = Code::unknown_reference;
    }
    sent->patch.id.clear(); // the path and the store say which
    empty_means_none(sent->patch);
    return sent;
}

void leave_out_what_is_archived(Sent &sent) {
    Project kept;
    kept.name = std::move(sent.patch.name);
    kept.manager = std::move(sent.patch.manager);
    sent.patch = std::move(kept);
    std::erase_if(sent.unreadable,
                  [](Error const &error) { return error.field != "name" && error.field != "project_manager"; });
}

std::optional<Error> check(Sent const &sent, Verb verb, Project const &current) {
    std::vector<Error> problems;
    auto const is_unreadable = [&](std::string_view attribute) {
        return std::ranges::find(sent.unreadable, attribute, &Error::field) != sent.unreadable.end();
    };
    Situation const situation{.patch = sent.patch, .current = current, .is_new = verb != Verb::update};
    for (auto const &check : checks)
        if (check.verbs.has(verb) && !is_unreadable(check.attribute) && check.fails(situation))
            problems.push_back({.code = check.code, .field = std::string(check.attribute)});
    problems.insert(problems.end(), sent.unreadable.begin(), sent.unreadable.end());
    if (problems.empty()) return {};
    Error first = std::move(problems.front());
    first.more.assign(std::make_move_iterator(problems.begin() + 1), std::make_move_iterator(problems.end()));
    return first;
}

bool says_nothing(Project const &patch) {
    bool silent = patch.extras.empty();
    boost::mp11::mp_for_each<canonical::Members<Project>>(
        [&](auto d) { silent = silent && (patch.*d.pointer).absent(); });
    return silent;
}

std::vector<Reference> references_of(Project const &patch) {
    std::vector<Reference> all;
    auto const add = [&](canonical::Slot<Ref> const &slot, Kind kind, std::string_view attribute) {
        if (!slot) return;
        canonical::Request question{.verb = Verb::get, .kind = kind};
        question.id = slot->id;
        all.push_back({.attribute = attribute, .question = std::move(question)});
    };
    add(patch.workflow, Kind::workflow, "workflow");
    add(patch.company, Kind::company, "company");
    add(patch.manager, Kind::person, "project_manager");
    return all;
}

} // namespace dialects::productive
