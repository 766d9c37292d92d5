#include "dialects/productive/identity.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/productive/answers.hpp"
#include "dialects/productive/include.hpp"
#include "dialects/productive/pages.hpp"
#include "dialects/productive/requests.hpp"

#include <algorithm>

namespace dialects::productive {

using canonical::Reply;

namespace {

// A relation to the person that stands for the record itself.
template <Literal Type> constexpr Field<Person> self_row(Path wire) {
    return {
        .wire = wire,
        .face = Face::shown,
        .blank = blank::not_included,
        .read = [](Field<Person> const &, json::value const &, Person &, Packer &, Context const &) { return true; },
        .write =
            [](Field<Person> const &self, Person const &person, Writer &to) {
                auto &out = to.at(self.wire);
                if (to.view.includes(self.wire.name()))
                    codec::relation<Type>::write({.id = *person.id}, out);
                else
                    out.raw(self.blank);
            },
        .fidelity = Fidelity::emulated};
}

constexpr Field<Person> caller_organization_row(Path wire) {
    auto row = self_row<"organizations">(wire);
    row.write = [](Field<Person> const &self, Person const &, Writer &to) {
        auto &out = to.at(self.wire);
        if (to.view.includes(self.wire.name()))
            write_organization(out);
        else
            out.raw(self.blank);
    };
    return row;
}

void write_default_organization(Person const &, Text &out) { codec::id::write(out.context.organization, out); }

constexpr Field<Person> membership_rows[]{
    shown<&Person::id, codec::text_id>("id"),
    fixed<Person>("type", Face::shown, R"("organization_memberships")"),
    shown<&Person::updated, Time>("attributes/updated_at"),
    fixed<Person>("attributes/position", Face::shown, blank::null),
    fixed<Person>("attributes/tasks_layout_id", Face::shown, blank::null),
    fixed<Person>("attributes/granular_notification_preferences", Face::shown, blank::map),
    caller_organization_row("relationships/organization"),
    self_row<"people">("relationships/person"),
    self_row<"users">("relationships/user"),
};
constexpr Table<Person> membership_table{.dialect = "productive", .rows = membership_rows};
static_assert(well_formed(membership_table));

constexpr Field<Person> user_rows[]{
    shown<&Person::id, codec::text_id>("id"),
    fixed<Person>("type", Face::shown, R"("users")"),
    shown<&Person::email, codec::easy_text>("attributes/email"),
    detail::name_row<given_name, &Person::given_name>("attributes/first_name"),
    detail::name_row<family_name, &Person::family_name>("attributes/last_name"),
    kept<Person>("attributes/avatar_url", Face::shown, blank::null),
    computed<write_default_organization, Person>("attributes/default_organization_id"),
    shown<&Person::time_zone, codec::easy_text>("attributes/time_zone"),
    fixed<Person>("attributes/preferences", Face::shown, blank::map),
    kept<Person>("attributes/two_factor_auth", Face::shown, blank::no),
    shown<&Person::updated, Time>("attributes/updated_at"),
};
constexpr Table<Person> user_table{.dialect = "productive", .rows = user_rows};
static_assert(well_formed(user_table));

std::vector<std::string_view> included_names(Call const &call) {
    auto const *const include = call.target.find("include");
    return include ? wire::list_items(*include) : std::vector<std::string_view>();
}
bool has(std::vector<std::string_view> const &names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

class DocumentWriter {
public:
    DocumentWriter(Call const &call, Text &text) : call_(call), text_(text) { text_.put('{'); }

    // `included`: the relations to show.
    template <class E>
    void data(Table<E> const &table, std::vector<E> const &records, std::vector<std::string_view> const &included) {
        auto const type = call_.operation->path.substr(0, call_.operation->path.find('/'));
        text_.key("data");
        if (!is_one()) text_.put('[');
        for (auto const &record : records) add(table, type, record, included);
        if (!is_one()) text_.put(']');
        total_ = std::int64_t(records.size());
    }
    template <class E>
    void add(Table<E> const &table, std::string_view type, E const &record,
             std::vector<std::string_view> const &included = {}) {
        if (included_begun_ || !is_one()) text_.next();
        write_resource(call_, type, table, record, included, text_);
    }
    void begin_included() {
        text_.key("included");
        text_.put('[');
        included_begun_ = true;
    }
    void close() {
        if (is_one()) return text_.raw(R"(,"meta":{}})");
        Listed const listed{.total = total_, .shown = total_};
        write_links(call_, listed, text_);
        write_figures(call_, listed, text_);
        text_.put('}');
    }

private:
    bool is_one() const { return !call_.id.empty(); }

    Call const &call_;
    Text &text_;
    std::int64_t total_ = 0;
    bool included_begun_ = false;
};

// One that is asked for by its number must be the caller's own.
template <class E> wire::Response list_of(Call const &call, Table<E> const &table, Reply const &reply) {
    auto const surroundings = context_of(call);
    std::string body;
    {
        Text text(body, surroundings);
        DocumentWriter writer(call, text);
        writer.data(table, reply.records.of<E>(), {});
        writer.close();
    }
    return respond(call, 200, std::move(body));
}

wire::Response memberships(Call const &call, std::vector<Person> const &people, Company const &own_company) {
    auto const names = included_names(call);
    auto const surroundings = context_of(call);
    std::string body;
    {
        Text text(body, surroundings);
        DocumentWriter writer(call, text);
        writer.data(membership_table, people, names);
        if (!names.empty()) {
            writer.begin_included();
            for (auto const &person : people) {
                if (has(names, "person")) writer.add(person_table, "people", person);
                if (has(names, "user")) writer.add(user_table, "users", person);
                if (has(names, "organization")) writer.add(organization_table, "organizations", own_company);
            }
            text.put(']');
        }
        writer.close();
    }
    return respond(call, 200, std::move(body));
}

Error const not_yours{.code = Code::not_found};

bool is_somebody_else(Call const &call, std::vector<Person> const &people) {
    return !call.id.empty() && (people.empty() || *people.front().id != call.id);
}

} // namespace

bool is_about_caller(Operation const &operation) {
    return operation.serve == list_memberships || operation.serve == list_users ||
           operation.serve == list_organizations;
}

Serve list_memberships(Call &call) {
    auto const names = included_names(call);
    for (auto const name : names) {
        bool const known = has({"organization", "person", "user"}, name);
        Error const unknown{.code = Code::unknown_field, .field = "include", .detail = wire::excerpt(name)};
        if (!known) co_return refusal(call, unknown);
    }
    auto question = who_asks(call);
    Result<Reply> reply = co_await question;
    if (!reply) co_return refusal(call, reply.error());
    Company own_company;
    if (has(names, "organization")) {
        auto company_question = one_where<&Company::is_own>(true);
        Result<Reply> companies = co_await company_question;
        if (!companies) co_return refusal(call, companies.error());
        for (auto const &company : companies->records.of<Company>()) own_company = company;
    }
    if (is_somebody_else(call, reply->records.of<Person>())) co_return refusal(call, not_yours);
    co_return memberships(call, reply->records.of<Person>(), own_company);
}

Serve list_users(Call &call) {
    auto question = who_asks(call);
    Result<Reply> reply = co_await question;
    if (!reply) co_return refusal(call, reply.error());
    if (is_somebody_else(call, reply->records.of<Person>())) co_return refusal(call, not_yours);
    co_return list_of(call, user_table, *reply);
}

Serve list_organizations(Call &call) {
    bool const another = !call.id.empty() && call.id != organization_of(call, call.caller);
    if (another) co_return refusal(call, not_yours);
    auto question = one_where<&Company::is_own>(true);
    Result<Reply> reply = co_await question;
    if (!reply) co_return refusal(call, reply.error());
    // There is one, whether somebody knows its company or not.
    auto &companies = reply->records.of<Company>();
    if (companies.empty()) companies.emplace_back();
    co_return list_of(call, organization_table, *reply);
}

Serve list_subsidiaries(Call &call) {
    auto question = all_where<&Company::is_own>(true);
    if (!call.id.empty()) question.query.filter.require(where<&Company::id>(std::string(call.id)));
    Result<Reply> reply = co_await question;
    if (!reply) co_return refusal(call, reply.error());
    bool const unknown = !call.id.empty() && reply->records.of<Company>().empty();
    if (unknown) co_return refusal(call, not_yours);
    co_return list_of(call, subsidiary_table, *reply);
}

} // namespace dialects::productive
