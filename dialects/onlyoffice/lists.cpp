#include "dialects/onlyoffice/lists.hpp"

#include "dialects/engine/filters.hpp"
#include "dialects/onlyoffice/projects.hpp"

#include <charconv>

namespace dialects::onlyoffice {

using canonical::Filter, canonical::Operator;

namespace {

constexpr std::int64_t largest_page = 1000;

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        auto const comma = std::min(text.find(','), text.size());
        if (comma > 0) parts.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

// All values of a name and of its array spellings: a=1,2 and a[]=1&a[]=2.
std::vector<std::string> values(Call const &call, std::string_view name) {
    std::vector<std::string> all;
    for (auto const &pair : call.target.query) {
        auto const bracket = std::min(pair.name.find('['), pair.name.size());
        if (!wire::same_letters(std::string_view(pair.name).substr(0, bracket), name)) continue;
        for (auto &value : split(pair.value)) all.push_back(std::move(value));
    }
    return all;
}

std::int64_t number(Call const &call, std::string_view name, std::int64_t otherwise) {
    auto const *text = call.target.find_any_case(name);
    std::int64_t n = 0;
    if (!text) return otherwise;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), n);
    return error == std::errc{} && end == text->data() + text->size() && n >= 0 ? n : otherwise;
}

struct FilterWord {
    std::string_view word;
    Operator op;
};
constexpr FilterWord filter_words[]{{"contains", Operator::contains},
                                    {"present", Operator::contains},
                                    {"startsWith", Operator::starts_with},
                                    {"endsWith", Operator::ends_with},
                                    {"equals", Operator::equal}};

Operator operator_of(std::string const *word) {
    if (word)
        for (auto const &row : filter_words)
            if (wire::same_letters(row.word, *word)) return row.op;
    return Operator::equal;
}

// Any of the fields with any of the values. What nobody knows is passed over, as the real service does it.
Filter read_filter(Call const &call, TableSet const &tables, Context const &context, canonical::Kind kind) {
    auto const fields = values(call, "filterBy"), wanted = values(call, "filterValue");
    auto const op = operator_of(call.target.find_any_case("filterOp"));
    Filter any{.op = Operator::any};
    for (auto const &field : fields) {
        auto const asked = find_asked(tables, kind, field);
        if (!asked) continue;
        for (auto const &value : wanted)
            if (auto one = condition(*asked, op, {&value, 1}, context)) any.children.push_back(std::move(*one));
    }
    if (any.children.empty()) return {};
    return any;
}

bool cares_for_letters(Call const &call) {
    auto const *const word = call.target.find_any_case("filterOp");
    bool const filters = call.operation->name != "project.filter" && !values(call, "filterBy").empty();
    return filters && word && wire::same_letters(*word, "present");
}

canonical::Page page_of(Call const &call) {
    return {.offset = number(call, "startIndex", 0),
            .limit = std::min(number(call, "count", largest_page), largest_page),
            .count = true};
}

// A text, or the name of a reference; nothing for anything else.
template <class E> std::optional<std::string_view> text_of(E const &e, canonical::Field field) {
    std::optional<std::string_view> text;
    unsigned char index = 0;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) {
        auto const &slot = e.*d.pointer;
        using Slot = std::remove_cvref_t<decltype(slot)>;
        if (index++ != field.member.index) return;
        if constexpr (std::is_same_v<Slot, canonical::Slot<std::string>>)
            text = *slot;
        else if constexpr (std::is_same_v<Slot, canonical::Slot<canonical::Ref>>)
            if (field.part == canonical::Part::name) text = slot->name;
    });
    return text;
}

template <class E> void keep_present(std::vector<E> &records, Call const &call, TableSet const &tables) {
    std::vector<canonical::Field> fields;
    for (auto const &name : values(call, "filterBy"))
        if (auto const asked = find_asked(tables, canonical::kind_of<E>, name)) fields.push_back(asked->field);
    auto const wanted = values(call, "filterValue");
    if (fields.empty() || wanted.empty()) return;
    std::erase_if(records, [&](E const &record) {
        return std::ranges::none_of(fields, [&](canonical::Field field) {
            auto const text = text_of(record, field);
            auto const has = [&](std::string const &value) { return text->find(value) != std::string_view::npos; };
            return !text || std::ranges::any_of(wanted, has);
        });
    });
}

template <auto Member>
void require(Call const &call, std::string_view name, canonical::Part part, canonical::Query &query) {
    auto const *text = call.target.find_any_case(name);
    auto const value = plain_guid(text ? *text : std::string());
    if (value.empty()) return;
    query.filter.require(
        {.op = Operator::equal, .field = {canonical::member<Member>(), part}, .values = {canonical::Value(value)}});
}

} // namespace

Result<void> read_project_filter(Call const &call, Wanted &wanted) {
    using canonical::Part;
    auto &query = wanted.request.query;
    // The other parameters of lists mean nothing here.
    std::erase_if(query.filter.children, [](Filter const &each) { return each.op == Operator::any; });
    if (auto const *text = call.target.find_any_case("filterValue"); text && !text->empty()) {
        Filter any{.op = Operator::any};
        for (auto const member : {canonical::member<&Project::name>(), canonical::member<&Project::description>()})
            any.children.push_back({.op = Operator::contains, .field = {member}, .values = {*text}});
        query.filter.require(std::move(any));
    }
    if (auto const *word = call.target.find_any_case("status"); word && !word->empty()) {
        Phase phase{};
        static Context const none;
        if (!Status::read(boost::json::value(boost::json::string(*word)), phase, none))
            return Error{.code = Code::not_in_list, .field = "status", .detail = *word};
        query.filter.require(
            {.op = Operator::equal, .field = {canonical::member<&Project::phase>()}, .values = {phase}});
    }
    if (auto const *tag = call.target.find_any_case("tag"); tag && *tag == "-1")
        query.filter.require(
            {.op = Operator::equal, .field = {canonical::member<&Project::tags>()}, .values = {nullptr}});
    else
        require<&Project::tags>(call, "tag", Part::id, query);
    require<&Project::team>(call, "participant", Part::id, query);
    require<&Project::manager>(call, "manager", Part::id, query);
    if (auto const *follow = call.target.find_any_case("follow"); follow && wire::same_letters(*follow, "true"))
        query.filter.require({.op = Operator::equal,
                              .field = {canonical::member<&Project::followers>(), Part::email},
                              .values = {call.caller->person}});
    auto const *by = call.target.find_any_case("sortBy");
    auto const *order = call.target.find_any_case("sortOrder");
    bool const descending = order && *order == "descending";
    bool const by_title = by && wire::same_letters(*by, "title");
    query.sort = {{.field = {canonical::member<&Project::phase>()}},
                  {.field = {by_title ? canonical::member<&Project::name>() : canonical::member<&Project::created>()},
                   .descending = descending}};
    return {};
}

void keep_present(Call const &call, TableSet const &tables, Wanted &wanted, canonical::Reply &reply) {
    if (!cares_for_letters(call)) return;
    auto const page = wanted.request.query.page = page_of(call);
    auto const cut = [&](auto &records) {
        keep_present(records, call, tables);
        reply.total = std::int64_t(records.size());
        auto const from = std::min(page.offset, reply.total), to = std::min(from + page.limit, reply.total);
        records.erase(records.begin() + to, records.end());
        records.erase(records.begin(), records.begin() + from);
    };
    if (wanted.request.kind == canonical::Kind::project)
        cut(reply.records.of<Project>());
    else
        cut(reply.records.of<Person>());
}

bool wants_compact(Call const &call) { return call.target.find_any_case("simple") != nullptr; }

Result<void> read_list_query(Call const &call, TableSet const &tables, Context const &context, Wanted &wanted) {
    auto &query = wanted.request.query;
    auto const kind = wanted.request.kind;
    if (!cares_for_letters(call)) query.page = page_of(call);
    auto const *order = call.target.find_any_case("sortOrder");
    for (auto const &field : values(call, "sortBy"))
        if (auto const asked = find_asked(tables, kind, field))
            query.sort.push_back({.field = asked->field, .descending = order && *order == "descending"});
    if (auto filter = read_filter(call, tables, context, kind); !filter.empty())
        query.filter.require(std::move(filter));
    if (auto const *since = call.target.find_any_case("updatedSince"); since && !since->empty()) {
        auto const asked = find_asked(tables, kind, "updated");
        auto later = asked ? condition(*asked, Operator::greater, {since, 1}, context) : Result<Filter>(Filter{});
        if (!later) return Error{.code = Code::malformed, .detail = "invalid date time format: " + *since};
        query.filter.require(std::move(*later));
    }
    if (auto fields = values(call, "fields"); !fields.empty()) wanted.selection.only = std::move(fields);
    return {};
}

} // namespace dialects::onlyoffice
