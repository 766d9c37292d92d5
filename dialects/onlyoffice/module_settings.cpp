#include "dialects/onlyoffice/module_settings.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/onlyoffice/parameters.hpp"

namespace dialects::onlyoffice {

using canonical::Company, canonical::Kind, canonical::Reply, canonical::Request, canonical::Verb;

namespace {

constexpr codec::Word<int> start_modules[]{{"0", 0},        {"1", 1},     {"2", 2},           {"3", 3},
                                           {"Projects", 0}, {"Tasks", 1}, {"Discussions", 2}, {"TimeTracking", 3}};
using StartModule = codec::words<start_modules, codec::Style::bare, codec::Case::ignored>;

constexpr std::string_view everybody_can_create = "everebodyCanCreate"; // as the tool spells it
constexpr Field<Company> settings_rows[]{
    kept_as<Company, bool, codec::flag>("everebodyCanCreate", Face::both, blank::yes),
    kept_as<Company, bool, codec::flag>("hideEntitiesInPausedProjects", Face::both, blank::no),
    kept_as<Company, int, StartModule>("startModule", Face::sent, blank::zero),
    kept_as<Company, int, StartModule>("startModuleType", Face::shown, blank::zero, "startModule"),
    kept_as<Company, std::int64_t, codec::integer>("folderId", Face::both, blank::zero),
};
constexpr Table<Company> settings_table{
    .dialect = "onlyoffice", .rows = settings_rows, .letters = codec::Case::ignored};
static_assert(well_formed(settings_table));

// Those of the parameters that are settings and say something.
boost::json::value settings_of(boost::json::value const &given, Call const &call) {
    boost::json::object said(call.memory);
    for (auto const &row : settings_rows)
        if (auto const text = on(row.face, Face::sent) ? parameter(given, row.wire.whole) : std::nullopt)
            said.emplace(row.wire.whole, *text);
    return boost::json::value(std::move(said));
}

wire::Response shown_settings(Call const &call, Company const &company) {
    auto const surroundings = instance().context(call);
    View const view{.extras = false};
    std::string body;
    {
        Text text(body, surroundings);
        write(settings_table, view, company, text);
    }
    return respond(call, body);
}

Request own_company() {
    auto look = one_where<&Company::is_own>(true);
    look.dialect = instance().name();
    return look;
}

} // namespace

Serve get_module_settings(Call &call) {
    auto look = own_company();
    Result<Reply> const reply = co_await look;
    if (!reply) co_return instance().refuse(call, reply.error());
    Company const nothing_set;
    auto const &companies = reply->records.of<Company>();
    co_return shown_settings(call, companies.empty() ? nothing_set : companies.front());
}

Serve set_module_settings(Call &call) {
    auto const &self = instance();
    auto ask = parameters_of_admin(call);
    Result<boost::json::value> const given = co_await ask;
    if (!given) co_return self.refuse(call, given.error());
    auto settings = read(settings_table, Face::sent, settings_of(*given, call), self.context(call));
    if (!settings) co_return self.refuse(call, settings.error());
    auto look = own_company();
    Result<Reply> const found = co_await look;
    if (!found) co_return self.refuse(call, found.error());
    Error const nowhere{.code = Code::not_offered};
    if (found->records.of<Company>().empty()) co_return self.refuse(call, nowhere);
    Request update{.verb = Verb::update, .kind = Kind::company, .id = *found->one<Company>().id};
    update.dialect = self.name();
    update.patch = std::move(*settings);
    Result<Reply> const changed = co_await update;
    if (!changed) co_return self.refuse(call, self.named(changed.error(), Kind::company));
    co_return shown_settings(call, changed->one<Company>());
}

MayCreate may_create_projects(Call const &, Person const *asker) {
    if (runs_the_portal(asker)) co_return true;
    auto look = own_company();
    Result<Reply> const reply = co_await look;
    if (!reply && reply.error().code == Code::not_offered) co_return true; // nothing can be set there
    if (!reply) co_return reply.error();
    auto const &companies = reply->records.of<Company>();
    co_return companies.empty() || companies.front().extras.kept.find({}, everybody_can_create) != blank::no;
}

} // namespace dialects::onlyoffice
