#include "dialects/productive/documents.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/productive/answers.hpp"
#include "dialects/productive/include.hpp"
#include "dialects/productive/pages.hpp"
#include "dialects/productive/requests.hpp"

#include <set>

namespace dialects::productive {

using canonical::Kind, canonical::Verb;

namespace {

constexpr std::string_view copy_paths[]{"id",
                                        "type",
                                        "attributes/name",
                                        "attributes/number",
                                        "attributes/preferences",
                                        "attributes/project_number",
                                        "attributes/project_color_id",
                                        "relationships/organization",
                                        "relationships/company"};

// How resources of one type are shown.
struct Look {
    std::optional<std::vector<std::string>> paths = {};
    std::vector<std::string_view> only = {};
};

class DocumentWriter {
public:
    DocumentWriter(Call const &call, Wanted const &wanted, canonical::Reply const &reply)
        : call_(call), wanted_(wanted), reply_(reply), included_(wanted.selection, wanted.request.kind) {}

    void write(Text &text) {
        canonical::with_kind(wanted_.request.kind, [&]<class E>(std::type_identity<E>) {
            text.put('{');
            text.key("data");
            bool const is_list = wanted_.request.verb == Verb::list;
            if (is_list) text.put('[');
            for (auto const &record : reply_.records.of<E>()) {
                seen_.emplace(canonical::kind_of<E>, *record.id);
                if (is_list) text.next();
                resource(record, text);
            }
            if (is_list) text.put(']');
            if (!wanted_.selection.included.empty()) included<E>(text);
            if (is_list) {
                auto const &records = reply_.records.of<E>();
                Listed const listed{.total = reply_.total,
                                    .shown = std::int64_t(records.size()),
                                    .last_id = records.empty() ? std::string_view() : *records.back().id};
                write_links(call_, listed, text);
                write_figures(call_, listed, text);
            } else {
                text.raw(R"(,"meta":{})");
            }
            text.put('}');
        });
    }

private:
    template <class E> void resource(E const &e, Text &text) {
        if (auto const *table = tables.of<E>()) shown_as(*table, type_of(canonical::kind_of<E>), e, text);
    }

    template <class E> void shown_as(Table<E> const &table, std::string_view type, E const &e, Text &text) {
        View view{.included = included_.of(canonical::kind_of<E>), .extras = false};
        auto const &look = look_of(table, type);
        if (look.paths) view.only = look.only;
        if (wanted_.request.verb == Verb::copy && type == "projects") view.only = copy_paths;
        dialects::write(table, view, e, text);
    }

    // Sparse fields count on lists alone.
    template <class E> Look const &look_of(Table<E> const &table, std::string_view type) {
        auto const [at, fresh] = looks_.try_emplace(type);
        auto &look = at->second;
        if (fresh && wanted_.request.verb == Verb::list) {
            look.paths = wanted_paths(call_, type, table);
            if (look.paths) look.only.assign(look.paths->begin(), look.paths->end());
        }
        return look;
    }

    template <class E> void included(Text &text) {
        text.key("included");
        text.put('[');
        for (auto const &record : reply_.records.of<E>()) follow(record, text);
        if (included_.organization()) {
            text.next();
            shown_as(organization_table, "organizations", own_company(), text);
        }
        text.put(']');
    }

    // Writes what an included relation of that record leads to, and so on from there; nothing twice.
    template <class E> void follow(E const &e, Text &text) {
        for (auto const name : included_.of(canonical::kind_of<E>)) {
            auto const *key = find_relation(relation_keys(), canonical::kind_of<E>, name);
            if (!key) continue;
            canonical::with_kind(key->target, [&]<class T>(std::type_identity<T>) {
                for (auto const &record : reply_.related.of<T>()) {
                    bool const belongs =
                        key->many ? referred(record, *key->via) == *e.id : *record.id == referred(e, *key->via);
                    if (!belongs || !seen_.emplace(canonical::kind_of<T>, *record.id).second) continue;
                    text.next();
                    resource(record, text);
                    follow(record, text);
                }
            });
        }
    }

    Company own_company() const {
        for (auto const &company : reply_.related.of<Company>())
            if (company.is_own && *company.is_own) return company;
        return {};
    }

    Call const &call_;
    Wanted const &wanted_;
    canonical::Reply const &reply_;
    Included included_;
    std::map<std::string_view, Look> looks_;
    std::set<std::pair<Kind, std::string_view>> seen_;
};

} // namespace

std::optional<canonical::Request> organization_question(Wanted const &wanted) {
    if (!Included(wanted.selection, wanted.request.kind).organization()) return {};
    return one_where<&Company::is_own>(true);
}

void add_organization(canonical::Reply &&answer, canonical::Reply &reply) {
    for (auto &company : answer.records.of<Company>())
        if (!reply.related.find<Company>(*company.id)) reply.related.of<Company>().push_back(std::move(company));
}

wire::Response answer(Call const &call, Wanted const &wanted, canonical::Reply &reply) {
    auto const verb = wanted.request.verb;
    if (verb == Verb::remove) return no_content(call);
    auto surroundings = context_of(call);
    surroundings.related = &reply.related;
    std::string body;
    {
        Text text(body, surroundings);
        DocumentWriter(call, wanted, reply).write(text);
    }
    bool const is_new = verb == Verb::create || verb == Verb::copy;
    return respond(call, is_new ? 201 : 200, std::move(body));
}

} // namespace dialects::productive
