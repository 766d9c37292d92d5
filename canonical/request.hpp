#pragma once
// One question and one answer for all kinds and all verbs. A new operation is an enumerator, not a new signature.
#include "canonical/error.hpp"
#include "canonical/query.hpp"

#include <map>
#include <optional>
#include <span>
#include <tuple>

namespace canonical {

enum class Verb : unsigned char { get, list, create, update, remove, copy, change_workflow, map_to_workflow };
BOOST_DESCRIBE_ENUM(Verb, get, list, create, update, remove, copy, change_workflow, map_to_workflow)

constexpr bool writes(Verb verb) { return verb != Verb::get && verb != Verb::list; }
inline std::string_view name_of(Verb verb) { return boost::describe::enum_to_string(verb, ""); }

// What goes along when a project is copied. What a flag stands on is taken for granted: no lists, no tasks.
struct CopyParts {
    bool team = false;
    bool task_lists = false;
    bool open_tasks = false;
    bool closed_tasks = false;
    bool assignees = false; // with the team
    bool task_tags = false;
    bool task_descriptions = false;
    bool task_dates = false;
    bool estimates = false;
    bool custom_values = false;
    bool as_template = false; // what comes out is a template
};

// change_workflow: status of the current workflow → status of the new one. map_to_workflow: task list → status.
struct WorkflowMap {
    std::string workflow = {}; // empty: the project's own
    bool given = false;        // whether there was a map at all
    std::map<std::string, std::string> map = {};
};

// Members of a list come and go, the rest of it stays.
struct ListChange {
    MemberId member;
    std::vector<Ref> add = {}, remove = {};
};

// What becomes of that for which the service behind has no room: it is kept beside it, or the request is refused before
// anybody is asked, or it goes and is only told.
enum class OnLoss : unsigned char { keep, refuse, report };
BOOST_DESCRIBE_ENUM(OnLoss, keep, refuse, report)

// A member of a patch that the service behind does not hold as it was said.
struct Loss {
    std::string member;    // as the model calls it, or a name in the bag
    std::string_view what; // "kept", "approximated": what became of it
    std::string reason;
};

struct Request {
    Verb verb = Verb::get;
    Kind kind = Kind::project;
    std::string id = {};                  // of the record; for copy, of the source
    Entity patch = {};                    // of that kind: create, update, copy. Its own id is honoured by create alone
    std::vector<ListChange> changes = {}; // update: beside the patch
    // update: single custom values beside the patch, as settle_custom() in rules.hpp takes them.
    std::vector<CustomValue> custom = {};
    Query query = {}; // list; for the others, what is wanted of the answer: related, counters
    std::variant<std::monostate, CopyParts, WorkflowMap> arguments = {};
    std::string_view dialect = {};               // whose extras are meant
    Ref actor = {};                              // who asks: becomes creator and editor
    Instant now = {};                            // becomes created and updated
    std::optional<Instant> unchanged_since = {}; // compared in whole seconds
    std::optional<std::int64_t> unchanged_version = {};
    OnLoss on_loss = OnLoss::keep;
    // Of the caller, to be shown to the service behind in place of our own; nothing: ours.
    std::span<std::pair<std::string, std::string> const> credential = {};

    template <class E> E &of() { return std::get<E>(patch); }
};

// Some of every kind.
class Records {
public:
    template <class E> std::vector<E> &of() { return std::get<std::vector<E>>(lists_); }
    template <class E> std::vector<E> const &of() const { return std::get<std::vector<E>>(lists_); }
    // The one with that id, or nothing.
    template <class E> E const *find(std::string_view id) const {
        for (auto const &record : of<E>())
            if (*record.id == id) return &record;
        return nullptr;
    }
    // Calls f(list) for the list of every kind.
    template <class F> void for_each_list(F &&f) {
        std::apply([&](auto &...list) { (f(list), ...); }, lists_);
    }

private:
    template <class... E> static std::tuple<std::vector<E>...> lists_of(std::variant<E...> const &);
    decltype(lists_of(std::declval<Entity>())) lists_;
};

struct Reply {
    Records records;               // of the kind that was asked for: one, or those of the page; none for remove
    Records related;               // as the query wanted
    std::int64_t total = -1;       // as the page wanted; -1: not counted
    std::vector<Loss> losses = {}; // of a write

    // What of the query the backend left to be done.
    bool filter_open = false, sort_open = false, page_open = false;

    template <class E> E const &one() const { return records.of<E>().front(); }
};

} // namespace canonical
